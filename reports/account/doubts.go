package account

import (
	"fmt"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
)

// Doubts words what limits the reading of a result, a sentence or two each. Names are as
// they were written.
func Doubts(r *analysis.Result) []string {
	var list []string
	for _, d := range r.Doubts {
		list = append(list, doubt(r, d)...)
	}
	return list
}

// doubt words one.
func doubt(r *analysis.Result, d analysis.Doubt) []string {
	switch d.Kind {
	case analysis.NothingJudged:
		return []string{"No comment was judged."}
	case analysis.NoCase:
		return []string{`Nothing says what the comments are about, as there is no headline and no article: each was judged by its own words alone. ` +
			`--case "…" states the case, and stance.toml those of many threads.`}
	case analysis.FewJudged:
		return []string{fmt.Sprintf("Only %s judged, too few for a share to mean much.", was(d.N))}
	case analysis.NoLeader:
		return []string{fmt.Sprintf("No stance leads: the intervals of %s and %s overlap.", d.Stances[0], d.Stances[1])}
	case analysis.Dominant:
		return []string{fmt.Sprintf("One reader, %s, wrote %d of the %d judged comments.", d.Name, d.N, d.Of)}
	case analysis.Nameless:
		if d.Of == 1 {
			return []string{"The author of the comment is unknown."}
		}
		return []string{fmt.Sprintf("The author of %d of the %d judged comments is unknown.", d.N, d.Of)}
	case analysis.UnsureJudged:
		return one(d.N, "1 comment is unsure and counts under the stance shown.", "%d comments are unsure and count under the stance shown.")
	case analysis.WithheldSome:
		return withheld(r, d.N)
	case analysis.UnjudgedSome:
		return one(d.N, "1 comment was not judged and counts in no share.", "%d comments were not judged and count in no share.")
	case analysis.RemovedSome:
		return one(d.N, "1 removed comment is not counted.", "%d removed comments are not counted.")
	case analysis.StaffSome:
		return one(d.N, "1 comment of staff is not counted.", "%d comments of staff are not counted.")
	case analysis.ExcludedSome:
		return one(d.N, "1 comment of an excluded author is not counted.", "%d comments of excluded authors are not counted.")
	case analysis.CorrectedShares:
		return corrected(r)
	case analysis.Unbounded:
		return []string{"The shares have no interval, because how far the engine errs is not known here; an audit gives one (stance label, then --labels)."}
	case analysis.SamplingOnly:
		return []string{"The intervals carry sampling error only, because the classifier's errors are not known."}
	case analysis.FewLabels:
		return []string{fmt.Sprintf("%s labelled by hand; from %d the shares are corrected.", was(d.N), d.Of)}
	case analysis.OtherLanguage:
		return languages(r, d)
	case analysis.SarcasticSome:
		return one(d.N, "1 comment is likely sarcastic; its sentiment is that of the words.",
			"%d comments are likely sarcastic; their sentiment is that of the words.")
	}
	return modelDoubt(r, d)
}

// one chooses the number of a sentence.
func one(n int, single, several string) []string {
	if n == 1 {
		return []string{single}
	}
	return []string{fmt.Sprintf(several, n)}
}

// was begins a sentence about so many comments.
func was(n int) string {
	if n == 1 {
		return "1 comment was"
	}
	return fmt.Sprintf("%d comments were", n)
}

// withheld warns of shares over a choice of comments: what is surely judged is not a
// sample of the thread.
func withheld(r *analysis.Result, n int) []string {
	if r.Summary.Audit != nil {
		return []string{fmt.Sprintf("Comments without a judgement because its expected error is above the bound: %d; the shares count them.", n)}
	}
	return one(n, "1 comment is left out because its expected error is above the bound; the shares are those of the others.",
		"%d comments are left out because their expected error is above the bound; the shares are those of the others.")
}

