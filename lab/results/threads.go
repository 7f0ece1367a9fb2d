package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// heldOut is a thread of a source that a model hasn't seen, and what the model decides
// without labels and leads to expect of the shares.
type heldOut struct {
	thread   *corpus.Thread
	engine   *encoder.Encoder
	base     []engine.Decision
	expected [corpus.NumStances]audit.Expected
	truth    []corpus.Stance
	seed     uint64
}

// What training leaves in its folder: a model trained without some sources, and what it
// predicts of their comments, a line each.
const (
	heldModel       = "model.bin"
	heldPredictions = "held.jsonl"
)

// newsFiles are the annotated threads, below the folder of data.
var newsFiles = []string{"news/threads-train.jsonl", "news/threads-more.jsonl"}

// holdOut judges the threads of the sources that the model of a folder was trained
// without.
func holdOut(ctx context.Context, data, folder string) ([]*heldOut, error) {
	model, err := os.ReadFile(filepath.Join(folder, heldModel))
	if err != nil {
		return nil, err
	}
	e, err := encoder.Open(model)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", heldModel, err)
	}
	unseen, err := threadsOf(filepath.Join(folder, heldPredictions))
	if err != nil {
		return nil, err
	}
	var held []*heldOut
	for _, name := range newsFiles {
		threads, err := readThreads(ctx, filepath.Join(data, name))
		if err != nil {
			return nil, err
		}
		for _, t := range threads {
			if !unseen[t.ID] {
				continue
			}
			h, err := prepare(ctx, e, t)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", t.ID, err)
			}
			h.seed = uint64(len(held))
			held = append(held, h)
		}
	}
	if len(held) == 0 {
		return nil, fmt.Errorf("%s names no thread of the data", heldPredictions)
	}
	return held, nil
}

// threadsOf are the IDs of the threads that a file of predictions is about.
func threadsOf(path string) (map[string]bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ids := map[string]bool{}
	for d := json.NewDecoder(f); ; {
		var line struct{ Thread string }
		if err := d.Decode(&line); errors.Is(err, io.EOF) {
			return ids, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		ids[line.Thread] = true
	}
}

// prepare judges a thread and takes the annotations off it, so that nothing can learn
// from them by mistake, and the case, which readers of a page don't state.
func prepare(ctx context.Context, e *encoder.Encoder, t *corpus.Thread) (*heldOut, error) {
	bare := *t
	bare.Comments = append([]corpus.Comment(nil), t.Comments...)
	bare.Article.Case, bare.Article.For, bare.Article.Against = "", nil, nil
	h := &heldOut{thread: &bare, engine: e}
	for i := range bare.Comments {
		s, err := corpus.ParseStance(t.Comments[i].Annotation.Label)
		if err != nil {
			return nil, err
		}
		h.truth = append(h.truth, s)
		bare.Comments[i].Annotation = nil
	}
	var err error
	if h.base, err = e.Judge(ctx, h.thread, engine.Ask{}); err != nil {
		return nil, err
	}
	h.expect()
	return h, nil
}

// known is the thread as a reliability is learned from it. Every comment counts as a
// branch of its own.
func (h *heldOut) known() aggregate.Known {
	k := aggregate.Known{Truth: h.truth}
	for i, d := range h.base {
		o := aggregate.Observation{Branch: i, Stance: d.Stance, Probabilities: d.Probabilities}
		if h.thread != nil {
			o.Author = h.thread.Comments[i].Author
		}
		k.Observations = append(k.Observations, o)
	}
	return k
}

// expect sets what is expected of the shares by the decisions.
func (h *heldOut) expect() {
	for k, share := range aggregate.Summarise(h.known().Observations, h.engine.Reliability()).Stance {
		h.expected[k] = audit.Expected{Mean: share.Share, Deviation: share.Error}
	}
}

// readThreads reads a file that must be without fault.
func readThreads(ctx context.Context, path string) ([]*corpus.Thread, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var threads []*corpus.Thread
	for t, err := range formats.Read(ctx, path, f, formats.Options{}) {
		if err != nil {
			return nil, err
		}
		threads = append(threads, t)
	}
	return threads, nil
}

// figure prints three decimals, "–" for a ratio without a denominator.
func figure(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.3f", v)
}
