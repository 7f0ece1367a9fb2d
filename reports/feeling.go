package reports

import (
	"fmt"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/corpus"
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
