package sentiment

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"stance/analysis/linear"
	"stance/corpus"
)

// Readers of one article share a mood: under the news of a crime a comment that its
// words leave open is more likely negative than under a recipe. So the decisions of
// a thread are settled together, each with the mean of the others as a prior, in which
// those of its circle count more: readers answer in kind, and who was angry stays so.

// The numbers of the mood, chosen on news threads kept out of training.
const (
	moodShare   = 0.6 // how much of the others' log-odds a comment takes over
	moodPrior   = 5   // comments of the usual mood that every thread is taken to have
	circleShare = 0.6 // how much of what sets its circle apart from the others
	circlePrior = 3   // comments of the others' mood that every circle is taken to have
)

// probabilities are those of the polarities.
type probabilities = [corpus.NumPolarities]float64

// Settle adjusts the decisions about the comments of one thread to the mood they
// have together; those without probabilities stay as they are. What it adds is in
// their Base. Texts by themselves have no thread and stay too.
func (h *Hybrid) Settle(decisions []Decision, topic *Topic, ties *Ties) {
	if topic == nil {
		return
	}
	var open []int
	var before []probabilities
	for i := range decisions {
		if decisions[i].Probabilities != (probabilities{}) {
			open = append(open, i)
			before = append(before, decisions[i].Probabilities)
		}
	}
	for k, p := range settled(before, ties.circles(open, before), h.usual) {
		d := &decisions[open[k]]
		d.Base += lean(p) - lean(d.Probabilities)
		d.Probabilities = p
		d.Polarity = corpus.Polarity(linear.Best(p[:]))
		d.Valence = p[corpus.Positive] - p[corpus.Negative]
	}
}

// lean is the log-odds of positive against negative.
func lean(p probabilities) float64 {
	return math.Log(p[corpus.Positive] / p[corpus.Negative])
}

// settled returns the probabilities of the comments of a thread given each other's and
// those of their circles, where the usual ones say nothing.
func settled(thread []probabilities, circles []circle, usual probabilities) []probabilities {
	var sum probabilities
	for _, p := range thread {
		for c, v := range p {
			sum[c] += v
		}
	}
	after := make([]probabilities, len(thread))
	for i, p := range thread {
		for c, v := range p {
			others := (sum[c] - v + moodPrior*usual[c]) / (float64(len(thread)-1) + moodPrior)
			near := (circles[i].sum[c] + circlePrior*others) / (circles[i].n + circlePrior)
			after[i][c] = math.Log(v) + moodShare*math.Log(others/usual[c]) + circleShare*math.Log(near/others)
		}
		linear.Softmax(after[i][:])
	}
	return after
}

// optionUsual names the usual probabilities under an article in a passport.
const optionUsual = "usual"

func formatUsual(p probabilities) string {
	return fmt.Sprintf("%.4f %.4f %.4f", p[corpus.Negative], p[corpus.Neutral], p[corpus.Positive])
}

// parseUsual reads what formatUsual writes.
func parseUsual(s string) (probabilities, error) {
	var p probabilities
	_, err := fmt.Fscanf(strings.NewReader(s), "%f %f %f", &p[corpus.Negative], &p[corpus.Neutral], &p[corpus.Positive])
	if err != nil {
		return p, fmt.Errorf("the sentiment model's usual probabilities %q: %w", s, err)
	}
	for _, v := range p {
		if !(v > 0 && v < 1) {
			return p, errors.New("the sentiment model's usual probabilities lie outside of 0 to 1")
		}
	}
	return p, nil
}
