package webarchive

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"regexp"
	"strings"
	"time"
)

// Answer is what a server answered while a browser recorded a visit.
type Answer struct {
	Page
	// Visit names the page that asked for it, "" if the recording doesn't say.
	Visit string
	// Data says that it is JSON or a script, and not a page.
	Data bool
}

// har is how a recording (HAR) begins.
var har = regexp.MustCompile(`^(?:\x{feff})?\s*\{\s*"log"\s*:\s*\{(?s:.)*(?:"creator"\s*:|` +
	`"entries"\s*:\s*\[\s*\{\s*"(?:_\w+|pageref|startedDateTime|request|time|cache)"\s*:)`)

// DetectRecording reports whether the bytes that begin with head are a browser's recording of visits (HAR).
func DetectRecording(head []byte) bool {
	const enough = 4 << 10
	return har.Match(head[:min(len(head), enough)])
}

// entry is what a recording tells of an answer.
type entry struct {
	Pageref         string
	StartedDateTime string
	Request         struct{ URL string }
	Response        struct {
		Status  int
		Content struct{ MimeType, Text, Encoding string }
	}
}

// Answers returns the pages and the data in a recording, by the contract of Pages. Pictures, programs and answers
// without a content are skipped.
func Answers(name string, r io.Reader, most int64) iter.Seq2[*Answer, error] {
	return func(yield func(*Answer, error) bool) {
		d := json.NewDecoder(r)
		err := fields(d, func(field string) error {
			if field != "log" {
				return d.Decode(new(json.RawMessage))
			}
			return fields(d, func(field string) error {
				if field != "entries" {
					return d.Decode(new(json.RawMessage))
				}
				return entries(d, func(e *entry) bool {
					a := e.answer()
					switch {
					case a == nil:
						return true
					case int64(len(a.Body)) > most:
						p := failure(name, "an answer of more than %d MB, from %s: not read", most>>20, a.URL)
						p.Oversize = true
						return yield(nil, p)
					}
					return yield(a, nil)
				})
			})
		})
		var syntax *json.SyntaxError
		switch {
		case err == nil, errors.Is(err, errEnough):
		case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			yield(nil, failure(name, "a recording (HAR) that is damaged or cut short: %v", err))
		default:
			yield(nil, fmt.Errorf("reading %s: %w", name, err))
		}
	}
}

// errEnough ends a recording of which nobody wants more.
var errEnough = errors.New("enough")

// fields calls use for the fields of the next object, which has to read their values.
func fields(d *json.Decoder, use func(name string) error) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		if err := use(fmt.Sprint(name)); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// entries calls use for the entries of the next array until it wants no more. One whose fields are of other kinds is
// used as far as it could be read.
func entries(d *json.Decoder, use func(*entry) bool) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		var e entry
		var kind *json.UnmarshalTypeError
		if err := d.Decode(&e); err != nil && !errors.As(err, &kind) {
			return err
		}
		if !use(&e) {
			return errEnough
		}
	}
	_, err := d.Token()
	return err
}

// answer is the page or the data that was answered, nil if it is neither.
func (e *entry) answer() *Answer {
	content := &e.Response.Content
	kind, params, _ := mime.ParseMediaType(content.MimeType)
	a := &Answer{Visit: e.Pageref, Data: strings.Contains(kind, "json") || strings.Contains(kind, "javascript") || kind == "text/plain"}
	if content.Text == "" || e.Response.Status/100 == 4 || e.Response.Status/100 == 5 || !a.Data && !isPage(kind) {
		return nil
	}
	a.URL, a.Body = e.Request.URL, []byte(content.Text)
	a.Saved, _ = time.Parse(time.RFC3339, e.StartedDateTime)
	a.Saved = a.Saved.UTC()
	if content.Encoding == "base64" {
		plain, err := base64.StdEncoding.DecodeString(content.Text)
		if err != nil {
			return nil
		}
		a.Body, a.Charset = plain, params["charset"]
	}
	return a
}
