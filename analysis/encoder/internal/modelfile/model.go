package modelfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"stance.example/stance/analysis/encoder/internal/kernels"
)

// Architecture is the shape of an encoder: BERT's, with the layer norm behind each part
// and GELU between the two matrices of a feed-forward.
type Architecture struct {
	Layers    int `json:"layers"`
	Width     int `json:"width"`     // of a token's vector
	Heads     int `json:"heads"`     // of attention
	Inner     int `json:"inner"`     // width between the matrices of a feed-forward
	Positions int `json:"positions"` // tokens of the longest sequence
	Pieces    int `json:"pieces"`    // of the vocabulary
}

// Budget is the number of tokens at most of the parts of an input.
type Budget struct {
	Article int `json:"article"`
	Parent  int `json:"parent"`
	Comment int `json:"comment"`
}

// marks is the number of tokens that an input has beside those of its parts: one before
// it and one behind each part.
const marks = 4

// Task is what a head decides.
type Task struct {
	Name   string   `json:"name"`
	Labels []string `json:"labels"`
	// Temperature divides the log-odds; it was fitted on sources left out.
	Temperature float64 `json:"temperature"`
}

// Head are the weights of a task, [labels × width] and [labels].
type Head struct {
	Task
	Weights, Bias []float32
}

// Norm are the parameters of a layer norm.
type Norm struct{ Gamma, Beta []float32 }

// Layer is a layer of the encoder: packed matrices of width → 3·width (queries, keys and
// values), width → width, width → inner, inner → width.
type Layer struct {
	QKV, Out, Up, Down []byte
	Norm1, Norm2       Norm
}

// Model is an encoder with its heads.
type Model struct {
	// ID is the SHA-256 of the sections, in hexadecimal: what a file with a head alone
	// says it belongs to. Encode works it out.
	ID           string
	Architecture Architecture
	Budget       Budget
	// Passport is JSON for the caller.
	Passport json.RawMessage

	Vocabulary []byte    // pieces, each with a line feed behind it
	Words      []int8    // [pieces × width]
	WordScales []float32 // [pieces]
	Positions  []float32 // [positions × width]
	Segments   []float32 // [2 × width]
	Norm       Norm
	Layers     []Layer
	Heads      []Head
}

// header is what a file says of itself.
type header struct {
	Kind         string          `json:"kind"` // "encoder" or "head"
	ID           string          `json:"id"`
	Encoder      string          `json:"encoder,omitempty"` // of a head: the ID that it belongs to
	Architecture *Architecture   `json:"architecture,omitempty"`
	Budget       *Budget         `json:"budget,omitempty"`
	Width        int             `json:"width,omitempty"` // of a head
	Tasks        []Task          `json:"tasks"`
	Passport     json.RawMessage `json:"passport,omitempty"`
	Sections     []section       `json:"sections"`
}

// Limits far above any model that runs in this program.
const (
	maxLayers    = 64
	maxWidth     = 1 << 14
	maxPositions = 1 << 14
	maxPieces    = 1 << 18
	maxTasks     = 64
	maxLabels    = 256
)

func (a *Architecture) check() error {
	for _, x := range []struct {
		name            string
		n, most, factor int
	}{
		{"layers", a.Layers, maxLayers, 1}, {"width", a.Width, maxWidth, kernels.Lanes}, {"inner", a.Inner, maxWidth, kernels.Lanes},
		{"heads", a.Heads, a.Width / kernels.Lanes, 1}, {"positions", a.Positions, maxPositions, 1}, {"pieces", a.Pieces, maxPieces, 1},
	} {
		if x.n < 1 || x.n > x.most || x.n%x.factor != 0 {
			return refuse("its architecture has %s %d, not a multiple of %d from 1 to %d", x.name, x.n, x.factor, x.most)
		}
	}
	if a.Width%(a.Heads*kernels.Lanes) != 0 {
		return refuse("its width %d can't be shared by %d heads in multiples of %d", a.Width, a.Heads, kernels.Lanes)
	}
	return nil
}

