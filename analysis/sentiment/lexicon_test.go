package sentiment_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
)

func newLexicon(t testing.TB) *sentiment.Lexicon {
	t.Helper()
	l, err := sentiment.NewLexicon(nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestPolarity has a case for every rule. A case with twin compares the valence of
// src with that of twin.
func TestPolarity(t *testing.T) {
	l, p := newLexicon(t), newParser(t)
	for _, c := range []struct {
		name, src string
		want      corpus.Polarity
		reason    string
	}{
		{"praise", "A wonderful plan", corpus.Positive, "a rated word decides"},
		{"blame", "A disgusting plan", corpus.Negative, "a rated word decides"},
		{"no rated word", "The plan has four parts", corpus.Neutral, "nothing was felt"},
		{"topic", "The party wants security and justice", corpus.Neutral, "subjects of a debate are no feelings"},

		{"n't", "It isn't good", corpus.Negative, "the tokenizer's n't negates"},
		{"curly n't", "It isn’t good", corpus.Negative, "phones write the curly apostrophe"},
		{"no apostrophe", "It isnt good", corpus.Negative, "readers leave the apostrophe out"},
		{"never", "They were never honest", corpus.Negative, "never negates"},
		{"nobody", "Nobody on our whole street is happy", corpus.Negative, "a negative subject reaches over its predicate"},
		{"without", "Done without any beauty", corpus.Negative, "without negates its noun phrase"},
		{"hardly", "That is hardly good", corpus.Negative, "hardly negates"},
		{"far from", "It is far from excellent", corpus.Negative, "phrases negate too"},
		{"denied blame", "It wasn't terrible", corpus.Neutral, "a denied bad word is seldom praise"},
		{"comma ends it", "No, an excellent idea", corpus.Positive, "the answer no reaches no further than its comma"},
		{"new subject ends it", "He did not run and I love him", corpus.Positive, "another clause begins with its subject"},
		{"because ends it", "Not theirs because excellent people built it", corpus.Positive, "the reason is outside the denial"},
		{"reach ends it", "It is not what the two of us had asked for, excellent as it looks", corpus.Positive, "a word far off isn't denied"},
		{"not only", "It is not only excellent", corpus.Positive, "not only denies nothing"},
		{"nothing but", "I have nothing but praise", corpus.Positive, "nothing but denies nothing"},
		{"no problem", "No problem", corpus.Positive, "an idiom of consent, not two bad words"},
		{"no doubt", "No doubt it is a splendid hall", corpus.Positive, "no doubt affirms"},

		{"last word", "The tram is lovely, but the route is horrible", corpus.Negative, "what follows but counts more"},
		{"last word of praise", "The route is horrible, but the tram is lovely", corpus.Positive, "what follows but counts more"},
		{"concession", "Although it is lovely, it is horrible", corpus.Negative, "the conceded counts less"},
		{"scare quotes", "Another \"wonderful\" plan of theirs", corpus.Negative, "a word of praise alone in quotes is held up"},
		{"so-called", "These so-called heroes", corpus.Negative, "so-called takes the praise back"},
		{"quotation of a reader", "> You are a disgusting liar\nNot me.", corpus.Neutral, "quoted lines are another reader's words"},

		{"drawn to two", "This is goooood news", corpus.Positive, "good has two o"},
		{"drawn to one", "I loooove trams", corpus.Positive, "love has one o"},
		{"hashtag", "#disgusting", corpus.Negative, "a tag is a word"},
		{"marked", "It was *awful*", corpus.Negative, "asterisks are emphasis"},
		{"heart with selector", "❤️", corpus.Positive, "VS16 is taken off"},
		{"skin tone", "👎🏿", corpus.Negative, "the tone is taken off"},
		{"joined emoji", "🤦‍♀️", corpus.Negative, "the joined sign is taken off"},
		{"emoticon", "ok :)", corpus.Positive, "the tokenizer takes it apart"},
		{"colon and bracket", "see (the list: ) there", corpus.Neutral, "signs that don't touch are no face"},
		{"tears of joy", "😂", corpus.Neutral, "it mocks as often as it cheers"},

		{"kindly stop", "Kindly stop", corpus.Negative, "politeness doesn't make it praise"},
		{"needs better", "The town needs a better council", corpus.Negative, "a wish for better is blame"},
		{"shame on", "Shame on the board", corpus.Negative, "an idiom"},
		{"can't wait", "I can’t wait", corpus.Positive, "an idiom with a contraction"},
		{"like", "people like you", corpus.Neutral, "like compares more often than it likes"},
		{"I like", "And I like it", corpus.Positive, "here it likes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := p.Parse(c.src)
			if d := l.Justify(&doc, nil); d.Polarity != c.want {
				t.Errorf("%s: %q is %v (%.2f, %v), want %v", c.reason, c.src, d.Polarity, d.Valence, d.Evidence, c.want)
			}
		})
	}
}

// TestStrength compares two comments by the strength of their feeling.
func TestStrength(t *testing.T) {
	l, p := newLexicon(t), newParser(t)
	sum := func(src string) float64 {
		doc := p.Parse(src)
		total := 0.0
		for _, e := range l.Justify(&doc, nil).Evidence {
			total += e.Weight
		}
		return math.Abs(total)
	}
	for _, c := range []struct{ name, strong, weak, reason string }{
		{"degree", "It is very lovely", "It is lovely", "very strengthens"},
		{"two degrees", "It is so very lovely", "It is very lovely", "degrees multiply"},
		{"diminisher", "It is lovely", "It is somewhat lovely", "somewhat weakens"},
		{"drawn degree", "sooooo lovely", "lovely", "a drawn degree is one"},
		{"capitals", "It is AWFUL", "It is awful", "capitals stress"},
		{"one exclamation mark", "It is awful!", "It is awful.", "it stresses"},
		{"two exclamation marks", "It is awful!!", "It is awful!", "each one stresses"},
		{"question", "It is awful.", "Is it awful?", "what is asked is felt less"},
		{"condition", "It is awful here", "If it is awful here", "what might be is felt less"},
		{"repeated emoji", "😡😡😡", "😡", "repeating stresses"},
		{"drawn word", "awfuuuuul", "awful", "drawing out stresses"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if s, w := sum(c.strong), sum(c.weak); s <= w || w == 0 {
				t.Errorf("%s: %q weighs %.3f, %q %.3f", c.reason, c.strong, s, c.weak, w)
			}
		})
	}
	for _, c := range []struct{ name, a, b, reason string }{
		{"all in capitals", "IT IS AWFUL HERE", "it is awful here", "who shouts all the time stresses nothing"},
		{"four marks", "It is awful!!!!", "It is awful!!!", "a reader's fourth mark says no more"},
		{"exclaimed question", "It is awful?!", "It is awful!", "it exclaims"},
		{"so as joint", "It failed, so the rest is awful", "It failed, and the rest is awful", "so strengthens only the next words"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, b := sum(c.a), sum(c.b); a != b {
				t.Errorf("%s: %q weighs %.3f, %q %.3f", c.reason, c.a, a, c.b, b)
			}
		})
	}
}

