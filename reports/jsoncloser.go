package reports

import (
	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/structure"
	"stance.example/stance/corpus"
)

// The documents of the closer look; what is undefined is left out.
type (
	closerDoc struct {
		Counted     []countedDoc        `json:"counted"`
		Copies      int                 `json:"copies"`
		Sensitivity *sensitivityDoc     `json:"sensitivity,omitempty"`
		Replies     *repliesDoc         `json:"replies,omitempty"`
		Drift       driftDoc            `json:"drift"`
		Spread      spreadDoc           `json:"spread"`
		Distinctive byStance[[]wordDoc] `json:"distinctive"`
		Exemplars   byStance[[]string]  `json:"exemplars"`
		Topics      *topicsDoc          `json:"topics,omitempty"`
		Notes       []string            `json:"notes"`
	}
	countedDoc struct {
		By     string            `json:"by"`
		Total  float64           `json:"total"`
		Shares byStance[float64] `json:"shares"`
	}
	sensitivityDoc struct {
		Adjusted byStance[float64] `json:"adjusted_count"`
		Shifted  byStance[float64] `json:"sld"`
	}
	repliesDoc struct {
		Table         byStance[byStance[int]] `json:"table"`
		Pairs         int                     `json:"pairs"`
		Opposing      int                     `json:"opposing"`
		Expected      float64                 `json:"expected"`
		Assortativity *float64                `json:"assortativity,omitempty"`
		P             float64                 `json:"p"`
		OpposingP     float64                 `json:"opposing_p"`
	}
	driftDoc struct {
		ByTime bool               `json:"by_time"`
		Trends byStance[trendDoc] `json:"trends"`
	}
	trendDoc struct {
		Later *float64 `json:"later,omitempty"`
		P     *float64 `json:"p,omitempty"`
		Q     *float64 `json:"q,omitempty"`
	}
	spreadDoc struct {
		Agreement    *float64 `json:"agreement,omitempty"`
		Polarisation *float64 `json:"polarisation,omitempty"`
		Entropy      *float64 `json:"entropy,omitempty"`
		Effective    *float64 `json:"effective_stances,omitempty"`
	}
	wordDoc struct {
		Word    string  `json:"word"`
		With    int     `json:"with"`
		Without int     `json:"without"`
		LogOdds float64 `json:"log_odds"`
		Q       float64 `json:"q"`
	}
)

// newCloserDoc returns nil if the closer look wasn't taken.
func newCloserDoc(r *analysis.Result) *closerDoc {
	x := r.Examination
	if x == nil {
		return nil
	}
	d := &closerDoc{
		Counted:     []countedDoc{},
		Copies:      x.Weightings.Copies,
		Sensitivity: newSensitivityDoc(&x.Sensitivity),
		Replies:     newRepliesDoc(&x.Structure.Replies),
		Drift: driftDoc{
			ByTime: x.Structure.Drift.ByTime,
			Trends: perStance(x.Structure.Drift.Trends, func(t structure.Trend) trendDoc {
				return trendDoc{defined(t.Later), defined(t.P), defined(t.Q)}
			}),
		},
		Spread: spreadDoc{
			defined(x.Structure.Spread.Agreement), defined(x.Structure.Spread.Polarisation),
			defined(x.Structure.Spread.Entropy), defined(x.Structure.Spread.Effective),
		},
		Distinctive: perStance(x.Distinctive, newWordDocs),
		Exemplars: perStance(x.Exemplars, func(chosen []int) []string {
			ids := make([]string, len(chosen))
			for i, k := range chosen {
				ids[i] = r.Thread.Comments[k].ID
			}
			return ids
		}),
		Topics: newTopicsDoc(x.Topics),
		Notes:  append([]string{}, x.Weightings.Notes...),
	}
	for _, row := range x.Weightings.Rows {
		d.Counted = append(d.Counted, countedDoc{row.Way.String(), rounded(row.Total), perStance(row.Shares, rounded)})
	}
	return d
}

// newSensitivityDoc returns nil if the shares are undefined.
func newSensitivityDoc(s *aggregate.Sensitivity) *sensitivityDoc {
	if defined(s.Adjusted[0]) == nil {
		return nil
	}
	return &sensitivityDoc{perStance(s.Adjusted, rounded), perStance(s.Shifted, rounded)}
}

// newRepliesDoc returns nil if there are no replies.
func newRepliesDoc(r *structure.Replies) *repliesDoc {
	if r.Pairs == 0 {
		return nil
	}
	return &repliesDoc{
		Table: perStance(r.Table, func(row [corpus.NumStances]int) byStance[int] {
			return perStance(row, func(n int) int { return n })
		}),
		Pairs: r.Pairs, Opposing: r.Opposing, Expected: rounded(r.Expected),
		Assortativity: defined(r.Assortativity), P: rounded(r.P), OpposingP: rounded(r.OpposingP),
	}
}

func newWordDocs(words []keyness.Word) []wordDoc {
	docs := make([]wordDoc, len(words))
	for i, w := range words {
		docs[i] = wordDoc{w.Text, w.With, w.Without, rounded(w.LogOdds), rounded(w.Q)}
	}
	return docs
}
