package encoder

import (
	"context"
	"testing"

	"stance.example/stance/analysis/encoder/internal/kernels"
	"stance.example/stance/analysis/encoder/model"
	"stance.example/stance/analysis/engine"
)

// What a comment costs under a short article, by the arithmetic that is used; the thread
// has 200 comments of 30 tokens at the mean.
func BenchmarkJudge(b *testing.B) {
	e, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	thread := ferry(200)
	for _, set := range kernels.Available() {
		b.Run(set.Name(), func(b *testing.B) {
			with, err := e.WithKernels(set.Name())
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := with.Judge(context.Background(), thread, engine.Ask{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*float64(len(thread.Comments))/b.Elapsed().Seconds(), "comments/s")
		})
	}
}

// What opening the model costs, its checksum included.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := read(model.Bytes); err != nil {
			b.Fatal(err)
		}
	}
}
