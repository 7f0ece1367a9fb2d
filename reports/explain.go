package reports

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// mostReasons is how many words the text output lists by themselves; JSON has all.
const mostReasons = 15

// Explain writes why a comment was judged as it was, for a terminal.
func Explain(w io.Writer, e *analysis.Explained, o Options) error {
	decided := &e.Decision
	d := layout.Document{
		layout.Heading{Text: clean.Line(e.Comment.Author + ": " + e.Comment.Text), Indent: 2},
		layout.Says(fmt.Sprintf("%s with %.2f; %s", decided.Stance, decided.Probabilities[decided.Stance], felt(decided))),
	}
	if e.Learned != nil {
		d = append(d, layout.Says(learned(e)))
	}
	return newTextLayout(w, o).Write(append(d, layout.Tables(reasonTable(e), withoutTable(e), feelingTable(e))...))
}

// felt says what the comment feels, in one line, and sarcasm where it is likely.
func felt(d *engine.Decision) string {
	s := d.Polarity.String()
	if p := d.Polarities[d.Polarity]; p > 0 {
		s += fmt.Sprintf(" with %.2f", p)
	}
	return s + fmt.Sprintf(", valence %+.2f, sarcastic with %.2f", d.Valence, d.Sarcasm)
}

// learned says what the labels of the thread make of the comment.
func learned(e *analysis.Explained) string {
	if e.Annotated {
		return fmt.Sprintf("Labelled by hand as %s; what follows is the judgement without labels.", e.Learned.Stance)
	}
	return fmt.Sprintf("With the labels of the thread: %s with %.2f; what follows is the judgement without them.",
		e.Learned.Stance, e.Learned.Probabilities[e.Learned.Stance])
}

