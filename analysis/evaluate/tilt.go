package evaluate

import "slices"

// leastTilt is the gain of macro-F1 for which a class is tilted further.
const leastTilt = 0.0005

// Tilt returns what to add to each class's scores so that the most probable classes
// reach the highest macro-F1. Likelihood, by which models are fitted, counts every
// example alike, macro-F1 every class. It searches class by class with steps that
// get smaller, no further than maxTilt from 0.
func Tilt(predictions []Prediction, classes int) []float64 {
	tilt := make([]float64, classes)
	best := tilted(predictions, tilt)
	for _, step := range []float64{0.4, 0.2, 0.1, 0.05} {
		for improved := true; improved; {
			improved = false
			for i := range 2 * classes {
				next := slices.Clone(tilt)
				next[i/2] += step * float64(1-2*(i%2))
				if next[i/2] > maxTilt || next[i/2] < -maxTilt {
					continue
				}
				if f1 := tilted(predictions, next); f1 > best+leastTilt {
					best, tilt, improved = f1, next, true
				}
			}
		}
	}
	return tilt
}

// maxTilt bounds the search, in log-odds: few examples may ask for more, and mean
// nothing by it.
const maxTilt = 1.0

// tilted is the macro-F1 of the tilted scores.
func tilted(predictions []Prediction, tilt []float64) float64 {
	c := NewConfusion(len(tilt))
	for _, p := range predictions {
		best := 0
		for k, s := range p.Scores {
			if s+tilt[k] > p.Scores[best]+tilt[best] {
				best = k
			}
		}
		c.Add(p.Truth, best)
	}
	return c.MacroF1()
}
