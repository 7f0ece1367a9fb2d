package formats_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"stance.example/stance/corpus/formats"
)

// mostAllocated is how many bytes any reader may ask for while it reads one byte of input,
// given back or not. What it holds at one time is less than a quarter of that.
const mostAllocated = 240

// fixedCost are the bytes that readers ask for whatever the input: buffers, patterns, what
// is tried on the head.
const fixedCost = 32 << 20

// Each kind of input that has the most to keep for each of its bytes is read in memory and
// time in proportion to its size.
func TestBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes of every kind")
	}
	repeated := func(start, piece, end string) func(int) string {
		return func(n int) string { return start + strings.Repeat(piece, n/len(piece)) + end }
	}
	numbered := func(start, piece, end string) func(int) string {
		return func(n int) string {
			var b strings.Builder
			b.WriteString(start)
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, piece, i)
			}
			b.WriteString(end)
			return b.String()
		}
	}
	for _, tt := range []struct {
		name string
		in   func(n int) string
	}{
		{"arrays in arrays", repeated(`{"children":1,"created_at_i":1,"parent_id":1,"z":`, "[", "")},
		{"objects in objects", repeated(`{"children":1,"created_at_i":1,"parent_id":1,"z":`, `{"a":`, "")},
		{"long names", numbered(`{"children":1,"created_at_i":1,"parent_id":1,"`+strings.Repeat("n", 30_000)+`":{`, `"a%d":1,`, `"z":1}}`)},
		{"small numbers", repeated(`{"children":[`, "1,", `1],"created_at_i":1,"parent_id":1}`)},
		{"small objects", repeated(`{"children":[`, "{},", `{}],"created_at_i":1,"parent_id":1}`)},
		{"small comments", repeated(`{"comments":[`, `{"text":""},`, `{"text":"x"}]}`)},
		{"small lines", repeated("", `{"text":"","id":1}`+"\n", "")},
		{"many threads", numbered("", `{"text":"x","thread":"t%d"}`+"\n", "")},
		{"a long title", repeated(`{"title":"`, "Word of ", `","comments":[{"text":"x"}]}`)},
		{"small cells", repeated("id,text,author\n", "1,x,\n", "")},
		{"a row of many cells", repeated("id,text,author\n", ",", "\n")},
		{"many columns", repeated("id,text,author", ",a", "\n1,x,y\n")},
		{"line breaks", repeated("Title\n\nText of the article.\n", "\n", "")},
		{"short lines", repeated("Title\n\nText of the article.\n", "a\n", "")},
		{"figures in lines", repeated("Title\n\n", "1 2 3 4 5 6 7 8 9\n", "")},
		{"one long line", repeated("", "word ", "")},
		{"a page of breaks", repeated("<!DOCTYPE html><html><body>", "<br>", "")},
		{"a page of bold", repeated("<!DOCTYPE html><html><body>", "<b>", "")},
		{"a page of paragraphs", repeated("<!DOCTYPE html><html><body>", "<p>a", "")},
		{"small records", repeated(`{"posts":[`, `{"body":"a b","author":"x"},`, `{"body":"x y","author":"y"}]}`)},
		{"records by their IDs", numbered(`{"posts":{`, `"n%d":{"body":"a b"},`, `"n":{"body":"x y"}}}`)},
		{"lists in records", repeated(`{"posts":[{"id":1,"body":"a b","x":`, `[{"body":"a b","author":"c"},`, "")},
		{"a page of items", repeated("<!DOCTYPE html><html><body><ol>", `<li class="comment"><p>x</p></li>`, "</ol>")},
		{"a page of attributes", repeated("<!DOCTYPE html><html><body><p ", "a ", ">x</p>")},
		{"a page with a long title", repeated("<!DOCTYPE html><html><head><title>", "Word of ", "</title></head><body><p>x</p>")},
		{"a script of lists", repeated("var page = {children:1,created_at_i:1,parent_id:1,z:[", "[],", "]};")},
		{"small posts of XML", repeated(`<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">`, "<post/>", "</disqus>")},
		{"elements in elements", repeated(`<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><post>`, "<a>", "")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, size := range []int{64 << 10, 512 << 10} {
				in := tt.in(size)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				for _, err := range formats.Read(t.Context(), "in", strings.NewReader(in), formats.Options{}) {
					_ = err // a refusal is as good as a thread
				}
				runtime.ReadMemStats(&after)
				allocated := after.TotalAlloc - before.TotalAlloc
				t.Logf("%d bytes: %d a byte", size, allocated/uint64(size))
				if allocated > fixedCost+mostAllocated*uint64(size) {
					t.Errorf("%d bytes of input: %d MB asked for, more than %d a byte", size, allocated>>20, mostAllocated)
				}
			}
		})
	}
}