func (b *Budget) check(positions int) error {
	for _, n := range []int{b.Article, b.Parent, b.Comment} {
		if n < 1 || n > positions {
			return refuse("its budget is %d tokens of the article, %d of the parent and %d of the comment", b.Article, b.Parent, b.Comment)
		}
	}
	if n := marks + b.Article + b.Parent + b.Comment; n > positions {
		return refuse("its budget makes %d tokens, it has %d positions", n, positions)
	}
	return nil
}

func (t *Task) check() error {
	if t.Name == "" || len(t.Labels) < 2 || len(t.Labels) > maxLabels {
		return refuse("its task %q has %d labels, not 2 to %d", t.Name, len(t.Labels), maxLabels)
	}
	seen := map[string]bool{}
	for _, l := range t.Labels {
		if l == "" || seen[l] {
			return refuse("its task %s has the label %q twice, or an empty one", t.Name, l)
		}
		seen[l] = true
	}
	if !(t.Temperature > 0) || math.IsInf(t.Temperature, 0) {
		return refuse("its task %s has temperature %v", t.Name, t.Temperature)
	}
	return nil
}

func (h *header) checkTasks() error {
	if len(h.Tasks) < 1 || len(h.Tasks) > maxTasks {
		return refuse("it has %d tasks, not 1 to %d", len(h.Tasks), maxTasks)
	}
	seen := map[string]bool{}
	for i := range h.Tasks {
		if err := h.Tasks[i].check(); err != nil {
			return err
		}
		if seen[h.Tasks[i].Name] {
			return refuse("it has the task %s twice", h.Tasks[i].Name)
		}
		seen[h.Tasks[i].Name] = true
	}
	return nil
}

// fields are the sections of an encoder, in the order of the file. Layers and Heads have
// their lengths.
func (m *Model) fields() []field {
	a := &m.Architecture
	list := []field{
		{"vocabulary", []int{len(m.Vocabulary)}, false, &m.Vocabulary},
		{"words", []int{a.Pieces, a.Width}, false, &m.Words},
		{"words.scale", []int{a.Pieces}, false, &m.WordScales},
		{"positions", []int{a.Positions, a.Width}, false, &m.Positions},
		{"segments", []int{2, a.Width}, false, &m.Segments},
	}
	norm := func(name string, n *Norm) {
		list = append(list, field{name + ".gamma", []int{a.Width}, false, &n.Gamma}, field{name + ".beta", []int{a.Width}, false, &n.Beta})
	}
	norm("norm", &m.Norm)
	for i := range m.Layers {
		l, name := &m.Layers[i], "layer."+strconv.Itoa(i)+"."
		list = append(list, field{name + "qkv", []int{3 * a.Width, a.Width}, true, &l.QKV}, field{name + "out", []int{a.Width, a.Width}, true, &l.Out})
		norm(name+"norm1", &l.Norm1)
		list = append(list, field{name + "up", []int{a.Inner, a.Width}, true, &l.Up}, field{name + "down", []int{a.Width, a.Inner}, true, &l.Down})
		norm(name+"norm2", &l.Norm2)
	}
	for i := range m.Heads {
		list = append(list, m.Heads[i].fields(a.Width)...)
	}
	return list
}

func (h *Head) fields(width int) []field {
	name := "head." + h.Name + "."
	return []field{{name + "weights", []int{len(h.Labels), width}, false, &h.Weights}, {name + "bias", []int{len(h.Labels)}, false, &h.Bias}}
}

