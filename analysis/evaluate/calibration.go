package evaluate

import "math"

// Prediction is a model's raw scores for an example and its true class.
type Prediction struct {
	Scores []float64 // log-odds up to a constant
	Truth  int
}

// FitTemperature returns the divisor of the scores that makes the predictions most
// likely (Guo and others 2017, "On calibration of modern neural networks"),
// between 0.05 and 20. It never changes which class is the most probable.
func FitTemperature(predictions []Prediction) float64 {
	// The log-likelihood is concave in 1/T, so a golden-section search finds it.
	loss := func(logT float64) float64 { return logLoss(predictions, math.Exp(logT)) }
	lo, hi := math.Log(0.05), math.Log(20)
	const golden = 0.6180339887498949
	a, b := hi-golden*(hi-lo), lo+golden*(hi-lo)
	fa, fb := loss(a), loss(b)
	for hi-lo > 1e-6 {
		if fa < fb {
			hi, b, fb = b, a, fa
			a = hi - golden*(hi-lo)
			fa = loss(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + golden*(hi-lo)
			fb = loss(b)
		}
	}
	return math.Exp((lo + hi) / 2)
}

// logLoss is the sum of the negative log-probabilities of the truth.
func logLoss(predictions []Prediction, temperature float64) float64 {
	total := 0.0
	for _, p := range predictions {
		top := math.Inf(-1)
		for _, s := range p.Scores {
			top = max(top, s/temperature)
		}
		sum := 0.0
		for _, s := range p.Scores {
			sum += math.Exp(s/temperature - top)
		}
		total += math.Log(sum) + top - p.Scores[p.Truth]/temperature
	}
	return total
}

// Judged is a predicted class, its probability, and whether it was right.
type Judged struct {
	Probability float64
	Right       bool
}

// ECE is the expected calibration error with ten bins of equal width: the mean,
// weighted by the bins' sizes, of the gap between the mean probability and the
// part that was right (Naeini and others 2015). NaN if there is nothing.
func ECE(judged []Judged) float64 {
	const bins = 10
	var n, right [bins]int
	var mass [bins]float64
	for _, j := range judged {
		b := min(int(j.Probability*bins), bins-1)
		n[b]++
		mass[b] += j.Probability
		if j.Right {
			right[b]++
		}
	}
	gap := 0.0
	for b := range n {
		gap += math.Abs(mass[b] - float64(right[b]))
	}
	if len(judged) == 0 {
		return math.NaN()
	}
	return gap / float64(len(judged))
}
