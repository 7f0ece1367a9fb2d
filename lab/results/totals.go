package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
)

// Of the simulation: how many threads are taken together, how often, from which seed.
const (
	togetherThreads = 100
	togetherDraws   = 200
	togetherSeed    = 2027
)

// judgedThread is a thread as it is judged without labels, and its true stances by comment.
type judgedThread struct {
	result *analysis.Result
	sample []audit.Comment // without labels
	truth  []corpus.Stance
}

// totalsSection measures what labels drawn from many threads together make of the total.
func totalsSection(ctx context.Context, w io.Writer, from folders) error {
	threads, err := judgeNews(ctx, from.data)
	if err != nil {
		return err
	}
	if len(threads) < togetherThreads {
		return fmt.Errorf("the data has %d annotated threads, too few", len(threads))
	}
	fmt.Fprintf(w, `
## The total of many threads

%d times, %d of the %d annotated threads were taken together and so many of their comments drawn at random and given their
labels, as stance label does; what is estimated are the four shares of all their comments. The model was trained on these threads, which flatters it;
what it would be worth were it worthless is in the rows where its predictions are dealt out to other comments.

| labels | predictions | mean error | coverage | width |
|--:|---|--:|--:|--:|
`, togetherDraws, togetherThreads, len(threads))
	for _, n := range []int{0, 60, 120, 240} {
		for _, dealt := range []bool{false, true} {
			if n == 0 && dealt {
				continue // without labels the predictions are all there is
			}
			total := auditTotals(threads, n, dealt)
			name := "the model's"
			if dealt {
				name = "dealt out"
			}
			fmt.Fprintf(w, "| %d | %s | %s | %s | %s |\n", n, name, figure(total.gap.mean()), figure(total.held.mean()), figure(total.width.mean()))
		}
	}
	return nil
}

// judgeNews judges the annotated threads without their annotations.
func judgeNews(ctx context.Context, data string) ([]judgedThread, error) {
	pipeline, err := analysis.New(analysis.Options{})
	if err != nil {
		return nil, err
	}
	var list []judgedThread
	for _, name := range newsFiles {
		threads, err := readThreads(ctx, filepath.Join(data, name))
		if err != nil {
			return nil, err
		}
		for _, t := range threads {
			j := judgedThread{}
			for i := range t.Comments {
				c := &t.Comments[i]
				if c.Annotation == nil {
					c.Removed = true // nobody can say whether it is judged rightly
					continue
				}
				s, err := corpus.ParseStance(c.Annotation.Label)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", t.ID, err)
				}
				j.truth = append(j.truth, s)
				c.Annotation = nil
			}
			if len(j.truth) == 0 {
				continue
			}
			if j.result, err = pipeline.Analyse(ctx, t); err != nil {
				return nil, err
			}
			for i := range t.Comments {
				if !t.Comments[i].Removed {
					j.sample = append(j.sample, audit.Comment{Predicted: j.result.Judgements[i].Probabilities})
				}
			}
			if len(j.sample) != len(j.truth) {
				return nil, errors.New("a comment is lost")
			}
			list = append(list, j)
		}
	}
	return list, nil
}

// auditTotals draws so many labels again and again and tells how the shares of all threads
// did. Dealt predictions are those of other comments.
func auditTotals(threads []judgedThread, n int, dealt bool) (total performance) {
	rng := rand.New(rand.NewPCG(togetherSeed, uint64(n)))
	for draw := range uint64(togetherDraws) {
		chosen := make([]judgedThread, togetherThreads)
		var all []labels.Label
		var truth [corpus.NumStances]float64
		for i, k := range rng.Perm(len(threads))[:togetherThreads] {
			chosen[i] = threads[k]
			for c, s := range threads[k].truth {
				all = append(all, labels.Label{Thread: fmt.Sprint(i), Comment: fmt.Sprint(c)})
				truth[s]++
			}
		}
		o := labelled(chosen, all, n, draw, dealt, rng)
		var shares [corpus.NumStances]audit.Share
		for k, s := range o.Total.Stance {
			shares[k] = audit.Share{Share: s.Share, Low: s.Low, High: s.High}
			truth[k] /= float64(len(all))
		}
		total.add(shares, truth)
	}
	return total
}

// labelled is the overview of the threads with so many labels.
func labelled(chosen []judgedThread, all []labels.Label, n int, seed uint64, dealt bool, rng *rand.Rand) *analysis.Overview {
	drawn := map[labels.Label]float64{}
	if n > 0 {
		for _, l := range labelling.DrawTogether(all, n, seed) {
			drawn[labels.Label{Thread: l.Thread, Comment: l.Comment}] = l.Probability
		}
	}
	var predictions [][corpus.NumStances]float64
	for i := range chosen {
		for _, c := range chosen[i].sample {
			predictions = append(predictions, c.Predicted)
		}
	}
	if dealt {
		rng.Shuffle(len(predictions), func(i, j int) { predictions[i], predictions[j] = predictions[j], predictions[i] })
	}
	o := &analysis.Overview{}
	for i := range chosen {
		r := *chosen[i].result
		r.Sample = make([]audit.Comment, len(chosen[i].truth))
		for c := range r.Sample {
			r.Sample[c] = audit.Comment{Predicted: predictions[c]}
			if p, ok := drawn[labels.Label{Thread: fmt.Sprint(i), Comment: fmt.Sprint(c)}]; ok {
				r.Sample[c].Labelled, r.Sample[c].Label, r.Sample[c].Probability = true, chosen[i].truth[c], p
			}
		}
		predictions = predictions[len(r.Sample):]
		o.Add(&r)
	}
	o.Complete()
	return o
}