// corrected says what the corrected shares rest on.
func corrected(r *analysis.Result) []string {
	a := r.Summary.Audit
	if a.Labelled == a.Comments {
		return []string{fmt.Sprintf("Every comment was labelled by hand, so the shares are exact; the model would have judged %d of %d right.",
			a.Labelled-a.Confusion.Errors(), a.Labelled)}
	}
	drawn := "taken for a random sample, because the labels don't say how they were chosen"
	switch {
	case a.Unequal:
		drawn = "drawn with unequal probabilities and weighted by them"
	case a.Stated:
		drawn = "a uniform random sample"
	}
	return []string{
		fmt.Sprintf("The shares are corrected by %d comments labelled by hand, %s; the comments judged so count labels and judgements as they are.",
			a.Labelled, drawn),
		fmt.Sprintf("With the model they tell as much as %.0f labels alone; of the labelled comments it would have judged %d right without their labels.",
			a.Effective, a.Labelled-a.Confusion.Errors()),
	}
}

// languages warn of comments in other languages than English. A language model knows them;
// the embedded engine doesn't.
func languages(r *analysis.Result, d analysis.Doubt) []string {
	but := ", but all are judged by what was learned from English ones, badly."
	switch {
	case d.Unjudged > 0:
		but = fmt.Sprintf(", which the engine hasn't learned: %d not judged; --any-language judges such comments all the same, badly.", d.Unjudged)
	case r.Model != nil:
		but = "."
	}
	if first := d.Languages[0]; 2*first.Comments > d.Of {
		return []string{fmt.Sprintf("Most comments are in %s (%d of the %d whose language shows)%s", first.Name, first.Comments, d.Of, but)}
	}
	var named []string
	for _, o := range d.Languages {
		named = append(named, fmt.Sprintf("%s %d", o.Name, o.Comments))
	}
	return []string{fmt.Sprintf("%d of the %d comments whose language shows are not in English (%s)%s", d.N, d.Of, strings.Join(named, ", "), but)}
}

// modelDoubt words what a language model did.
func modelDoubt(r *analysis.Result, d analysis.Doubt) []string {
	a := r.Model
	switch {
	case a == nil:
		return nil
	case d.Kind == analysis.ByTheModel:
		votes := ""
		if a.Votes > 1 {
			votes = fmt.Sprintf(", %d votes", a.Votes)
		}
		comments := r.Summary.Comments - r.Summary.Removed
		return []string{fmt.Sprintf("The language model %s judged %d of %d comments (prompt %s, seed %d%s)%s.", a.Model, a.Judged, comments, a.Prompt,
			a.Seed, votes, left(a))}
	case d.Kind == analysis.NoCaseOfModel:
		return []string{"The model stated no case that could be used; it took stance toward what the article says for itself."}
	case d.Kind == analysis.ForeignQuotes:
		return one(d.N, "1 quote of the model stands nowhere in its comment and was dropped.",
			"%d quotes of the model stand nowhere in their comments and were dropped.")
	case d.Kind == analysis.MadeOfLabels:
		return []string{fmt.Sprintf("The model states no probabilities; those of its judgements are made of %d labels by hand.", d.N)}
	case d.Kind == analysis.SharesOfVotes:
		return []string{fmt.Sprintf("The probabilities of the model's judgements are the shares of %d votes, and not calibrated.", d.N)}
	}
	return nil
}

// left says why the embedded engine judged the others.
func left(a *llm.Account) string {
	var why []string
	for _, r := range []struct {
		n      int
		reason string
	}{
		{a.Sure, "that the embedded engine is sure of"},
		{a.Unusable, "without a usable answer"},
		{a.Unserved, "because the server failed"},
		{a.OverBudget, "over the budget"},
	} {
		if r.n > 0 {
			why = append(why, fmt.Sprintf("%d %s", r.n, r.reason))
		}
	}
	if why == nil {
		return ""
	}
	return "; left to the embedded engine: " + strings.Join(why, ", ")
}
