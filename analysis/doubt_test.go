package analysis

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// by are n comments of one author, each a branch of its own; of a reader each if author
// is "*".
func by(author string, n int, k corpus.Stance) []aggregate.Observation {
	var list []aggregate.Observation
	for i := range n {
		o := aggregate.Observation{Author: author, Stance: k}
		if author == "*" {
			o.Author = fmt.Sprintf("reader %v %d", k, i)
		}
		list = append(list, o)
	}
	return list
}

func TestDoubts(t *testing.T) {
	const k, p, none = corpus.Skeptical, corpus.Supportive, corpus.None
	sampling := Doubt{Kind: SamplingOnly}
	open := Doubt{Kind: NoLeader, Stances: []string{"skeptical", "relativist"}}
	labelled := func(of, n int) func(*Result) {
		a := &audit.Audit{Comments: of, Labelled: n}
		a.Shares[none] = audit.Share{Share: 1, Low: 0.9, High: 1}
		return func(r *Result) { r.Summary.Correct(a) }
	}
	for _, c := range []struct {
		name, reason string
		list         []aggregate.Observation
		change       func(*Result)
		want         []Doubt
	}{
		{name: "nothing judged", reason: "no share, so no doubt about shares", want: []Doubt{{Kind: NothingJudged}}},
		{name: "all removed", reason: "says where the comments went", list: []aggregate.Observation{{Removed: true}, {Removed: true}},
			want: []Doubt{{Kind: NothingJudged}, {Kind: RemovedSome, N: 2}}},
		{name: "set aside", reason: "staff and bots are told apart", list: by("*", 20, none),
			change: func(r *Result) {
				r.Thread.Comments = []corpus.Comment{{Aside: corpus.Excluded}, {Aside: corpus.Staff}, {}, {Aside: corpus.Staff}}
			},
			want: []Doubt{{Kind: StaffSome, N: 2}, {Kind: ExcludedSome, N: 1}, sampling}},
		{name: "a clear thread", reason: "forty readers of one mind leave only the missing reliability", list: by("*", 40, k), want: []Doubt{sampling}},
		{name: "nineteen", reason: "the last number that is few", list: by("*", 19, none), want: []Doubt{{Kind: FewJudged, N: 19}, sampling}},
		{name: "about nothing known", reason: "no headline, article or case says toward what stance is taken", list: by("*", 30, p),
			change: func(r *Result) { r.Case = "" }, want: []Doubt{{Kind: NoCase}, sampling}},
		{name: "about nothing known, labelled whole", reason: "the person knew", list: by("*", 19, none),
			change: func(r *Result) { r.Case = ""; labelled(19, 19)(r) }, want: []Doubt{{Kind: CorrectedShares}}},
		{name: "twenty", reason: "the first that isn't", list: by("*", 20, none), want: []Doubt{sampling}},
		{name: "nineteen labelled whole", reason: "what a person labelled whole is known however small", list: by("*", 19, none), change: labelled(19, 19),
			want: []Doubt{{Kind: CorrectedShares}}},
		{name: "nineteen but for one", reason: "one is left to the model", list: by("*", 19, none), change: labelled(19, 18),
			want: []Doubt{{Kind: FewJudged, N: 19}, {Kind: CorrectedShares}}},
		{name: "exactly a third", reason: "10 of 30 comments by one reader and 10 by nobody known are both worth saying",
			list: slices.Concat(by("*", 10, none), by("ana", 10, none), by("", 10, none)),
			want: []Doubt{{Kind: Dominant, Name: "ana", N: 10, Of: 30}, {Kind: Nameless, N: 10, Of: 30}, sampling}},
		{name: "just under a third", reason: "9 of 28 is less than one in three",
			list: slices.Concat(by("*", 10, none), by("ana", 9, none), by("", 9, none)), want: []Doubt{sampling}},
		{name: "two of five by one reader", reason: "below six comments an author's part means nothing",
			list: slices.Concat(by("ana", 2, 0), by("*", 3, 0)), want: []Doubt{{Kind: FewJudged, N: 5}, open, sampling}},
		{name: "no engine's error is known", reason: "no interval, so nobody leads for want of one",
			list: []aggregate.Observation{{Author: "a", Ungauged: true, Unsure: true}},
			want: []Doubt{{Kind: FewJudged, N: 1}, {Kind: UnsureJudged, N: 1}, {Kind: Unbounded}}},
		{name: "few labels", reason: "they correct nothing yet",
			list: slices.Concat(by("*", 30, p), []aggregate.Observation{{Author: "x", Stance: p, Labelled: true}}),
			want: []Doubt{sampling, {Kind: FewLabels, N: 1, Of: audit.Least}}},
		{name: "few labels of few comments", reason: "all of them are no more than there are",
			list: slices.Concat(by("*", 5, none), []aggregate.Observation{{Author: "x", Stance: p, Labelled: true}}),
			want: []Doubt{{Kind: FewJudged, N: 6}, {Kind: NoLeader, Stances: []string{"none", "supportive"}}, sampling, {Kind: FewLabels, N: 1, Of: 6}}},
		{name: "a model's votes", reason: "they are no calibrated probabilities", list: by("*", 30, p),
			change: func(r *Result) { r.Model = &llm.Account{Votes: 3, Unstated: true, Foreign: 2} },
			want:   []Doubt{sampling, {Kind: ByTheModel}, {Kind: NoCaseOfModel}, {Kind: ForeignQuotes, N: 2}, {Kind: SharesOfVotes, N: 3}}},
		{name: "mocked", reason: "sarcasm is counted", list: by("*", 30, p),
			change: func(r *Result) { r.Judgements = []Judgement{{Sarcasm: 0.5}, {Sarcasm: 0.49}} }, want: []Doubt{sampling, {Kind: SarcasticSome, N: 1}}},
	} {
		for i := range c.list {
			c.list[i].Branch = i
		}
		r := &Result{Thread: &corpus.Thread{}, Case: "It is so.", Summary: aggregate.Summarise(c.list, aggregate.Reliability{})}
		if c.change != nil {
			c.change(r)
		}
		r.Doubt(language.Languages{}, false)
		if diff := cmp.Diff(c.want, r.Doubts); diff != "" {
			t.Errorf("%s (%s) (-want +got):\n%s", c.name, c.reason, diff)
		}
	}
}

