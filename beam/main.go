// Stance-beam judges saved comment threads as an Apache Beam pipeline, for more of
// them than one machine should do: the same reading, judging and output as
// "stance analyse -o json", spread over the workers of any Beam runner.
//
//	stance-beam --input 'threads/*.jsonl' --output judged.jsonl --totals totals.csv
//
// The steps are:
//
//  1. Match the files of --input. A path may be local, gs:// or s3://.
//  2. Read each file into threads by its content: JSON lines, Parquet, or any other
//     saved form.
//  3. Judge each thread, on any worker, with the models in the binary.
//  4. Write the judged threads, one JSON object a line, in the order of the files'
//     names and of the threads in them; and add up the totals of each site.
//
// Without --runner it runs on the embedded Prism runner, in this process. What can't
// be read is written to --failures, counted, and makes the exit status 1.
//
// It is a module of its own because Beam brings a hundred others. docs/scale.md says
// how to run it elsewhere and what was tried.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

// Exit statuses, those of the stance command.
const (
	statusDone   = 0
	statusFailed = 1
	statusUsage  = 2
)

func main() {
	j := job{}
	flag.StringVar(&j.input, "input", "", "the files to read: a path or a pattern, local, gs:// or s3://")
	flag.StringVar(&j.output, "output", "", "the file for the judged threads, JSON lines; with --shards above 1 the beginning of their names")
	flag.StringVar(&j.totals, "totals", "", "a CSV file for the totals of each site; none by default")
	flag.StringVar(&j.failures, "failures", "", "a file for what could not be read; by default it is only logged")
	flag.IntVar(&j.shards, "shards", 1, "how many files to write the judged threads to; each must fit in a worker's memory")
	flag.Parse()
	beam.Init()
	if err := j.check(); err != nil {
		fmt.Fprintln(os.Stderr, "stance-beam:", err)
		os.Exit(statusUsage)
	}
	os.Exit(run(context.Background(), j))
}

// run runs the job on the runner that the flags name and returns the exit status.
func run(ctx context.Context, j job) int {
	p, s := beam.NewPipelineWithRoot()
	j.build(s)
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		fmt.Fprintln(os.Stderr, "stance-beam:", err)
		return statusFailed
	}
	if n := failed(result); n > 0 {
		fmt.Fprintf(os.Stderr, "stance-beam: %d things could not be read\n", n)
		return statusFailed
	}
	return statusDone
}

// failed is the runner's count of what could not be read, 0 where it counts nothing.
func failed(result beam.PipelineResult) int64 {
	if result == nil {
		return 0
	}
	var n int64
	for _, c := range result.Metrics().AllMetrics().Counters() {
		if c.Namespace() == countersName && c.Name() == failuresName {
			n += c.Result()
		}
	}
	return n
}

// check reports what is wrong with the flags.
func (j *job) check() error {
	switch {
	case j.input == "":
		return errors.New("--input is missing")
	case j.output == "":
		return errors.New("--output is missing")
	case j.shards < 1:
		return fmt.Errorf("--shards is %d, but must be 1 or more", j.shards)
	}
	return nil
}
