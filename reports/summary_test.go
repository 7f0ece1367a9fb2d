package reports

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/clean"
)

// summary returns the written summary in the output of that name.
func summary(t *testing.T, name string, o Options, results ...*analysis.Result) string {
	t.Helper()
	return writeIn(t, Summaries(), name, o, results...)
}

func TestSummaryGoldens(t *testing.T) {
	for thread, r := range fixtures() {
		for i, length := range account.Lengths() {
			golden(t, "summary."+thread+"."+length+".txt", summary(t, "text", Options{Length: account.Length(i)}, r))
		}
		o := Options{Length: account.Normal}
		golden(t, "summary."+thread+".md", summary(t, "markdown", o, r))
		golden(t, "summary."+thread+".html", bodyOf(summary(t, "html", o, r)))
		golden(t, "summary."+thread+".json", summary(t, "json", o, r))
	}
}

// TestSummaryOfSeveral: the comparison comes last.
func TestSummaryOfSeveral(t *testing.T) {
	o := Options{Length: account.Short}
	library2 := library()
	library2.Thread.Article.Title = "Another <b>night</b>"
	for name, suffix := range map[string]string{"text": "txt", "markdown": "md", "html": "html", "json": "json"} {
		golden(t, "summary.several."+suffix, bodyOf(summary(t, name, o, library(), library2)))
	}
}

// TestSummaryQuotes: every quote that the JSON tells of is in the comment of its ID, by
// its author, and the text names that ID.
func TestSummaryQuotes(t *testing.T) {
	quotes := 0
	for thread, r := range fixtures() {
		var doc summarisedDoc
		if err := json.Unmarshal([]byte(summary(t, "json", Options{Length: account.Long}, r)), &doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Withheld) > 0 {
			t.Errorf("%s: withheld: %q", thread, doc.Withheld)
		}
		for _, s := range doc.Statements {
			for _, q := range s.Quotes {
				quotes++
				found := false
				for _, c := range r.Thread.Comments {
					found = found || c.ID == q.ID && c.Author == q.Author && strings.Contains(c.Text, q.Text)
				}
				if !found || !strings.Contains(s.Text, "["+q.ID+map[bool]string{true: "]", false: ", " + q.Sure + "]"}[q.Sure == ""]) {
					t.Errorf("%s: %q isn't what %q wrote in %s, or isn't said to be", thread, q.Text, q.Author, q.ID)
				}
			}
		}
	}
	if quotes < 3 {
		t.Errorf("only %d quotes were looked at", quotes)
	}
}

// TestSummaryIsHarmless looks at the bytes that reach the receiver, and at the width.
func TestSummaryIsHarmless(t *testing.T) {
	for _, output := range Summaries() {
		out := summary(t, output.Name, Options{Length: account.Long}, hostile())
		for i, r := range out {
			if r != '\n' && r != '\t' && clean.Disruptive(r) {
				t.Errorf("%s: %U at byte %d: %q", output.Name, r, i, out[max(0, i-20):i])
			}
		}
	}
	for width := 60; width < 130; width++ {
		for l := range strings.Lines(summary(t, "text", Options{Width: width, Length: account.Long}, hostile())) {
			if w := displaywidth.String(strings.TrimSuffix(l, "\n")); w > width {
				t.Errorf("at %d: a line of %d: %q", width, w, l)
			}
		}
	}
}

func TestSummaryErrors(t *testing.T) {
	for _, output := range Summaries() {
		w := output.New(broken{}, Options{})
		if err := cmp.Or(w.Write(library()), w.Close()); !errors.Is(err, errBroken) {
			t.Errorf("%s on a broken pipe: %v", output.Name, err)
		}
	}
}
