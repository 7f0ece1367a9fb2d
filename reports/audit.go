package reports

import (
	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
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
	t.title = "Labelled by hand, and what would have been judged without the label"
	return t
}

// auditDoc is an audit as JSON has it.
type auditDoc struct {
	Labelled  int                     `json:"labelled"`
	Sample    string                  `json:"sample"`
	Weight    float64                 `json:"weight"`
	Effective float64                 `json:"effective"`
	Confusion byStance[byStance[int]] `json:"confusion"`
}

// newAuditDoc returns nil if there was no audit.
func newAuditDoc(a *audit.Audit) *auditDoc {
	if a == nil {
		return nil
	}
	d := &auditDoc{Labelled: a.Labelled, Sample: "assumed", Weight: rounded(a.Lambda), Effective: rounded(a.Effective)}
	switch {
	case a.Unequal:
		d.Sample = "weighted"
	case a.Stated:
		d.Sample = "uniform"
	}
	d.Confusion = confusionDoc(a.Confusion)
	return d
}

// confusionDoc has a row for each label, and in it a count for each stance given.
func confusionDoc(c *evaluate.Confusion) byStance[byStance[int]] {
	return perStance([corpus.NumStances][]int(c.Counts), func(row []int) byStance[int] {
		return perStance([corpus.NumStances]int(row), func(n int) int { return n })
	})
}
