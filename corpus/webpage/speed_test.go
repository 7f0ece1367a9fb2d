package webpage_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"stance.example/stance/corpus/webpage"
)

// BenchmarkManyComments reads a page of 6,000 comments, each of its own author, time
// and text.
func BenchmarkManyComments(b *testing.B) {
	var page strings.Builder
	page.WriteString(`<!DOCTYPE html><html><head><title>Bridge</title></head><body><h1>Bridge</h1><p>The bridge closes in May.</p><div id="comments"><h2>6000 ` +
		`comments</h2><ol class="comment-list">`)
	for i := range 6000 {
		fmt.Fprintf(&page, `<li class="comment depth-1" id="comment-%d"><article><footer class="comment-meta">`+
			`<b class="fn">Reader %d</b> <span class="says">says:</span>
<div class="comment-metadata"><a href="#comment-%d"><time datetime="2024-05-01T%02d:%02d:%02dZ">May 1, 2024 at %d:%02d</time></a></div></footer>
<div class="comment-content"><p>I counted %d people on the ferry, and no more would fit.</p><p>Who reckoned with %d?</p></div>
<div class="reply"><a class="comment-reply-link">Reply</a></div></article></li>`, i, i, i, i/3600, i/60%60, i%60, i/3600, i/60%60, i%97, i)
	}
	page.WriteString(`</ol></div></body></html>`)
	b.ReportAllocs()
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		n := 0
		for t, err := range webpage.Read("page", io.Reader(strings.NewReader(page.String())), webpage.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(t.Comments)
		}
		if n != 6000 {
			b.Fatalf("%d comments", n)
		}
	}
}
