package database

import (
	"math"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// auditJSON is an audit as a column holds it. Lists are in the order of the stances.
type auditJSON struct {
	Comments  int                           `json:"comments"`
	Labelled  int                           `json:"labelled"`
	Unequal   bool                          `json:"unequal"`
	Stated    bool                          `json:"stated"`
	Lambda    float64                       `json:"lambda"`
	Effective *float64                      `json:"effective"` // null if it isn't finite
	Shares    [corpus.NumStances][3]float64 `json:"shares"`    // share, low, high
	Confusion [][]int                       `json:"confusion"`
}

// auditColumn is NULL if there was no audit.
func auditColumn(a *audit.Audit) any {
	if a == nil {
		return nil
	}
	d := auditJSON{
		Comments: a.Comments, Labelled: a.Labelled, Unequal: a.Unequal, Stated: a.Stated, Lambda: a.Lambda,
		Confusion: a.Confusion.Counts,
	}
	if !math.IsNaN(a.Effective) && !math.IsInf(a.Effective, 0) {
		d.Effective = &a.Effective
	}
	for k, s := range a.Shares {
		d.Shares[k] = [3]float64{s.Share, s.Low, s.High}
	}
	return encoded(d)
}

// auditFrom reads the column.
func auditFrom(column []byte) (*audit.Audit, error) {
	if column == nil {
		return nil, nil
	}
	var d auditJSON
	if err := decode(column, &d); err != nil {
		return nil, err
	}
	a := &audit.Audit{
		Comments: d.Comments, Labelled: d.Labelled, Unequal: d.Unequal, Stated: d.Stated, Lambda: d.Lambda,
		Effective: math.NaN(), Confusion: &evaluate.Confusion{Counts: d.Confusion},
	}
	if d.Effective != nil {
		a.Effective = *d.Effective
	}
	for k, s := range d.Shares {
		a.Shares[k] = audit.Share{Share: s[0], Low: s[1], High: s[2]}
	}
	return a, nil
}
