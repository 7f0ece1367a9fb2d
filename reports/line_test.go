package reports

import (
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis/text"
	"stance.example/stance/reports/internal/layout"
)

// shown writes the marks of a line as brackets.
func shown(l line) string {
	return l.Render(func(part string, m layout.Mark) string {
		switch m {
		case speaksFor:
			return "[" + part + "]"
		case speaksAgainst:
			return "(" + part + ")"
		}
		return part
	})
}

func evidence(start, end int, weight float64) text.Evidence {
	return text.Evidence{Span: text.Span{Start: start, End: end}, Weight: weight}
}

func TestExcerpt(t *testing.T) {
	cases := []struct {
		name, reason string
		comment      string
		evidence     []text.Evidence
		width        int
		want         string
	}{
		{"none", "most comments", "no evidence here", nil, 40, "no evidence here"},
		{"two", "for and against", "so sure, are you?", []text.Evidence{evidence(3, 7, 1), evidence(9, 12, -1)}, 40, "so [sure], (are) you?"},
		{"overlap", "what speaks for the stance hides what speaks against it", "not so sure", []text.Evidence{evidence(0, 6, 1), evidence(4, 11, -1)}, 40,
			"[not so]( sure)"},
		{"over a line break", "white space inside becomes a blank, white space at the end is left out", "a\n b \nc", []text.Evidence{evidence(0, 6, 1)}, 40,
			"[a b] c"},
		{"behind an escape", "spans follow the text that moved", "\x1b\u200Bproof!", []text.Evidence{evidence(4, 9, 1)}, 40, "\uFFFD[proof]!"},
		{"cut inside", "the ellipsis isn't evidence", "where is the proof?", []text.Evidence{evidence(9, 19, 1)}, 12, "where is [th]…"},
		{"cut before", "evidence behind the cut can't show", "where is the proof?", []text.Evidence{evidence(13, 18, 1)}, 9, "where is…"},
		{"cut at a blank", "no blank before the ellipsis", "where is the proof?", nil, 10, "where is…"},
		{"cut wide characters", "a wide character is never halved", "図書館の猫", nil, 6, "図書…"},
		{"cut a flag", "nor is a pair of letters that make a flag", "🇩🇪🇩🇪🇩🇪", nil, 4, "🇩🇪…"},
	}
	for _, c := range cases {
		if got := shown(excerpt(c.comment, c.evidence).Cut(c.width)); got != c.want {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}

func TestAfter(t *testing.T) {
	l := excerpt("proof!", []text.Evidence{evidence(0, 5, 1)}).After("↳1 ")
	if got, want := shown(l), "↳1 [proof]!"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func FuzzCut(f *testing.F) {
	for i, p := range pieces {
		f.Add(p+p+"x"+p, uint8(i))
	}
	f.Fuzz(func(t *testing.T, s string, width uint8) {
		l := excerpt(s, []text.Evidence{evidence(0, len(s)/2, 1)})
		cut := l.Cut(int(width) + 1)
		if cut.Width() > int(width)+1 {
			t.Fatalf("%q is wider than %d", cut.Text, width)
		}
		if !strings.HasPrefix(l.Text, strings.TrimSuffix(cut.Text, layout.Ellipsis)) {
			t.Fatalf("%q is no start of %q", cut.Text, l.Text)
		}
		if len(cut.Marks) != len(cut.Text) {
			t.Fatalf("%d marks for %d bytes", len(cut.Marks), len(cut.Text))
		}
		for _, w := range layout.Wrap(l.Text, int(width)+10, 2) {
			if displaywidth.String(w) > int(width)+10 {
				t.Fatalf("wrapped %q is wider than %d", w, int(width)+10)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	cases := []struct {
		name, reason, in string
		width, indent    int
		want             []string
	}{
		{"empty", "nothing to write", "", 10, 2, nil},
		{"short", "one line", "one two", 10, 2, []string{"one two"}},
		{"exact", "a line may be full", "one two th", 10, 2, []string{"one two th"}},
		{"long", "later lines are indented", "one two three four", 10, 2, []string{"one two", "  three", "  four"}},
		{"long word", "cut where the line ends", "a bcdefghijklmnop q", 10, 2, []string{"a", "  bcdefghi", "  jklmnop", "  q"}},
		{"wide", "two columns a character", "図書館の猫です", 10, 0, []string{"図書館の猫", "です"}},
	}
	for _, c := range cases {
		if got := layout.Wrap(c.in, c.width, c.indent); !slices.Equal(got, c.want) {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}
