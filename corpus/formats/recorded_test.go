package formats_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus/formats"
)

// answer is an entry of a recording.
func answer(visit, url, kind, text string) string {
	quoted, _ := json.Marshal(text)
	return fmt.Sprintf(`{"pageref":%q,"startedDateTime":"2024-05-01T10:00:00.000Z","request":{"method":"GET","url":%q},`+
		`"response":{"status":200,"content":{"size":1,"mimeType":%q,"text":%s}}}`, visit, url, kind, quoted)
}

// What a page has loaded of comments is its thread, whatever the form; two pages are two.
func TestRecording(t *testing.T) {
	recording := func(entries ...string) string {
		return `{"log":{"version":"1.2","creator":{"name":"Browser","version":"1"},"pages":[{"id":"page_1","title":"x"}],"entries":[` +
			strings.Join(entries, ",") + `]}}`
	}
	const (
		page   = `<!doctype html><html><head><title>Ferry</title><link rel="canonical" href="https://t.example/%s"></head><body><h1>The ferry %s</h1></body></html>`
		coral  = `{"data":{"story":{"id":"s1","comments":{"edges":[{"node":{"id":%q,"author":{"username":"Ola"},"body":%q,"createdAt":"2024-05-01T10:00:00Z"}}]}}}}`
		posts  = `{"results":[{"id":"5","user":{"name":"Kari"},"body":"Who asked us?","created":"2024-05-01T10:00:00Z"}]}`
		shown  = `<ol class="comment-list"><li id="comment-1"><b class="author">Ola</b><time datetime="2024-05-01T10:00:00Z">May 1</time><p>%s</p></li></ol>`
		latest = `{"results":[{"id":"n5","author":"Staff","body":"The pool opens again.","created":"2024-05-01T10:00:00Z"}]}`
	)
	first := answer("page_1", "https://t.example/a", "text/html; charset=utf-8", fmt.Sprintf(page, "a", "stops"))
	second := answer("page_2", "https://t.example/b", "text/html", fmt.Sprintf(page, "b", "sails"))
	one, two := fmt.Sprintf(coral, "c1", "Who asked us?"), fmt.Sprintf(coral, "c2", "Nobody did.")
	for _, tt := range []struct{ name, in, want, said string }{
		{"two answers of a known form, one of them twice", recording(first, answer("page_1", "https://c.example/q", "application/json", one),
			answer("page_1", "https://c.example/q", "application/json", two), answer("page_1", "https://c.example/q", "application/json", one)),
			"coral The ferry stops https://t.example/a c1 c2", ""},
		{"pages apart", recording(first, second, answer("page_2", "https://c.example/q", "application/json", two),
			answer("page_1", "https://c.example/q", "application/json", one)),
			"coral The ferry stops https://t.example/a c1; coral The ferry sails https://t.example/b c2", ""},
		{"a comment that was loaded twice", recording(first, answer("page_1", "https://c.example/q", "application/json", one),
			answer("page_1", "https://c.example/q", "text/plain", strings.Replace(one, "{", `{"extensions":{},`, 1))),
			"coral The ferry stops https://t.example/a c1", ""},
		{"two threads under one page", recording(first, answer("page_1", "https://c.example/q", "application/json", one),
			answer("page_1", "https://c.example/q", "application/json", strings.Replace(two, "s1", "s2", 1))), "coral   c1; coral   c2", ""},
		{"no known form, from an address of comments", recording(first, answer("page_1", "https://t.example/api/comments?id=1", "application/json", posts),
			answer("page_1", "https://t.example/api/latest", "application/json", latest)), "records The ferry stops https://t.example/a 5", ""},
		{"data without comments", recording(first, answer("page_1", "https://c.example/q", "application/json", one),
			answer("page_1", "https://t.example/api/latest", "application/json", latest)), "coral The ferry stops https://t.example/a c1",
			"1 answer of JSON left out, in which no comment is known"},
		{"comments in the markup", recording(answer("page_1", "https://t.example/a", "text/html",
			strings.Replace(fmt.Sprintf(page, "a", "stops"), "</body>", fmt.Sprintf(shown, "Who asked us?")+"</body>", 1))),
			"html The ferry stops https://t.example/a 1", ""},
		{"comments in the markup that were loaded again", recording(answer("page_1", "https://t.example/a", "text/html",
			strings.Replace(fmt.Sprintf(page, "a", "stops"), "</body>", fmt.Sprintf(shown, "Who asked us?")+"</body>", 1)),
			answer("page_1", "https://c.example/q", "application/json", one)), "coral The ferry stops https://t.example/a c1", ""},
		{"none", recording(first, answer("page_1", "https://t.example/x.png", "image/png", "iVBO")), "", "no comment is in it"},
		{"cut", strings.TrimSuffix(recording(first, answer("page_1", "https://c.example/q", "application/json", one)), "]}}"),
			"coral The ferry stops https://t.example/a c1", "damaged or cut short"},
		{"cut before a comment", strings.TrimSuffix(recording(first), "]}}"), "", "damaged or cut short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read("visit.har", tt.in, formats.Options{})
			var got []string
			for _, th := range threads {
				ids := ""
				for i := range th.Comments {
					ids += " " + th.Comments[i].ID
				}
				got = append(got, th.Format+" "+th.Article.Title+" "+th.Article.URL+ids)
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
			if said := strings.Join(failures, "; "); !strings.Contains(said, tt.said) || tt.said == "" && said != "" || len(failures) > 1 {
				t.Errorf("said %q, want %q", said, tt.said)
			}
		})
	}
}
