package sentiment_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance/analysis/sentiment"
	"stance/corpus"
)

func TestReadTerms(t *testing.T) {
	in := "\uFEFFterm,weight\n# our own\n\nzorbly\t-3\nCan’t stand,-2.5\n\"half, baked\"\t-1\nclimate,0\n"
	got, err := sentiment.ReadTerms(strings.NewReader(in), newParser(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []sentiment.Term{
		{Words: []string{"zorbly"}, Weight: -3},
		{Words: []string{"ca", "n't", "stand"}, Weight: -2.5},
		{Words: []string{"half", ",", "baked"}, Weight: -1},
		{Words: []string{"climate"}, Weight: 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadTermsErrors(t *testing.T) {
	p := newParser(t)
	for _, c := range []struct{ name, in, want string }{
		{"empty", "# nothing\n", "1: no term"},
		{"no separator", "good\n", "1: no tab or comma between term and weight"},
		{"no number", "good,1\nbad,very\n", `2: the weight "very" is no number`},
		{"not a number", "good,NaN\n", `1: the weight "NaN" is no number`},
		{"too large", "good,9\n", "1: the weight 9 lies outside of -4 to 4"},
		{"no term", "\t2\n", "1: no tab or comma between term and weight"},
		{"twice", "good,1\nGood,2\n", `2: the term "good" stands in line 1 already`},
		{"late heading", "good,1\nterm,weight\n", `2: the weight is "weight", not a number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := sentiment.ReadTerms(strings.NewReader(c.in), p); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestTermsOverride holds that a user's rating turns a comment and gets the scope of
// every other word.
func TestTermsOverride(t *testing.T) {
	p := newParser(t)
	terms := []sentiment.Term{
		{Words: []string{"zorbly"}, Weight: -4},
		{Words: []string{"snow", "day"}, Weight: 4},
		{Words: []string{"disgusting"}, Weight: 0},
	}
	for _, c := range []struct {
		name, more, less, reason string
	}{
		{"added", "The plan", "The zorbly plan", "a bad word of the user is bad"},
		{"negated", "It is not zorbly", "It is zorbly", "a negation turns it"},
		{"phrase", "A snow day", "A snow week", "words of a phrase count together"},
		{"negated phrase", "A snow day", "Not a snow day", "a phrase is negated too"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHybrid(t, terms...)
			more, less := p.Parse(c.more), p.Parse(c.less)
			if m, l := h.Measure(&more, nil), h.Measure(&less, nil); m.Valence <= l.Valence {
				t.Errorf("%s: %q has valence %.3f, %q %.3f", c.reason, c.more, m.Valence, c.less, l.Valence)
			}
		})
	}
	doc := p.Parse("A disgusting plan")
	plain, own := newHybrid(t).Measure(&doc, nil), newHybrid(t, terms...).Measure(&doc, nil)
	if plain.Polarity != corpus.Negative || own.Polarity == corpus.Negative || own.Given != 1 {
		t.Errorf("disgusting is %v by itself, and %v with %d terms where its user rates it 0", plain.Polarity, own.Polarity, own.Given)
	}
}

func TestEnginesWithoutTerms(t *testing.T) {
	for _, e := range sentiment.Engines() {
		_, err := e.New([]sentiment.Term{{Words: []string{"zorbly"}, Weight: -3}})
		if (err == nil) != e.TakesTerms {
			t.Errorf("%s: takes terms is %v, the error %v", e.Name, e.TakesTerms, err)
		}
	}
}
