package sentiment_test

import (
	"math"
	"testing"

	"stance/analysis/sentiment"
	"stance/corpus"
)

func newHybrid(t testing.TB, terms ...sentiment.Term) *sentiment.Hybrid {
	t.Helper()
	h, err := sentiment.NewHybrid(terms)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHybridPolarity(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	for _, c := range []struct {
		src    string
		want   corpus.Polarity
		reason string
	}{
		{"Thank you so much, this is a wonderful idea!", corpus.Positive, "plain praise"},
		{"What a disgusting pack of liars.", corpus.Negative, "plain contempt"},
		{"The next meeting is on Tuesday at seven.", corpus.Neutral, "a statement"},
		{"It isn't good at all, just awful", corpus.Negative, "denied praise beside blame"},
		{"I love this, so happy for you", corpus.Positive, "joy"},
		{"When does the library open?", corpus.Neutral, "a question for information"},
	} {
		doc := p.Parse(c.src)
		if d := h.Measure(&doc, nil); d.Polarity != c.want {
			t.Errorf("%s: %q is %v %.2f, want %v", c.reason, c.src, d.Polarity, d.Probabilities, c.want)
		}
	}
}

// TestHybridSums holds that the evidence and the base are the decision: they add up to
// the log-odds of positive against negative, and nothing in them is hidden.
func TestHybridSums(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	topics := []*sentiment.Topic{nil, sentiment.TopicOf(p, &corpus.Article{Title: "Awful bridge opened"})}
	for _, src := range samples {
		for _, topic := range topics {
			doc := p.Parse(src)
			d := h.Justify(&doc, topic)
			sum := d.Base
			for _, e := range d.Evidence {
				sum += e.Weight
			}
			odds := math.Log(d.Probabilities[corpus.Positive] / d.Probabilities[corpus.Negative])
			if math.Abs(sum-odds) > 1e-9 {
				t.Errorf("%q: evidence and base give %.6f, the probabilities %.6f", src, sum, odds)
			}
		}
	}
}

// TestReplies holds that a reply is calmer than the same words said to the article, and
// that nothing is made of a thread that shows no replies.
func TestReplies(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	topic := sentiment.TopicOf(p, &corpus.Article{Title: "Council meets on Monday"})
	doc := p.Parse("They will raise the fares again next year")
	neutral := func(topic *sentiment.Topic) float64 { return h.Measure(&doc, topic).Probabilities[corpus.Neutral] }
	answered := topic.Of([]corpus.Comment{{ID: "a"}, {ID: "b", Parent: "a"}})
	if top, reply := neutral(answered[0]), neutral(answered[1]); reply <= top {
		t.Errorf("neutral with %.3f as a reply, with %.3f otherwise", reply, top)
	}
	for _, alone := range topic.Of([]corpus.Comment{{ID: "a"}, {ID: "b"}}) {
		if got, want := neutral(alone), neutral(topic); got != want {
			t.Errorf("neutral with %.3f in a thread without replies, with %.3f under the article", got, want)
		}
	}
	for _, none := range (*sentiment.Topic)(nil).Of([]corpus.Comment{{ID: "a"}, {ID: "b", Parent: "a"}}) {
		if none != nil {
			t.Error("a comment without an article has a topic")
		}
	}
}

func TestQuotedLinesAreNotTheWriters(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	doc := p.Parse("> You are a disgusting liar. A vile, stupid fool.\nTuesday at seven.")
	d := h.Justify(&doc, nil)
	for _, e := range d.Evidence {
		if e.Start < len("> You are a disgusting liar. A vile, stupid fool.") {
			t.Errorf("%q of the quotation is evidence", e.In(doc.Source))
		}
	}
	if d.Polarity == corpus.Negative {
		t.Error("the quotation's feeling is taken for the writer's")
	}
}

func TestTopicDiscountsItsWords(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	doc := p.Parse("The disaster was in the valley")
	about := func(title string) float64 {
		return h.Measure(&doc, sentiment.TopicOf(p, &corpus.Article{Title: title})).Valence
	}
	if same, other := about("Disaster in the valley"), about("Council meets on Monday"); same <= other {
		t.Errorf("valence %.3f under a headline with the word, %.3f under another: want the word to weigh less", same, other)
	}
}

func TestTopicOfNothing(t *testing.T) {
	if topic := sentiment.TopicOf(newParser(t), &corpus.Article{Title: " ", URL: "https://example.org"}); topic != nil {
		t.Errorf("an article without a word is a topic: %+v", topic)
	}
}

// TestSarcasmTurnsNothing holds that the probability of sarcasm is beside the value.
func TestSarcasmTurnsNothing(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	doc := p.Parse("Oh sure, what a wonderful, brilliant plan. Great job!")
	d := h.Measure(&doc, nil)
	if d.Sarcasm <= 0 || d.Sarcasm >= 1 {
		t.Errorf("the probability of sarcasm is %v", d.Sarcasm)
	}
	if (d.Valence > 0) != (d.Probabilities[corpus.Positive] > d.Probabilities[corpus.Negative]) {
		t.Errorf("valence %.2f doesn't fit %v", d.Valence, d.Probabilities)
	}
}
