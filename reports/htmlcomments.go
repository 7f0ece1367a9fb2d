package reports

import (
	"fmt"
	"html/template"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
)

type (
	// commentView is one comment of the tree.
	commentView struct {
		ID       string // anchor, "" for none
		Href     string // of the comment, "" where it stands in its thread
		Number   int
		Depth    int
		Author   string
		When     string
		DateTime string // machine-readable, "" if unknown
		Votes    *int
		Reply    *replyView // nil at the top level
		Removed  bool
		Withheld string // why it is left unjudged, "" if it isn't
		Words    template.HTML
		Thread   *threadLink // nil where the comment stands in its thread
		judgementView
	}
	// threadLink leads to a thread.
	threadLink struct{ Href, Title, Site string }
	// judgementView is what was decided; Stance is "" where nothing was.
	judgementView struct {
		Stance        string
		Sure          string // in percent, or by whom
		Engine        string // that judged, "" unless a language model was asked
		Unsure        bool
		class         string        // of the stance and the sentiment
		Feeling       template.HTML // valence, and whether it is likely sarcastic
		Probabilities []string      // of the stances in percent, nil if nothing tells them
		Why           []string      // paragraphs
		Felt          template.HTML // evidence for the feeling
	}
	replyView struct{ Href, Number string }
)

// Classes are how the style knows stance and sentiment, by the keys that give them in labelling,
// and the depth.
func (v commentView) Classes() template.HTMLAttr {
	classes := v.class
	if v.Depth > 0 {
		classes = strings.TrimSpace(fmt.Sprintf("%s d%d", classes, v.Depth))
	}
	return template.HTMLAttr(strings.TrimSpace(attribute("class", classes)))
}

// commentViews are what a page shows of the comments of those indices, which have those
// addresses. Each is made when it is shown.
func commentViews(r *analysis.Result, tree places, id string, indices []int, at addresses) iter.Seq[commentView] {
	return func(yield func(commentView) bool) {
		for _, i := range indices {
			v := newCommentView(r, i, id)
			v.Depth = tree.depth(i, deepestPage)
			if p := tree.parent[i]; p >= 0 {
				v.Reply = &replyView{
					Href:   at(p),
					Number: strconv.Itoa(p + 1),
				}
			}
			if !yield(v) {
				return
			}
		}
	}
}

// deepestPage is the depth from which a page indents replies no further.
const deepestPage = 6

// anchor is the place of a comment on the page.
func anchor(id string, i int) string { return strings.TrimPrefix(fmt.Sprintf("%s-c%d", id, i+1), "-") }

func newCommentView(r *analysis.Result, i int, id string) commentView {
	c, j := &r.Thread.Comments[i], &r.Judgements[i]
	v := commentView{
		ID: anchor(id, i), Number: i + 1, Author: author(c.Author).Text,
		When: clean.Line(c.When()), Votes: c.Votes, Removed: c.Removed, Withheld: withheld(c, j),
	}
	if !c.Posted.IsZero() {
		v.DateTime = c.Posted.Format(time.RFC3339)
	}
	if j.Judged {
		v.judgementView = viewJudgement(r, i)
	}
	if !c.Removed {
		v.Words = marked(c.Text, heavy(j.Evidence), nil)
	}
	return v
}

// withheld says why a comment is left unjudged, "" of one that isn't.
func withheld(c *corpus.Comment, j *analysis.Judgement) string {
	_, known := j.Probability()
	switch {
	case c.Aside != "":
		return string(c.Aside) + ", not counted"
	case !j.Withheld:
		return ""
	case j.Language != "":
		return "not judged: it is in " + j.Language
	case known:
		return "not judged: the expected error is above the bound"
	}
	return "not judged"
}

