package analysis

import (
	"slices"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/language"
	"stance.example/stance/corpus"
)

// DoubtKind says what there is to doubt of a result.
type DoubtKind string

// The kinds of doubts, the gravest first. Behind each is what its fields hold.
const (
	NothingJudged   DoubtKind = "nothing judged"
	NoCase          DoubtKind = "no case"          // nothing says what the comments are about
	FewJudged       DoubtKind = "few judged"       // N comments
	NoLeader        DoubtKind = "no leader"        // Stances, the two largest
	Dominant        DoubtKind = "dominant reader"  // Name wrote N Of the judged comments
	Nameless        DoubtKind = "nameless readers" // N Of the judged comments
	UnsureJudged    DoubtKind = "unsure"           // N comments
	WithheldSome    DoubtKind = "withheld"         // N comments
	UnjudgedSome    DoubtKind = "unjudged"         // N comments, for another reason than the expected error
	RemovedSome     DoubtKind = "removed"          // N comments
	StaffSome       DoubtKind = "staff"            // N comments
	ExcludedSome    DoubtKind = "excluded"         // N comments
	CorrectedShares DoubtKind = "corrected"        // by Summary.Audit
	Unbounded       DoubtKind = "unbounded"        // no intervals
	SamplingOnly    DoubtKind = "sampling only"    // the engine's errors aren't known
	FewLabels       DoubtKind = "few labels"       // N labels, from Of the shares are corrected
	OtherLanguage   DoubtKind = "other languages"  // Languages of N Of the comments whose language shows, some Unjudged
	SarcasticSome   DoubtKind = "sarcastic"        // N comments
	ByTheModel      DoubtKind = "language model"   // as Model says
	NoCaseOfModel   DoubtKind = "no case of model" // it took stance toward the article itself
	ForeignQuotes   DoubtKind = "quotes not found" // N of the model's
	MadeOfLabels    DoubtKind = "made of labels"   // the model's probabilities, of N labels
	SharesOfVotes   DoubtKind = "shares of votes"  // the model's probabilities, of N votes
)

// Doubt is one thing that limits the reading of a result, as a value; reports word it.
type Doubt struct {
	Kind      DoubtKind           `json:"kind"`
	N         int                 `json:"n,omitempty"`
	Unjudged  int                 `json:"unjudged,omitempty"`
	Of        int                 `json:"of,omitempty"`
	Name      string              `json:"name,omitempty"`
	Stances   []string            `json:"stances,omitempty"`
	Languages []language.Language `json:"languages,omitempty"`
}

// fewComments is the number of judged comments below which shares are rough.
const fewComments = 20

// When a part of a thread is worth a doubt.
const (
	dominanceMinimum = 6 // below so many comments, one author's part means nothing
	large            = 3 // a large part is one in so many
	// leastForeign is the number of comments in other languages from which they are worth
	// a doubt where all are judged, if they make one in oneIn.
	leastForeign = 2
	oneIn        = 10
)

// Few reports whether the shares are rough because few comments were judged and not all of
// them by hand.
func (r *Result) Few() bool {
	s := &r.Summary
	return s.Judged() > 0 && s.Judged() < fewComments && !s.Exact()
}

// doubts are what there is to doubt, in the order in which it is told.
type doubts []Doubt

// add adds a doubt that holds.
func (l *doubts) add(holds bool, d Doubt) {
	if holds {
		*l = append(*l, d)
	}
}

// Doubt sets the doubts of a result that has its judgements and its summary, with the
// languages of its comments. Fitted says whether the engine's errors are known.
func (r *Result) Doubt(spoken language.Languages, fitted bool) {
	var l doubts
	r.doubtJudged(&l)
	r.doubtLeftOut(&l)
	r.doubtIntervals(&l, fitted)
	r.doubtLanguages(&l, spoken)
	r.doubtModel(&l)
	r.Doubts = l
}

