package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"stance.example/stance/corpus"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// alike gives every stance the same share.
func alike(name, group string, value, err float64) Thread {
	t := Thread{Name: name, Group: group, Comments: 10}
	for s := range t.Shares {
		t.Shares[s] = Share{value, err}
	}
	return t
}

// TestThreads works two threads out by hand: shares 0.2 and 0.6 with errors 0.1. The
// weights are 100, the mean 0.4, Q = 100·0.04·2 = 8, and τ² = (8 − 1)/(200 − 100) = 0.07.
func TestThreads(t *testing.T) {
	c := Threads([]Thread{alike("a", "", 0.2, 0.1), {Name: "empty"}, alike("b", "", 0.6, 0.1)})
	if len(c.Rows) != 2 || !near(c.Between[0]*c.Between[0], 0.07) || !near(c.Overall[0].Value, 0.4) {
		t.Fatalf("%+v", c)
	}
	got := c.Rows[0].Cells[corpus.Skeptical]
	if got.Pooled != 0.2 {
		t.Errorf("pooled %g, want two shares not to be pooled", got.Pooled)
	}
	// The other thread's mean has the variance 0.01 + 0.07: z = −0.4/0.3 = −4/3.
	if !near(got.Difference, -0.4) || math.Abs(got.P-0.1824224) > 1e-6 || got.Differs() {
		t.Errorf("difference %+v, want −0.4 with p 0.1824", got)
	}
}

// TestPooled works a share out by hand: of five, own 0.2 with error 0.1, overall 0.4,
// τ² = 0.03 and all errors alike. B = 2/4·0.01/0.04 = 1/8; the pooled share is
// 0.2·7/8 + 0.4/8, its variance 0.01·(1 − 4/5/8) + 2/2·1/64·0.04.
func TestPooled(t *testing.T) {
	got := cellOf(Share{0.2, 0.1}, Share{0.4, 0.05}, Share{0.5, 0.1}, pool{shares: 5, between: 0.03, error: 0.01})
	half := 1.959964 * math.Sqrt(0.009+0.04/64)
	if !near(got.Pooled, 0.225) || !near(got.Low, 0.225-half) || !near(got.High, 0.225+half) {
		t.Errorf("%+v, want 0.225 ± %.4f", got, half)
	}
}

func TestAlone(t *testing.T) {
	c := Threads([]Thread{alike("a", "", 0.2, 0.1)})
	cell := c.Rows[0].Cells[0]
	if !near(cell.Pooled, 0.2) || !math.IsNaN(cell.P) || !math.IsNaN(cell.Q) || cell.Differs() {
		t.Errorf("%+v, want the share itself and no test", cell)
	}
	if c := Threads(nil); len(c.Rows) != 0 {
		t.Errorf("%+v of nothing", c)
	}
}

// TestGroups: two threads of 0.2 and 0.4 against one of 0.6. Within the first group
// Q = 100·0.01·2 = 2, so τ² = (2 − 1)/(200 − 100) = 0.01; its mean is 0.3 with the
// variance 0.02/2, the other's 0.6 with 0.02.
func TestGroups(t *testing.T) {
	c := Groups([]Thread{alike("a", "north", 0.2, 0.1), alike("b", "south", 0.6, 0.1), alike("c", "north", 0.4, 0.1), alike("d", "", 0.9, 0.1)})
	if len(c.Rows) != 2 || c.Rows[0].Name != "north" || c.Rows[0].Threads != 2 || c.Rows[0].Comments != 20 {
		t.Fatalf("%+v", c.Rows)
	}
	north, south := c.Rows[0].Cells[0], c.Rows[1].Cells[0]
	if !near(north.Value, 0.3) || !near(south.Value, 0.6) || !near(north.Difference, -0.3) {
		t.Errorf("north %+v, south %+v", north, south)
	}
	// Between the groups the weights are 100 and 50, the mean 0.4, Q = 100·0.01 + 50·0.04 = 3
	// and τ² = (3 − 1)/(150 − 12500/150) = 0.03; z = −0.3/√(0.01 + 0.02 + 0.03) = −√1.5.
	if !near(c.Between[0]*c.Between[0], 0.03) || math.Abs(north.P-0.2206714) > 1e-6 {
		t.Errorf("τ² %g and p %g, want 0.03 and 0.2207", c.Between[0]*c.Between[0], north.P)
	}
}

// TestShrinks draws threads of known shares: the pooled ones must be closer to them on
// average, their intervals must hold, and where all are alike hardly any may be said
// to differ.
func TestShrinks(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	own, pooled, held, differing, total := 0.0, 0.0, 0, 0, 0
	for range 50 {
		var threads, null []Thread
		var truths []float64
		for i := range 40 {
			truth, err := 0.4+0.08*rng.NormFloat64(), 0.05+0.1*rng.Float64()
			truths = append(truths, truth)
			threads = append(threads, alike(fmt.Sprint(i), "", truth+err*rng.NormFloat64(), err))
			null = append(null, alike(fmt.Sprint(i), "", 0.4+err*rng.NormFloat64(), err))
		}
		for i, row := range Threads(threads).Rows {
			cell := row.Cells[0]
			own += math.Abs(cell.Value - truths[i])
			pooled += math.Abs(cell.Pooled - truths[i])
			if cell.Low <= truths[i] && truths[i] <= cell.High {
				held++
			}
			total++
		}
		for _, row := range Threads(null).Rows {
			if row.Cells[0].Differs() {
				differing++
				break
			}
		}
	}
	if pooled > 0.85*own {
		t.Errorf("mean error %.4f pooled, %.4f by itself", pooled/float64(total), own/float64(total))
	}
	if part := float64(held) / float64(total); part < 0.91 || part > 0.97 {
		t.Errorf("the intervals hold %.3f of the shares, want nearly 0.95", part)
	}
	if differing > 5 {
		t.Errorf("in %d of 50 tables without differences some were found", differing)
	}
}
