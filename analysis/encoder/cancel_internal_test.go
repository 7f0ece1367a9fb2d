package encoder

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"stance.example/stance/corpus"
	"stance.example/stance/internal/soon"
)

// The end of the context ends the learning from as many labels as are learned from.
func TestLearningCancelled(t *testing.T) {
	const width = 384
	random := rand.New(rand.NewPCG(1, 1))
	thread := &corpus.Thread{Comments: make([]corpus.Comment, mostLearned)}
	vectors, known := make([][]float32, mostLearned), map[int]corpus.Stance{}
	for i := range vectors {
		known[i] = corpus.Stance(i % corpus.NumStances)
		for range width {
			vectors[i] = append(vectors[i], float32(random.NormFloat64()))
		}
	}
	e, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	l := newLearner(thread, &e.stance, vectors, known)
	for _, after := range []time.Duration{10 * time.Millisecond, 300 * time.Millisecond} {
		soon.Ends(t, after, func(ctx context.Context) error {
			l.blind(ctx)
			return ctx.Err()
		})
	}
}
