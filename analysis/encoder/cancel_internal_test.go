package encoder

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"stance.example/stance/corpus"
)

// The end of the context ends the learning from as many labels as are learned from: soon once in
// five times at least, as a busy machine may be late.
func TestLearningCancelled(t *testing.T) {
	const soon, width = 100 * time.Millisecond, 384
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
		late := soon + 1
		for range 5 {
			if late <= soon {
				break
			}
			ctx, cancel := context.WithCancel(t.Context())
			var ended time.Time
			time.AfterFunc(after, func() {
				ended = time.Now()
				cancel()
			})
			l.blind(ctx)
			if late = time.Since(ended); ctx.Err() == nil {
				t.Fatalf("after %v it had ended", after)
			}
			cancel()
		}
		if late > soon {
			t.Errorf("after %v it went on for %v", after, late)
		}
	}
}
