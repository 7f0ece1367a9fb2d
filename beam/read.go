package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
)

func init() {
	register.DoFn4x1[context.Context, fileio.FileMetadata, func(unjudged), func(row), error](&readFn{})
	register.Emitter1[unjudged]()
	register.Emitter1[row]()
	register.Function1x2(inOneShard)
}

// The names of the counter of what could not be read or judged.
const (
	countersName = "stance"
	failuresName = "failures"
)

// unjudged is a thread on its way to the worker that judges it.
type unjudged struct {
	File   string
	Index  int    // of the thread in its file
	Thread []byte // a corpus.Thread as JSON
}

// row is a line of output and where it belongs: rows are written by file, then index.
type row struct {
	File  string
	Index int
	Line  string
}

// readFn turns a file into its threads.
type readFn struct {
	failures beam.Counter
}

// Setup is called once for each worker.
func (fn *readFn) Setup() { fn.failures = beam.NewCounter(countersName, failuresName) }

// ProcessElement reads one file by its content. What can't be read becomes a row of
// failures; only an error of the file system fails the bundle, so that the runner
// tries it again.
func (fn *readFn) ProcessElement(ctx context.Context, file fileio.FileMetadata, emit func(unjudged), fail func(row)) error {
	fs, err := filesystem.New(ctx, file.Path)
	if err != nil {
		return err
	}
	defer fs.Close()
	in, err := fs.OpenRead(ctx, file.Path)
	if err != nil {
		return fmt.Errorf("opening %s: %w", file.Path, err)
	}
	defer in.Close()
	index, failures := 0, 0
	report := func(p *corpus.Problem) {
		if p.Level != corpus.Failure {
			return
		}
		fn.failures.Inc(ctx, 1)
		log.Warn(ctx, p.Error())
		fail(row{file.Path, failures, p.Error()})
		failures++
	}
	for t, err := range source.Stream(ctx, file.Path, in, formats.Options{}) {
		var p *corpus.Problem
		switch {
		case errors.As(err, &p):
			report(p)
			continue
		case err != nil:
			return err
		}
		for i := range t.Problems {
			report(&t.Problems[i])
		}
		encoded, err := json.Marshal(t)
		if err != nil {
			return fmt.Errorf("encoding a thread of %s: %w", file.Path, err)
		}
		emit(unjudged{file.Path, index, encoded})
		index++
	}
	return nil
}

// inOneShard gives every row the same key.
func inOneShard(r row) (int, row) { return 0, r }
