package account

import (
	"fmt"
	"strconv"
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

// wordings are the doubts whose words hang on nothing but their own fields: one where N is 1,
// if there is such a form, and several otherwise. In them $n, $of, $name and $stances stand for
// the fields.
var wordings = map[analysis.DoubtKind]struct{ one, several string }{
	analysis.NothingJudged: {several: "No comment was judged."},
	analysis.NoCase: {several: `Nothing says what the comments are about, as there is no headline and no article: each was judged by its own words alone. ` +
		`--case "…" states the case, and stance.toml those of many threads.`},
	analysis.FewJudged: {"Only 1 comment was judged, too few for a share to mean much.", "Only $n comments were judged, too few for a share to mean much."},
	analysis.NoLeader:  {several: "No stance leads: the intervals of $stances overlap."},
	analysis.Dominant:  {several: "One reader, $name, wrote $n of the $of judged comments."},
	analysis.Nameless:  {several: "The author of $n of the $of judged comments is unknown."},
	analysis.UnsureJudged: {"1 comment is unsure and counts under the stance shown.",
		"$n comments are unsure and count under the stance shown."},
	analysis.WithheldSome: {"1 comment is left out because its expected error is above the bound; the shares are those of the others.",
		"$n comments are left out because their expected error is above the bound; the shares are those of the others."},
	analysis.UnjudgedSome: {"1 comment was not judged and counts in no share.", "$n comments were not judged and count in no share."},
	analysis.RemovedSome:  {"1 removed comment is not counted.", "$n removed comments are not counted."},
	analysis.StaffSome:    {"1 comment of staff is not counted.", "$n comments of staff are not counted."},
	analysis.ExcludedSome: {"1 comment of an excluded author is not counted.", "$n comments of excluded authors are not counted."},
	analysis.Unbounded: {several: "The shares have no interval, because how far the engine errs is not known here; " +
		"an audit gives one (stance label, then --labels)."},
	analysis.SamplingOnly: {several: "The intervals carry sampling error only, because the classifier's errors are not known."},
	analysis.FewLabels: {"1 comment was labelled by hand; from $of the shares are corrected.",
		"$n comments were labelled by hand; from $of the shares are corrected."},
	analysis.SarcasticSome: {"1 comment is likely sarcastic; its sentiment is that of the words.",
		"$n comments are likely sarcastic; their sentiment is that of the words."},
	analysis.NoCaseOfModel: {several: "The model stated no case that could be used; it took stance toward what the article says for itself."},
	analysis.ForeignQuotes: {"1 quote of the model stands nowhere in its comment and was dropped.",
		"$n quotes of the model stand nowhere in their comments and were dropped."},
	analysis.MadeOfLabels:  {several: "The model states no probabilities; those of its judgements are made of $n labels by hand."},
	analysis.SharesOfVotes: {several: "The probabilities of the model's judgements are the shares of $n votes, and not calibrated."},
}

// doubt words one.
func doubt(r *analysis.Result, d analysis.Doubt) []string {
	w := wordings[d.Kind]
	switch {
	case d.Kind == analysis.CorrectedShares:
		return corrected(r)
	case d.Kind == analysis.OtherLanguage:
		return languages(r, d)
	case d.Kind == analysis.ByTheModel:
		return byTheModel(r)
	case d.Kind == analysis.Nameless && d.Of == 1:
		w.several = "The author of the comment is unknown."
	case d.Kind == analysis.WithheldSome && r.Summary.Audit != nil:
		w.one, w.several = "", "Comments without a judgement because its expected error is above the bound: $n; the shares count them."
	case w.several == "":
		return nil
	}
	if d.N != 1 || w.one == "" {
		w.one = w.several
	}
	return []string{strings.NewReplacer("$name", d.Name, "$n", strconv.Itoa(d.N), "$of", strconv.Itoa(d.Of),
		"$stances", strings.Join(d.Stances, " and ")).Replace(w.one)}
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

// byTheModel says what a language model judged.
func byTheModel(r *analysis.Result) []string {
	a := r.Model
	if a == nil {
		return nil
	}
	votes := ""
	if a.Votes > 1 {
		votes = fmt.Sprintf(", %d votes", a.Votes)
	}
	return []string{fmt.Sprintf("The language model %s judged %d of %d comments (prompt %s, seed %d%s)%s.", a.Model, a.Judged,
		r.Summary.Comments-r.Summary.Removed, a.Prompt, a.Seed, votes, left(a))}
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
