package aggregate

// holds returns the part of the shares' intervals that hold the true share.
func (r Reliability) holds(threads []Known) float64 {
	held, total := 0, 0
	for i := range threads {
		summary := Summarise(threads[i].Observations, r)
		truths := threads[i].shares()
		for s, share := range summary.Stance {
			if share.Low <= truths[s] && truths[s] <= share.High {
				held++
			}
			total++
		}
	}
	return float64(held) / float64(total)
}

// What Widened tries: at each step the spread is multiplied by widenBy, at most
// widenSteps times.
const (
	claimed    = 1 - 2*tail
	widenBy    = 1.05
	widenSteps = 20
)

// Widened returns the reliability with its spread enlarged until the intervals of the
// threads hold the true shares as often as they claim. The fit takes the shares for
// Beta distributed; but where the readers of an article are of one mind the tails are
// heavier. Without threads it is r itself.
func (r Reliability) Widened(threads []Known) Reliability {
	if len(threads) == 0 || !r.Fitted() {
		return r
	}
	for range widenSteps {
		if r.holds(threads) >= claimed {
			break
		}
		for s := range r.Spread {
			r.Spread[s] = min(r.Spread[s]*widenBy, mostSpread)
		}
	}
	return r
}
