package formats_test

import (
	"errors"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// What is wrong with an input is told apart by errors.Is, of problems that end it as of those
// of a thread.
func TestKindsOfProblems(t *testing.T) {
	for _, c := range []struct {
		name, content string
		o             formats.Options
		want          corpus.Kind
	}{
		{"a.txt", "", formats.Options{}, corpus.Empty},
		{"a.txt", " \n\n ", formats.Options{}, corpus.Empty},
		{"a.pdf", "%PDF-1.7\n", formats.Options{}, corpus.Unsupported},
		{"a.rtf", "{\\rtf1 text}", formats.Options{}, corpus.Unsupported},
		{"a.html", "No element at all.", formats.Options{}, corpus.OtherForm},
		{"a.csv", "one,two\n1,2\n", formats.Options{Format: "csv"}, corpus.OtherForm},
		{"a.json", `[{"one": 1}, {"one": 2}]`, formats.Options{}, corpus.NoComments},
		{"a.html", "<!DOCTYPE html><title>x</title><p>Hello", formats.Options{}, corpus.NoComments},
		{"a.txt", "The ferry is late again, says the harbour office, and nobody knows why.\n", formats.Options{}, corpus.NoComments},
		{"a.json", `{"id":7,"title":"Ferry","post_stream":{"posts":[{"id":1,"username":"ann","cooked":"<p>It is late.</p>","post_number":1}]}}`,
			formats.Options{}, corpus.NoComments},
		{"a.jsonl", `{"title":"Ferry","comments":[]}`, formats.Options{}, corpus.NoComments},
		{"a.txt", "The ferry\n\n" + strings.Repeat("It is late. ", 9000), formats.Options{MaxDocument: 100}, corpus.TooLarge},
	} {
		var kinds []corpus.Kind
		for thread, err := range formats.Read(t.Context(), c.name, strings.NewReader(c.content), c.o) {
			errs := []error{err}
			if thread != nil {
				errs = nil
				for i := range thread.Problems {
					errs = append(errs, &thread.Problems[i])
				}
			}
			for _, err := range errs {
				for k := corpus.Empty; k <= corpus.OtherForm; k++ {
					if errors.Is(err, k) {
						kinds = append(kinds, k)
					}
				}
			}
		}
		if len(kinds) != 1 || kinds[0] != c.want {
			t.Errorf("%s %.20q: got %v, want %v", c.name, c.content, kinds, c.want)
		}
	}
}
