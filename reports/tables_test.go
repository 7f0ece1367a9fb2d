package reports

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/weighting"
	"stance.example/stance/corpus"
)

// TestNoLineIsWiderForRandomResults also meets cycles of parents and empty threads.
func TestNoLineIsWiderForRandomResults(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		r, width := randomResult(rng), 60+rng.IntN(80)
		for l := range strings.Lines(write(t, "text", Options{Width: width}, r)) {
			if w := displaywidth.String(strings.TrimSuffix(l, "\n")); w > width {
				t.Fatalf("a line of %d in %d: %q", w, width, l)
			}
		}
	}
}

// TestLargeCounts: a thread of ninety thousand comments fits the narrowest page.
func TestLargeCounts(t *testing.T) {
	r := ferry()
	for k := range r.Summary.Stance {
		r.Summary.Stance[k] = aggregate.Share{Count: 90000, Share: 0.25, Low: 0.24, High: 1}
		r.Summary.Cross[k] = [corpus.NumPolarities]int{30000, 30000, 30000}
	}
	r.Summary.Polarity = [corpus.NumPolarities]int{99999, 99999, 99999}
	r.Summary.Comments = 99999
	for l := range strings.Lines(write(t, "text", Options{Width: 60}, r)) {
		if w := displaywidth.String(strings.TrimSuffix(l, "\n")); w > 60 {
			t.Errorf("a line of %d: %q", w, l)
		}
	}
}

// TestManyAuthors: of very many readers with several comments those with the most stand in the table, and it says so.
func TestManyAuthors(t *testing.T) {
	r := ferry()
	for _, tt := range []struct {
		authors, rows int
		title         string
	}{
		{mostAuthors, mostAuthors, "Readers with more than one comment"},
		{mostAuthors + 1, mostAuthors, "The 100 readers with the most comments, of 101 readers with more than one"},
	} {
		r.Summary.Recurring = make([]aggregate.Author, tt.authors)
		if got := authorTable(r); len(got.Rows) != tt.rows || got.Title != tt.title {
			t.Errorf("%d authors: %d rows, %q", tt.authors, len(got.Rows), got.Title)
		}
	}
}

func TestWidthLimits(t *testing.T) {
	usual := write(t, "text", Options{Width: 80}, ferry())
	if got := write(t, "text", Options{}, ferry()); got != usual {
		t.Error("width 0 isn't 80")
	}
	least := write(t, "text", Options{Width: 60}, ferry())
	for _, width := range []int{1, 59} {
		if got := write(t, "text", Options{Width: width}, ferry()); got != least {
			t.Errorf("width %d isn't 60", width)
		}
	}
}

func TestArrow(t *testing.T) {
	comments := []corpus.Comment{
		{ID: "a"}, {ID: "b", Parent: "a"}, {ID: "c", Parent: "b"}, {ID: "d", Parent: "c"}, {ID: "e", Parent: "d"}, {ID: "f", Parent: "e"},
		{ID: "g", Parent: "gone"}, {ID: "h", Parent: "h"}, {ID: "i", Parent: "j"}, {ID: "j", Parent: "i"},
	}
	want := []string{"", "↳1 ", " ↳2 ", "  ↳3 ", "   ↳4 ", "   ↳5 ", "", "", "   ↳10 ", "   ↳9 "}
	p := newPlaces(comments)
	for i := range comments {
		if got := p.arrow(i); got != want[i] {
			t.Errorf("%s: %q, want %q", comments[i].ID, got, want[i])
		}
	}
}

// TestTablesLeftOut: no table without rows.
func TestTablesLeftOut(t *testing.T) {
	once := result(&corpus.Thread{}, []sample{{author: "ana", text: "hm", sure: 1}}, reliability())
	if got := len(tables(once)); got != 2 {
		t.Errorf("%d tables for readers who wrote once, want 2", got)
	}
	removed := result(&corpus.Thread{}, []sample{{removed: true}}, reliability())
	if got := len(tables(removed)); got != 1 {
		t.Errorf("%d tables for a removed comment, want 1", got)
	}
	if got := len(tables(result(&corpus.Thread{}, nil, reliability()))); got != 0 {
		t.Errorf("%d tables for no comments, want none", got)
	}
}

