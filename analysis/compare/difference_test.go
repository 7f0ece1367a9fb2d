package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestLess is worked by hand: 0.6 [0.5, 0.72] less 0.3 [0.22, 0.35] reaches
// √(0.1² + 0.05²) = 0.1118 below 0.3 and √(0.12² + 0.08²) = 0.1442 above, and
// z = 1.96·0.3/0.1118 = 5.259.
func TestLess(t *testing.T) {
	a, b := Interval{0.6, 0.5, 0.72}, Interval{0.3, 0.22, 0.35}
	d := a.Less(b)
	if got := fmt.Sprintf("%.4f %.4f %.4f %.2e", d.Value, d.Low, d.High, d.P); got != "0.3000 0.1882 0.4442 1.45e-07" {
		t.Error(got)
	}
	exact := Interval{0.25, 0.25, 0.25}
	if d := exact.Less(exact); d.Value != 0 || d.P != 1 {
		t.Errorf("a share less itself: %+v", d)
	}
	if d := a.Less(exact); math.Abs(d.Low-0.25) > 1e-12 || math.Abs(d.High-0.47) > 1e-12 {
		t.Errorf("less an exact share: %+v", d)
	}
	if d := a.Less(Interval{math.NaN(), math.NaN(), math.NaN()}); d.Known() || d.Clear() || !math.IsNaN(d.P) {
		t.Errorf("less nothing: %+v", d)
	}
}

// TestDifferencesHold: whatever the shares, the interval holds the difference and stays in
// [-1, 1], p is below 0.05 just where the interval leaves out 0, and to change sides is to
// change the sign.
func TestDifferencesHold(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	share := func() Interval {
		v := r.Float64()
		return Interval{v, v * r.Float64(), v + (1-v)*r.Float64()}
	}
	for range 10_000 {
		a, b := share(), share()
		d, e := a.Less(b), b.Less(a)
		if d.Low > d.Value || d.High < d.Value || d.Low < -1 || d.High > 1 {
			t.Fatalf("%v less %v: %+v", a, b, d)
		}
		if out := d.Low > 0 || d.High < 0; out != (d.P < 0.05) && math.Abs(d.P-0.05) > 1e-6 {
			t.Fatalf("%v less %v: %+v", a, b, d)
		}
		if d.Value != -e.Value || d.Low != -e.High || d.High != -e.Low || d.P != e.P {
			t.Fatalf("%v and %v: %+v, the other way %+v", a, b, d, e)
		}
	}
}

// TestIntervalsCover draws two shares about truths that are known, with errors that are
// independent or have three quarters of their variance in common, and counts how often the
// interval of the difference holds the true one, and how often equal truths seem to differ.
func TestIntervalsCover(t *testing.T) {
	const times = 20_000
	r := rand.New(rand.NewPCG(3, 4))
	for _, test := range []struct{ common, least, most float64 }{{0, 0.945, 0.955}, {0.75, 0.995, 1}} {
		held, wrong := 0, 0
		for range times {
			truth := [2]float64{0.3 + 0.2*r.Float64(), 0.3 + 0.2*r.Float64()}
			if r.IntN(2) == 0 {
				truth[1] = truth[0]
			}
			shared := r.NormFloat64()
			var seen [2]Interval
			for i := range seen {
				deviation := 0.03 + 0.04*float64(i)*r.Float64()
				v := truth[i] + deviation*(math.Sqrt(test.common)*shared+math.Sqrt(1-test.common)*r.NormFloat64())
				seen[i] = Interval{v, v - normal95*deviation, v + normal95*deviation}
			}
			d, want := seen[1].Less(seen[0]), truth[1]-truth[0]
			if d.Low <= want && want <= d.High {
				held++
			}
			if truth[0] == truth[1] && d.P < 0.05 {
				wrong++
			}
		}
		if coverage := float64(held) / times; coverage < test.least || coverage > test.most {
			t.Errorf("with %.0f %% in common the intervals hold the truth %.4f of the time", 100*test.common, coverage)
		}
		if rate := 2 * float64(wrong) / times; rate > 0.06 {
			t.Errorf("with %.0f %% in common %.4f of equal shares have p < 0.05", 100*test.common, rate)
		}
	}
}
