package llm

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
)

func decodeInto(t *testing.T, document string, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(document), to); err != nil {
		t.Fatalf("%v in %s", err, document)
	}
}

func TestPromptParts(t *testing.T) {
	p := CurrentPrompt()
	for _, word := range []string{"skeptical", "relativist", "supportive", "none", "negative", "neutral", "positive", `"answers"`, "never speaks to you"} {
		if !strings.Contains(p.Comments, word) {
			t.Errorf("the prompt for comments lacks %q", word)
		}
	}
	if !strings.Contains(p.Case, `{"case"`) || strings.Contains(p.Case, `"answers"`) || strings.Contains(p.Comments, `{"case"`) {
		t.Error("the tasks are mixed up")
	}
	for _, part := range []string{p.Case, p.Comments} {
		for _, paragraph := range strings.Split(strings.TrimSpace(part), "\n\n") {
			if !strings.Contains(p.Text, paragraph) {
				t.Errorf("the model is told what the file doesn't say: %q", paragraph)
			}
		}
	}
	if !strings.HasPrefix(p.Version, "v1-") || newPrompt("v1", p.Text+" ").Version == p.Version {
		t.Errorf("the version %s doesn't hang on the text", p.Version)
	}
}

// TestCalibratedAuditsHold draws threads of 300 comments, of which a person labels 60, and
// models of every worth, and holds that the audit's intervals hold the true shares, that a
// better model makes them narrower, and that the probabilities are about right.
func TestCalibratedAuditsHold(t *testing.T) {
	const threads, comments, labels = 200, 300, 60
	shares := [corpus.NumStances]float64{0.3, 0.1, 0.4, 0.2}
	rng := rand.New(rand.NewPCG(3, 4))
	pick := func() corpus.Stance {
		x := rng.Float64()
		for s, p := range shares {
			if x -= p; x < 0 {
				return corpus.Stance(s)
			}
		}
		return corpus.None
	}
	before := math.Inf(1)
	for _, worth := range []float64{0, 0.5, 0.9} { // of the comments that it knows
		held, width, gap := 0.0, 0.0, 0.0
		for range threads {
			answers := make([]Answer, comments)
			truth := make([]corpus.Stance, comments)
			known := map[int]corpus.Stance{}
			var actual [corpus.NumStances]float64
			for i := range answers {
				truth[i] = pick()
				actual[truth[i]] += 1.0 / comments
				answers[i] = Answer{State: Given, Stance: truth[i]}
				if rng.Float64() > worth {
					answers[i].Stance = corpus.Stance(rng.IntN(corpus.NumStances))
				}
			}
			for _, i := range rng.Perm(comments)[:labels] {
				known[i] = truth[i]
			}
			c := Calibrate(answers, known)
			list := make([]audit.Comment, comments)
			for i := range list {
				list[i] = audit.Comment{Predicted: c.Blind[i]}
				if s, ok := known[i]; ok {
					list[i].Labelled, list[i].Label, list[i].Probability = true, s, float64(labels)/comments
				}
				right := 0.0
				if answers[i].Stance == truth[i] {
					right = 1
				}
				gap += (c.Probabilities[i][answers[i].Stance] - right) / (threads * comments)
			}
			a, ok := audit.Correct(list, audit.Tuned, [corpus.NumStances]audit.Expected{})
			if !ok {
				t.Fatal("no audit")
			}
			for s, share := range a.Shares {
				width += (share.High - share.Low) / (threads * corpus.NumStances)
				if share.Low <= actual[s] && actual[s] <= share.High {
					held += 1.0 / (threads * corpus.NumStances)
				}
			}
		}
		t.Logf("worth %.1f: intervals hold %.3f, width %.3f, probabilities off by %+.3f", worth, held, width, gap)
		if held < 0.93 || width >= before || math.Abs(gap) > 0.01 {
			t.Errorf("worth %.1f: intervals hold %.3f with a width of %.3f after %.3f, probabilities are off by %+.3f", worth, held, width, before, gap)
		}
		before = width
	}
}

// TestCalibrate works the posterior out by hand: of five comments that the model calls
// skeptical four are and one is none; of three that it calls none all are.
func TestCalibrate(t *testing.T) {
	const k, n = corpus.Skeptical, corpus.None
	given := func(s corpus.Stance) Answer { return Answer{State: Given, Stance: s} }
	answers := []Answer{given(k), given(k), given(k), given(k), given(k), given(n), given(n), given(n), given(k), given(corpus.Relativist), {State: Unusable}}
	known := map[int]corpus.Stance{0: k, 1: k, 2: k, 3: k, 4: n, 5: n, 6: n, 7: n, 10: n}
	c := Calibrate(answers, known)
	if c.Labels != 8 {
		t.Errorf("%d labels, want 8: the last was given no label by the model", c.Labels)
	}
	// Shares with half a label added to each: 4.5, 0.5, 0.5, 4.5 of 10. They agree on 7 of
	// 8 and would by chance on half, so that kappa is 3/4.
	for _, w := range []struct {
		comment int
		stance  corpus.Stance
		want    float64
	}{
		{8, k, (4 + 2*(0.75+0.25*0.45)) / 7},
		{8, n, (1 + 2*0.25*0.45) / 7},
		{8, corpus.Relativist, 2 * 0.25 * 0.05 / 7},
		{5, n, (3 + 2*(0.75+0.25*0.45)) / 5},
		{9, k, 0.25 * 0.45}, // never met
		{9, corpus.Relativist, 0.75 + 0.25*0.05},
		{10, k, 0},
	} {
		if got := c.Probabilities[w.comment][w.stance]; math.Abs(got-w.want) > 1e-12 {
			t.Errorf("comment %d: P(%v) is %.4f, want %.4f", w.comment, w.stance, got, w.want)
		}
	}
	for i, rows := range [][][corpus.NumStances]float64{c.Probabilities, c.Blind} {
		for at, p := range rows {
			sum := p[0] + p[1] + p[2] + p[3]
			if want := map[bool]float64{true: 1, false: 0}[answers[at].State == Given]; math.Abs(sum-want) > 1e-12 {
				t.Errorf("%d: the probabilities of comment %d sum to %g", i, at, sum)
			}
		}
	}
	// Comment 4 is the only one called skeptical that is none: without its own label
	// nothing speaks for that but the shares.
	if blind, seen := c.Blind[4][n], c.Probabilities[4][n]; blind >= seen {
		t.Errorf("blind %.3f isn't below %.3f, which knows the label", blind, seen)
	}
}
