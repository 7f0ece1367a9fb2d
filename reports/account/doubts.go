package account

import (
	_ "embed" // for the words
	"fmt"
	"strconv"
	"strings"
	"sync"

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

//go:embed doubts.txt
var doubtsFile string

// wording is a doubt whose words hang on nothing but its own fields: where N is 1, and otherwise.
type wording struct{ one, several string }

// wordings are those of the file.
var wordings = sync.OnceValue(func() map[analysis.DoubtKind]wording {
	all := map[analysis.DoubtKind]wording{}
	var kind analysis.DoubtKind
	for line := range strings.Lines(doubtsFile) {
		said, words := strings.CutPrefix(strings.TrimRight(line, "\n"), "  ")
		switch w := all[kind]; {
		case said == "" || strings.HasPrefix(said, "#"):
		case !words:
			kind = analysis.DoubtKind(said)
		case w.one == "":
			all[kind] = wording{said, said}
		default:
			all[kind] = wording{w.one, said}
		}
	}
	return all
})

// doubt words one.
func doubt(r *analysis.Result, d analysis.Doubt) []string {
	w := wordings()[d.Kind]
	switch {
	case d.Kind == analysis.CorrectedShares:
		return corrected(r)
	case d.Kind == analysis.OtherLanguage:
		return languages(r, d)
	case d.Kind == analysis.ByTheModel:
		return byTheModel(r)
	case d.Kind == analysis.Nameless && d.Of == 1:
		w.one = "The author of the comment is unknown."
	case d.Kind == analysis.WithheldSome && r.Summary.Audit != nil:
		w.one = "Comments without a judgement because its expected error is above the bound: $n; the shares count them."
	case w.one == "":
		return nil
	case d.N != 1:
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
