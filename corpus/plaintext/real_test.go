package plaintext_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRealPastes reads the pastes beside the project, whose pages' numbers of
// comments are known.
func TestRealPastes(t *testing.T) {
	const formats = "../../../shared/data/formats"
	for _, c := range []struct {
		file     string
		comments int
	}{
		{"plaintext-from-html/blog.wordpress.com.diverse.w3m.txt", 13},
		{"plaintext-from-html/cubadebate.cu-sesiona.w3m.txt", 11},
		{"plaintext-from-html/exxpress.at-zaehne.w3m.txt", 25},
		{"plaintext-from-html/hn-item-1.w3m.txt", 19},
		{"plaintext-from-html/old-reddit-fixture.w3m.txt", 5},
		{"fox-news-threads/30-comments.txt", 122},
		{"fox-news-threads/40-comments.txt", 157},
	} {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(formats, c.file))
			if err != nil {
				t.Skipf("the saved pages aren't here: %v", err)
			}
			thread := read(t, c.file, string(content))
			if n := len(thread.Comments); n != c.comments {
				t.Errorf("found %d comments, the page has %d", n, c.comments)
			}
			for i := range thread.Comments {
				if thread.Comments[i].Author == "" {
					t.Errorf("%s has no author", thread.Comments[i].ID)
				}
			}
		})
	}
}
