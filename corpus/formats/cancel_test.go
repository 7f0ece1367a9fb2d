package formats_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"stance.example/stance/corpus/formats"
	"stance.example/stance/internal/soon"
)

// The end of the context ends the reading, whatever the reader is at: in the midst of a page
// that takes seconds, of a long table, or waiting for bytes that never come. What was under way ends
// too, a little later: tests that measure memory wait for it.
func TestCancelled(t *testing.T) {
	before := runtime.NumGoroutine()
	silent, end := io.Pipe()
	t.Cleanup(func() {
		end.Close()
		for range 6000 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Error("what was cancelled goes on for a minute")
	})
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
