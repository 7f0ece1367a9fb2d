package analysis_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/labels"
)

const saved = `Harbour tests show clean water, port says

The water of the harbour is clean, the port said on Friday after a week of tests.

2 Comments
Mette
I don't believe a word. Where is the evidence?
Jon
Which days were the tests?
`

func Example() {
	ctx := context.Background()
	file := strings.NewReader(saved)
	pipeline, err := analysis.New(analysis.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for thread, err := range formats.Read(ctx, "page.txt", file, formats.Options{}) {
		if err != nil {
			log.Fatal(err)
		}
		result, err := pipeline.Analyse(ctx, thread)
		if err != nil {
			log.Fatal(err)
		}
		for i, j := range result.Judgements {
			fmt.Println(thread.Comments[i].Author, j.Stance, j.Polarity)
		}
	}
	// Output:
	// Mette skeptical neutral
	// Jon none neutral
}

// A person's labels stand, the engine learns from them for the rest of the thread, and from
// ten of them the shares are corrected.
func ExampleOptions_labels() {
	given, _ := labels.NewSet([]labels.Label{{Comment: "c2", State: labels.Given, Stance: corpus.Skeptical}})
	pipeline, err := analysis.New(analysis.Options{Labels: given})
	if err != nil {
		log.Fatal(err)
	}
	for thread, err := range formats.Read(context.Background(), "page.txt", strings.NewReader(saved), formats.Options{}) {
		if err != nil {
			log.Fatal(err)
		}
		result, err := pipeline.Analyse(context.Background(), thread)
		if err != nil {
			log.Fatal(err)
		}
		for i, j := range result.Judgements {
			if j.Annotated {
				fmt.Println(thread.Comments[i].Author, j.Stance, j.Probabilities[j.Stance])
			}
		}
	}
	// Output:
	// Jon skeptical 1
}

// questioner is an engine that takes every question for doubt.
type questioner struct{}

func (questioner) Judge(_ context.Context, t *corpus.Thread, _ engine.Ask) ([]engine.Decision, error) {
	decisions := make([]engine.Decision, len(t.Comments))
	for i := range decisions {
		decisions[i] = engine.Decision{Stance: corpus.None, Polarity: corpus.Neutral}
		if strings.Contains(t.Comments[i].Text, "?") {
			decisions[i].Stance = corpus.Skeptical
		}
	}
	return decisions, nil
}

// An engine of one's own judges through the same pipeline. As nothing is known of its
// errors, its shares have no interval until labels give one.
func ExampleOptions_engine() {
	pipeline, err := analysis.New(analysis.Options{Engine: questioner{}})
	if err != nil {
		log.Fatal(err)
	}
	for thread, err := range formats.Read(context.Background(), "page.txt", strings.NewReader(saved), formats.Options{}) {
		if err != nil {
			log.Fatal(err)
		}
		result, err := pipeline.Analyse(context.Background(), thread)
		if err != nil {
			log.Fatal(err)
		}
		share := result.Summary.Stance[corpus.Skeptical]
		fmt.Printf("%d of %d skeptical, bounded %v\n", share.Count, result.Summary.Judged(), result.Summary.Bounded())
	}
	// Output:
	// 2 of 2 skeptical, bounded false
}

// Shares are the expected ones, each in its 95 % interval.
func ExamplePipeline_Analyse_shares() {
	pipeline, err := analysis.New(analysis.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for thread, err := range formats.Read(context.Background(), "page.txt", strings.NewReader(saved), formats.Options{}) {
		if err != nil {
			log.Fatal(err)
		}
		result, err := pipeline.Analyse(context.Background(), thread)
		if err != nil {
			log.Fatal(err)
		}
		for k, s := range result.Summary.Stance {
			fmt.Println(corpus.Stance(k), s.Low <= s.Share && s.Share <= s.High)
		}
	}
	// Output:
	// skeptical true
	// relativist true
	// supportive true
	// none true
}