func TestEvidenceSpans(t *testing.T) {
	l, p := newLexicon(t), newParser(t)
	for _, c := range []struct{ name, src, want, reason string }{
		{"modifiers", "It is not very good.", "not very good", "what changed the word is shown with it"},
		{"modifier far off", "Nobody on our whole long street is happy", "happy", "a long way off only the word is shown"},
		{"two words", "good and excellent", "good|excellent", "each word is its own piece"},
		{"phrase", "What a waste of time", "waste of time", "a phrase is one piece"},
		{"curly", "I don’t love trams", "n’t love", "spans are of the untouched text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := p.Parse(c.src)
			var got []string
			for _, e := range l.Justify(&doc, nil).Evidence {
				got = append(got, e.In(c.src))
			}
			if g := strings.Join(got, "|"); g != c.want {
				t.Errorf("%s: got %q, want %q", c.reason, g, c.want)
			}
		})
	}
}

// checkSums holds that every piece of evidence belongs to one sentence, so that a
// comment's sum is that of its sentences, and that the sum gives the valence by
// the documented formula.
func checkSums(t *testing.T, l *sentiment.Lexicon, doc *text.Document) {
	t.Helper()
	d := l.Justify(doc, nil)
	sum := 0.0
	for _, e := range d.Evidence {
		sum += e.Weight
		within := false
		for _, s := range doc.Sentences {
			within = within || s.Start <= e.Start && e.End <= s.End
		}
		if !within {
			t.Fatalf("%q: %+v crosses a sentence", doc.Source, e)
		}
	}
	if want := sum / math.Sqrt(sum*sum+float64(len(doc.Tokens))+5); d.Valence != want {
		t.Fatalf("%q: valence %v, evidence gives %v", doc.Source, d.Valence, want)
	}
}

func FuzzMeasure(f *testing.F) {
	for _, src := range append(samples, "\"\"\" no ''", "so \"a\" \"good\" b\"", "\x97great\xff", ">> good\n>bad", "not not not", "if but although", "!!!???", "😂\u200d\ufe0f🏽") {
		f.Add(src)
	}
	l, p := newLexicon(f), newParser(f)
	f.Fuzz(func(t *testing.T, src string) {
		doc := p.Parse(src)
		checkDecision(t, src, l.Justify(&doc, nil))
		checkSums(t, l, &doc)
	})
}

func ExampleLexicon_Justify() {
	parser, err := text.NewParser()
	if err != nil {
		panic(err)
	}
	lexicon, err := sentiment.NewLexicon(nil)
	if err != nil {
		panic(err)
	}
	doc := parser.Parse("The hall is lovely, but the vote was a sham. Not a good start!")
	d := lexicon.Justify(&doc, nil)
	fmt.Printf("%v %.2f\n", d.Polarity, d.Valence)
	for _, e := range d.Evidence {
		fmt.Printf("%+.2f %s (%s)\n", e.Weight, e.In(doc.Source), e.Cue)
	}
	// Output:
	// negative -0.58
	// +1.40 lovely (good feeling)
	// -3.30 sham (bad feeling)
	// -1.46 Not a good (good feeling denied)
}
