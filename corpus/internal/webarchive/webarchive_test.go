package webarchive_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus/internal/webarchive"
)

const mhtmlHead = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://town.example/tram\r\nSubject: Tram\r\nDate: Tue, 5 Mar 2024 10:00:00 " +
	"-0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----X\"\r\n\r\n"

func part(header, body string) string { return "------X\r\n" + header + "\r\n\r\n" + body + "\r\n" }

func record(kind, url, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-05T10:00:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, len(body), body)
}

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

func TestPages(t *testing.T) {
	html := "Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: "
	tests := []struct {
		name, in string
		want     []string
	}{
		{"quoted-printable", mhtmlHead + part("Content-Type: image/png", "x") + part(html+"quoted-printable", "<p>caf=C3=A9 =\r\nopen</p>") + "------X--\r\n",
			[]string{"https://town.example/tram 2024-03-05 utf-8 <p>café open</p>"}},
		{"base64", mhtmlHead + part(html+"base64", "PHA+YTwv\r\ncD4=") + "------X--\r\n", []string{"https://town.example/tram 2024-03-05 utf-8 <p>a</p>"}},
		{"a frame isn't the page", mhtmlHead + part(html+"8bit", "<p>a</p>") + part(html+"8bit", "<p>frame</p>") + "------X--\r\n",
			[]string{"https://town.example/tram 2024-03-05 utf-8 <p>a</p>"}},
		{"no page", mhtmlHead + part("Content-Type: image/png", "x") + "------X--\r\n", []string{"! in: a web archive (MHTML) without a page"}},
		{"crawl", record("warcinfo", "", "software: x") + record("request", "https://a.example/", "GET / HTTP/1.1\r\n\r\n") +
			record("response", "https://a.example/", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>a</p>") +
			record("response", "https://a.example/x.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx") +
			record("response", "https://a.example/gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno") +
			record("response", "https://b.example/", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>b<\r\n3\r\n/p>\r\n0"+
				"\r\n\r\n") +
			record("response", "https://c.example/", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"+zipped("<p>c</p>")),
			[]string{"https://a.example/ 2024-03-05 koi8-r <p>a</p>", "https://b.example/ 2024-03-05  <p>b</p>", "https://c.example/ 2024-03-05  <p>c</p>"}},
		{"crawl cut short", record("warcinfo", "", "x") + "WARC/1.0\r\nWARC-Ty", []string{"! in: a web archive (WARC) that is damaged or cut short"}},
		{"no answer", record("warcinfo", "", "software: x"), []string{"! in: a web archive (WARC) without a page"}},
		{"no page", record("response", "https://a.example/c.json", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[]"),
			[]string{"! in: a web archive (WARC) without a page: the only answer in it is application/json; save that as a file of its own"}},
		{"nothing but errors", record("response", "https://a.example/", "HTTP/1.1 404 Not Found\r\n\r\n") + record("response", "https://a.example/",
			"HTTP/1.1 500 Oh\r\n\r\n"),
			[]string{`! in: a web archive (WARC) without a page: it holds 2 other answers, the first "HTTP/1.1 404 Not Found"`}},
		{"too large", record("response", "https://a.example/", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+strings.Repeat("a", 2<<20)),
			[]string{"! in: a page of more than 1 MB: not read"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !webarchive.Detect([]byte(tt.in)) {
				t.Error("not recognised")
			}
			var got []string
			for p, err := range webarchive.Pages("in", strings.NewReader(tt.in), 1<<20) {
				if err != nil {
					got = append(got, "! "+err.Error())
					continue
				}
				got = append(got, fmt.Sprintf("%s %s %s %s", p.URL, p.Saved.Format("2006-01-02"), p.Charset, p.Body))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDetectRefuses(t *testing.T) {
	for _, in := range []string{"", "From: me\nTo: you\n\nhello", "<html>", "Content: x\nNote\ncontent-type: multipart/related", "WARC"} {
		if webarchive.Detect([]byte(in)) {
			t.Errorf("%q is taken for an archive", in)
		}
	}
}

func FuzzPages(f *testing.F) {
	f.Add([]byte(mhtmlHead + part("Content-Type: text/html", "<p>") + "------X--"))
	f.Add([]byte(record("response", "u", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n")))
	f.Fuzz(func(t *testing.T, in []byte) {
		for p, err := range webarchive.Pages("in", bytes.NewReader(in), 1<<16) {
			if (p == nil) == (err == nil) {
				t.Fatalf("page %v, error %v", p, err)
			}
		}
	})
}
