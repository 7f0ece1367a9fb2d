package reports

import (
	"fmt"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
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
