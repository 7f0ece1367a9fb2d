package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newTrain(a *cli.App) *cobra.Command {
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
		Args:    cli.Takes(1, cli.Unbounded),
	}
	in := flags.AddReading(a, cmd)
	model := cmd.Flags().String("model", "", "the file to write the model to")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		if *model == "" {
			return cli.Usagef("train needs --model OUT")
		}
		if err := a.Printed(cmd, "text", "json"); err != nil {
			return err
		}
		return train(cmd.Context(), a, in, names, *model)
	}
	return cmd
}

func train(ctx context.Context, a *cli.App, in *flags.Reading, names []string, path string) error {
	threads, sources, err := annotatedFiles(ctx, in, names)
	if err != nil || a.Failed {
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
	if err := files.Replace(path, trained.WriteHead); err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	sayTrained(a, v)
	measure := reports.NamedMeasure{Name: "Cross-validation by " + v.Left, Measure: analysis.Validated(v)}
	return cli.Show(a, []reports.NamedMeasure{measure}, reports.Measures, reports.MeasuresJSON)
}

// sayTrained says which penalty was taken of which, and what flatters the figures.
func sayTrained(a *cli.App, v *encoder.Validation) {
	if a.Quiet {
		return
	}
	if v.Left == "comment" {
		a.Say("warning: too few threads to split by; the figures flatter the model, which has seen other comments of the threads it is measured on")
	}
	var list []string
	for _, p := range v.Tried {
		list = append(list, fmt.Sprintf("%g (macro-F1 %.3f)", p.Strength, p.MacroF1))
	}
	a.Say("penalty %g, the best of %s", v.Penalty.Strength, strings.Join(list, ", "))
}

// annotatedFiles reads whole files, with what a passport says of them.
func annotatedFiles(ctx context.Context, in *flags.Reading, names []string) (threads []*corpus.Thread, sources []encoder.Source, err error) {
	for _, name := range names {
		source := encoder.Source{Name: filepath.Base(name)}
		for t, err := range in.Threads(ctx, []string{name}) {
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
		if source.SHA256, err = files.Digest(name); err != nil {
			return nil, nil, err
		}
		sources = append(sources, source)
	}
	return threads, sources, nil
}
