package formats_test

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"stance/corpus/formats"
)

// FuzzRead holds that any bytes are read or refused as some form, that IDs are unique and
// parents there, and that texts are valid.
func FuzzRead(f *testing.F) {
	const largest = 20_000 // a seed of more slows the search down
	for _, content := range fixtures(f) {
		if len(content) < largest {
			f.Add(content)
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for th, err := range formats.Read("in", bytes.NewReader(in), formats.Options{}) {
			if err != nil {
				continue
			}
			ids := map[string]bool{}
			for i := range th.Comments {
				c := &th.Comments[i]
				if c.ID == "" || ids[c.ID] {
					t.Errorf("ID %q twice or missing", c.ID)
				}
				ids[c.ID] = true
				if !utf8.ValidString(c.Text) || !utf8.ValidString(c.Author) {
					t.Errorf("%s: invalid text %q by %q", c.ID, c.Text, c.Author)
				}
			}
			for i := range th.Comments {
				if c := &th.Comments[i]; c.Parent != "" && (!ids[c.Parent] || c.Parent == c.ID) {
					t.Errorf("%s: the parent %q isn't there", c.ID, c.Parent)
				}
			}
		}
	})
}
