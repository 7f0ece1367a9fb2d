package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

func init() {
	register.DoFn5x1[context.Context, unjudged, func(int, row), func(string, total), func(row), error](&judgeFn{})
	register.Emitter2[int, row]()
	register.Emitter2[string, total]()
	register.Function2x1(addTotals)
	register.Function2x1(named)
}

// judgeFn judges threads.
type judgeFn struct {
	Shards int

	pipeline *analysis.Pipeline
	json     reports.Output
	failures beam.Counter
}

// Setup loads the models, once for each worker.
func (fn *judgeFn) Setup() error {
	fn.failures = beam.NewCounter(countersName, failuresName)
	for _, o := range reports.Outputs() {
		if o.Name == "json" {
			fn.json = o
		}
	}
	var err error
	fn.pipeline, err = analysis.New(analysis.Options{Examine: fn.json.Examined})
	return err
}

// ProcessElement judges one thread and emits its line, keyed by shard, and its
// counts, keyed by site. A thread that can't be judged becomes a failure.
func (fn *judgeFn) ProcessElement(ctx context.Context, u unjudged, emit func(int, row), count func(string, total), fail func(row)) error {
	var t corpus.Thread
	if err := json.Unmarshal(u.Thread, &t); err != nil {
		return fmt.Errorf("decoding a thread of %s: %w", u.File, err)
	}
	result, err := fn.pipeline.Analyse(ctx, &t)
	if err != nil {
		fn.failures.Inc(ctx, 1)
		message := fmt.Sprintf("%s: thread %d: %v", u.File, u.Index+1, err)
		log.Warn(ctx, message)
		fail(row{u.File, u.Index, message})
		return nil
	}
	var line bytes.Buffer
	w := fn.json.New(&line, reports.Options{})
	if err := w.Write(result); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	emit(shardOf(u, fn.Shards), row{u.File, u.Index, line.String()})
	count(t.Article.Site, totalOf(result))
	return nil
}

// shardOf is the shard of a thread: the same in every run.
func shardOf(u unjudged, shards int) int {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\x00%d", u.File, u.Index)
	return int(h.Sum32() % uint32(shards))
}

// total is what is counted of a site's threads.
type total struct {
	Site                                    string
	Threads, Comments, Removed              int
	Skeptical, Relativist, Supportive, None int
	Negative, Neutral, Positive             int
}

func totalOf(r *analysis.Result) total {
	s := &r.Summary
	return total{
		Threads: 1, Comments: s.Comments, Removed: s.Removed,
		Skeptical:  s.Stance[corpus.Skeptical].Count,
		Relativist: s.Stance[corpus.Relativist].Count,
		Supportive: s.Stance[corpus.Supportive].Count,
		None:       s.Stance[corpus.None].Count,
		Negative:   s.Polarity[corpus.Negative],
		Neutral:    s.Polarity[corpus.Neutral],
		Positive:   s.Polarity[corpus.Positive],
	}
}

// addTotals adds two totals of one site.
func addTotals(a, b total) total {
	a.Threads += b.Threads
	a.Comments += b.Comments
	a.Removed += b.Removed
	a.Skeptical += b.Skeptical
	a.Relativist += b.Relativist
	a.Supportive += b.Supportive
	a.None += b.None
	a.Negative += b.Negative
	a.Neutral += b.Neutral
	a.Positive += b.Positive
	return a
}

// named puts the site into its total.
func named(site string, t total) total {
	t.Site = site
	return t
}