// doubtJudged adds what makes the shares of the judged comments less than they seem.
func (r *Result) doubtJudged(l *doubts) {
	s := &r.Summary
	n := s.Judged()
	if n == 0 {
		l.add(true, Doubt{Kind: NothingJudged})
		return
	}
	l.add(r.Case == "" && !s.Exact(), Doubt{Kind: NoCase})
	l.add(r.Few(), Doubt{Kind: FewJudged, N: n})
	if first, rivals := s.Contest(); len(rivals) > 0 && s.Bounded() && !s.Exact() {
		l.add(true, Doubt{Kind: NoLeader, Stances: []string{first.String(), rivals[0].String()}})
	}
	if n >= dominanceMinimum && len(s.Recurring) > 0 {
		top := s.Recurring[0]
		l.add(large*top.Comments >= n, Doubt{Kind: Dominant, Name: top.Name, N: top.Comments, Of: n})
	}
	l.add(large*s.Unknown >= n, Doubt{Kind: Nameless, N: s.Unknown, Of: n})
	l.add(s.Unsure > 0, Doubt{Kind: UnsureJudged, N: s.Unsure})
}

// doubtLeftOut adds the comments that the shares leave out.
func (r *Result) doubtLeftOut(l *doubts) {
	s := &r.Summary
	l.add(s.Withheld > s.Unjudged, Doubt{Kind: WithheldSome, N: s.Withheld - s.Unjudged})
	l.add(s.Unjudged > 0, Doubt{Kind: UnjudgedSome, N: s.Unjudged})
	l.add(s.Removed > 0, Doubt{Kind: RemovedSome, N: s.Removed})
	staff, excluded := r.aside(corpus.Staff), r.aside(corpus.Excluded)
	l.add(staff > 0, Doubt{Kind: StaffSome, N: staff})
	l.add(excluded > 0, Doubt{Kind: ExcludedSome, N: excluded})
}

// doubtIntervals adds what the intervals of the shares hold, and what they don't.
func (r *Result) doubtIntervals(l *doubts, fitted bool) {
	s := &r.Summary
	if s.Judged() > 0 {
		switch {
		case s.Audit != nil:
			l.add(true, Doubt{Kind: CorrectedShares})
		case !s.Bounded():
			l.add(true, Doubt{Kind: Unbounded})
		default:
			l.add(!fitted, Doubt{Kind: SamplingOnly})
		}
	}
	l.add(s.Labelled > 0 && s.Audit == nil, Doubt{Kind: FewLabels, N: s.Labelled, Of: min(audit.Least, s.Judged())})
}

// doubtLanguages adds what the engine may not have understood.
func (r *Result) doubtLanguages(l *doubts, spoken language.Languages) {
	foreign, unjudged, sarcastic := spoken.Foreign(), 0, 0
	for i := range r.Judgements {
		if r.Judgements[i].unjudged() && spoken.Of[i] != "" {
			unjudged++
		}
		if r.Judgements[i].Sarcastic() {
			sarcastic++
		}
	}
	l.add(unjudged > 0 || foreign >= leastForeign && foreign*oneIn >= spoken.Told,
		Doubt{Kind: OtherLanguage, N: foreign, Of: spoken.Told, Unjudged: unjudged, Languages: spoken.Others})
	l.add(sarcastic > 0, Doubt{Kind: SarcasticSome, N: sarcastic})
}

// doubtModel adds what is to be known of a language model that judged.
func (r *Result) doubtModel(l *doubts) {
	a := r.Model
	if a == nil {
		return
	}
	l.add(true, Doubt{Kind: ByTheModel})
	l.add(a.Unstated, Doubt{Kind: NoCaseOfModel})
	l.add(a.Foreign > 0, Doubt{Kind: ForeignQuotes, N: a.Foreign})
	l.add(a.Labels > 0, Doubt{Kind: MadeOfLabels, N: a.Labels})
	l.add(a.Labels == 0 && a.Votes > 1, Doubt{Kind: SharesOfVotes, N: a.Votes})
}

// aside is the number of comments set aside for that reason.
func (r *Result) aside(why corpus.Aside) int {
	n := 0
	for i := range r.Thread.Comments {
		if r.Thread.Comments[i].Aside == why {
			n++
		}
	}
	return n
}

// Doubted reports whether there is a doubt of that kind.
func (r *Result) Doubted(kind DoubtKind) bool {
	return slices.ContainsFunc(r.Doubts, func(d Doubt) bool { return d.Kind == kind })
}
