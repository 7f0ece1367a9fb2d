// Package encoder judges comments with a pretrained sentence encoder that was fine-tuned
// on readers' comments, in 8 bits and pure Go.
//
// The steps are:
//
//  1. Every comment is read with what it answers (input.go): the article's headline and
//     lead, or its stated case, then the parent, then the comment, as pieces of words.
//  2. The network (forward.go) turns the pieces into vectors; package kernels has its
//     arithmetic, which gives the same bytes on every processor.
//  3. The mean of the comment's own vectors goes through linear heads (heads.go) for
//     stance, sentiment and sarcasm. So a word's share of a decision is exact
//     (evidence.go), and Explain can show all of them.
//  4. Labels of a thread's own comments re-fit the stance head for it (learn.go); Train
//     fits a head for any other set of labels (train.go).
//
// It knows no places: not whether a comment is a reply, how deep, how early, how liked
// or on which site. What a parent says informs, and was left out at random in training.
//
// # Which label is shown
//
// The most probable one, the first of equals. Probabilities are calibrated by a temperature
// on sources left out of training, and shares are their means. A rule that favours rare
// labels, dividing each probability by the square root of how frequent its label is, was
// measured too: it loses accuracy and gains no macro-F1. docs/model.md has the figures.
package encoder

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/encoder/internal/kernels"
	"stance.example/stance/analysis/encoder/internal/modelfile"
	"stance.example/stance/analysis/encoder/internal/wordpiece"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Encoder is the engine. It is safe for concurrent use.
type Encoder struct {
	file       *modelfile.Model
	network    *network
	vocabulary *wordpiece.Vocabulary
	budget     modelfile.Budget // tokens at most of the parts of an input
	passport   Passport
	// heads of the model by the name of their task; the first three are those of every
	// model, and stance may be of other labels, as Train makes them.
	heads                     map[string]*head
	stance, polarity, sarcasm head
	buffers                   *sync.Pool // of *buffers
}

var (
	_ engine.Engine    = (*Encoder)(nil)
	_ engine.Learner   = (*Encoder)(nil)
	_ engine.Explainer = (*Encoder)(nil)
)

// LabelsError says that an engine of other labels was asked for stances.
type LabelsError struct{ Labels []string }

// Error lists the labels.
func (e *LabelsError) Error() string {
	return "the model tells " + strings.Join(e.Labels, ", ") + " apart, not stances"
}

// Labels are the classes that the engine tells apart.
func (e *Encoder) Labels() []string { return e.stance.labels }

// Stances reports whether the labels are those of corpus.Stance, so that Judge, Learn and
// Explain can be used; Classify takes any.
func (e *Encoder) Stances() bool {
	if len(e.stance.labels) != corpus.NumStances {
		return false
	}
	for k, l := range e.stance.labels {
		if l != corpus.Stance(k).String() {
			return false
		}
	}
	return true
}

// tasks are the names of the model's heads, sorted.
func (e *Encoder) tasks() []string { return slices.Sorted(maps.Keys(e.heads)) }

// Passport says how the engine's model was made.
func (e *Encoder) Passport() Passport { return e.passport }

// Reliability is how the probabilities tell the shares of a thread; the zero value if that
// isn't known.
func (e *Encoder) Reliability() aggregate.Reliability { return e.passport.Reliability }

// ID is the SHA-256 of the encoder's weights, in hexadecimal. A head that Train fitted
// doesn't change it.
func (e *Encoder) ID() string { return e.file.ID }

// Kernels is the name of the arithmetic that is used, such as "avx512vnni".
func (e *Encoder) Kernels() string { return e.network.kernels.Name() }

// WithKernels returns the same engine on other arithmetic, one of kernels.Available: the
// results are the same, the time isn't.
func (e *Encoder) WithKernels(name string) (*Encoder, error) {
	set, err := kernels.ByName(name)
	if err != nil {
		return nil, err
	}
	with, net := *e, *e.network
	net.kernels = set
	with.network = &net
	return &with, nil
}

