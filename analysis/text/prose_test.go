package text_test

import (
	"strings"
	"testing"

	"github.com/jdkato/prose/v3/segment"
	"github.com/jdkato/prose/v3/tokenize"

	"stance/analysis/text"
)

// oracle is prose itself, whose tokens and sentences ours must be.
type oracle struct {
	parser    *text.Parser
	tokenizer *tokenize.Tokenizer
	segmenter *segment.Segmenter
}

func newOracle(t testing.TB) oracle {
	t.Helper()
	s, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	return oracle{newParser(t), tokenize.New(), s}
}

// check compares the parse of src with prose's.
func (o oracle) check(t testing.TB, src string) {
	t.Helper()
	d := o.parser.Parse(src)
	var want []string
	for _, tok := range o.tokenizer.Tokenize(src) {
		want = append(want, tok.Text)
	}
	var got []string
	for _, tok := range d.Tokens {
		if tok.In(src) != tok.Text {
			t.Fatalf("token %q isn't at its span of %q", tok.Text, src)
		}
		got = append(got, tok.Text)
	}
	if g, w := strings.Join(got, "|"), strings.Join(want, "|"); g != w {
		t.Fatalf("tokens of %q\n got %q\nwant %q", src, g, w)
	}
	o.checkSentences(t, d)
}

// checkSentences compares the sentences, which are cut line by line.
func (o oracle) checkSentences(t testing.TB, d text.Document) {
	t.Helper()
	var want []string
	for line := range strings.SplitSeq(d.Source, "\n") {
		for _, s := range o.segmenter.Segment(line) {
			want = append(want, s.Text)
		}
	}
	var got []string
	for _, s := range d.Sentences {
		got = append(got, s.In(d.Source))
	}
	if g, w := strings.Join(got, "|"), strings.Join(want, "|"); g != w {
		t.Errorf("sentences of %q\n got %q\nwant %q", d.Source, g, w)
	}
}

// TestTokensAreProses tries every short run over characters that matter.
func TestTokensAreProses(t *testing.T) {
	o := newOracle(t)
	alphabet := []string{"a", "D", "x", "o", "n", "t", "s", "8", "3", ".", ",", ":", ";", "'", "’", `"`, "“", "(", ")", "]", "[", "-", "=", "^", "_", "!", "?", "$", "é", "ಠ"}
	var grow func(run string, n int)
	grow = func(run string, n int) {
		o.check(t, run)
		if n == 0 {
			return
		}
		for _, c := range alphabet {
			grow(run+c, n-1)
		}
	}
	grow("", 3)
}

// TestSentencesAreProses tries pairs of words that the model knows something of, or
// that end in marks.
func TestSentencesAreProses(t *testing.T) {
	o := newOracle(t)
	words := []string{
		"It", "fell", "fell.", "Fell!", "why?", "why?\"", "\"Why?\"", "(so.)", "so.\"", "said,", "etc.", "no.", "No.", "Mr.", "gov.", "U.S.", "p.m.", "J.", "3.5", "12.", "$5.", "a.b", "www.example.com",
		"...", "wait...", "Wait…", "well.)", "Yahoo!", "what?no", "stop!!!", "stop!1", "co-op.", "e.g.", "St.", "Louis", "I", "the", "The", ".", "!", "?", "é.", "naïve.", "“Yes.”", "’tis", "ok.’", "vs.", "Jan.", "May.", "fig.", "a.", "end.[1]", "end!(a)", "end[a.b",
	}
	for _, a := range words {
		for _, b := range words {
			o.check(t, a+" "+b)
			for _, c := range []string{"the", "The", "so.", "I"} {
				o.check(t, a+" "+b+" "+c)
			}
		}
	}
}

// TestUnlabelledIsProses compares on real comments.
func TestUnlabelledIsProses(t *testing.T) {
	o := newOracle(t)
	for i, comment := range unlabelled(t) {
		if i%5 == 0 {
			o.check(t, comment)
		}
	}
}

// TestLongRunsAreProses compares runs and chains that are longer than any that people
// write: for these there are bounds, past which our way must still give what prose does.
func TestLongRunsAreProses(t *testing.T) {
	o := newOracle(t)
	parts := []string{"!?", "...", "''", "'s", "n't", "a.", "B", "((", "”", "“", ":)", "(╯°□°）╯︵┻━┻", "etc. ", "a. ", "é. ", "Mr. ", ". ", "no.5 ", "\"?", " x "}
	for i, a := range parts {
		for k, b := range parts {
			o.check(t, strings.Repeat(a, 40)+strings.Repeat(b, 1+(i+k)%30))
			o.check(t, strings.Repeat(a+b, 40))
			o.check(t, "So "+strings.Repeat(a, 5+(3*i+k)%20)+b+" ends. It did.")
		}
	}
}

func FuzzParses(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	o := newOracle(f)
	f.Fuzz(func(t *testing.T, src string) { o.check(t, src) })
}
