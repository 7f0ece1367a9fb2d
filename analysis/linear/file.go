package linear

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
)

// The file layout, all numbers little-endian:
//
//	bytes      content
//	8          magic "stancelm"
//	4          version, now 1
//	4          length of the passport
//	…          the passport, JSON
//	4          number of features n
//	8·K        scale of each of the K classes, float64
//	8·K        bias of each class, float64
//	4·n        feature hashes, strictly increasing
//	n·K        weights, one byte each, in the order of the hashes
//
// K is the number of labels in the passport. Nothing may follow. gob was not
// used: its bytes change with the Go release, and a reader of foreign bytes
// must be able to check every length before it allocates.
const (
	magic   = "stancelm"
	version = 1
)

// Limits on what a file may ask for, far above any model that was trained.
const (
	maxPassport = 1 << 20
	maxFeatures = 1 << 26
	maxClasses  = 1 << 8
)

// WriteTo writes the model in the layout above. The same model gives the same
// bytes.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	passport, err := json.Marshal(m.Passport)
	if err != nil {
		return 0, fmt.Errorf("encoding the passport: %w", err)
	}
	var b bytes.Buffer
	b.WriteString(magic)
	put := func(v any) { // a bytes.Buffer never fails, and every v is of fixed size
		_ = binary.Write(&b, binary.LittleEndian, v)
	}
	put(uint32(version))
	put(uint32(len(passport)))
	b.Write(passport)
	put(uint32(len(m.ids)))
	put(m.scale)
	put(m.bias)
	put(m.ids)
	put(m.weights)
	return b.WriteTo(w)
}

// A FormatError says why bytes are not a model.
type FormatError struct{ Reason string }

func (e *FormatError) Error() string { return "not a usable model: " + e.Reason }

// ReadModel decodes a model. It fails with a *FormatError on foreign, corrupt or
// truncated bytes.
func ReadModel(data []byte) (*Model, error) {
	d := decoder{rest: data}
	if string(d.take(len(magic))) != magic {
		return nil, &FormatError{"it doesn't begin as one"}
	}
	if v := d.uint32(); v != version && !d.short {
		return nil, &FormatError{fmt.Sprintf("it has version %d, this program reads %d", v, version)}
	}
	m := &Model{}
	if err := d.passport(&m.Passport); err != nil {
		return nil, err
	}
	d.parameters(m)
	if d.short {
		return nil, &FormatError{"it is cut short"}
	}
	if len(d.rest) > 0 {
		return nil, &FormatError{fmt.Sprintf("%d bytes follow its end", len(d.rest))}
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	m.buildIndex()
	return m, nil
}

// check refuses values that a trainer never writes.
func (m *Model) check() error {
	for i := 1; i < len(m.ids); i++ {
		if m.ids[i] <= m.ids[i-1] {
			return &FormatError{"its features are out of order"}
		}
	}
	numbers := append(append([]float64{m.Passport.Temperature}, m.scale...), m.bias...)
	if shares := m.Passport.Shares; shares != nil {
		if !shares.fit(m.Classes()) {
			return &FormatError{"what it says of shares doesn't fit its labels"}
		}
		numbers = append(numbers, slices.Concat(shares.Weights...)...)
		for _, part := range append(append(shares.Confusion, shares.Spread), shares.Prior) {
			for _, v := range part {
				if !(v > 0 && v < 1) {
					return &FormatError{"what it says of shares holds a part outside 0 and 1"}
				}
			}
		}
	}
	for _, v := range numbers {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return &FormatError{"it holds a number that isn't finite"}
		}
	}
	if m.Passport.Temperature <= 0 {
		return &FormatError{"its temperature isn't positive"}
	}
	return nil
}

// fit reports whether the parameters are of so many classes.
func (s *Shares) fit(classes int) bool {
	ok := len(s.Weights) == classes && len(s.Confusion) == classes && len(s.Spread) == classes && len(s.Prior) == classes
	for i := range classes {
		ok = ok && len(s.Weights[i]) == classes+1 && len(s.Confusion[i]) == classes
	}
	return ok
}

// decoder takes values off the front of a byte slice; once short, it gives zeros.
type decoder struct {
	rest  []byte
	short bool
}

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.rest) {
		d.short, d.rest = true, nil
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) uint32() uint32 {
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (d *decoder) passport(p *Passport) error {
	n := d.uint32()
	if n > maxPassport {
		return &FormatError{"its passport is too long"}
	}
	b := d.take(int(n))
	if d.short {
		return &FormatError{"it is cut short"}
	}
	if err := json.Unmarshal(b, p); err != nil {
		return &FormatError{"its passport doesn't parse: " + err.Error()}
	}
	if len(p.Labels) < 2 || len(p.Labels) > maxClasses {
		return &FormatError{fmt.Sprintf("it has %d labels", len(p.Labels))}
	}
	return nil
}

// parameters checks each length against what is left before it allocates.
func (d *decoder) parameters(m *Model) {
	n, k := int(d.uint32()), len(m.Passport.Labels)
	if n > maxFeatures {
		d.short = true
		return
	}
	m.scale, m.bias = d.floats(k), d.floats(k)
	hashes, weights := d.take(4*n), d.take(n*k)
	if d.short {
		return
	}
	m.ids = make([]uint32, n)
	for i := range m.ids {
		m.ids[i] = binary.LittleEndian.Uint32(hashes[4*i:])
	}
	m.weights = make([]int8, len(weights))
	for i, b := range weights {
		m.weights[i] = int8(b)
	}
}

func (d *decoder) floats(n int) []float64 {
	b := d.take(8 * n)
	if b == nil {
		return nil
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return v
}