// Judge decides every comment of a thread. It fails with a *LabelsError if the model has
// other labels than stances, or with the context's error.
func (e *Encoder) Judge(ctx context.Context, t *corpus.Thread, ask engine.Ask) ([]engine.Decision, error) {
	if !e.Stances() {
		return nil, &LabelsError{e.Labels()}
	}
	return e.judge(ctx, t, ask, nil)
}

// judge is Judge; it keeps the comments' mean vectors where the caller wants them.
func (e *Encoder) judge(ctx context.Context, t *corpus.Thread, ask engine.Ask, vectors [][]float32) ([]engine.Decision, error) {
	decisions := make([]engine.Decision, len(t.Comments))
	err := e.readThread(ctx, t, func(s *sequence, rows []float32) {
		x := mean(rows, e.network.width)
		if vectors != nil {
			vectors[s.comment] = x
		}
		d := &decisions[s.comment]
		e.decide(d, x)
		if ask.Evidence {
			e.justify(d, t.Comments[s.comment].Text, s.tokens, rows)
		}
		if ask.Parts != nil {
			d.Parts = e.valences(d.Valence, ask.Parts[s.comment], s.tokens, rows)
		}
	})
	return decisions, err
}

// decide fills in what the heads say of a mean vector.
func (e *Encoder) decide(d *engine.Decision, x []float32) {
	e.stance.probabilities(x, d.Probabilities[:])
	e.show(d)
	d.Valence = e.valence(x, &d.Polarities)
	d.Polarity = corpus.Polarity(best(d.Polarities[:]))
	var p [2]float64
	e.sarcasm.probabilities(x, p[:])
	d.Sarcasm = p[1]
}

// show chooses the label that is shown and says whether it is too likely wrong.
func (e *Encoder) show(d *engine.Decision) {
	d.Stance = corpus.Stance(best(d.Probabilities[:]))
	d.Unsure = d.Probabilities[d.Stance] < e.passport.SureFrom
}

// batchRows is the number of tokens from which on a batch is full. Larger ones gain
// nothing, and their buffers leave the cache.
const batchRows = 160

// read runs the network over the sequences, on as many processors as there are, and hands
// each sequence with its vectors [rows × width] to use, which must not keep them. Calls of
// use for different sequences may run at the same time.
func (e *Encoder) read(ctx context.Context, list []sequence, use func(s *sequence, rows []float32)) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for len(list) > 0 {
		n, rows := 0, 0
		for n < len(list) && (n == 0 || rows+len(list[n].ids) <= batchRows) {
			rows += len(list[n].ids)
			n++
		}
		batch := list[:n]
		list = list[n:]
		work.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			b := e.buffers.Get().(*buffers)
			defer e.buffers.Put(b)
			vectors := e.network.forward(batch, b)
			for i := range batch {
				n := batch[i].rows() * e.network.width
				use(&batch[i], vectors[:n])
				vectors = vectors[n:]
			}
			return nil
		})
	}
	return work.Wait()
}

// mostSequences is how many comments' inputs are held at once: enough for all processors.
const mostSequences = 2048

// readThread runs the network over all comments of a thread but the removed ones.
func (e *Encoder) readThread(ctx context.Context, t *corpus.Thread, use func(s *sequence, rows []float32)) error {
	r, err := e.reader(t, 0)
	if err != nil {
		return err
	}
	var list []sequence
	for i := range t.Comments {
		if !t.Comments[i].Removed {
			list = append(list, r.comment(i))
		}
		if len(list) == mostSequences || i == len(t.Comments)-1 {
			if err := e.read(ctx, list, use); err != nil {
				return err
			}
			list = list[:0]
		}
	}
	return ctx.Err()
}

// Encode returns the mean vector of every comment, nil for removed ones: what the heads
// see.
func (e *Encoder) Encode(ctx context.Context, t *corpus.Thread) ([][]float32, error) {
	vectors := make([][]float32, len(t.Comments))
	err := e.readThread(ctx, t, func(s *sequence, rows []float32) {
		vectors[s.comment] = mean(rows, e.network.width)
	})
	return vectors, err
}

// Classified is what a model of any label set decided about one comment.
type Classified struct {
	// Class is the label shown, an index into Labels.
	Class int
	// Probabilities sum to 1, parallel to Labels; nil for a removed comment.
	Probabilities []float64
}

