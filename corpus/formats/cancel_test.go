package formats_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"stance.example/stance/corpus/formats"
	"stance.example/stance/internal/soon"
)

// The end of the context ends the reading, whatever the reader is at: in the midst of a page
// that takes seconds, of a long table, or waiting for bytes that never come.
func TestCancelled(t *testing.T) {
	silent, _ := io.Pipe()
	text := func(s string) func() io.Reader { return func() io.Reader { return strings.NewReader(s) } }
	for _, tt := range []struct {
		name string
		in   func() io.Reader
	}{
		{"a page", text("<!DOCTYPE html><html><body><ol>" + strings.Repeat(`<li class="comment"><b>Ola</b><p>Who counted?</p></li>`, 100_000) + "</ol>")},
		{"a text", text("Title\n\nText of the article.\n\n2 Comments\n\n" + strings.Repeat("Ola\nWho counted?\n", 200_000))},
		{"a table", func() io.Reader {
			return &endless{line: func(i int) string { return fmt.Sprintf("{\"id\":%d,\"comment\":\"Who counted?\"}\n", i) }, n: 1 << 40}
		}},
		{"a pipe", func() io.Reader { return silent }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			soon.Ends(t, 100*time.Millisecond, func(ctx context.Context) (last error) {
				for _, err := range formats.Read(ctx, "in", tt.in(), formats.Options{}) {
					last = err
				}
				return last
			})
		})
	}
}