// TestSure has the borders of what may be quoted for a stance.
func TestSure(t *testing.T) {
	const k, r, p = corpus.Skeptical, corpus.Relativist, corpus.Supportive
	judged := func(s corpus.Stance, probability float64) Judgement {
		j := Judgement{Judged: true, Stance: s, Polarity: corpus.Neutral}
		j.Probabilities[s] = probability
		return j
	}
	with := func(j Judgement, change func(*Judgement)) Judgement { change(&j); return j }
	for _, c := range []struct {
		reason string
		text   string
		j      Judgement
		from   float64
		want   bool
	}{
		{"at the usual bound", "It is so.", judged(p, 0.7), 0, true},
		{"below it", "It is so.", judged(p, 0.69), 0, false},
		{"enough above the engine's own", "It is so.", judged(r, 0.67), 0.6, true},
		{"at the engine's own", "It is so.", judged(r, 0.6), 0.6, false},
		{"an engine that is never sure enough", "It is so.", judged(r, 0.99), 2, false},
		{"by hand, however unsure the engine", "It is so?", with(judged(p, 1), func(j *Judgement) { j.Annotated, j.Sarcasm = true, 0.9 }), 2, true},
		{"mockery is no praise", "How very clever.", with(judged(p, 0.9), func(j *Judgement) { j.Sarcasm = 0.5 }), 0, false},
		{"mockery may be doubt", "How very clever.", with(judged(k, 0.9), func(j *Judgement) { j.Sarcasm = 0.5 }), 0, true},
		{"who asks doesn't endorse", "Is it so?\"", judged(p, 0.9), 0, false},
		{"who asks may doubt", "Is it so?", judged(k, 0.9), 0, true},
		{"gladness is no doubt", "Lovely.", with(judged(k, 0.9), func(j *Judgement) { j.Polarity = corpus.Positive }), 0, false},
		{"anger may endorse", "Lock them up.", with(judged(p, 0.9), func(j *Judgement) { j.Polarity = corpus.Negative }), 0, true},
		{"unsure by the engine's own word", "It is so.", with(judged(p, 0.9), func(j *Judgement) { j.Unsure = true }), 0, false},
		{"not judged", "", Judgement{}, 0, false},
		{"of an engine that tells no probability", "It is so.", with(judged(p, 0), func(j *Judgement) { j.ByModel = true }), 0, false},
	} {
		res := &Result{Thread: &corpus.Thread{Comments: []corpus.Comment{{Text: c.text}}}, Judgements: []Judgement{c.j}}
		for s := range res.SureFrom {
			res.SureFrom[s] = c.from
		}
		if got := res.Sure(0); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}