// Classify is Judge for any label set. The result is parallel to t.Comments.
func (e *Encoder) Classify(ctx context.Context, t *corpus.Thread) ([]Classified, error) {
	classified := make([]Classified, len(t.Comments))
	err := e.readThread(ctx, t, func(s *sequence, rows []float32) {
		c := &classified[s.comment]
		c.Probabilities = make([]float64, len(e.stance.labels))
		e.stance.probabilities(mean(rows, e.network.width), c.Probabilities)
		c.Class = best(c.Probabilities)
	})
	return classified, err
}

// justify adds the evidence of a decision: rows are the vectors of the comment's tokens.
func (e *Encoder) justify(d *engine.Decision, src string, tokens []wordpiece.Token, rows []float32) {
	stance, feeling := e.stance.against(int(d.Stance)), e.feeling()
	d.Evidence = heaviest(src, stance.words(src, tokens, rows))
	d.Feeling = heaviest(src, feeling.words(src, tokens, rows))
}

// valences are those that parts of a comment have by themselves, that of the whole where a
// part has no token: rows are the vectors of the tokens.
func (e *Encoder) valences(whole float64, parts []text.Span, tokens []wordpiece.Token, rows []float32) []float64 {
	list := make([]float64, len(parts))
	for k, part := range parts {
		from := slices.IndexFunc(tokens, func(t wordpiece.Token) bool { return t.Start >= part.Start })
		to := from
		for from >= 0 && to < len(tokens) && tokens[to].End <= part.End {
			to++
		}
		list[k] = whole
		if to > from {
			width := e.network.width
			list[k] = e.valence(mean(rows[from*width:to*width], width), new([corpus.NumPolarities]float64))
		}
	}
	return list
}

// valence fills in the probabilities of the polarities and returns that of positive less
// that of negative.
func (e *Encoder) valence(x []float32, p *[corpus.NumPolarities]float64) float64 {
	e.polarity.probabilities(x, p[:])
	return p[corpus.Positive] - p[corpus.Negative]
}

// feeling is the contrast of positive with negative.
func (e *Encoder) feeling() contrast {
	return e.polarity.contrast(int(corpus.Positive), []int{int(corpus.Negative)})
}

// Explain says why comment i gets its stance and its polarity: all its words with their
// share, and the decision without the article and without the parent.
func (e *Encoder) Explain(ctx context.Context, t *corpus.Thread, i int) (*engine.Explanation, error) {
	if !e.Stances() {
		return nil, &LabelsError{e.Labels()}
	}
	if i < 0 || i >= len(t.Comments) {
		return nil, fmt.Errorf("there is no comment %d: the thread has %d", i+1, len(t.Comments))
	}
	if t.Comments[i].Removed {
		return nil, fmt.Errorf("comment %d was removed, so there is nothing to explain", i+1)
	}
	var x engine.Explanation
	of := func(without part, use func(s *sequence, rows []float32)) error {
		r, err := e.reader(t, without)
		if err != nil {
			return err
		}
		return e.read(ctx, []sequence{r.comment(i)}, use)
	}
	err := of(0, func(s *sequence, rows []float32) {
		src := t.Comments[i].Text
		e.decide(&x.Decision, mean(rows, e.network.width))
		e.justify(&x.Decision, src, s.tokens, rows)
		stance, feeling := e.stance.against(int(x.Decision.Stance)), e.feeling()
		x.Stance, x.StanceBase = stance.words(src, s.tokens, rows), stance.base
		x.Polarity, x.PolarityBase = feeling.words(src, s.tokens, rows), feeling.base
	})
	for _, w := range []struct {
		name string
		part part
	}{{"article", articlePart}, {"parent", parentPart}} {
		if err != nil {
			return nil, err
		}
		err = of(w.part, func(_ *sequence, rows []float32) {
			var d engine.Decision
			e.decide(&d, mean(rows, e.network.width))
			x.Without = append(x.Without, engine.Without{Part: w.name, Stance: d.Stance, Probabilities: d.Probabilities})
		})
	}
	return &x, err
}
