package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

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

// headlines is the file of pairs of articles, from the project's root, that one hand wrote for threads
// of the data: the thread, headline and lead that put its case, and those that put the opposite one.
const headlines = "training/headlines.tsv"

// headline is what a made-up article shows of itself.
type headline struct{ Title, Lead string }

// directed is a thread with an article that puts the opposite case: under that one, what
// supports is skeptical and the reverse.
type directed struct {
	headline
	Thread   string
	Turned   headline
	Comments []written
}

// written is a comment and its gold label.
type written struct{ ID, Parent, Text, Stance string }

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
func directionSection(ctx context.Context, w io.Writer, from folders) error {
	e, err := encoder.Embedded()
	if err != nil {
		return err
	}
	fmt.Fprint(w, `
## Which way the article points

Threads that were written for this project, each with the headline and lead of an article that puts the opposite case: under that one,
what supports is skeptical and the reverse. *Another label* is how many of the comments that take a side are judged otherwise there, *the right
way* how often their odds of support against doubt change as they should, for those that support and those that doubt: half of the time
by chance. The threads of the data that the model learned from have two pairs of articles that it hasn't seen, each by one hand, one that
puts the same case as theirs and one that puts the opposite case, and count once for each.

| threads | comments | macro-F1 under their article | under the opposite one | take a side | another label | support: the right way | doubt: the right way |
|---|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, d := range directions {
		tally := newDirectionTally()
		if err := tally.read(ctx, e, d.path); err != nil {
			return err
		}
		tally.write(w, d.name)
	}
	tally := newDirectionTally()
	if err := tally.news(ctx, e, from.data); err != nil {
		return err
	}
	tally.write(w, "of the data")
	return nil
}

func newDirectionTally() directionTally {
	return directionTally{under: evaluate.NewConfusion(corpus.NumStances), opposite: evaluate.NewConfusion(corpus.NumStances)}
}

func (t *directionTally) write(w io.Writer, name string) {
	fmt.Fprintf(w, "| %d, %s | %d | %.3f | %.3f | %.0f | %.0f %% | %.0f %% | %.0f %% |\n", t.threads, name, t.under.Total(),
		t.under.MacroF1(), t.opposite.MacroF1(), t.sided, 100*t.other/t.sided,
		100*t.moved[corpus.Supportive].mean(), 100*t.moved[corpus.Skeptical].mean())
}

// news adds the threads of the data under the pairs of articles by one hand.
func (t *directionTally) news(ctx context.Context, e *encoder.Encoder, data string) error {
	pairs, err := readPairs(headlines)
	if err != nil {
		return err
	}
	for _, name := range newsFiles {
		threads, err := readThreads(ctx, filepath.Join(data, name))
		if err != nil {
			return err
		}
		for _, thread := range threads {
			for _, pair := range pairs[thread.ID] {
				d := directed{headline: pair[0], Turned: pair[1], Thread: thread.ID}
				for i := range thread.Comments {
					c := &thread.Comments[i]
					d.Comments = append(d.Comments, written{c.ID, c.Parent, c.Text, c.Annotation.Label})
				}
				if err := t.add(ctx, e, &d); err != nil {
					return fmt.Errorf("%s: %s: %w", name, thread.ID, err)
				}
			}
		}
	}
	return nil
}

// readPairs are the pairs of articles of a file by thread.
func readPairs(path string) (map[string][][2]headline, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	pairs := map[string][][2]headline{}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 {
			return nil, fmt.Errorf("%s: a line of %d fields, not 5: %q", path, len(f), line)
		}
		pairs[f[0]] = append(pairs[f[0]], [2]headline{{f[1], f[2]}, {f[3], f[4]}})
	}
	return pairs, nil
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