// Open reads an encoder. It fails with a *formatError on bytes that are none. It doesn't
// look at every weight; Check does.
func Open(data []byte) (*Model, error) {
	var h header
	if err := envelope(data, &h); err != nil {
		return nil, err
	}
	if h.Kind != "encoder" || h.Architecture == nil || h.Budget == nil {
		return nil, refuse("it holds a %q, not an encoder", h.Kind)
	}
	if err := h.Architecture.check(); err != nil {
		return nil, err
	}
	if err := h.Budget.check(h.Architecture.Positions); err != nil {
		return nil, err
	}
	if err := h.checkTasks(); err != nil {
		return nil, err
	}
	m := &Model{ID: h.ID, Architecture: *h.Architecture, Budget: *h.Budget, Passport: h.Passport,
		Layers: make([]Layer, h.Architecture.Layers), Heads: make([]Head, len(h.Tasks))}
	for i := range h.Tasks {
		m.Heads[i].Task = h.Tasks[i]
	}
	fields := m.fields()
	if len(h.Sections) > 0 && len(h.Sections[0].Shape) == 1 {
		fields[0].shape = h.Sections[0].Shape // the vocabulary's length is known from its section alone
	}
	if err := view(data, h.Sections, fields); err != nil {
		return nil, err
	}
	if n := bytes.Count(m.Vocabulary, []byte{'\n'}); n != m.Architecture.Pieces {
		return nil, refuse("its vocabulary has %d pieces, not %d", n, m.Architecture.Pieces)
	}
	return m, nil
}

// Encode is the file of the model. The same model gives the same bytes.
func (m *Model) Encode() ([]byte, error) {
	h := header{Kind: "encoder", Architecture: &m.Architecture, Budget: &m.Budget, Passport: m.Passport}
	for i := range m.Heads {
		h.Tasks = append(h.Tasks, m.Heads[i].Task)
	}
	return write(&h, func(s []section, id string) { h.Sections, h.ID, m.ID = s, id, id }, m.fields())
}

// Check looks at every weight of the matrices, which Open leaves to the checksum: they
// must be as kernels.Pack leaves them.
func (m *Model) Check() error {
	for _, f := range m.fields() {
		if f.packed {
			if err := kernels.CheckPacked(*f.place.(*[]byte), f.shape[0], f.shape[1]); err != nil {
				return refuse("section %s: %v", f.name, err)
			}
		}
	}
	return nil
}

// HeadFile is a head by itself.
type HeadFile struct {
	// Encoder is the ID of the model whose vectors the head was fitted to.
	Encoder string
	// Width is that of the vectors.
	Width    int
	Head     Head
	Passport json.RawMessage
}

// OpenHead reads a head. It fails with a *formatError on bytes that are none.
func OpenHead(data []byte) (*HeadFile, error) {
	var h header
	if err := envelope(data, &h); err != nil {
		return nil, err
	}
	if h.Kind != "head" || len(h.Tasks) != 1 {
		return nil, refuse("it holds a %q with %d tasks, not a head", h.Kind, len(h.Tasks))
	}
	if err := h.checkTasks(); err != nil {
		return nil, err
	}
	if h.Width < 1 || h.Width > maxWidth {
		return nil, refuse("its width is %d", h.Width)
	}
	f := &HeadFile{Encoder: h.Encoder, Width: h.Width, Head: Head{Task: h.Tasks[0]}, Passport: h.Passport}
	if err := view(data, h.Sections, f.Head.fields(h.Width)); err != nil {
		return nil, err
	}
	return f, nil
}

// Encode is the file of the head. The same head gives the same bytes.
func (f *HeadFile) Encode() ([]byte, error) {
	h := header{Kind: "head", Encoder: f.Encoder, Width: f.Width, Tasks: []Task{f.Head.Task}, Passport: f.Passport}
	return write(&h, func(s []section, id string) { h.Sections, h.ID = s, id }, f.Head.fields(f.Width))
}

// Belongs reports an error if the head wasn't fitted to the vectors of the model.
func (f *HeadFile) Belongs(m *Model) error {
	if f.Encoder != m.ID || f.Width != m.Architecture.Width {
		return fmt.Errorf("the head was fitted to another encoder, %.12s, not to this one, %.12s: train it again", f.Encoder, m.ID)
	}
	return nil
}
