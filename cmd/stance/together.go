package main

import (
	"bufio"
	"cmp"
	"context"
	"runtime"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// writeJudged judges the threads of the files and writes each as soon as those before it
// are written; at the end it says what labels and a language model did.
func (j *judging) writeJudged(ctx context.Context, in *reading, pipeline *analysis.Pipeline, files []string, w reports.Writer, out *bufio.Writer) error {
	if !slices.Contains(files, source.StandardInput) { // which can be read only once
		options, err := in.options()
		if err != nil {
			return err
		}
		j.labelSet.look(in.all(ctx, source.Open(ctx, files, nil, options)))
	}
	var failed error
	for r, err := range runs.Judge(ctx, in.threads(ctx, files), j.llm.threads(runtime.GOMAXPROCS(0)), pipeline.Analyse) {
		if failed = err; err == nil {
			j.llm.clear(in.app)
			failed = cmp.Or(w.Write(r), out.Flush())
		}
		if failed != nil {
			break
		}
	}
	if ctx.Err() != nil {
		failed = errInterrupted
	}
	failed = cmp.Or(failed, w.Close(), out.Flush())
	j.report(in.app, true)
	return cmp.Or(failed, j.llm.report(in.app))
}
