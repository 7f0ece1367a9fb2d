package encoder

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"

	"stance.example/stance/analysis/encoder/internal/kernels"
	"stance.example/stance/analysis/encoder/internal/modelfile"
	"stance.example/stance/analysis/encoder/internal/wordpiece"
	"stance.example/stance/analysis/encoder/model"
	"stance.example/stance/corpus"
)

// The heads that every model has, by the name of their task, with the order of their
// labels.
var (
	stances    = []string{corpus.Skeptical.String(), corpus.Relativist.String(), corpus.Supportive.String(), corpus.None.String()}
	polarities = []string{corpus.Negative.String(), corpus.Neutral.String(), corpus.Positive.String()}
	sarcasms   = []string{"no", "yes"}
)

var embedded = sync.OnceValues(func() (*Encoder, error) { return read(model.Bytes) })

// Embedded returns the encoder with the model in the binary. It is opened once per
// process, and read where it lies.
func Embedded() (*Encoder, error) { return embedded() }

// Open returns the encoder of a model file, or, of a file that WriteHead wrote, the
// embedded encoder with that head. The bytes are used where they lie and mustn't change.
func Open(data []byte) (*Encoder, error) {
	if f, err := modelfile.OpenHead(data); err == nil {
		e, err := Embedded()
		if err != nil {
			return nil, err
		}
		return e.with(f)
	}
	return read(data)
}

// read makes an encoder of a model file.
func read(data []byte) (*Encoder, error) {
	m, err := modelfile.Open(data)
	if err != nil {
		return nil, err
	}
	e := &Encoder{file: m, budget: m.Budget, heads: map[string]*head{}, network: networkOf(m)}
	e.buffers = &sync.Pool{New: func() any { return new(buffers) }}
	if e.vocabulary, err = wordpiece.New(m.Vocabulary); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(m.Passport, &e.passport); err != nil {
		return nil, fmt.Errorf("the model's passport: %w", err)
	}
	for i := range m.Heads {
		e.heads[m.Heads[i].Name] = headOf(&m.Heads[i], m.Architecture.Width)
	}
	for _, h := range []struct {
		name   string
		labels []string
		at     *head
	}{{"stance", stances, &e.stance}, {"polarity", polarities, &e.polarity}, {"sarcasm", sarcasms, &e.sarcasm}} {
		found, ok := e.heads[h.name]
		if !ok {
			return nil, fmt.Errorf("the model has no head for %s", h.name)
		}
		if *h.at, err = found.ordered(h.labels); err != nil {
			return nil, fmt.Errorf("the model's head for %s: %w", h.name, err)
		}
		e.heads[h.name] = h.at
	}
	return e, nil
}

// networkOf is the network of a model file, read where it lies.
func networkOf(m *modelfile.Model) *network {
	normOf := func(n modelfile.Norm) norm { return norm{n.Gamma, n.Beta} }
	n := &network{
		kernels: kernels.Best(), width: m.Architecture.Width, inner: m.Architecture.Inner, heads: m.Architecture.Heads,
		words: m.Words, wordScales: m.WordScales, places: m.Positions, segments: m.Segments, norm: normOf(m.Norm),
	}
	for _, l := range m.Layers {
		n.layers = append(n.layers, layer{qkv: l.QKV, out: l.Out, up: l.Up, down: l.Down, norm1: normOf(l.Norm1), norm2: normOf(l.Norm2)})
	}
	return n
}

// headOf is a head of a model file.
func headOf(f *modelfile.Head, width int) *head {
	h := &head{labels: f.Labels, bias: f.Bias, temperature: f.Temperature}
	for k := range f.Labels {
		h.weights = append(h.weights, f.Weights[k*width:(k+1)*width])
	}
	return h
}

// ordered is the head with its labels in another order.
func (h *head) ordered(labels []string) (head, error) {
	if len(labels) != len(h.labels) {
		return head{}, fmt.Errorf("its labels are %q, not %q", h.labels, labels)
	}
	out := head{labels: labels, temperature: h.temperature}
	for _, l := range labels {
		k := slices.Index(h.labels, l)
		if k < 0 {
			return head{}, fmt.Errorf("its labels are %q, not %q", h.labels, labels)
		}
		out.weights, out.bias = append(out.weights, h.weights[k]), append(out.bias, h.bias[k])
	}
	return out, nil
}

// with is the encoder with a head of its own labels.
func (e *Encoder) with(f *modelfile.HeadFile) (*Encoder, error) {
	if err := f.Belongs(e.file); err != nil {
		return nil, err
	}
	with := *e
	with.passport = Passport{}
	if err := json.Unmarshal(f.Passport, &with.passport); err != nil {
		return nil, fmt.Errorf("the model's passport: %w", err)
	}
	with.stance = *headOf(&f.Head, f.Width)
	return &with, nil
}

// WriteHead writes the head for stance, or for the labels that Train was given, with its
// passport. Open reads it; it belongs to this encoder alone.
func (e *Encoder) WriteHead(w io.Writer) error {
	passport, err := json.Marshal(e.passport)
	if err != nil {
		return err
	}
	f := modelfile.HeadFile{Encoder: e.file.ID, Width: e.network.width, Passport: passport, Head: modelfile.Head{
		Task: modelfile.Task{Name: "stance", Labels: e.stance.labels, Temperature: e.stance.temperature},
		Bias: e.stance.bias,
	}}
	for _, row := range e.stance.weights {
		f.Head.Weights = append(f.Head.Weights, row...)
	}
	data, err := f.Encode()
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}
