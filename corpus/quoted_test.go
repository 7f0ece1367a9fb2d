package corpus_test

import (
	"testing"

	"stance.example/stance/corpus"
)

func TestOwn(t *testing.T) {
	for comment, want := range map[string][2]string{
		"No.":                         {"No.", ""},
		"2 > 1":                       {"2 > 1", ""},
		"> It is late.\nNo.":          {"              No.", "It is late."},
		"No.\n> It is\n > late.\nYes": {"No.\n                 Yes", "It is\nlate."},
		"> It is late.":               {"> It is late.", ""},
	} {
		if own, quoted := corpus.Own(comment); own != want[0] || quoted != want[1] {
			t.Errorf("%q: own %q and quoted %q, want %q", comment, own, quoted, want)
		}
	}
}
