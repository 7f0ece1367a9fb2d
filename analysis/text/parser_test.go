package text_test

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/analysis/text"
)

func newParser(t testing.TB) *text.Parser {
	t.Helper()
	p, err := text.NewParser()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParseTokens(t *testing.T) {
	p := newParser(t)
	for _, c := range []struct{ name, src, want, reason string }{
		{"contraction", "Don't", "Don't", "people count it for one word"},
		{"abbreviation", "U.S. and 3.5", "U.S|.|and|3.5", "a mark inside belongs to the word"},
		{"punctuation", "Really?!", "Really|?|!", "each mark counts"},
		{"link", "see http://a.example/b?c=1 now", "see|http://a.example/b?c=1|now", "a link is one token"},
		{"links", "https://a.example/ http://b.example", "https://a.example/|http://b.example", "each link is one"},
		{"emoji", "ok 👍🏽", "ok|👍🏽", "a skin tone belongs to its emoji"},
		{"empty", "", "", "nothing in, nothing out"},
		{"line breaks", "a\r\n\r\nb", "a|b", "white space is never a token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, tok := range p.Parse(c.src).Tokens {
				got = append(got, tok.Text)
			}
			if g := strings.Join(got, "|"); g != c.want {
				t.Errorf("%s: got %q, want %q", c.reason, g, c.want)
			}
		})
	}
}

func TestParseSentences(t *testing.T) {
	p := newParser(t)
	for _, c := range []struct {
		name, src string
		want      []string
		reason    string
	}{
		{"two", "It failed. Why?", []string{"It failed.", "Why?"}, "the plain case"},
		{"abbreviation", "The U.S. did it.", []string{"The U.S. did it."}, "an abbreviation ends nothing"},
		{"line break", "no stop here\nnew thought", []string{"no stop here", "new thought"}, "readers end sentences by the return key"},
		{"blank lines", "\n\nOne.\n\n\nTwo.\n", []string{"One.", "Two."}, "blank lines are no sentences"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range p.Parse(c.src).Sentences {
				got = append(got, s.In(c.src))
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%s: got %q, want %q", c.reason, got, c.want)
			}
		})
	}
}

func TestLower(t *testing.T) {
	p := newParser(t)
	// ‘İ’ grows by a byte when lowered and ‘Ⱥ’ by one too: spans must stay those
	// of the source all the same.
	d := p.Parse("İSTANBUL ȺBC Don’T")
	var got []string
	for _, tok := range d.Tokens {
		got = append(got, tok.Lower)
	}
	if g, want := strings.Join(got, "|"), "istanbul|ⱥbc|don't"; g != want {
		t.Errorf("got %q, want %q", g, want)
	}
	checkSpans(t, d)
}

func TestEntities(t *testing.T) {
	p := newParser(t)
	d := p.Parse("The mayor of Hamburg met Angela Burke on Friday.")
	entities, err := p.Entities(&d, 300)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, e := range entities {
		if e.In(d.Source) != e.Text {
			t.Errorf("entity %q doesn't lie at its span", e.Text)
		}
		found[e.Text] = true
	}
	for _, name := range []string{"Hamburg", "Angela Burke"} {
		if !found[name] {
			t.Errorf("%s not among the entities %v", name, entities)
		}
	}
}

func TestEntitiesOfTheFirstWords(t *testing.T) {
	p := newParser(t)
	d := p.Parse("Hamburg met Angela Burke. Then Angela Burke left Hamburg.")
	last := 0
	for _, words := range []int{0, 5, 50} {
		entities, err := p.Entities(&d, words)
		if err != nil || words == 0 && len(entities) > 0 || words > 0 && len(entities) <= last {
			t.Errorf("in %d words: %v, %v", words, entities, err)
		}
		for _, e := range entities {
			if words == 5 && e.End > d.Sentences[0].End {
				t.Errorf("%q lies behind the fifth word", e.Text)
			}
		}
		last = len(entities)
	}
}

func checkSpans(t *testing.T, d text.Document) {
	t.Helper()
	last := 0
	for _, tok := range d.Tokens {
		if tok.Start < last || tok.End > len(d.Source) || tok.In(d.Source) != tok.Text {
			t.Fatalf("token %q isn't at %d:%d of %q", tok.Text, tok.Start, tok.End, d.Source)
		}
		last = tok.End
		if len(d.Sentences) > 0 && tok.Sentence >= len(d.Sentences) {
			t.Fatalf("token %q is of sentence %d of %d", tok.Text, tok.Sentence, len(d.Sentences))
		}
	}
	last = 0
	for _, s := range d.Sentences {
		if s.Start < last || s.End > len(d.Source) || s.End <= s.Start {
			t.Fatalf("sentence %v is out of order in %q", s, d.Source)
		}
		last = s.End
	}
}

// samples are texts that a parser may stumble over.
var samples = []string{"", "It isn't so.", "\x97\x97's", "ȺȺȺ's", "“Who?” asked İ…", "a\u00a0b\u200bc\r\nd", "😀👨‍👩‍👧 ok:)"}

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	p := newParser(f)
	f.Fuzz(func(t *testing.T, src string) {
		d := p.Parse(src)
		checkSpans(t, d)
		if len(src) < 200 {
			entities, err := p.Entities(&d, 300)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entities {
				if e.Start < 0 || e.End > len(src) || e.In(src) != e.Text {
					t.Fatalf("entity %q isn't at %d:%d of %q", e.Text, e.Start, e.End, src)
				}
			}
		}
	})
}

func ExampleParser_Parse() {
	p, err := text.NewParser()
	if err != nil {
		panic(err)
	}
	d := p.Parse("Nobody asked us. Typical!")
	for _, tok := range d.Tokens {
		fmt.Print(tok.Text, "@", tok.Start, " ")
	}
	// Output: Nobody@0 asked@7 us@13 .@15 Typical@17 !@24
}
