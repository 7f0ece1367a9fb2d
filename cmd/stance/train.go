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

	"stance/analysis"
	"stance/analysis/linear"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
	"stance/reports"
)

func newTrain(a *app) *cobra.Command {
	in := &input{app: a}
	var auxiliary []string
	var model, rated string
	var l2 float64
	var fixed bool
	cmd := &cobra.Command{
		Use:   "train FILE… --model OUT",
		Short: "Train a stance model on annotated threads",
		Long: `Train reads annotated threads, trains a model on them, measures it by
cross-validation split by thread, and writes it with a passport that names the
training files and their hashes. The same files give the same bytes. What was
measured is printed as stance eval prints it, text or, with -o json, JSON.

The labels may be any: those of the annotations are those of the model. Files may
have every form that is read and carries annotations, such as JSON lines of single
comments with a column "label" or "stance"; --map names the columns that have
other names. Comments with the same column "group" or "thread" are one thread.

How strongly the weights are held back, and whether a second pass over each thread
pays, is chosen by macro-F1 in the cross-validation, said on standard error and
noted in the passport. --l2 states the penalty instead. --fixed takes the options of
the embedded model, which were chosen on 500 news threads.`,
		Example: `  stance train annotated.jsonl --model my.bin`,
		Args:    usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if model == "" {
				return usageError{fmt.Errorf("train needs --model OUT")}
			}
			if a.output != "text" && a.output != "json" {
				return usageError{fmt.Errorf("train prints text or json, not %s", a.output)}
			}
			if rated != "" {
				if cmd.Flags().Changed("l2") || fixed {
					return usageError{fmt.Errorf("--l2 and --fixed are for stance models, not for --sentiment")}
				}
				return trainSentiment(cmd.Context(), in, files, rated, model)
			}
			o := stance.DefaultTraining()
			if !fixed {
				o = o.Choosing()
			}
			if cmd.Flags().Changed("l2") {
				if !(l2 > 0) {
					return usageError{fmt.Errorf("--l2 must be more than 0, not %g", l2)}
				}
				o.Penalties = []float64{l2}
			}
			return train(cmd.Context(), in, files, auxiliary, model, o)
		},
	}
	in.addFlags(cmd)
	cmd.Flags().StringVar(&model, "model", "", "the file to write the model to")
	cmd.Flags().StringVar(&rated, "sentiment", "", "train a sentiment model instead, on the threads and on the collections of rated texts in this folder")
	cmd.Flags().StringArrayVar(&auxiliary, "auxiliary", nil, "annotated threads that help the model but are not measured on (repeatable)")
	cmd.Flags().Float64Var(&l2, "l2", 0, "the penalty on the squared weights (default chosen by cross-validation)")
	cmd.Flags().BoolVar(&fixed, "fixed", false, "take the embedded model's options instead of choosing")
	return cmd
}

func train(ctx context.Context, in *input, files, auxiliary []string, path string, o stance.TrainOptions) error {
	main, err := in.all(ctx, files)
	if err != nil {
		return err
	}
	helping, err := in.all(ctx, auxiliary)
	if err != nil {
		return err
	}
	parser, err := text.NewParser()
	if err != nil {
		return err
	}
	m, v, err := stance.Train(parser, main.threads, helping.threads, o)
	if err != nil {
		return err
	}
	m.Passport.Sources = append(main.sources, helping.sources...)
	if err := writeModel(path, m); err != nil {
		return err
	}
	if v.ByComment && !in.app.quiet {
		in.app.say("warning: too few threads to split by, or one too large; the figures flatter the model, which has seen other comments of the threads it is measured on")
	}
	in.app.sayChosen(v)
	return in.app.writeValidation(v)
}

// sayChosen says which penalty was taken of which, and whether the second pass was.
func (a *app) sayChosen(v *stance.Validation) {
	if a.quiet {
		return
	}
	if len(v.Tried) > 1 {
		var list []string
		for _, p := range v.Tried {
			list = append(list, fmt.Sprintf("%g (macro-F1 %.3f)", p.L2, p.MacroF1))
		}
		a.say("penalty %g, the best of %s", v.Penalty.L2, strings.Join(list, ", "))
	}
	if v.SecondLeftOut {
		a.say("the second pass over each thread gains little and is left out")
	}
}

// writeValidation prints what cross-validation measured.
func (a *app) writeValidation(v *stance.Validation) error {
	name := "Cross-validation by thread"
	if v.ByComment {
		name = "Cross-validation by comment"
	}
	return a.writeMeasures([]reports.NamedMeasure{{Name: name, Measure: analysis.Validated(v)}})
}

// writeModel writes the model; a failure leaves what was there.
func writeModel(path string, m *linear.Model) error {
	err := replaceFile(path, func(w io.Writer) error {
		_, err := m.WriteTo(w)
		return err
	})
	if err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	return nil
}

// trainingSet is the threads of some files and what the passport says of them.
type trainingSet struct {
	threads []*corpus.Thread
	sources []linear.Source
}

// all reads whole files.
func (in *input) all(ctx context.Context, files []string) (trainingSet, error) {
	var set trainingSet
	for _, name := range files {
		source := linear.Source{Name: filepath.Base(name)}
		err := in.each(ctx, []string{name}, func(t *corpus.Thread) error {
			set.threads = append(set.threads, t)
			source.Threads++
			for i := range t.Comments {
				if t.Comments[i].Annotation != nil {
					source.Examples++
				}
			}
			return nil
		})
		if err != nil {
			return set, err
		}
		if source.SHA256, err = digest(name); err != nil {
			return set, err
		}
		set.sources = append(set.sources, source)
	}
	return set, nil
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
