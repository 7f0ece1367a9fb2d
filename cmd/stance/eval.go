package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"stance/analysis"
	"stance/analysis/linear"
	"stance/corpus"
	"stance/reports"
)

func newEval(a *app) *cobra.Command {
	in := &input{app: a}
	judging := &judging{}
	var bySource bool
	cmd := &cobra.Command{
		Use:   "eval FILE…",
		Short: "Measure the judgements against annotated threads",
		Long: `Eval judges annotated threads and compares: precision, recall and F1 of each
stance with the number of comments, macro-F1 with its interval over threads, what
was given for what, how far the probabilities hold, how often the surest judgements
are wrong, how far the shares are off, and the same for sentiment. Comments without
an annotation don't count. It prints text or, with -o json, JSON.`,
		Example: `  stance eval annotated.jsonl
  stance eval --by-source -o json annotated.jsonl`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if a.output != "text" && a.output != "json" {
				return usageError{fmt.Errorf("eval prints text or json, not %s", a.output)}
			}
			return eval(cmd.Context(), in, judging, files, bySource)
		},
	}
	in.addFlags(cmd)
	judging.addFlags(cmd)
	cmd.Flags().BoolVar(&bySource, "by-source", false, "also measure the threads of each source by themselves")
	return cmd
}

func eval(ctx context.Context, in *input, judging *judging, files []string, bySource bool) error {
	pipeline, err := judging.pipeline()
	if err != nil {
		return err
	}
	in.warnOfTrainingFiles(files, pipeline.Passport())
	var all analysis.Gauge
	sources := map[string]*analysis.Gauge{}
	var names []string
	failed := in.each(ctx, files, func(t *corpus.Thread) error {
		result, err := pipeline.Analyse(t)
		if err != nil {
			return fmt.Errorf("%s: %w", t.Source, err)
		}
		all.Add(result)
		if sources[t.Source] == nil {
			sources[t.Source] = &analysis.Gauge{}
			names = append(names, t.Source)
		}
		sources[t.Source].Add(result)
		return nil
	})
	if failed != nil && !errors.Is(failed, errReported) {
		return failed
	}
	measures := []reports.NamedMeasure{{Name: "All threads", Measure: all.Measure()}}
	if bySource {
		slices.Sort(names)
		for _, name := range names {
			measures = append(measures, reports.NamedMeasure{Name: name, Measure: sources[name].Measure()})
		}
	}
	return firstOf(failed, in.app.writeMeasures(measures))
}

func (a *app) writeMeasures(measures []reports.NamedMeasure) error {
	out := bufio.NewWriter(a.out)
	if a.output == "json" {
		return firstOf(reports.MeasuresJSON(out, measures), out.Flush())
	}
	return firstOf(reports.Measures(out, measures, a.reportOptions(0)), out.Flush())
}

// warnOfTrainingFiles says which of the files the model was trained on: measured on
// them it looks better than it is.
func (in *input) warnOfTrainingFiles(files []string, p linear.Passport) {
	for _, name := range files {
		sum, err := digest(name)
		if err != nil {
			continue // reading it will tell
		}
		if slices.ContainsFunc(p.Sources, func(s linear.Source) bool { return s.SHA256 == sum }) {
			fmt.Fprintf(in.app.err, "%s: warning: the model was trained on this file; the figures flatter it\n", name)
		}
	}
}
