package main

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
)

// job says what to read and where to write.
type job struct {
	input, output, totals, failures string
	shards                          int
}

// build adds the steps of the job to a pipeline.
func (j *job) build(s beam.Scope) {
	files := fileio.MatchFiles(s, j.input, fileio.MatchEmptyDisallow())
	threads, unread := beam.ParDo2(s, &readFn{}, beam.Reshuffle(s, files))
	// Threads of one file spread over the workers.
	rows, counts, unjudged := beam.ParDo3(s, &judgeFn{Shards: j.shards}, beam.Reshuffle(s, threads))
	beam.ParDo0(s, &writeFn{Output: j.output, Shards: j.shards}, beam.GroupByKey(s, rows))
	if j.totals != "" {
		sums := beam.CombinePerKey(s, addTotals, counts)
		beam.ParDo0(s, &writeTotalsFn{Output: j.totals}, beam.GroupByKey(s, beam.AddFixedKey(s, beam.ParDo(s, named, sums))))
	}
	failures := beam.Flatten(s, unread, unjudged)
	if j.failures != "" {
		beam.ParDo0(s, &writeFn{Output: j.failures, Shards: 1}, beam.GroupByKey(s, beam.ParDo(s, inOneShard, failures)))
	}
}
