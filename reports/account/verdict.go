package account

import (
	"cmp"
	"slices"
	"strings"

	"stance.example/stance/corpus"
)

// stanceWords are how a stance is spoken of. In does and do, which say what a comment
// or several do, @ stands for the case.
type stanceWords struct{ noun, does, do string }

func wordsOf(k corpus.Stance) stanceWords {
	return [corpus.NumStances]stanceWords{
		corpus.Skeptical:  {"doubt", "doubts @", "doubt @"},
		corpus.Relativist: {"relativism", "plays @ down", "play @ down"},
		corpus.Supportive: {"support", "supports @", "support @"},
		corpus.None:       {"the part without a stance", "takes no stance that can be told", "take no stance that can be told"},
	}[k]
}

// verb says what so many comments with the stance do with the object.
func verb(k corpus.Stance, n int, object string) string {
	v := wordsOf(k).do
	if n <= 1 {
		v = wordsOf(k).does
	}
	return strings.Replace(v, "@", object, 1)
}

// wide is the width of an interval from which a share says little.
const wide = 0.3

// verdict says which stance leads and how sure that is.
func (t *teller) verdict() {
	s := &t.r.Summary
	if s.Judged() == 0 {
		if s.Comments > 0 {
			t.say("None of the comments could be judged.")
		}
		return
	}
	if s.Judged() == 1 {
		t.say("As far as can be told, the one comment " + verb(t.ranked()[0], 1, "the case") + ".")
		return
	}
	if !s.Bounded() {
		t.say("How far the judgements err isn't known here, so no stance can be said to lead.")
		t.tally()
		return
	}
	first, leads := s.Leader()
	share := t.figure("stance."+first.String()+".share", Percent, "")
	within := t.bounds(first, "between %s and %s")
	switch {
	case leads && first == corpus.None:
		t.say("Most of what is written takes no side: %s of the comments, and allowing for errors of judgement %s.", share, within)
	case leads:
		t.say("The comments mostly "+verb(first, 2, "the case")+": %s of them do, and allowing for errors of judgement %s.", share, within)
	default:
		t.say("No stance can be said to lead.")
	}
	t.tally()
	t.doubt(first, leads)
}

// ranked are the stances by their share.
func (t *teller) ranked() []corpus.Stance {
	order := make([]corpus.Stance, corpus.NumStances)
	for k := range order {
		order[k] = corpus.Stance(k)
	}
	slices.SortStableFunc(order, func(a, b corpus.Stance) int {
		return cmp.Compare(t.r.Summary.Stance[b].Share, t.r.Summary.Stance[a].Share)
	})
	return order
}

// tally counts the comments by stance.
func (t *teller) tally() {
	object := "the case" // named once
	var list []Statement
	begin, noun := begun(t.r.Summary.Stance[t.ranked()[0]].Count)
	for _, k := range t.ranked() {
		n := t.r.Summary.Stance[k].Count
		switch {
		case n > 0:
			list = append(list, compose("%s"+noun+verb(k, n, object), t.figure("stance."+k.String()+".count", Count, "")))
		case k != corpus.None: // that everybody takes a side needs no saying
			list = append(list, words("none "+verb(k, 1, object)))
		}
		noun = " "
		if k != corpus.None {
			object = "it"
		}
	}
	t.say(begin+"%s.", listed(list))
}

// begun is how a sentence begins that counts comments, before and behind the first
// count: never with digits.
func begun(count int) (before, noun string) {
	switch {
	case count > mostSpelled:
		return "Of the comments ", " "
	case count == 1:
		return "", " comment "
	}
	return "", " comments "
}

// doubt says how far the sides can be trusted: of those that don't lead, the two that
// may be largest.
func (t *teller) doubt(first corpus.Stance, leads bool) {
	var sides []corpus.Stance
	for _, k := range t.ranked() {
		if k != corpus.None && !(leads && k == first) {
			sides = append(sides, k)
		}
	}
	shares := &t.r.Summary.Stance
	slices.SortStableFunc(sides, func(a, b corpus.Stance) int { return cmp.Compare(shares[b].High, shares[a].High) })
	widest := 0.0
	for _, k := range sides[:2] {
		widest = max(widest, shares[k].High-shares[k].Low)
	}
	one, other := wordsOf(sides[0]).noun, wordsOf(sides[1]).noun
	if widest < wide {
		t.say("Allowing for errors of judgement, "+one+" makes up %s of the comments and "+other+" %s.",
			t.bounds(sides[0], "between %s and %s"), t.bounds(sides[1], "between %s and %s"))
		return
	}
	t.say("The judgements err, though, and with their errors "+one+" may be anything from %s of the comments, and "+other+" anything from %s.",
		t.bounds(sides[0], "%s to %s"), t.bounds(sides[1], "%s to %s"))
	t.say("That is too wide to build on.")
}
