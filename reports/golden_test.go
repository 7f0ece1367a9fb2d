package reports

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/clean"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// write returns what the output of that name writes for the threads.
func write(t *testing.T, name string, o Options, results ...*analysis.Result) string {
	t.Helper()
	return writeIn(t, Outputs(), name, o, results...)
}

// writeIn does so for an output of a list.
func writeIn(t *testing.T, outputs []Output, name string, o Options, results ...*analysis.Result) string {
	t.Helper()
	for _, output := range outputs {
		if output.Name != name {
			continue
		}
		var b bytes.Buffer
		w := output.New(&b, o)
		for _, r := range results {
			if err := w.Write(r); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatalf("%s: closing: %v", name, err)
		}
		return b.String()
	}
	t.Fatalf("no output %q", name)
	return ""
}

// TestGoldens holds every output of every fixture; run with -update to rewrite.
func TestGoldens(t *testing.T) {
	for thread, r := range fixtures() {
		for _, width := range []int{60, 80, 120, 200} {
			golden(t, fmt.Sprintf("%s.%d.txt", thread, width), write(t, "text", Options{Width: width}, r))
		}
		golden(t, thread+".color.txt", write(t, "text", Options{Width: 80, Color: true}, r))
		golden(t, thread+".plot.txt", write(t, "text", Options{Width: 80, Plot: true, Color: true}, r))
		golden(t, thread+".html", bodyOf(write(t, "html", Options{}, r)))
		golden(t, thread+".md", write(t, "markdown", Options{}, r))
		golden(t, thread+".csv", write(t, "csv", Options{Engines: r.Model != nil}, r))
		golden(t, thread+".json", write(t, "json", Options{}, r))
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

var escapes = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// TestNoLineIsWider holds for every fixture at every width, with and without color:
// no line wider than the page, and no blanks at the end of one.
func TestNoLineIsWider(t *testing.T) {
	for thread, r := range fixtures() {
		for width := 60; width <= 210; width++ {
			bare := write(t, "text", Options{Width: width, Plot: true}, r)
			for l := range strings.Lines(bare) {
				l = strings.TrimSuffix(l, "\n")
				if w := displaywidth.String(l); w > width {
					t.Fatalf("%s at %d: a line of %d: %q", thread, width, w, l)
				}
				if strings.HasSuffix(l, " ") {
					t.Fatalf("%s at %d: blanks at the end of %q", thread, width, l)
				}
			}
			colored := write(t, "text", Options{Width: width, Plot: true, Color: true}, r)
			if got := escapes.ReplaceAllString(colored, ""); !strings.HasPrefix(got, strings.TrimSuffix(bare, "\n")) {
				t.Fatalf("%s at %d: color changes the layout (-bare +colored):\n%s", thread, width, cmp.Diff(bare, got))
			}
		}
	}
}

// TestColumnsLineUp finds the column where each stance stands: the same for every
// comment, whatever characters the author's name has.
func TestColumnsLineUp(t *testing.T) {
	for _, width := range []int{60, 80, 120, 200} {
		out := write(t, "text", Options{Width: width}, library())
		rows := strings.Split(out, "\n")
		at := -1
		for _, row := range rows {
			if i := strings.Index(row, "Stance  "); at < 0 && strings.Contains(row, "Author") && i > 0 {
				at = displaywidth.String(row[:i])
				continue
			}
			if at < 0 {
				continue
			}
			if row == "" {
				break
			}
			for _, stance := range []string{"supportive", "skeptical", "relativist", "none"} {
				if i := strings.Index(row, "  "+stance+"  "); i > 0 && displaywidth.String(row[:i])+2 != at {
					t.Errorf("at %d: %q is not at column %d", width, row, at)
				}
			}
		}
		if at < 0 {
			t.Fatalf("at %d: no table of comments in\n%s", width, out)
		}
	}
}

// TestSeveralThreads: one CSV header for the run, one JSON line a thread, blank lines
// between texts.
func TestSeveralThreads(t *testing.T) {
	if got := strings.Count(write(t, "csv", Options{}, ferry(), library()), "p_skeptical"); got != 1 {
		t.Errorf("%d CSV headers, want 1", got)
	}
	if got := write(t, "csv", Options{}); !strings.HasPrefix(got, "source,thread,id,") {
		t.Errorf("CSV of no threads is %q, want a header", got)
	}
	if got := strings.Count(write(t, "json", Options{}, ferry(), library()), "\n"); got != 2 {
		t.Errorf("%d JSON lines, want 2", got)
	}
	got, want := write(t, "text", Options{}, ferry(), library()), write(t, "text", Options{}, ferry())+"\n\n"+write(t, "text", Options{}, library())
	if total, ok := strings.CutPrefix(got, want+"\n\n"); !ok || !strings.HasPrefix(total, "2 threads, 13 judged comments\n") {
		t.Errorf("two texts (-want +got):\n%s", cmp.Diff(want, got))
	}
}

// TestHarmlessInEveryOutput looks at the bytes that reach the receiver.
func TestHarmlessInEveryOutput(t *testing.T) {
	for _, name := range []string{"text", "html", "markdown", "json", "csv"} {
		out := write(t, name, Options{}, hostile())
		for i, r := range out {
			if r != '\n' && r != '\t' && clean.Disruptive(r) {
				t.Errorf("%s: %U at byte %d: %q", name, r, i, out[max(0, i-20):i])
			}
		}
		if strings.Contains(bodyOf(out), "\t") && name != "csv" {
			t.Errorf("%s: a tab", name)
		}
	}
	colored := write(t, "text", Options{Color: true}, hostile())
	for _, own := range []string{"\x1b[1m", "\x1b[1;4;36m", "\x1b[4m", "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[0m"} {
		colored = strings.ReplaceAll(colored, own, "")
	}
	if strings.Contains(colored, "\x1b") {
		t.Errorf("an escape that isn't ours: %q", colored)
	}
}

// TestMarkdownCells: every row of a table has as many cells as its head, whatever
// the comments hold.
func TestMarkdownCells(t *testing.T) {
	for name, r := range fixtures() {
		want := 0
		for l := range strings.Lines(write(t, "markdown", Options{}, r)) {
			if !strings.HasPrefix(l, "|") {
				want = 0
				continue
			}
			bars := strings.Count(l, "|") - strings.Count(strings.ReplaceAll(l, `\\`, ""), `\|`)
			if want == 0 {
				want = bars
			}
			if bars != want {
				t.Errorf("%s: %d bars, want %d: %s", name, bars, want, l)
			}
		}
	}
}
