package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newTrain(a *cli.App) *cobra.Command {
	cmd := cli.Prints(&cobra.Command{
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
	}, "text", "json")
	in := flags.AddReading(a, cmd)
	model := cmd.Flags().String("model", "", "the file to write the model to")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		if *model == "" {
			return cli.Usagef("train needs --model OUT")
		}
		return train(cmd.Context(), a, in, names, *model)
	}
	return cmd
}

func train(ctx context.Context, a *cli.App, in *flags.Reading, names []string, path string) error {
	threads, sources, err := in.TrainingFiles(ctx, names)
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
	if v.Left == "comment" && !a.Quiet {
		a.Say("warning: too few threads to split by; the figures flatter the model, which has seen other comments of the threads it is measured on")
	}
	if !a.Quiet {
		a.Say("%s", reports.Penalty(v))
	}
	measure := reports.NamedMeasure{Name: "Cross-validation by " + v.Left, Measure: analysis.Validated(v)}
	return cli.Show(a, []reports.NamedMeasure{measure}, reports.Measures, reports.MeasuresJSON)
}
