package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// directions are the files of threads that were written for the project, from its root:
// those that the model learned from, and those that it hasn't seen.
var directions = []struct{ name, path string }{
	{"learned from", "training/threads.jsonl"},
	{"never seen", "training/threads-more.jsonl"},
}

// headline is what a made-up article shows of itself.
type headline struct{ Title, Lead string }

// directed is a thread with an article that puts the opposite case: under that one, what
// supports is skeptical and the reverse.
type directed struct {
	headline
	Thread   string
	Turned   headline
	Comments []struct{ ID, Parent, Text, Stance string }
}

// under is the thread under an article.
func (d *directed) under(a headline) *corpus.Thread {
	t := &corpus.Thread{ID: d.Thread, Article: corpus.Article{Title: a.Title, Description: a.Lead}}
	for _, c := range d.Comments {
		t.Comments = append(t.Comments, corpus.Comment{ID: c.ID, Parent: c.Parent, Text: c.Text})
	}
	return t
}

// opposite is a stance under the opposite article.
func opposite(s corpus.Stance) corpus.Stance {
	switch s {
	case corpus.Skeptical:
		return corpus.Supportive
	case corpus.Supportive:
		return corpus.Skeptical
	}
	return s
}

// directionTally is how the comments of some threads are judged under their article and
// under the opposite one.
type directionTally struct {
	threads         int
	under, opposite *evaluate.Confusion // the relativist aren't counted in the second
	sided, other    float64             // comments that take a side; given another label under the opposite article
	// moved is whether the odds of support against doubt move the right way, of those that
	// support and of those that doubt.
	moved [corpus.NumStances]average
}

// directionSection measures whether the model reads which way an article points.
func directionSection(ctx context.Context, w io.Writer, _ folders) error {
	e, err := encoder.Embedded()
	if err != nil {
		return err
	}
	fmt.Fprint(w, `
## Which way the article points

Threads that were written for this project, each with the headline and lead of an article that puts the opposite case: under that one,
what supports is skeptical and the reverse. *Another label* is how many of the comments that take a side are judged otherwise there, *the right
way* how often their odds of support against doubt change as they should, for those that support and those that doubt: half of the time
by chance.

| threads | comments | macro-F1 under their article | under the opposite one | take a side | another label | support: the right way | doubt: the right way |
|---|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, d := range directions {
		tally := directionTally{under: evaluate.NewConfusion(corpus.NumStances), opposite: evaluate.NewConfusion(corpus.NumStances)}
		if err := tally.read(ctx, e, d.path); err != nil {
			return err
		}
		fmt.Fprintf(w, "| %d, %s | %d | %.3f | %.3f | %.0f | %.0f %% | %.0f %% | %.0f %% |\n", tally.threads, d.name, tally.under.Total(),
			tally.under.MacroF1(), tally.opposite.MacroF1(), tally.sided, 100*tally.other/tally.sided,
			100*tally.moved[corpus.Supportive].mean(), 100*tally.moved[corpus.Skeptical].mean())
	}
	return nil
}

// read adds the threads of a file.
func (t *directionTally) read(ctx context.Context, e *encoder.Encoder, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReader(f))
	for d.More() {
		var thread directed
		if err := d.Decode(&thread); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := t.add(ctx, e, &thread); err != nil {
			return fmt.Errorf("%s: %s: %w", path, thread.Thread, err)
		}
	}
	return nil
}

// add judges a thread under both articles.
func (t *directionTally) add(ctx context.Context, e *encoder.Encoder, d *directed) error {
	under, err := e.Judge(ctx, d.under(d.headline), engine.Ask{})
	if err != nil {
		return err
	}
	turned, err := e.Judge(ctx, d.under(d.Turned), engine.Ask{})
	if err != nil {
		return err
	}
	t.threads++
	for i, c := range d.Comments {
		truth, err := corpus.ParseStance(c.Stance)
		if err != nil {
			return err
		}
		a, b := under[i], turned[i]
		t.under.Add(int(truth), int(a.Stance))
		if truth != corpus.Relativist {
			t.opposite.Add(int(opposite(truth)), int(b.Stance))
		}
		if truth == opposite(truth) {
			continue
		}
		t.sided++
		t.other += indicator(a.Stance != b.Stance)
		// The ratio of the probabilities of its stance and of the opposite one falls.
		t.moved[truth].add(indicator(a.Probabilities[truth]*b.Probabilities[opposite(truth)] > a.Probabilities[opposite(truth)]*b.Probabilities[truth]))
	}
	return nil
}
