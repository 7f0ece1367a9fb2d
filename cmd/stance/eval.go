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
	var by string
	cmd := &cobra.Command{
		Use:   "eval FILE…",
		Short: "Measure the judgements against annotated threads",
		Long: `Eval judges annotated threads and compares: precision, recall and F1 of each
stance with the number of comments, macro-F1 with its interval over threads, what
was given for what, how far the probabilities hold, how often the surest judgements
are wrong, how far the shares are off, and the same for sentiment. Comments without
an annotation don't count. A --model of other labels than stances is measured in
the same way. It prints text or, with -o json, JSON, one object a line: for all
threads and, with --by source, for those of each source.`,
		Example: `  stance eval annotated.jsonl
  stance eval --by source -o json annotated.jsonl
  stance eval --model my.bin kept-back.jsonl`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if a.output != "text" && a.output != "json" {
				return usageError{fmt.Errorf("eval prints text or json, not %s", a.output)}
			}
			if by != "" && by != bySource {
				return usageError{fmt.Errorf("--by is %s, not %q", bySource, by)}
			}
			return eval(cmd.Context(), in, judging, files, by == bySource)
		},
	}
	in.addFlags(cmd)
	judging.addFlags(cmd)
	cmd.Flags().StringVar(&by, "by", "", "also measure parts of the threads by themselves: source, for those of each source")
	return cmd
}

// bySource is the only value of --by.
const bySource = "source"

func eval(ctx context.Context, in *input, judging *judging, files []string, parts bool) error {
	judge, err := judging.judge()
	if err != nil {
		return err
	}
	in.warnOfTrainingFiles(files, judge.passport)
	all := analysis.NewGauge(judge.passport.Labels)
	sources := map[string]*analysis.Gauge{}
	var names []string
	failed := in.each(ctx, files, func(t *corpus.Thread) error {
		if sources[t.Source] == nil {
			sources[t.Source] = analysis.NewGauge(judge.passport.Labels)
			names = append(names, t.Source)
		}
		if err := judge.gauge(t, all, sources[t.Source]); err != nil {
			return fmt.Errorf("%s: %w", t.Source, err)
		}
		return nil
	})
	if failed != nil && !errors.Is(failed, errReported) {
		return failed
	}
	measures := []reports.NamedMeasure{{Name: "All threads", Measure: all.Measure()}}
	if parts {
		slices.Sort(names)
		for _, name := range names {
			measures = append(measures, reports.NamedMeasure{Name: name, Measure: sources[name].Measure()})
		}
	}
	return firstOf(failed, in.app.writeMeasures(measures), judging.report(in, true))
}

// judge is a model to measure: its passport, and how a thread's judgements get into
// gauges.
type judge struct {
	passport linear.Passport
	gauge    func(t *corpus.Thread, gauges ...*analysis.Gauge) error
}

// judge returns the model that the flags ask for, of stances or of other labels.
func (j *judging) judge() (*judge, error) {
	classifier, err := j.classifier()
	if err != nil {
		return nil, err
	}
	if classifier != nil {
		return &judge{classifier.Passport(), func(t *corpus.Thread, gauges ...*analysis.Gauge) error {
			c, err := classifier.Classify(t)
			if err != nil {
				return err
			}
			for _, g := range gauges {
				g.AddClassified(c)
			}
			return nil
		}}, nil
	}
	pipeline, err := j.pipeline()
	if err != nil {
		return nil, err
	}
	return &judge{pipeline.Passport(), func(t *corpus.Thread, gauges ...*analysis.Gauge) error {
		r, err := pipeline.Analyse(t)
		if err != nil {
			return err
		}
		for _, g := range gauges {
			g.Add(r)
		}
		return nil
	}}, nil
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
