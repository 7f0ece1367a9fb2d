package reports

import (
	"fmt"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/reports/internal/layout"
)

// actorTable has a row for each actor of the article: the mean valence of the words
// about it, by the stance of the comment, with the number of comments.
func actorTable(r *analysis.Result) table {
	t := table{
		Title:   "Feeling toward the article's actors, from -1 to 1 (comments that name them)",
		Columns: append([]column{{Head: "Actor", Rest: true}, {Head: "Side", Spare: true}, {Head: "All", Right: true}}, stanceColumns()...),
	}
	t.Columns[len(t.Columns)-1].Spare = true
	for _, a := range r.Actors {
		row := []line{layout.Plain(a.Name), {Text: a.Side.String()}, {Text: feelingToward(a.All)}}
		for _, f := range a.Stance {
			row = append(row, line{Text: feelingToward(f)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func feelingToward(f actors.Feeling) string {
	if f.Comments == 0 {
		return undefined
	}
	return fmt.Sprintf("%+.2f (%d)", f.Valence, f.Comments)
}
