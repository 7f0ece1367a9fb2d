package serve

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

// policy lets a page use its own style, script and images and nothing else, send forms to
// the server alone, and stand in no other site's frame.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
	"frame-ancestors 'none'"

// tokenCookie keeps the token in a browser.
const tokenCookie = "stance-token"

// guard lets requests through that are asked of this server under its own name, by its own
// pages where they change something, and with the token if there is one.
func (s *Server) guard(next http.Handler) http.Handler {
	checked := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !s.named(r.Host) {
			http.Error(w, "This server is not asked for by that name.", http.StatusMisdirectedRequest)
			return
		}
		if s.options.Token != "" && !s.admitted(w, r) {
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, s.options.MaxUpload+1<<20) // and what forms add
		checked.ServeHTTP(w, r)
	})
}

// named reports whether a host is one of the server's names.
func (s *Server) named(host string) bool {
	if s.options.Hosts == nil {
		return true
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return slices.Contains(s.options.Hosts, strings.Trim(strings.ToLower(host), "[]"))
}

// admitted reports whether the request shows the token, in a header, a cookie or, once, in
// its address. Otherwise it has answered the request.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request) bool {
	if given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && s.same(given) {
		return true
	}
	if c, err := r.Cookie(tokenCookie); err == nil && s.same(c.Value) {
		return true
	}
	if given := r.URL.Query().Get("token"); given != "" && s.same(given) && r.Method == http.MethodGet {
		http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: given, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
		http.Redirect(w, r, r.URL.EscapedPath(), http.StatusSeeOther) // so that it doesn't stay in the address
		return false
	}
	http.Error(w, "This server needs the token that it printed when it started: open the address with ?token=…", http.StatusUnauthorized)
	return false
}

// same compares with the token in a time that tells nothing about it.
func (s *Server) same(given string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(s.options.Token))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// answer turns the error of a handler into a page, or into JSON for programs.
func (s *Server) answer(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil || r.Context().Err() != nil {
			return
		}
		status, message := http.StatusInternalServerError, err.Error()
		var told *failure
		var large *http.MaxBytesError
		var problem *corpus.Problem
		switch {
		case errors.As(err, &told):
			status = told.status
		case errors.As(err, &large):
			status, message = http.StatusRequestEntityTooLarge, tooLarge(s.options.MaxUpload)
		case errors.As(err, &problem): // of the file of labels
			status = http.StatusConflict
		default:
			s.options.Failed("%s: %s", r.URL.Path, message)
		}
		message = reports.OneLine(message)
		if strings.HasPrefix(r.URL.Path, "/api/") {
			writeJSON(w, status, map[string]string{"error": message})
			return
		}
		s.render(w, status, page{Title: http.StatusText(status)}, "error.html", message)
	})
}
