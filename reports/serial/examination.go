package serial

import (
	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/structure"
)

// Examination is a closer look at a thread; what is undefined is left out.
type (
	Examination struct {
		Counted     []Counted                `json:"counted"`
		Copies      int                      `json:"copies"`
		Sensitivity *Sensitivity             `json:"sensitivity,omitempty"`
		Replies     *Replies                 `json:"replies,omitempty"`
		Drift       Drift                    `json:"drift"`
		Spread      Spread                   `json:"spread"`
		Distinctive ByStance[[]keyness.Word] `json:"distinctive"`
		Exemplars   ByStance[[]string]       `json:"exemplars"`
		Topics      *Topics                  `json:"topics,omitempty"`
		Notes       []string                 `json:"notes"`
	}
	Counted struct {
		By     string            `json:"by"`
		Total  float64           `json:"total"`
		Shares ByStance[float64] `json:"shares"`
	}
	Sensitivity struct {
		Adjusted ByStance[float64] `json:"adjusted_count"`
		Shifted  ByStance[float64] `json:"sld"`
	}
	Replies struct {
		Table         ByStance[ByStance[int]] `json:"table"`
		Pairs         int                     `json:"pairs"`
		Opposing      int                     `json:"opposing"`
		Expected      float64                 `json:"expected"`
		Assortativity *float64                `json:"assortativity,omitempty"`
		P             float64                 `json:"p"`
		OpposingP     float64                 `json:"opposing_p"`
	}
	Drift struct {
		ByTime bool            `json:"by_time"`
		Trends ByStance[Trend] `json:"trends"`
	}
	Trend struct {
		Later *float64 `json:"later,omitempty"`
		P     *float64 `json:"p,omitempty"`
		Q     *float64 `json:"q,omitempty"`
	}
	Spread struct {
		Agreement    *float64 `json:"agreement,omitempty"`
		Polarisation *float64 `json:"polarisation,omitempty"`
		Entropy      *float64 `json:"entropy,omitempty"`
		Effective    *float64 `json:"effective_stances,omitempty"`
	}
)

// newExamination returns nil if the closer look wasn't taken.
func newExamination(r *analysis.Result) *Examination {
	x := r.Examination
	if x == nil {
		return nil
	}
	d := &Examination{
		Counted:     []Counted{},
		Copies:      x.Weightings.Copies,
		Sensitivity: newSensitivity(&x.Sensitivity),
		Replies:     newReplies(&x.Structure.Replies),
		Drift: Drift{
			ByTime: x.Structure.Drift.ByTime,
			Trends: PerStance(x.Structure.Drift.Trends, func(t structure.Trend) Trend {
				return Trend{Defined(t.Later), Defined(t.P), Defined(t.Q)}
			}),
		},
		Spread: Spread{
			Defined(x.Structure.Spread.Agreement), Defined(x.Structure.Spread.Polarisation),
			Defined(x.Structure.Spread.Entropy), Defined(x.Structure.Spread.Effective),
		},
		Distinctive: PerStance(x.Distinctive, func(list []keyness.Word) []keyness.Word { return append([]keyness.Word{}, list...) }),
		Exemplars: PerStance(x.Exemplars, func(chosen []int) []string {
			ids := make([]string, len(chosen))
			for i, k := range chosen {
				ids[i] = r.Thread.Comments[k].ID
			}
			return ids
		}),
		Notes: append([]string{}, x.Weightings.Notes...),
	}
	if x.Topics != nil && len(x.Topics.List) > 0 {
		d.Topics = NewTopics(x.Topics)
	}
	for _, row := range x.Weightings.Rows {
		d.Counted = append(d.Counted, Counted{row.Way.String(), row.Total, Stances(row.Shares)})
	}
	return d
}

// newSensitivity returns nil if the shares are undefined.
func newSensitivity(s *aggregate.Sensitivity) *Sensitivity {
	if Defined(s.Adjusted[0]) == nil {
		return nil
	}
	return &Sensitivity{Stances(s.Adjusted), Stances(s.Shifted)}
}

// newReplies returns nil if there are no replies.
func newReplies(r *structure.Replies) *Replies {
	if r.Pairs == 0 {
		return nil
	}
	return &Replies{
		Table: PerStance(r.Table, Stances[int]),
		Pairs: r.Pairs, Opposing: r.Opposing, Expected: r.Expected,
		Assortativity: Defined(r.Assortativity), P: r.P, OpposingP: r.OpposingP,
	}
}
