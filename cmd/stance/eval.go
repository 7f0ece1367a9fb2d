package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newEval(a *cli.App) *cobra.Command {
	cmd := cli.Prints(&cobra.Command{
		Use:   "eval FILE…",
		Short: "Measure the judgements against annotated threads",
		Long: `Eval judges annotated threads and compares: precision, recall and F1 of each
stance with the number of comments, macro-F1 with its interval over threads, what
was given for what, how far the probabilities hold, how often the surest judgements
are wrong, how far the shares are off, and the same for sentiment. Comments without
an annotation don't count. With --labels a person's labels are the annotations, as
stance label and stance serve write them: how good the judgements are before they learn
from them. A --model of other labels than stances is measured in
the same way. It prints text or, with -o json, JSON, one object a line: for all
threads and, with --by source, for those of each source.

With --engine llm it measures a language model, beside it the embedded engine, and how
far the two and the annotations agree (Cohen's kappa).`,
		Example: `  stance eval annotated.jsonl
  stance eval page.html --labels mine.csv
  stance eval --by source -o json annotated.jsonl
  stance eval --model my.bin kept-back.jsonl
  stance eval --engine llm --llm-model NAME --llm-cache answers.db annotated.jsonl`,
		Args: cli.Takes(1, cli.Unbounded),
	}, "text", "json")
	in := flags.AddReading(a, cmd)
	judging := flags.AddJudging(in, cmd)
	judging.Model = flags.AddLanguageModel(a, cmd)
	by := cmd.Flags().String("by", "", "also measure parts of the threads by themselves: source, for those of each source")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		if *by != "" && *by != bySource {
			return cli.Usagef("--by is %s, not %q", bySource, *by)
		}
		return eval(cmd.Context(), a, in, judging, names, *by == bySource)
	}
	return cmd
}

// bySource is the only value of --by.
const bySource = "source"

func eval(ctx context.Context, a *cli.App, in *flags.Reading, judging *flags.Judging, names []string, parts bool) error {
	given, err := judging.Labels.Read()
	if err != nil {
		return err
	}
	judging.Labels.File = "" // what is measured learns nothing from them
	e, err := judging.Encoder()
	if err != nil {
		return err
	}
	m := &measuring{labels: e.Labels(), all: analysis.NewGauge(e.Labels()), sources: map[string]*analysis.Gauge{}}
	pipeline, err := m.judgeBy(ctx, judging)
	if err != nil {
		return err
	}
	if judging.Model.DryRun() {
		return judging.Model.Estimate(ctx, in, pipeline, names)
	}
	warnOfTraining(a, e, names)
	for t, err := range in.Threads(ctx, names) {
		if err == nil {
			err = m.add(ctx, t, given)
		}
		if err != nil {
			return cmp.Or(err, judging.Model.Report())
		}
	}
	judging.Model.Clear()
	if total := m.all.Measure(); total.Threads+total.Alien+total.Withheld+total.Polarity.Confusion.Total() == 0 {
		if a.Failed { // which is said already
			return judging.Model.Report()
		}
		return fmt.Errorf("%s: no comment is annotated, so there is nothing to measure", strings.Join(names, ", "))
	}
	if err := cli.Show(a, m.measures(judging, parts), reports.Measures, reports.MeasuresJSON); err != nil {
		return err
	}
	if m.rivalry != nil {
		if err := cli.Show(a, m.rivalry, reports.Rivalry, reports.RivalryJSON); err != nil {
			return err
		}
	}
	judging.Labels.Report(a, true)
	return judging.Model.Report()
}

// warnOfTraining says which of the files the model was trained on: measured on them it looks
// better than it is. A file that can't be read is told of by reading it.
func warnOfTraining(a *cli.App, e *encoder.Encoder, names []string) {
	for _, name := range names {
		if sum, err := files.Digest(name); err == nil && e.TrainedOn(sum) {
			a.Say("%s: warning: the model was trained on this file; the figures flatter it", name)
		}
	}
}

// measuring measures judgements: of all threads and of those of each source.
type measuring struct {
	labels  []string
	all     *analysis.Gauge
	sources map[string]*analysis.Gauge
	judge   func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error

	// Of a language model: the embedded engine beside it, and how far the two agree.
	embedded *analysis.Gauge
	rivalry  *analysis.Rivalry
}

// judgeBy sets the judge that the flags ask for: a model of stances or of other labels. It
// returns the pipeline of one of stances.
func (m *measuring) judgeBy(ctx context.Context, judging *flags.Judging) (*analysis.Pipeline, error) {
	classifier, err := judging.Classifier()
	if err != nil {
		return nil, err
	}
	if classifier != nil {
		m.judge = func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error {
			c, err := classifier.Classify(ctx, t)
			for i := 0; err == nil && i < len(gauges); i++ {
				gauges[i].AddClassified(c)
			}
			return err
		}
		return nil, nil
	}
	pipeline, err := judging.Pipeline(ctx)
	if err != nil {
		return nil, err
	}
	var alone *analysis.Pipeline // the embedded engine beside a language model
	if judging.Model.Wanted() {
		if alone, err = judging.With(nil); err != nil {
			return nil, err
		}
		m.embedded, m.rivalry = analysis.NewGauge(m.labels), analysis.NewRivalry()
	}
	m.judge = func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error {
		r, err := pipeline.Analyse(ctx, t)
		if err != nil {
			return err
		}
		if alone != nil {
			without, err := alone.Analyse(ctx, t)
			if err != nil {
				return err
			}
			m.embedded.Add(without)
			m.rivalry.Add(r, without)
		}
		for _, g := range gauges {
			g.Add(r)
		}
		return nil
	}
	return pipeline, nil
}

// add measures a thread, by a person's labels if there are any.
func (m *measuring) add(ctx context.Context, t *corpus.Thread, given *labels.Set) error {
	if given != nil {
		t = given.Annotated(t)
	}
	if m.sources[t.Source] == nil {
		m.sources[t.Source] = analysis.NewGauge(m.labels)
	}
	if err := m.judge(ctx, t, m.all, m.sources[t.Source]); err != nil {
		return fmt.Errorf("%s: %w", t.Source, err)
	}
	return nil
}

// measures are those of all threads and, with parts, of those of each source.
func (m *measuring) measures(judging *flags.Judging, parts bool) []reports.NamedMeasure {
	const all = "All threads"
	list := []reports.NamedMeasure{{Name: all, Measure: m.all.Measure()}}
	if m.rivalry != nil {
		list[0].Name = all + ", language model " + judging.Model.Name()
	}
	if parts {
		for _, name := range slices.Sorted(maps.Keys(m.sources)) {
			list = append(list, reports.NamedMeasure{Name: name, Measure: m.sources[name].Measure()})
		}
	}
	if m.rivalry != nil {
		list = append(list, reports.NamedMeasure{Name: all + ", embedded engine", Measure: m.embedded.Measure()})
	}
	return list
}