func TestCounts(t *testing.T) {
	cases := []struct {
		name, reason string
		summary      aggregate.Summary
		found        int
		declared     int
		want         string
	}{
		{"one", "the singular", aggregate.Summary{Comments: 1, Authors: 1}, 1, 1, "1 comment by 1 reader"},
		{"none", "the plural", aggregate.Summary{}, 0, 0, "0 comments by 0 readers"},
		{"more announced", "the page counts others", aggregate.Summary{Comments: 6, Authors: 4}, 6, 9, "6 comments by 4 readers; the page announces 9"},
		{"unknown", "names may be missing", aggregate.Summary{Comments: 6, Unknown: 6}, 6, 0, "6 comments by unknown readers"},
		{"some unknown", "or missing in part", aggregate.Summary{Comments: 6, Authors: 1, Unknown: 2}, 6, 6, "6 comments by 1 known reader and unknown ones"},
	}
	for _, c := range cases {
		r := &analysis.Result{Summary: c.summary, Thread: &corpus.Thread{DeclaredComments: c.declared, Comments: make([]corpus.Comment, c.found)}}
		if got := counts(r); got != c.want {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}

func TestRatios(t *testing.T) {
	if got := percent(2.0 / 3); got != "67 %" {
		t.Errorf("two thirds are %q", got)
	}
	if got := percent(aggregate.Undefined(0).Share) + bounds(aggregate.Undefined(0)); got != "––" {
		t.Errorf("undefined ratios are %q", got)
	}
	if got := bounds(aggregate.Share{Low: 0.349, High: 0.884, Error: 0.1}); got != "[35–88]" {
		t.Errorf("bounds are %q", got)
	}
}

func TestExactSharesHaveNoBounds(t *testing.T) {
	if got := bounds(aggregate.Share{Share: 0.5, Low: 0.5, High: 0.5}); got != "exact" {
		t.Errorf("bounds are %q", got)
	}
}

func TestInputNotes(t *testing.T) {
	thread := &corpus.Thread{}
	if got := inputNotes(thread); len(got) != 0 {
		t.Errorf("nothing to say is %q", got)
	}
	thread.Problems = append(slices.Repeat([]corpus.Problem{{Line: 4, Message: "a row is short"}}, mostRemarks), corpus.Problem{}, corpus.Problem{})
	thread.Unused = make([]corpus.Line, 1)
	got := inputNotes(thread)
	want := append(slices.Repeat([]string{"Reading the input, line 4: a row is short"}, mostRemarks),
		"Reading the input: 2 further remarks.", "Reading the input: 1 line in neither the article nor a comment.")
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestSensitivityIsMarked: shares under other assumptions stand in a table of their own,
// in threads of some size whose shares no sample corrects.
func TestSensitivityIsMarked(t *testing.T) {
	large := func(comments int) *analysis.Result {
		r := ferry()
		r.Summary.Comments, r.Summary.Removed, r.Summary.Withheld = comments, 0, 0
		r.Examination = &analysis.Examination{Sensitivity: aggregate.Sensitivity{
			Adjusted: [corpus.NumStances]float64{0.61, 0.09, 0.2, 0.1},
			Shifted:  [corpus.NumStances]float64{0.52, 0.18, 0.2, 0.1},
		}}
		return r
	}
	const adjusted, shifted = "adjusted count: usual errors       61 %         9 %        20 %  10 %",
		"SLD: only the shares differ        52 %        18 %        20 %  10 %"
	got := write(t, "text", Options{}, large(20))
	for _, want := range []string{"Shares under assumptions that can't be checked here", adjusted, shifted} {
		if !strings.Contains(got, want) {
			t.Errorf("the text lacks %q:\n%s", want, got)
		}
	}
	if got := write(t, "html", Options{}, large(20)); !strings.Contains(got, "SLD: only the shares differ") {
		t.Error("the page lacks the table")
	}
	corrected, undefined := large(20), large(20)
	corrected.Summary.Audit = &audit.Audit{Confusion: evaluate.NewConfusion(corpus.NumStances)}
	undefined.Examination.Sensitivity = aggregate.NewSensitivity(nil, aggregate.Reliability{})
	for name, r := range map[string]*analysis.Result{"few comments": large(19), "an audit": corrected, "nothing known": undefined} {
		if got := write(t, "text", Options{}, r); strings.Contains(got, "SLD") {
			t.Errorf("%s: the table is there", name)
		}
	}
}

// TestNotesOfTheCloserLook: every form for people says what the closer look found.
func TestNotesOfTheCloserLook(t *testing.T) {
	r := ferry()
	r.Examination = &analysis.Examination{Weightings: weighting.Table{Copies: 2,
		Notes: []string{"Counted by author, supportive is the most frequent stance and not skeptical."}}}
	for _, name := range []string{"text", "markdown", "html"} {
		got := strings.Join(strings.Fields(write(t, name, Options{}, r)), " ")
		for _, want := range []string{"Counted by author, supportive is the most frequent stance and not skeptical.",
			"2 comments are copies of earlier ones, or nearly."} {
			if !strings.Contains(got, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}
