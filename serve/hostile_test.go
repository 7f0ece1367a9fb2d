package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stance.example/stance/corpus/labels"
)

// hostileIDs are IDs that strangers may give threads and comments.
func hostileIDs() []string {
	return []string{
		"\x00", "\x1b[2J\x07", "a\r\nb", "\r", "\n", "\t", " ", " x ", "\u0085\u2028", "\ufeff", "\ufffd", "\u202eevil", "..", "../../etc/passwd", "/", "a/b?c#d",
		"%", "%00", "%2f..%2f", "%zz", "'", `"`, `"quoted"`, "=1+1", "-1", "skip", "<script>alert(1)</script>", "' OR 1=1 --", "{{.}}", "👩‍👩‍👧",
		strings.Repeat("long ", 50_000),
	}
}

// TestHostileIDs labels comments of IDs that break files, addresses and forms, and asks every
// page for them.
func TestHostileIDs(t *testing.T) {
	if testing.Short() {
		t.Skip("gives many hostile threads")
	}
	s := start(t, nil)
	type comment struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	}
	for _, thread := range []string{"plain", "\x00\r\n\x1b\ufeff/..%2f", `"`, strings.Repeat("t", 100_000)} {
		document := struct {
			Thread   string    `json:"thread"`
			Title    string    `json:"title"`
			Comments []comment `json:"comments"`
		}{Thread: thread, Title: "The bridge is repaired"}
		for _, id := range hostileIDs() {
			document.Comments = append(document.Comments, comment{id, "I don't believe a word of that report."})
		}
		content, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		at := s.give("hostile.jsonl", string(content))
		for range document.Comments {
			if page := s.press(at, "k"); strings.Contains(page, `role="alert"`) {
				t.Fatalf("thread %.30q: a key was refused: %.2000s", thread, page)
			}
		}
		if page := s.get(at + "/label"); !strings.Contains(page, "All comments of the sample are labelled") {
			t.Errorf("thread %.30q: %.2000s", thread, page)
		}
		rows, problems, err := s.labels.Read()
		if err != nil || len(problems) > 0 {
			t.Fatalf("thread %.30q: %v %v", thread, problems, err)
		}
		given := map[string]bool{}
		for _, l := range rows {
			given[l.Comment] = l.Thread == thread && l.State == labels.Given || given[l.Comment]
		}
		for _, id := range hostileIDs() {
			if !given[id] {
				t.Errorf("thread %.30q: comment %.30q has no label in the file", thread, id)
			}
			body, err := json.Marshal(map[string]string{"id": id, "stance": "none"})
			if err != nil {
				t.Fatal(err)
			}
			if status, answer := s.do(http.MethodPost, "/api/v1"+at+"/labels", string(body)); status != http.StatusOK {
				t.Errorf("thread %.30q: labelling %.30q: %d %.300s", thread, id, status, answer)
			}
		}
		for _, path := range []string{at, at + "/comments", at + "/label", "/api/v1" + at, "/api/v1" + at + "/labels", "/threads", "/api/v1/threads", "/labels.csv",
			at + "/download/csv", at + "/download/html"} {
			s.get(path)
		}
	}
}

// TestHostileAddresses asks every route for what isn't there, in ways that break parsers.
func TestHostileAddresses(t *testing.T) {
	if testing.Short() {
		t.Skip("asks for many hostile addresses")
	}
	s := start(t, nil)
	at := s.give("bridge.jsonl", threadOf("bridge", 12))
	for _, id := range hostileIDs() {
		if len(id) > 10_000 {
			id = id[:10_000] // a longer address is no request
		}
		part, query := url.PathEscape(id), url.QueryEscape(id)
		for _, path := range []string{
			"/" + part, "/threads/" + part, "/threads/" + part + "/comments", "/threads/" + part + "/label", "/threads/" + part + "/download/csv",
			at + "/download/" + part,
			"/jobs/" + part, "/static/" + part, "/api/v1/threads/" + part, "/api/v1/threads/" + part + "/labels", "/api/v1/jobs/" + part,
		} {
			if status, body := s.do(http.MethodGet, path, ""); status >= 500 {
				t.Errorf("GET %.100s: %d %.200s", path, status, body)
			}
		}
		for _, field := range []string{"stance", "sentiment", "author", "words", "sure", "order", "from"} {
			for _, path := range []string{at, at + "/comments"} {
				s.get(path + "?" + field + "=" + query)
			}
		}
		for _, field := range []string{"words", "stance", "sentiment", "title", "site", "since", "until", "from", "by"} {
			for _, path := range []string{"/explore", "/explore/list", "/compare", "/compare/list", "/api/v1/topics", "/api/v1/comments", "/api/v1/compare"} {
				if status, body := s.do(http.MethodGet, path+"?"+field+"="+query, ""); status >= 500 {
					t.Errorf("GET %s?%s=%.100s: %d %.200s", path, field, query, status, body)
				}
			}
		}
		for _, form := range []string{"key=" + query, "key=k&comment=" + query, "size=" + query} {
			for _, page := range []string{at + "/label", "/label"} {
				if status, body := s.do(http.MethodPost, page, form, "Content-Type", "application/x-www-form-urlencoded"); status >= 500 {
					t.Errorf("POST %s %.100s: %d %.200s", page, form, status, body)
				}
			}
		}
		if status, body := s.do(http.MethodPost, "/api/v1/threads?name="+query, threadOf("named", 2)); status != http.StatusAccepted {
			t.Errorf("upload as %.100q: %d %.200s", id, status, body)
		}
	}
}
