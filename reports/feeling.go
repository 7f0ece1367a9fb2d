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
	t := layout.NewTable("Feeling toward the article's actors, from -1 to 1 (comments that name them)",
		append([]string{"Actor*", "Side?", "All>"}, stanceColumns...)...)
	t.Columns[len(t.Columns)-1].Spare = true
	for _, a := range r.Actors {
		var toward []string
		for _, f := range a.Stance {
			toward = append(toward, feelingToward(f))
		}
		t.Add(layout.Plain(a.Name), a.Side, feelingToward(a.All), toward)
	}
	return t
}

func feelingToward(f actors.Feeling) string {
	if f.Comments == 0 {
		return undefined
	}
	return fmt.Sprintf("%+.2f (%d)", f.Valence, f.Comments)
}
