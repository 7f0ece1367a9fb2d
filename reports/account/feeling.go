package account

import (
	"cmp"
	"fmt"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// feeling says what feeling the comments express, where it is strongest, and in whose
// words.
func (t *teller) feeling() {
	if t.r.Summary.Judged() < 2 {
		return
	}
	t.tones()
	t.bySide()
	t.toward()
	t.strongest()
}

// clear is the mean valence, either way, from which a feeling toward an actor is told.
const clear = 0.2

// toward names whom the comments speak of most harshly and most kindly.
func (t *teller) toward() {
	harsh, kind := -1, -1
	for i, a := range t.r.Actors {
		if v := a.All.Valence; v <= -clear && (harsh < 0 || v < t.r.Actors[harsh].All.Valence) {
			harsh = i
		} else if v >= clear && (kind < 0 || v > t.r.Actors[kind].All.Valence) {
			kind = i
		}
	}
	var said []Statement
	for _, end := range []struct {
		actor int
		how   string
	}{{harsh, "harshly"}, {kind, "kindly"}} {
		if end.actor < 0 {
			continue
		}
		source := fmt.Sprintf("actor.%d", end.actor)
		how := " most " + end.how + ", in %s"
		if len(said) == 0 {
			how = " is spoken of" + how
		}
		said = append(said, compose("%s"+how, Statement{{Kind: Key, Source: source, Text: t.keys[source]}}, t.count(source, "comment")))
	}
	if len(said) > 0 {
		t.say("Of what the article names %s.", clauses(said))
	}
}

// tones counts the comments by polarity.
func (t *teller) tones() {
	var list []Statement
	begin, noun := "", ""
	for _, p := range []corpus.Polarity{corpus.Negative, corpus.Positive, corpus.Neutral} {
		n := t.r.Summary.Polarity[p]
		if n == 0 {
			continue
		}
		if len(list) == 0 {
			begin, noun = begun(n)
			noun += agreeing(n, "sounds", "sound") + " "
		}
		tone := p.String()
		if p == corpus.Neutral {
			tone = "neither way"
		}
		list = append(list, compose("%s"+noun+tone, t.figure("polarity."+p.String(), Count, "")))
		noun = " "
	}
	t.say(begin+"%s.", listed(list))
}

// enough is how many comments of a side make its feeling worth a sentence.
const enough = 5

// bySide says of the side with the largest part of negative comments, and of the one
// with the largest part of positive ones, how large that is. A part of less than half
// isn't worth it.
func (t *teller) bySide() {
	var said []Statement
	object := "the case"
	for _, p := range []corpus.Polarity{corpus.Negative, corpus.Positive} {
		k, part := t.mostly(p)
		if part < 0.5 {
			continue
		}
		name := "stance." + k.String()
		said = append(said, compose("of the %s that "+verb(k, 2, object)+" %s "+are(t.r.Summary.Cross[k][p])+" "+p.String(),
			t.figure(name+".count", Count, ""), t.figure(name+"."+p.String(), Count, "")))
		object = "it"
	}
	if len(said) > 0 {
		t.say("%s.", listed(said))
	}
}

// mostly is the side of which the largest part has the polarity, and that part.
func (t *teller) mostly(p corpus.Polarity) (corpus.Stance, float64) {
	part := func(k corpus.Stance) float64 {
		n := t.r.Summary.Stance[k].Count
		if n < enough {
			return 0
		}
		return float64(t.r.Summary.Cross[k][p]) / float64(n)
	}
	best := slices.MaxFunc([]corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive}, func(a, b corpus.Stance) int {
		return cmp.Compare(part(a), part(b))
	})
	return best, part(best)
}

// strongest shows the comments with the most negative and the most positive feeling.
func (t *teller) strongest() {
	var said []Statement
	for _, end := range []struct {
		polarity corpus.Polarity
		sign     float64
		called   string
	}{{corpus.Negative, -1, "harshest"}, {corpus.Positive, 1, "warmest"}} {
		i := furthest(t.r, end.polarity, end.sign)
		if i < 0 {
			continue
		}
		called := "the " + end.called + " comment is "
		if len(said) > 0 {
			called = "the " + end.called + " "
		}
		if t.quoted[i] {
			said = append(said, compose(called+"%s, quoted above %s", t.possessive(i), t.reference(i)))
		} else if quote, ok := t.quote(i, turned(t.r.Judgements[i].Feeling, end.sign)); ok {
			said = append(said, compose(called+"%s: %s", t.possessive(i), quote))
		}
	}
	if len(said) > 0 {
		t.say("Going by the words, %s.", clauses(said))
	}
}

// furthest is the comment with the strongest feeling of a polarity, -1 if there is
// none.
func furthest(r *analysis.Result, p corpus.Polarity, sign float64) int {
	best := -1
	for i, j := range r.Judgements {
		if j.Polarity == p && r.Felt(i) && (best < 0 || sign*j.Valence > sign*r.Judgements[best].Valence) {
			best = i
		}
	}
	return best
}

// turned turns the evidence so that feeling of the sign counts.
func turned(feeling []text.Evidence, sign float64) []text.Evidence {
	list := slices.Clone(feeling)
	for i := range list {
		list[i].Weight *= sign
	}
	return list
}
