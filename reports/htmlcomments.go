package reports

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
)

type (
	// commentView is one comment of the tree.
	commentView struct {
		ID       string // anchor
		Href     string // of the comment
		Number   int
		Depth    int
		Author   string
		When     string
		DateTime string // machine-readable, "" if unknown
		Votes    *int
		Reply    *replyView // nil at the top level
		Removed  bool
		Withheld string // why it is left unjudged, "" if it isn't
		Judgement
		Segments []segment
		Thread   *threadLink // nil where the comment stands in its thread
	}
	// threadLink leads to a thread.
	threadLink struct{ Href, Title, Site string }
	// Judgement is what was decided, as it is shown.
	Judgement struct {
		Stance, Polarity string
		Sure             string // in percent
		SureValue        string // to sort by
		Unsure           bool
		Annotated        bool   // the stance is a person's
		Engine           string // that judged, "" unless a language model was asked
		Quoted           bool   // Why is what a language model quotes
		Sarcastic        bool   // likely
		Valence          string
		Probabilities    []probabilityView
		Why              []evidenceView
		Feeling          []evidenceView
	}
	replyView       struct{ Href, Number, Author string }
	probabilityView struct{ Stance, Percent string }
	// evidenceView is a piece of evidence: the words, what they are and their weight.
	evidenceView struct{ Words, Cue, Weight string }
	// segment is a stretch of text with the same evidence over all of it.
	segment struct {
		Text  string
		Class string // "for", "against", "" where there is no evidence
		Title string // cues and weights
		Hit   bool   // what was searched for
		// Strength is "weak", "fair" or "strong" by the weightiest evidence.
		Strength string
		weight   float64
	}
)

// commentViews are what a page shows of the comments of those indices.
func commentViews(r *analysis.Result, id string, indices []int) []commentView {
	places := newPlaces(r.Thread.Comments)
	list := make([]commentView, len(indices))
	for k, i := range indices {
		list[k] = newCommentView(r, i, id)
		list[k].Depth = places.depth(i, deepestPage)
		if p := places.parent[i]; p >= 0 {
			list[k].Reply = &replyView{
				Href:   "#" + anchor(id, p),
				Number: strconv.Itoa(p + 1),
				Author: author(r.Thread.Comments[p].Author).text,
			}
		}
	}
	return list
}

// deepestPage is the depth from which a page indents replies no further.
const deepestPage = 6

// anchor is the place of a comment on the page.
func anchor(id string, i int) string { return fmt.Sprintf("%s-c%d", id, i+1) }

func newCommentView(r *analysis.Result, i int, id string) commentView {
	c, j := &r.Thread.Comments[i], &r.Judgements[i]
	v := commentView{
		ID: anchor(id, i), Href: "#" + anchor(id, i), Number: i + 1, Author: author(c.Author).text,
		When: clean.Line(c.PostedAs), Votes: c.Votes, Removed: c.Removed, Withheld: withheld(c, j),
	}
	if !c.Posted.IsZero() {
		v.DateTime = c.Posted.Format(time.RFC3339)
		if v.When == "" {
			v.When = c.Posted.Format("2 January 2006, 15:04")
		}
	}
	if j.Judged {
		v.Judgement = viewJudgement(c, j)
		if r.Model != nil {
			v.Engine, v.Quoted = engineName(j), j.ByModel
		}
	}
	if !c.Removed {
		v.Segments = segments(c.Text, j.Evidence, nil)
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

func viewJudgement(c *corpus.Comment, j *analysis.Judgement) Judgement {
	v := Judgement{
		Stance: j.Stance.String(), Polarity: j.Polarity.String(), Unsure: j.Unsure, Annotated: j.Annotated, Sarcastic: j.Sarcastic(),
		Valence: weight(j.Valence),
		Why:     evidenceViews(c.Text, j.Evidence),
		Feeling: evidenceViews(c.Text, j.Feeling),
	}
	if sure, known := j.Probability(); known {
		v.Sure, v.SureValue = percent(sure), fmt.Sprintf("%.4f", sure)
		for k, p := range j.Probabilities {
			v.Probabilities = append(v.Probabilities, probabilityView{corpus.Stance(k).String(), percent(p)})
		}
	}
	if j.Annotated {
		v.Sure = "by hand"
	}
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
	return strings.Replace(s, "-", "−", 1)
}

func evidenceViews(comment string, evidence []text.Evidence) []evidenceView {
	list := make([]evidenceView, len(evidence))
	for i, e := range evidence {
		list[i] = evidenceView{clean.Line(e.In(comment)), cueOf(comment, e), evidenceWeight(e)}
	}
	return list
}

// cueOf is what was found at a piece of evidence, "" where that is its words.
func cueOf(comment string, e text.Evidence) string {
	if e.Cue == e.In(comment) {
		return ""
	}
	return clean.Line(e.Cue)
}

// evidenceWeight is the weight of a piece of evidence; a quote has none.
func evidenceWeight(e text.Evidence) string {
	if e.Weight == 0 {
		return ""
	}
	return weight(e.Weight)
}

// segments cuts a comment at the ends of its evidence and of hits, and cleans it. Where pieces
// of evidence overlap a segment names all of them.
func segments(comment string, evidence []text.Evidence, hits []text.Span) []segment {
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
	var list []segment
	for k := 1; k < len(cuts); k++ {
		s := segment{Text: shown[cuts[k-1]:cuts[k]]}
		for _, e := range evidence {
			if at[e.Start] <= cuts[k-1] && at[e.End] >= cuts[k] {
				s.mark(e, cueOf(comment, e))
			}
		}
		s.Hit = slices.ContainsFunc(hits, func(h text.Span) bool { return at[h.Start] <= cuts[k-1] && at[h.End] >= cuts[k] })
		list = append(list, s)
	}
	return list
}

// Weights in log-odds from which evidence is shown as fair and as strong.
const (
	fair   = 0.15
	strong = 0.5
)

// mark adds a piece of evidence to a segment. Evidence for the decision hides
// evidence against it, as in the terminal.
func (s *segment) mark(e text.Evidence, cue string) {
	if s.Title != "" {
		s.Title += ", "
	}
	s.Title += strings.TrimSpace(cue + " " + evidenceWeight(e))
	if s.weight = max(s.weight, math.Abs(e.Weight)); s.weight < fair {
		s.Strength = "weak"
	} else if s.weight < strong {
		s.Strength = "fair"
	} else {
		s.Strength = "strong"
	}
	if e.Weight >= 0 {
		s.Class = "for"
	} else if s.Class == "" {
		s.Class = "against"
	}
}
