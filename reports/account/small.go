package account

import (
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// small tells of a thread that has too few comments for shares, in a line: how many, and
// in the words of the surest and of the most liked.
func (t *teller) small() {
	s := &t.r.Summary
	comments := t.count("judged", "judged comment")
	if s.Judged() == s.Comments {
		comments = t.count("comments", "comment")
	}
	if s.Authors > 1 && s.Unknown == 0 {
		comments = compose("%s by %s", comments, t.count("readers", "reader"))
	}
	t.say("%s, too few for shares.", comments)
	if i := surest(t.r); i >= 0 {
		if quote, ok := t.voice(i); ok {
			t.say("The surest, which "+verb(t.r.Judgements[i].Stance, 1, "the case")+", is %s: %s.", t.possessive(i), quote)
		}
	} else if s.Judged() > 1 {
		t.say("None is judged surely enough to be quoted for a side.")
	}
	t.liked()
	t.remedy()
}

// liked shows the comment that readers voted for most.
func (t *teller) liked() {
	i := mostLiked(t.r)
	if i < 0 || t.quoted[i] {
		return
	}
	if quote, ok := t.quote(i, nil); ok {
		t.say("The most liked, with %s, is %s: %s.", t.figure("votes", Counted, "vote"), t.possessive(i), quote)
	}
}

// surest is the comment judged most surely to take a side, -1 if none is sure enough.
func surest(r *analysis.Result) int {
	best, most := -1, 0.0
	for i := range r.Judgements {
		j := &r.Judgements[i]
		if p, _ := j.Probability(); j.Stance != corpus.None && r.Sure(i) && p > most {
			best, most = i, p
		}
	}
	return best
}

// mostLiked is the comment with the most votes, -1 if there are no votes above none.
func mostLiked(r *analysis.Result) int {
	best, most := -1, 0
	for i := range r.Thread.Comments {
		if c := &r.Thread.Comments[i]; c.Counted() && c.Votes != nil && *c.Votes > most {
			best, most = i, *c.Votes
		}
	}
	return best
}

// smallLimits are the doubts worth saying of a small thread beside its size.
func smallLimits(r *analysis.Result) []analysis.Doubt {
	said := []analysis.DoubtKind{analysis.FewJudged, analysis.NoLeader, analysis.UnsureJudged, analysis.SarcasticSome, analysis.SamplingOnly}
	return slices.DeleteFunc(slices.Clone(r.Doubts), func(d analysis.Doubt) bool { return slices.Contains(said, d.Kind) })
}
