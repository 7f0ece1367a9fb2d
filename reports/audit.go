package reports

import (
	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// auditTable has, for the comments labelled by hand, what the model would have
// given them without their labels. It has no rows if there was no audit.
func auditTable(r *analysis.Result) table {
	a := r.Summary.Audit
	if a == nil {
		return table{}
	}
	t := confusionTable("Label", analysis.Quality{Labels: corpus.StanceNames(), Confusion: a.Confusion})
	t.Title = "Labelled by hand, and what would have been judged without the label"
	return t
}
