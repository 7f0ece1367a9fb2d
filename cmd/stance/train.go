package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

func newTrain(a *app) *cobra.Command {
	in := &reading{app: a}
	var model string
	cmd := &cobra.Command{
		Use:   "train FILE… --model OUT",
		Short: "Train a model on annotated threads",
		Long: `Train reads annotated threads, fits the last layer of the embedded encoder to their
labels, measures it by cross-validation that leaves out whole sources or, where there
are too few, whole threads, and writes it with a passport that names the training
files and their hashes. The same files give the same bytes. What was measured is
printed as stance eval prints it, text or, with -o json, JSON.

The labels may be any: those of the annotations are those of the model. Files may
have every form that is read and carries annotations, such as JSON lines of single
comments with a column "label" or "stance"; --map names the columns that have
other names. Comments with the same column "group" or "thread" are one thread.

How strongly the weights are held back is chosen by macro-F1 in the cross-validation,
said on standard error and noted in the passport.`,
		Example: `  stance train annotated.jsonl --model my.bin`,
		Args:    takes(1, unbounded),
		RunE: func(cmd *cobra.Command, files []string) error {
			if model == "" {
				return usageError{fmt.Errorf("train needs --model OUT")}
			}
			if err := a.prints(cmd, "text", "json"); err != nil {
				return err
			}
			return train(cmd.Context(), in, files, model)
		},
	}
	in.addFlags(cmd)
	cmd.Flags().StringVar(&model, "model", "", "the file to write the model to")
	return cmd
}

func train(ctx context.Context, in *reading, files []string, path string) error {
	threads, sources, err := in.sources(ctx, files)
	if err != nil || in.app.failed {
		return err
	}
	e, err := encoder.Embedded()
	if err != nil {
		return err
	}
	trained, v, err := encoder.Train(ctx, e, threads, encoder.TrainOptions{Sources: sources})
	if err != nil {
		return err
	}
	if err := replaceFile(path, trained.WriteHead); err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	in.app.sayTrained(v)
	return in.app.writeMeasures([]reports.NamedMeasure{{Name: "Cross-validation by " + v.Left, Measure: analysis.Validated(v)}})
}

// sayTrained says which penalty was taken of which, and what flatters the figures.
func (a *app) sayTrained(v *encoder.Validation) {
	if a.quiet {
		return
	}
	if v.Left == "comment" {
		a.say("warning: too few threads to split by; the figures flatter the model, which has seen other comments of the threads it is measured on")
	}
	var list []string
	for _, p := range v.Tried {
		list = append(list, fmt.Sprintf("%g (macro-F1 %.3f)", p.Strength, p.MacroF1))
	}
	a.say("penalty %g, the best of %s", v.Penalty.Strength, strings.Join(list, ", "))
}

// sources reads whole files, with what a passport says of them.
func (in *reading) sources(ctx context.Context, files []string) (threads []*corpus.Thread, sources []encoder.Source, err error) {
	for _, name := range files {
		source := encoder.Source{Name: filepath.Base(name)}
		for t, err := range in.threads(ctx, []string{name}) {
			if err != nil {
				return nil, nil, err
			}
			threads = append(threads, t)
			source.Threads++
			for i := range t.Comments {
				if t.Comments[i].Annotation != nil {
					source.Examples++
				}
			}
		}
		if source.SHA256, err = digest(name); err != nil {
			return nil, nil, err
		}
		sources = append(sources, source)
	}
	return threads, sources, nil
}

// digest is the SHA-256 of a file, in hexadecimal.
func digest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
