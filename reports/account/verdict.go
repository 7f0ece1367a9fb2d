package account

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// stances are how each is spoken of. In does and do, which say what a comment or several do, @ stands for the case; of
// introduces those who take it, and side names them.
var stances = [corpus.NumStances]struct{ noun, does, do, of, side string }{
	corpus.Skeptical: {"doubt", "doubts @", "doubt @", "Of those who doubt, ", "Those who doubt"},
	corpus.Relativist: {"relativism", "plays @ down", "play @ down", "Of those who compare or point elsewhere, ",
		"Those who compare or point elsewhere"},
	corpus.Supportive: {"support", "supports @", "support @", "On the supporting side ", "The supporters"},
	corpus.None:       {noun: "the part without a stance", does: "takes no stance that can be told", do: "take no stance that can be told"},
}

// verb says what so many comments with the stance do with the object.
func verb(k corpus.Stance, n int, object string) string {
	return strings.Replace(agreeing(max(1, n), stances[k].does, stances[k].do), "@", object, 1)
}

// verdict says which stance leads and how sure that is.
func (t *teller) verdict() {
	s := &t.r.Summary
	if s.Judged() == 0 {
		if s.Comments > 0 {
			t.say("None of the comments could be judged.")
		}
		return
	}
	first, leads := s.Leader()
	switch {
	case s.Exact() && !leads:
		t.say("No stance is more frequent than every other one.")
		first = corpus.None
	case s.Exact():
		t.say(leading(first, &s.Stance[first])+" %s.", t.share(first))
	case !s.Bounded():
		t.say("How far the judgements err isn't known here, so no stance can be said to lead.")
	case leads:
		t.say(leading(first, &s.Stance[first])+" %s, and allowing for errors of judgement %s.", t.share(first), t.bounds(first, "between %s and %s"))
	default:
		t.open()
		return
	}
	t.others(first)
	if s.Exact() || t.length == Long {
		t.tally()
	}
}

// Sizes of a share in percent, as printed, above which words are used.
const (
	mostlyAbove = 60
	mostAbove   = 50
)

// leading begins the sentence on the leading stance in words that follow its size: mostly
// above 60 per cent, most above half, both with the interval above half too, and otherwise
// that it is more frequent than the others.
func leading(k corpus.Stance, share *aggregate.Share) string {
	percent := func(x float64) int { return int(math.Round(100 * x)) }
	most := percent(share.Share) > mostAbove && percent(share.Low) > mostAbove
	mostly := most && percent(share.Share) > mostlyAbove
	does := verb(k, 2, "the case")
	if k == corpus.None {
		does = "take no side"
	}
	switch {
	case mostly:
		return "The comments mostly " + does + ":"
	case most:
		return "Most comments " + does + ":"
	case k == corpus.None:
		return "Taking no side is more frequent than any stance:"
	}
	return stances[k].noun + " is more frequent than any other stance:"
}

// share is the share of a stance: "38 per cent".
func (t *teller) share(k corpus.Stance) Statement {
	return t.figure("stance."+k.String()+".share", Percent, "")
}

// measured is the share of a stance with its interval: "38 per cent (20 to 55)".
func (t *teller) measured(k corpus.Stance) Statement {
	share := &t.r.Summary.Stance[k]
	if share.Exact() || math.IsNaN(share.Low) {
		return t.share(k)
	}
	name := "stance." + k.String()
	return compose("%s (%s to %s)", t.share(k), t.figure(name+".low", Bare, ""), t.figure(name+".high", Bare, ""))
}

// sides are the shares of the sides but for one, the largest first: "doubt VERB 38 per cent
// (20 to 55), support at 30 per cent (10 to 50)".
func (t *teller) sides(but corpus.Stance, verb string) Statement {
	var list []Statement
	for _, k := range t.ranked() {
		if k == but || k == corpus.None {
			continue
		}
		said := " at "
		if len(list) == 0 {
			said = verb
		}
		list = append(list, append(words(stances[k].noun+said), t.measured(k)...))
	}
	return listed(list)
}

// others tells the shares of the sides beside the leading one.
func (t *teller) others(leader corpus.Stance) {
	if !t.r.Summary.Bounded() {
		leader = corpus.None
	}
	t.say("%s.", t.sides(leader, " is at "))
}

// wide is the width of an interval from which a share says little.
const wide = 0.3

// open says that no stance leads, how far each may go, and what would tell more.
func (t *teller) open() {
	t.say("No stance can be said to lead: allowing for errors of judgement, %s.", t.sides(corpus.None, " is put at "))
	for _, share := range t.r.Summary.Stance {
		if share.High-share.Low >= wide {
			t.say("That is too wide to build on.")
			break
		}
	}
	t.remedy()
}

// worthLabelling is how many labels narrow the shares of a thread to something that can be
// built on.
const worthLabelling = 20

// labelSize is how many comments of a thread are worth labelling at first.
func labelSize(r *analysis.Result) int { return min(worthLabelling, r.Summary.Judged()) }

// labelCommand is what draws and labels so many comments of a source, which may be a collection
// and no file.
func labelCommand(source string, size int) string {
	if !strings.ContainsAny(source, "./\\") {
		source = "FILE"
	}
	if strings.ContainsAny(source, " '\"$&;()|<>*?`\\\n") {
		source = "'" + strings.ReplaceAll(source, "'", `'\''`) + "'"
	}
	return fmt.Sprintf("stance label %s --size %d --out labels.csv", source, size)
}

// remedy says what would tell more.
func (t *teller) remedy() {
	s := &t.r.Summary
	command := Statement{{Kind: Command, Text: t.command}}
	switch {
	case s.Audit != nil || s.Judged() < 2:
	case s.Judged() <= worthLabelling:
		t.say("Labelling them all would settle it: %s.", command)
	default:
		t.say("Labelling %s of them would tell more: %s.", t.figure("label.size", Count, ""), command)
	}
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
	for _, k := range t.ranked() {
		n := t.r.Summary.Stance[k].Count
		switch {
		case n > 0:
			list = append(list, compose("%s "+verb(k, n, object), t.figure("stance."+k.String()+".count", Count, "")))
		case k != corpus.None: // that everybody takes a side needs no saying
			list = append(list, words("none "+verb(k, 1, object)))
		default:
			continue
		}
		if k != corpus.None {
			object = "it"
		}
	}
	begin := "Judged one by one, %s."
	if t.r.Summary.Exact() {
		begin = "Labelled one by one, %s."
	}
	t.say(begin, listed(list))
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