// reasonTable has the heaviest words and phrases, what the others add together, the log-odds
// that no word has a part in, and the sum of all.
func reasonTable(e *analysis.Explained) table {
	t := layout.NewTable("What moved the stance", layout.Numbers("Weight"), layout.Words("Words").Filling())
	if len(e.Explanation.Stance) == 0 {
		return t
	}
	sorted := slices.Clone(e.Explanation.Stance)
	slices.SortStableFunc(sorted, func(a, b text.Evidence) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	rest, sum := 0.0, e.StanceBase
	for i, r := range sorted {
		sum += r.Weight
		if i < mostReasons {
			t.Add(signed(r.Weight), layout.Plain(r.In(e.Comment.Text)))
		} else {
			rest += r.Weight
		}
	}
	if more := len(sorted) - mostReasons; more > 0 {
		t.Add(signed(rest), Counted(more, "lighter word"))
	}
	t.Add(signed(e.StanceBase), "before a word is read")
	t.Total = layout.Row(signed(sum), "sum")
	return t
}

// withoutTable has what each part of the input is worth here.
func withoutTable(e *analysis.Explained) table {
	t := layout.NewTable("The stance without a part of what is read", layout.Words("Without"), layout.Words("Stance"), layout.Numbers("Sure"))
	for _, w := range e.Without {
		t.Add(w.Part, w.Stance, signed(w.Probabilities[w.Stance]))
	}
	return t
}

// feelingTable has the words that moved the sentiment sentence by sentence, each with its
// sum, then what no word did, then the sum of all.
func feelingTable(e *analysis.Explained) table {
	t := layout.NewTable("What moved the sentiment", layout.Numbers("Weight"), layout.Words("Words").Filling())
	if len(e.Polarity) == 0 {
		return t
	}
	sum := e.PolarityBase
	for _, s := range sentenceSums(e) {
		if len(s.evidence) == 0 {
			continue
		}
		sum += s.sum
		t.Add(signed(s.sum), layout.Plain(s.span.In(e.Comment.Text)))
		for _, f := range s.evidence {
			t.Add(signed(f.Weight), layout.Plain(f.In(e.Comment.Text)).After("  "))
		}
	}
	t.Add(signed(e.PolarityBase), "before a word is read")
	t.Total = layout.Row(signed(sum), "sum")
	return t
}

// sentenceSum is a sentence with its evidence.
type sentenceSum struct {
	span     text.Span
	evidence []text.Evidence
	sum      float64
}

// sentenceSums gives every word that moved the sentiment to the sentence that it begins
// in, those between sentences to the one before.
func sentenceSums(e *analysis.Explained) []sentenceSum {
	sums := make([]sentenceSum, max(1, len(e.Sentences)))
	sums[0].span = text.Span{End: len(e.Comment.Text)}
	for i, s := range e.Sentences {
		sums[i].span = s
	}
	at := 0
	for _, f := range e.Polarity {
		for at+1 < len(sums) && f.Start >= sums[at+1].span.Start {
			at++
		}
		sums[at].evidence = append(sums[at].evidence, f)
		sums[at].sum += f.Weight
	}
	return sums
}

func signed(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// explainedDoc is an explanation as JSON has it.
type explainedDoc struct {
	ID            string                      `json:"id"`
	Author        string                      `json:"author,omitempty"`
	Text          string                      `json:"text"`
	Stance        string                      `json:"stance"`
	Probabilities serial.ByStance[float64]    `json:"probabilities"`
	Learned       *decidedDoc                 `json:"learned,omitempty"`
	Reasons       []reasonDoc                 `json:"reasons"`
	Base          float64                     `json:"base"`
	Without       []decidedDoc                `json:"without"`
	Polarity      string                      `json:"polarity"`
	Valence       float64                     `json:"valence"`
	Polarities    *serial.ByPolarity[float64] `json:"polarity_probabilities,omitempty"`
	Sarcasm       float64                     `json:"sarcasm,omitempty"`
	Feeling       []reasonDoc                 `json:"feeling"`
	FeelingBase   float64                     `json:"feeling_base"`
	Sentences     []reasonDoc                 `json:"sentences,omitempty"`
}

// reasonDoc is a word or phrase with its part in the log-odds, or a sentence, whose text is left
// out; with the base all sum to them.
type reasonDoc struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Text   string  `json:"text,omitempty"`
	Weight float64 `json:"weight"`
}

// decidedDoc is another decision: with the labels of the thread, or without a part of what is
// read, "article" or "parent".
type decidedDoc struct {
	Part          string                   `json:"part,omitempty"`
	Stance        string                   `json:"stance"`
	Probabilities serial.ByStance[float64] `json:"probabilities"`
	Annotated     bool                     `json:"annotated,omitempty"`
}

// ExplainJSON writes why a comment was judged as it was as one JSON object.
func ExplainJSON(w io.Writer, e *analysis.Explained) error {
	d := &e.Decision
	doc := explainedDoc{
		ID: e.Comment.ID, Author: e.Comment.Author, Text: e.Comment.Text,
		Stance: d.Stance.String(), Probabilities: serial.Stances(d.Probabilities),
		Reasons: reasonDocs(e.Comment, e.Explanation.Stance), Base: e.StanceBase, Without: []decidedDoc{},
		Polarity: d.Polarity.String(), Valence: d.Valence, Sarcasm: d.Sarcasm,
		Feeling: reasonDocs(e.Comment, e.Polarity), FeelingBase: e.PolarityBase,
	}
	if d.Polarities != [corpus.NumPolarities]float64{} {
		p := serial.Polarities(d.Polarities)
		doc.Polarities = &p
	}
	if l := e.Learned; l != nil {
		doc.Learned = &decidedDoc{"", l.Stance.String(), serial.Stances(l.Probabilities), e.Annotated}
	}
	for _, o := range e.Without {
		doc.Without = append(doc.Without, decidedDoc{o.Part, o.Stance.String(), serial.Stances(o.Probabilities), false})
	}
	if len(e.Polarity) > 0 {
		for _, s := range sentenceSums(e) {
			doc.Sentences = append(doc.Sentences, reasonDoc{s.span.Start, s.span.End, "", s.sum})
		}
	}
	return serial.Write(w, &doc)
}

func reasonDocs(c *corpus.Comment, words []text.Evidence) []reasonDoc {
	docs := make([]reasonDoc, len(words))
	for i, r := range words {
		docs[i] = reasonDoc{r.Start, r.End, r.In(c.Text), r.Weight}
	}
	return docs
}
