package reports

import (
	"fmt"
	"strconv"

	"stance/analysis"
	"stance/analysis/actors"
	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
)

// actorTable has a row for each actor of the article: the mean valence of the words
// about it, by the stance of the comment, with the number of comments.
func actorTable(r *analysis.Result) table {
	t := table{
		title: "Feeling toward the article's actors, from -1 to 1 (comments that name them)",
		columns: []column{
			{head: "Actor", rest: true},
			{head: "Side", spare: true},
			{head: "All", right: true},
			{head: "Skeptical", short: "Skept.", right: true},
			{head: "Relativist", short: "Relat.", right: true},
			{head: "Supportive", short: "Supp.", right: true},
			{head: "None", right: true, spare: true},
		},
	}
	for _, a := range r.Actors {
		row := []line{plain(a.Name), {text: a.Side.String()}, {text: feelingToward(a.All)}}
		for _, f := range a.Stance {
			row = append(row, line{text: feelingToward(f)})
		}
		t.rows = append(t.rows, row)
	}
	return t
}

func feelingToward(f actors.Feeling) string {
	if f.Comments == 0 {
		return undefined
	}
	return fmt.Sprintf("%+.2f (%d)", f.Valence, f.Comments)
}

// actorDoc is an actor as JSON has it.
type actorDoc struct {
	Name     string                      `json:"name"`
	Variants []string                    `json:"variants,omitempty"`
	Side     string                      `json:"side,omitempty"`
	All      feelingTowardDoc            `json:"all"`
	Stance   map[string]feelingTowardDoc `json:"stance"`
}

type feelingTowardDoc struct {
	Comments int     `json:"comments"`
	Valence  float64 `json:"valence"`
}

func newActorDocs(list []actors.Actor) []actorDoc {
	var docs []actorDoc
	for _, a := range list {
		d := actorDoc{Name: a.Name, Variants: a.Variants, Side: a.Side.String(), All: newFeelingTowardDoc(a.All), Stance: map[string]feelingTowardDoc{}}
		for s, f := range a.Stance {
			if f.Comments > 0 {
				d.Stance[corpus.Stance(s).String()] = newFeelingTowardDoc(f)
			}
		}
		docs = append(docs, d)
	}
	return docs
}

func newFeelingTowardDoc(f actors.Feeling) feelingTowardDoc {
	return feelingTowardDoc{f.Comments, rounded(f.Valence)}
}

// lexiconDoc is what a user's ratings did, as JSON has it.
type lexiconDoc struct {
	Terms    int `json:"terms"`
	Comments int `json:"comments"`
}

func newLexiconDoc(l *analysis.Lexicon) *lexiconDoc {
	if l == nil {
		return nil
	}
	return &lexiconDoc{l.Terms, l.Comments}
}

// byPolarity holds a value for each polarity.
type byPolarity struct {
	Negative float64 `json:"negative"`
	Neutral  float64 `json:"neutral"`
	Positive float64 `json:"positive"`
}

// newByPolarity is nil for an engine without probabilities.
func newByPolarity(p [corpus.NumPolarities]float64) *byPolarity {
	if p == [corpus.NumPolarities]float64{} {
		return nil
	}
	return &byPolarity{rounded(p[corpus.Negative]), rounded(p[corpus.Neutral]), rounded(p[corpus.Positive])}
}

// felt says what the comment feels, in one line, and sarcasm where it is likely.
func felt(d *sentiment.Decision) string {
	s := d.Polarity.String()
	if p := d.Probabilities[d.Polarity]; p > 0 {
		s += fmt.Sprintf(" with %.2f", p)
	}
	s += fmt.Sprintf(", valence %+.2f", d.Valence)
	if d.Sarcasm >= sentiment.SarcasmFrom {
		s += fmt.Sprintf("; likely sarcastic, %.2f", d.Sarcasm)
	}
	return s
}

// feelingTable has the evidence of the sentiment sentence by sentence, each with its
// sum, then what no word did, then the sum of all.
func feelingTable(e *analysis.Explained) table {
	t := table{title: "What moved the sentiment", columns: []column{{head: "Weight", right: true}, {head: "What", part: 3}, {head: "Where", rest: true}}}
	for i, s := range sentenceSums(e) {
		if len(s.evidence) == 0 {
			continue
		}
		t.rows = append(t.rows, []line{{text: signed(s.sum)}, {text: "sentence " + strconv.Itoa(i+1)}, plain(s.span.In(e.Comment.Text))})
		for _, f := range s.evidence {
			t.rows = append(t.rows, []line{{text: signed(f.Weight)}, plain(f.Cue).after("  "), plain(f.In(e.Comment.Text)).after("  ")})
		}
	}
	if e.Feeling.Base != 0 {
		t.rows = append(t.rows, []line{{text: signed(e.Feeling.Base)}, {text: "the rest"}, {text: "lighter words, length and marks, the odds beforehand"}})
	}
	if len(t.rows) > 0 {
		t.total = []line{{text: signed(e.Feeling.Total())}, {text: "sum"}, {}}
	}
	return t
}

// sentenceSum is a sentence with its evidence.
type sentenceSum struct {
	span     text.Span
	evidence []text.Evidence
	sum      float64
}

// sentenceSums gives every piece of evidence to its sentence.
func sentenceSums(e *analysis.Explained) []sentenceSum {
	sums := make([]sentenceSum, len(e.Sentences))
	for i, s := range e.Sentences {
		sums[i].span = s
		for _, f := range e.Feeling.Evidence {
			if s.Start <= f.Start && f.Start < s.End {
				sums[i].evidence = append(sums[i].evidence, f)
				sums[i].sum += f.Weight
			}
		}
	}
	return sums
}

// sentenceDoc is a sentence's part of the feeling, as JSON has it.
type sentenceDoc struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Weight float64 `json:"weight"`
}

func newSentenceDocs(e *analysis.Explained) []sentenceDoc {
	var docs []sentenceDoc
	for _, s := range sentenceSums(e) {
		docs = append(docs, sentenceDoc{s.span.Start, s.span.End, rounded(s.sum)})
	}
	return docs
}