func viewJudgement(r *analysis.Result, i int) judgementView {
	c, j := &r.Thread.Comments[i], &r.Judgements[i]
	v := judgementView{
		Stance: j.Stance.String(), Unsure: j.Unsure, class: key(j.Stance) + [corpus.NumPolarities]string{"-", "0", "+"}[j.Polarity],
		Feeling: template.HTML(weight(j.Valence)),
	}
	if j.Sarcastic() {
		v.Feeling += ", likely sarcastic"
	}
	if r.Model != nil {
		v.Engine = engineName(j)
	}
	sure, known := j.Probability()
	switch {
	case j.Annotated:
		v.Sure = "by hand"
	case known:
		v.Sure = percent(sure)
	}
	if known {
		for _, p := range j.Probabilities {
			v.Probabilities = append(v.Probabilities, strings.TrimSuffix(percent(p), " %"))
		}
	} else {
		v.Why = append(v.Why, "Nothing tells how probable that is.")
	}
	switch {
	case j.Annotated:
		v.Why = append(v.Why, "A person labelled the comment.")
	case j.ByModel && len(j.Evidence) == 0:
		v.Why = append(v.Why, "The model quoted nothing for the stance.")
	}
	var list []string
	for _, e := range heavy(j.Feeling) {
		list = append(list, strings.TrimSpace(clean.Line(e.In(c.Text))+" "+found(c.Text, e)))
	}
	v.Felt = layout.Escaped(strings.Join(list, "; "))
	return v
}

// engineName is the engine that judged, in words.
func engineName(j *analysis.Judgement) string {
	if j.ByModel {
		return "by the language model"
	}
	return "by the embedded engine"
}

// weight writes a number with its sign and two decimals; what rounds to nothing is 0.
func weight(x float64) string {
	s := fmt.Sprintf("%+.2f", x)
	if strings.Trim(s, "+-0.") == "" {
		return "0"
	}
	return s
}

// leastShown is the weight, in log-odds, from which a page shows evidence: below it a word moves a probability by
// two or three points at most, and a page of many threads has as many such words as others. JSON has all.
const leastShown = 0.1

// heavy is the evidence that a page shows. Quotes, which have no weight, are shown.
func heavy(evidence []text.Evidence) []text.Evidence {
	return slices.DeleteFunc(slices.Clone(evidence), func(e text.Evidence) bool { return e.Weight != 0 && math.Abs(e.Weight) < leastShown })
}

// found is what was found at a piece of evidence, unless that is its words, and its weight,
// which a quote doesn't have.
func found(comment string, e text.Evidence) string {
	var parts []string
	if e.Cue != e.In(comment) {
		parts = append(parts, clean.Line(e.Cue))
	}
	if e.Weight != 0 {
		parts = append(parts, weight(e.Weight))
	}
	return strings.Join(parts, " ")
}

// marked is a comment with its evidence marked, cleaned and escaped; the title of a mark is
// what was found there, from whose weight the style tells how strong it is. Hits of a search
// are marked too.
func marked(comment string, evidence []text.Evidence, hits []text.Span) template.HTML {
	shown, at := clean.TextOffsets(comment)
	cuts := []int{0, len(shown)}
	for _, e := range evidence {
		cuts = append(cuts, at[e.Start], at[e.End])
	}
	for _, h := range hits {
		cuts = append(cuts, at[h.Start], at[h.End])
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var b strings.Builder
	for k := 1; k < len(cuts); k++ {
		part := string(layout.Escaped(shown[cuts[k-1]:cuts[k]]))
		var titles []string
		for _, e := range evidence {
			if at[e.Start] <= cuts[k-1] && at[e.End] >= cuts[k] {
				titles = append(titles, found(comment, e))
			}
		}
		if titles != nil {
			part = "<u" + attribute("title", strings.Join(titles, ", ")) + ">" + part + "</u>"
		}
		if slices.ContainsFunc(hits, func(h text.Span) bool { return at[h.Start] <= cuts[k-1] && at[h.End] >= cuts[k] }) {
			part = `<b class="hit">` + part + "</b>"
		}
		b.WriteString(part)
	}
	return template.HTML(b.String())
}

// attribute is one of a tag, "" if it has no value, in quotation marks where it needs them.
func attribute(name, value string) string {
	switch {
	case value == "":
		return ""
	case strings.ContainsAny(value, " \"'`=<>&/"):
		return " " + name + `="` + template.HTMLEscapeString(value) + `"`
	}
	return " " + name + "=" + value
}
