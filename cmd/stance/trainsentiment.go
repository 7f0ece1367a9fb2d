package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"stance/analysis/linear"
	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus/rated"
)

// threadsCollection is what the training calls the comments of annotated threads.
const threadsCollection = "news"

// trainSentiment trains a sentiment model on the annotated threads of files and on
// the training parts of the rated collections in a folder.
func trainSentiment(ctx context.Context, in *input, files []string, folder, path string) error {
	threads, err := in.all(ctx, files)
	if err != nil {
		return err
	}
	parser, err := text.NewParser()
	if err != nil {
		return err
	}
	samples, err := sentiment.ThreadSamples(parser, threadsCollection, threads.threads)
	if err != nil {
		return err
	}
	sources := threads.sources
	for _, c := range rated.Collections() {
		if !c.Training {
			continue
		}
		texts, err := readRated(filepath.Join(folder, c.File), c)
		if err != nil {
			return err
		}
		samples = append(samples, sentiment.RatedSamples(parser, c.Name, texts)...)
		source := linear.Source{Name: c.File, Examples: len(texts)}
		if source.SHA256, err = digest(filepath.Join(folder, c.File)); err != nil {
			return err
		}
		sources = append(sources, source)
	}
	m, v, err := sentiment.Train(samples, sentiment.DefaultTraining())
	if err != nil {
		return err
	}
	m.Passport.Sources = sources
	if err := writeModel(path, m); err != nil {
		return err
	}
	return writeSentimentValidation(in.app, v)
}

// readRated reads a collection from its file.
func readRated(path string, c rated.Collection) ([]rated.Text, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	texts, err := c.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return texts, nil
}

// writeSentimentValidation prints a line for each collection and one for sarcasm.
func writeSentimentValidation(a *app, v *sentiment.Validation) error {
	var names []string
	for name := range v.Collections {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := v.Collections[name]
		if _, err := fmt.Fprintf(a.out, "%s: %d texts: macro-F1 %.3f, accuracy %.3f, calibration error %.3f (cross-validated)\n",
			name, c.Total(), c.MacroF1(), c.Accuracy(), v.ECE[name]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.out, "sarcasm: %d comments: precision %.3f, recall %.3f (cross-validated)\n",
		v.SarcasmFound.Total(), v.SarcasmFound.Precision(1), v.SarcasmFound.Recall(1))
	return err
}
