package formats_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"stance.example/stance/corpus/formats"
)

func zipped(t testing.TB, plain string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(plain)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCompressed(t *testing.T) {
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := read("in", paste, formats.Options{})
	for name, in := range map[string]string{"gzip": zipped(t, paste), "zstd": string(enc.EncodeAll([]byte(paste), nil))} {
		got, failures := read("in", in, formats.Options{})
		if diff := cmp.Diff(want, got); diff != "" || failures != nil {
			t.Errorf("%s (-want +got):\n%s%q", name, diff, failures)
		}
	}
}

func TestCompressedBroken(t *testing.T) {
	lines := zipped(t, strings.Repeat(`{"thread":"t","comments":[{"text":"x"}]}`+"\n", 9_000))
	for _, tt := range []struct{ name, in, want string }{
		{"cut off", lines[:len(lines)/2], "unfolding: unexpected EOF"},
		{"a bomb", zipped(t, strings.Repeat(strings.Repeat("a", 99)+"\n", 1_000_000)), "unfolding: more than 200 times the size of the file"},
		{"only its first bytes", "\x1f\x8b\x08\x00", "in: compressed, but can't be unfolded: unexpected EOF"},
	} {
		_, failures := read("in", tt.in, formats.Options{MaxDocument: 1 << 30})
		if len(failures) == 0 || !strings.HasSuffix(failures[len(failures)-1], tt.want) {
			t.Errorf("%s: got %q, want %q last", tt.name, failures, tt.want)
		}
	}
}

// The articles of an archive lie in a file beside that of the comments.
func TestArticlesBeside(t *testing.T) {
	const posts = `{"id":"p1","title":"Ferry &amp; fares","selftext":"They **rise**.","num_comments":3,"permalink":"/r/town/comments/p1/ferry/","is_self":true,` +
		`"subreddit":"town","created_utc":1714557600}` + "\n"
	const comments = `{"id":"a","author":"ivo","body":"&gt; They rise.\n\nSays *who*?","link_id":"t3_p1","parent_id":"t3_p1","created_utc":1714557660,` +
		`"score":2}` + "\n"
	articles := formats.Articles(t.Context(), "posts", strings.NewReader(posts), formats.Options{})
	threads, failures := read("in", comments, formats.Options{Articles: articles})
	if len(threads) != 1 || failures != nil {
		t.Fatalf("got %d threads, %q", len(threads), failures)
	}
	th := threads[0]
	if th.Article.Title != "Ferry & fares" || th.Article.Text != "They rise." || th.DeclaredComments != 3 || th.Comments[0].Text != "> They rise.\n\nSays who?" {
		t.Errorf("got %+v with %q", th.Article, th.Comments[0].Text)
	}
	if got := formats.Articles(t.Context(), "comments", strings.NewReader(comments), formats.Options{}); got != nil {
		t.Errorf("comments were taken for articles: %v", got)
	}
}

// A window that takes more memory than is allowed is refused with both numbers, unless
// the options allow it.
func TestWindow(t *testing.T) {
	const empty = "\x01\x00\x00"             // the last block
	in := "\x28\xb5\x2f\xfd\x00\xa8" + empty // 2^31 bytes
	_, failures := read("in", in, formats.Options{})
	if len(failures) != 1 || !strings.Contains(failures[0], "a window of 2048 MB, which takes that much memory; 128 MB are allowed") {
		t.Errorf("got %q", failures)
	}
	if _, failures := read("in", in, formats.Options{MaxDocument: 1 << 31}); len(failures) > 0 && strings.Contains(failures[0], "window") {
		t.Errorf("allowed: %q", failures)
	}
}
