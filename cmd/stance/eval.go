package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/reports"
)

func newEval(a *app) *cobra.Command {
	in := &reading{app: a}
	judging := &judging{llm: &languageModel{}}
	var by string
	cmd := &cobra.Command{
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
		Args: takes(1, unbounded),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := a.prints(cmd, "text", "json"); err != nil {
				return err
			}
			if by != "" && by != bySource {
				return usageError{fmt.Errorf("--by is %s, not %q", bySource, by)}
			}
			if err := judging.llm.check(cmd); err != nil {
				return err
			}
			return eval(cmd.Context(), in, judging, files, by == bySource)
		},
	}
	in.addFlags(cmd)
	judging.addFlags(cmd)
	judging.llm.addAllFlags(cmd)
	cmd.Flags().StringVar(&by, "by", "", "also measure parts of the threads by themselves: source, for those of each source")
	return cmd
}

// bySource is the only value of --by.
const bySource = "source"

func eval(ctx context.Context, in *reading, judging *judging, files []string, parts bool) error {
	var given *labels.Set
	if judging.labels != "" {
		var err error
		if given, err = judging.read(judging.labels); err != nil {
			return err
		}
		judging.labels = "" // what is measured learns nothing from them
	}
	judge, err := judging.judge(ctx, in.app)
	if err != nil {
		return err
	}
	e, err := judging.encoder()
	if err != nil {
		return err
	}
	if judging.llm.dryRun {
		return judging.llm.estimate(ctx, in, judge.pipeline, files)
	}
	in.warnOfTrainingFiles(files, e.Passport())
	all := analysis.NewGauge(e.Labels())
	sources := map[string]*analysis.Gauge{}
	var names []string
	for t, err := range in.threads(ctx, files) {
		if err == nil {
			if given != nil {
				t = annotated(t, given)
			}
			if sources[t.Source] == nil {
				sources[t.Source] = analysis.NewGauge(e.Labels())
				names = append(names, t.Source)
			}
			if err = judge.gauge(ctx, t, all, sources[t.Source]); err != nil {
				err = fmt.Errorf("%s: %w", t.Source, err)
			}
		}
		if err != nil {
			return cmp.Or(err, judging.llm.report(in.app))
		}
	}
	judging.llm.clear(in.app)
	total := all.Measure()
	if total.Threads+total.Alien+total.Withheld+total.Polarity.Confusion.Total() == 0 && !in.app.failed {
		return fmt.Errorf("%s: no comment is annotated, so there is nothing to measure", strings.Join(files, ", "))
	}
	measures := []reports.NamedMeasure{{Name: judge.name, Measure: total}}
	if parts {
		slices.Sort(names)
		for _, name := range names {
			measures = append(measures, reports.NamedMeasure{Name: name, Measure: sources[name].Measure()})
		}
	}
	if judge.rivalry != nil {
		measures = append(measures, reports.NamedMeasure{Name: allThreads + ", embedded engine", Measure: judge.embedded.Measure()})
	}
	if err := in.app.writeMeasures(measures); err != nil {
		return err
	}
	if judge.rivalry != nil {
		if err := show(in.app, judge.rivalry, reports.Rivalry, reports.RivalryJSON); err != nil {
			return err
		}
	}
	judging.report(in.app, true)
	return judging.llm.report(in.app)
}

// annotated is the thread with a person's labels as its annotations, and no others.
func annotated(t *corpus.Thread, given *labels.Set) *corpus.Thread {
	with := *t
	with.Comments = slices.Clone(t.Comments)
	for i, l := range given.Of(t) {
		c := &with.Comments[i]
		if c.Annotation = nil; l == nil {
			continue
		}
		c.Annotation = &corpus.Annotation{Label: l.Stance.String()}
		if l.Sentiment != nil {
			c.Annotation.Sentiment = l.Sentiment.String()
		}
	}
	return &with
}

// judge is what is measured: its name, and how a thread's judgements get into gauges.
type judge struct {
	name  string // of the measure of all threads
	gauge func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error

	// Of a language model: its pipeline, the measure of the embedded engine beside it, and
	// how far the two agree.
	pipeline *analysis.Pipeline
	embedded *analysis.Gauge
	rivalry  *analysis.Rivalry
}

// allThreads names the measure of all threads.
const allThreads = "All threads"

// judge returns the model that the flags ask for, of stances or of other labels.
func (j *judging) judge(ctx context.Context, a *app) (*judge, error) {
	classifier, err := j.classifier()
	if err != nil {
		return nil, err
	}
	if classifier != nil {
		return &judge{name: allThreads, gauge: func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error {
			c, err := classifier.Classify(ctx, t)
			if err != nil {
				return err
			}
			for _, g := range gauges {
				g.AddClassified(c)
			}
			return nil
		}}, nil
	}
	pipeline, err := j.pipeline(ctx, a)
	if err != nil {
		return nil, err
	}
	if j.llm.wanted() {
		return j.rivals(pipeline)
	}
	return &judge{name: allThreads, gauge: func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error {
		r, err := pipeline.Analyse(ctx, t)
		if err != nil {
			return err
		}
		for _, g := range gauges {
			g.Add(r)
		}
		return nil
	}}, nil
}

// rivals returns the language model of the pipeline, measured beside the embedded engine.
func (j *judging) rivals(pipeline *analysis.Pipeline) (*judge, error) {
	embedded, err := j.embedded()
	if err != nil {
		return nil, err
	}
	r := &judge{
		name: allThreads + ", language model " + j.llm.model, pipeline: pipeline,
		embedded: analysis.NewGauge(corpus.StanceNames()), rivalry: analysis.NewRivalry(),
	}
	r.gauge = func(ctx context.Context, t *corpus.Thread, gauges ...*analysis.Gauge) error {
		with, err := pipeline.Analyse(ctx, t)
		if err != nil {
			return err
		}
		without, err := embedded.Analyse(ctx, t)
		if err != nil {
			return err
		}
		for _, g := range gauges {
			g.Add(with)
		}
		r.embedded.Add(without)
		r.rivalry.Add(with, without)
		return nil
	}
	return r, nil
}

func (a *app) writeMeasures(measures []reports.NamedMeasure) error {
	return show(a, measures, reports.Measures, reports.MeasuresJSON)
}

// warnOfTrainingFiles says which of the files the model was trained on: measured on
// them it looks better than it is.
func (in *reading) warnOfTrainingFiles(files []string, p encoder.Passport) {
	for _, name := range files {
		sum, err := digest(name)
		if err != nil {
			continue // reading it will tell
		}
		if slices.ContainsFunc(p.Sources, func(s encoder.Source) bool { return s.SHA256 == sum }) {
			in.app.say("%s: warning: the model was trained on this file; the figures flatter it", name)
		}
	}
}
