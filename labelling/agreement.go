package labelling

import (
	"iter"
	"slices"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// AnnotatorOf is the name that stands in a file of labels, the other one if it has none.
func AnnotatorOf(rows []labels.Label, other string) string {
	for i := range rows {
		if rows[i].Annotator != "" {
			return rows[i].Annotator
		}
	}
	return other
}

// Emptied are rows as they were drawn, for another annotator.
func Emptied(rows []labels.Label) []labels.Label {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].State, rows[i].Sentiment, rows[i].Annotator = labels.Open, nil, ""
	}
	return rows
}

// Place finds disputed comments in threads, of which it holds those that they may be of. It
// says which it didn't find.
func Place(disputed []audit.Disputed, threads iter.Seq2[*corpus.Thread, error]) ([]corpus.Problem, error) {
	list := make([]labels.Label, len(disputed))
	index := map[*labels.Label]int{}
	ids := map[string]bool{}
	for i := range disputed {
		list[i] = *disputed[i].First
		index[&list[i]] = i
		ids[list[i].Comment] = true
	}
	set, _ := labels.NewSet(list)
	var found []*corpus.Thread
	for t, err := range threads {
		if err != nil {
			return nil, err
		}
		if set.Names(t) && slices.ContainsFunc(t.Comments, func(c corpus.Comment) bool { return ids[c.ID] }) {
			set.Look(t)
			found = append(found, t)
		}
	}
	for _, t := range found {
		for i, l := range set.Of(t) {
			if l != nil {
				disputed[index[l]].Place = &audit.Place{Thread: t, Index: i}
			}
		}
	}
	return set.Unplaced(), nil
}
