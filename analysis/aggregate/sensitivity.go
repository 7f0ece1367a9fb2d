package aggregate

import (
	"math"

	"stance.example/stance/corpus"
)

// Sensitivity is what the shares would be under assumptions that can't be checked in
// the thread itself. It shows how far they can move, and corrects nothing: under
// shifted shares both came closer to the truth in our measurements, and without a
// shift they doubled the error.
type Sensitivity struct {
	// Adjusted is the adjusted count: the shares under which a classifier that
	// confuses the stances in this thread as it did in validation would give the
	// counts it gave (Rogan and Gladen, American Journal of Epidemiology 107, 1978;
	// Forman, Data Mining and Knowledge Discovery 17, 2008).
	Adjusted [corpus.NumStances]float64
	// Shifted are the shares under which the comments' probabilities are likeliest,
	// if only the shares differ from those in training (Saerens, Latinne and
	// Decaestecker, Neural Computation 14, 2002; SLD or EMQ).
	Shifted [corpus.NumStances]float64
}

// Of both maximisations, which converge but slowly at times: the rounds, and the
// change of a share that ends them.
const (
	likelihoodRounds    = 1000
	likelihoodTolerance = 1e-6
)

// leastPrior keeps a stance that the classifier never thinks of from being divided
// by 0.
const leastPrior = 1e-6

// NewSensitivity computes the shares of the observations that were judged. All are
// NaN if there are none, if one is ungauged, or if the reliability isn't known.
func NewSensitivity(obs []Observation, r Reliability) Sensitivity {
	var counts stanceRow
	var likelihoods []stanceRow
	gauged := true
	for i := range obs {
		if obs[i].Removed || obs[i].Withheld {
			continue
		}
		gauged = gauged && !obs[i].Ungauged
		counts[obs[i].Stance]++
		row := obs[i].probabilities()
		for k := range row {
			row[k] /= max(r.Prior[k], leastPrior)
		}
		likelihoods = append(likelihoods, row)
	}
	if len(likelihoods) == 0 || !r.Fitted() || !gauged {
		nan := math.NaN()
		undefined := stanceRow{nan, nan, nan, nan}
		return Sensitivity{undefined, undefined}
	}
	var given []stanceRow // the likelihood of each stance given under each true one
	for g := range counts {
		var row stanceRow
		for t := range row {
			row[t] = r.Confusion[t][g]
		}
		given = append(given, row)
	}
	return Sensitivity{
		Adjusted: likeliest(given, counts[:], r.Prior),
		Shifted:  likeliest(likelihoods, nil, r.Prior),
	}
}

// likeliest returns the shares under which the rows are likeliest, where a row holds
// the likelihood of what was seen under each true stance, by expectation maximisation
// from the start. Rows count by their weights, 1 if these are nil.
func likeliest(rows []stanceRow, weights []float64, start stanceRow) stanceRow {
	shares := start
	for range likelihoodRounds {
		var next stanceRow
		total := 0.0
		for i := range rows {
			weight, sum := 1.0, 0.0
			if weights != nil {
				weight = weights[i]
			}
			for k, l := range rows[i] {
				sum += l * shares[k]
			}
			if sum == 0 {
				continue
			}
			for k, l := range rows[i] {
				next[k] += weight * l * shares[k] / sum
			}
			total += weight
		}
		moved := 0.0
		for k := range next {
			next[k] /= total
			moved = max(moved, math.Abs(next[k]-shares[k]))
		}
		shares = next
		if moved < likelihoodTolerance {
			break
		}
	}
	return shares
}
