package account

import (
	"stance.example/stance/analysis/fdr"
	"stance.example/stance/corpus"
)

// likely is the p-value from which a pattern is said to be one.
const likely = 0.05

// replies says how the comments answer each other and whether the stances change on
// the way.
func (t *teller) replies() {
	x := t.r.Examination
	if x == nil {
		return
	}
	if r := &x.Structure.Replies; r.Pairs > 0 {
		t.opposition()
	}
	t.drift()
}

// fewReplies is how many replies are too few to look for a pattern in.
const fewReplies = 10

// opposition says how often support stands under doubt or doubt under support.
func (t *teller) opposition() {
	r := &t.r.Examination.Structure.Replies
	opposing := t.figure("replies.opposing", Count, "")
	switch {
	case r.Pairs == 1:
		return
	case r.Opposing == 0:
		t.say("Of the %s none sets support against doubt.", t.count("replies.pairs", "reply/replies"))
	case r.Opposing == 1:
		t.say("Of the %s %s sets support against doubt.", t.count("replies.pairs", "reply/replies"), opposing)
	case r.Opposing == r.Pairs:
		t.say("All the replies, %s of them, set support against doubt, one way or the other.", opposing)
	default:
		t.say("Of the %s %s set support against doubt, one way or the other.", t.count("replies.pairs", "reply/replies"), opposing)
	}
	if r.Pairs >= fewReplies {
		t.pattern()
	}
}

// pattern says whether who answers whom has to do with their stances.
func (t *teller) pattern() {
	r := &t.r.Examination.Structure.Replies
	switch {
	case r.OpposingP < likely && float64(r.Opposing) > r.Expected:
		t.say("That is more than the %s that chance would bring: readers answer those they disagree with.", t.figure("replies.expected", Decimal, ""))
	case r.OpposingP < likely:
		t.say("That is less than the %s that chance would bring: readers answer those who think alike.", t.figure("replies.expected", Decimal, ""))
	case r.P < likely && r.Assortativity > 0:
		t.say("Replies tend to take the stance of the comment they stand under.")
	case r.P < likely && r.Assortativity < 0:
		t.say("Replies tend to take another stance than the comment they stand under.")
	default:
		t.say("Who answers whom shows no pattern beyond chance.")
	}
}

// drift tells which stances grow or fade along the thread.
func (t *teller) drift() {
	d := &t.r.Examination.Structure.Drift
	along := "down the page"
	if d.ByTime {
		along = "as time goes on"
	}
	found := false
	for k, trend := range d.Trends {
		if !(trend.Q <= fdr.Level) {
			continue
		}
		found = true
		does := " grows "
		if trend.Later < 0.5 {
			does = " fades "
		}
		name := corpus.Stance(k).String()
		t.say(stances[k].noun+does+along+": %s in the first half of the comments, %s in the second.",
			t.figure("half.1."+name, Count, ""), t.figure("half.2."+name, Count, ""))
	}
	if !found && t.length == Long {
		t.say("No stance clearly grows or fades " + along + ".")
	}
}
