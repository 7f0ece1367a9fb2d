package webarchive

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// readMHTML returns the first page of a mail.
func readMHTML(name string, in *bufio.Reader, most int64) (*Page, error) {
	m, err := mail.ReadMessage(in)
	if err != nil {
		return nil, failure(name, "a web archive (MHTML) with a damaged header: %v", err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, failure(name, "a web archive (MHTML) that doesn't say how its parts are set apart")
	}
	page := &Page{URL: m.Header.Get("Snapshot-Content-Location")}
	if saved, err := m.Header.Date(); err == nil {
		page.Saved = saved.UTC()
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, failure(name, "a web archive (MHTML) without a page")
		case err != nil:
			return nil, failure(name, "a web archive (MHTML) that is damaged or cut short: %v", err)
		}
		mediaType, params, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if !isPage(mediaType) {
			continue
		}
		if page.URL == "" {
			page.URL = part.Header.Get("Content-Location")
		}
		page.Charset = params["charset"]
		decoded, err := decoded(part.Header, part)
		if err != nil {
			return nil, failure(name, "%v", err)
		}
		page.Body, err = body(name, decoded, most)
		if err != nil {
			return nil, err
		}
		return page, nil
	}
}

// decoded undoes the encoding in which a part was packed.
func decoded(h textproto.MIMEHeader, r io.Reader) (io.Reader, error) {
	switch how := strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))); how {
	case "quoted-printable":
		return quotedprintable.NewReader(r), nil
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r), nil
	case "", "7bit", "8bit", "binary":
		return r, nil
	default:
		return nil, fmt.Errorf("a page packed in an unknown way, %q", how)
	}
}
