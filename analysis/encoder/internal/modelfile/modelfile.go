// Package modelfile reads and writes the files that hold a model: an encoder with its
// vocabulary and heads, or one head that belongs to an encoder kept elsewhere.
//
// The layout, all numbers little-endian:
//
//	offset  bytes  content
//	0       8      magic: 0x89 "stance" 0x0a
//	8       4      version, now 1
//	12      4      length H of the header
//	16      8      length of the whole file
//	24      H      header, JSON
//	…              sections, each at a multiple of 64, in the order of the header, zeros between
//	end-4   4      CRC-32C of everything before
//
// The header names each section with its type, shape, offset and length, and says what
// the sections can't: the architecture, the labels of the tasks, the passport. Sections
// are read in place: what [Open] and [OpenHead] return are views of the bytes they were
// given, which must not change. Only floats are copied where the processor is big-endian
// or the bytes don't lie at a multiple of four.
//
// Bytes may be foreign. Every offset, length and shape is checked before it is used, and
// the checksum before anything is believed; what is wrong is told by a *formatError.
// gob was not used because its bytes change with the Go release, and safetensors because
// it has no checksum.
package modelfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"slices"

	"stance.example/stance/analysis/encoder/internal/kernels"
)

const (
	magic     = "\x89stance\n"
	version   = 1
	headerAt  = 24
	align     = 64
	maxHeader = 1 << 20
	sumSize   = 4
)

// formatError says why bytes are not a usable model.
type formatError struct{ Reason string }

// Error begins with what the bytes are not.
func (e *formatError) Error() string { return "not a usable model: " + e.Reason }

func refuse(format string, args ...any) error { return &formatError{fmt.Sprintf(format, args...)} }

// section is an entry of the header.
type section struct {
	Name   string `json:"name"`
	Type   string `json:"type"` // bytes, int8, float32 or packed, which is a matrix as package kernels packs it
	Shape  []int  `json:"shape"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// field ties a section to the place where its content is kept: a *[]byte, *[]int8 or
// *[]float32. Those with packed set are matrices of kernels.Pack.
type field struct {
	name   string
	shape  []int
	packed bool
	place  any
}

func (f *field) kind() string {
	switch f.place.(type) {
	case *[]int8:
		return "int8"
	case *[]float32:
		return "float32"
	}
	if f.packed {
		return "packed"
	}
	return "bytes"
}

// length is the number of bytes that the shape stands for, -1 if it is more than limit.
func (f *field) length(limit int) int {
	if f.packed {
		// Both were checked by Architecture.check, so that this can't overflow.
		return kernels.PackedSize(f.shape[0], f.shape[1])
	}
	n := 1
	if f.kind() == "float32" {
		n = 4
	}
	for _, d := range f.shape {
		if d < 0 || d > 0 && n > limit/d {
			return -1
		}
		n *= d
	}
	return n
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// envelope checks everything about data but its sections, and decodes the header.
func envelope(data []byte, header any) error {
	if len(data) < len(magic) || string(data[:len(magic)]) != magic {
		return refuse("it doesn't begin as one")
	}
	if len(data) < headerAt+sumSize {
		return refuse("it is cut short: %d bytes are fewer than any has", len(data))
	}
	if v := binary.LittleEndian.Uint32(data[8:]); v != version {
		return refuse("it has version %d, this program reads %d", v, version)
	}
	if size := binary.LittleEndian.Uint64(data[16:]); size > uint64(len(data)) {
		return refuse("it is cut short: it has %d bytes of %d", len(data), size)
	} else if size < uint64(len(data)) {
		return refuse("%d bytes follow its end", uint64(len(data))-size)
	}
	end := len(data) - sumSize
	if want, got := binary.LittleEndian.Uint32(data[end:]), crc32.Checksum(data[:end], castagnoli); got != want {
		return refuse("it is corrupt: its checksum is %08x, not %08x", got, want)
	}
	n := binary.LittleEndian.Uint32(data[12:])
	if n > maxHeader || int(n) > end-headerAt {
		return refuse("its header of %d bytes is too long", n)
	}
	d := json.NewDecoder(bytes.NewReader(data[headerAt : headerAt+int(n)]))
	d.DisallowUnknownFields()
	if err := d.Decode(header); err != nil {
		return refuse("its header doesn't parse: %v", err)
	}
	return nil
}

// view points the fields at their sections. The header has no other sections, in the same
// order.
func view(data []byte, sections []section, fields []field) error {
	if len(sections) != len(fields) {
		return refuse("it has %d sections, its architecture needs %d", len(sections), len(fields))
	}
	end := len(data) - sumSize
	next := headerAt
	for i := range fields {
		s, f := &sections[i], &fields[i]
		if s.Name != f.name || s.Type != f.kind() {
			return refuse("section %d is %q of type %s, not %q of type %s", i+1, s.Name, s.Type, f.name, f.kind())
		}
		if err := f.check(s, next, end); err != nil {
			return err
		}
		next = s.Offset + s.Length
		if err := f.point(data[s.Offset:next:next]); err != nil {
			return err
		}
	}
	return nil
}

// check checks the shape of a field's section and where it lies: from next on and before end.
func (f *field) check(s *section, next, end int) error {
	if s.Offset < next || s.Offset%align != 0 || s.Length < 0 || s.Length > end || s.Offset > end-s.Length {
		return refuse("section %s doesn't lie within it: offset %d, length %d", s.Name, s.Offset, s.Length)
	}
	if !slices.Equal(s.Shape, f.shape) {
		return refuse("section %s has shape %d, not %d", s.Name, s.Shape, f.shape)
	}
	if s.Length != f.length(end) {
		return refuse("section %s of shape %d has %d bytes", s.Name, s.Shape, s.Length)
	}
	return nil
}

// point points the field at its bytes.
func (f *field) point(b []byte) error {
	switch p := f.place.(type) {
	case *[]byte:
		*p = b
	case *[]int8:
		*p = int8s(b)
	case *[]float32:
		*p = float32s(b)
		for k, x := range *p {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return refuse("section %s: number %d isn't finite", f.name, k)
			}
		}
	}
	return nil
}

// write lays the fields out behind a header, which setSections completes: it is told
// where they lie, and the SHA-256 of their bytes.
func write(header any, setSections func([]section, string), fields []field) ([]byte, error) {
	sections := make([]section, len(fields))
	content := make([][]byte, len(fields))
	sum := sha256.New()
	for i := range fields {
		f := &fields[i]
		switch p := f.place.(type) {
		case *[]byte:
			content[i] = *p
		case *[]int8:
			content[i] = bytesOf(*p)
		case *[]float32:
			content[i] = appendFloats(nil, *p)
		}
		if want := f.length(math.MaxInt); len(content[i]) != want {
			return nil, fmt.Errorf("writing a model: section %s of shape %d has %d bytes", f.name, f.shape, len(content[i]))
		}
		sum.Write(content[i])
		sections[i] = section{Name: f.name, Type: f.kind(), Shape: f.shape, Length: len(content[i])}
	}
	// Offsets depend on the header's length and that on their digits: a second round
	// may need more of them, a third never does.
	id := hex.EncodeToString(sum.Sum(nil))
	var encoded []byte
	for size := 0; ; size = len(encoded) {
		next := headerAt + size
		for i := range sections {
			sections[i].Offset = (next + align - 1) / align * align
			next = sections[i].Offset + sections[i].Length
		}
		setSections(sections, id)
		var err error
		if encoded, err = json.Marshal(header); err != nil {
			return nil, fmt.Errorf("writing a model: %w", err)
		}
		if len(encoded) > maxHeader {
			return nil, fmt.Errorf("writing a model: its header has %d bytes, at most %d may be", len(encoded), maxHeader)
		}
		if len(encoded) == size {
			break
		}
	}
	out := make([]byte, headerAt, headerAt+len(encoded))
	copy(out, magic)
	binary.LittleEndian.PutUint32(out[8:], version)
	binary.LittleEndian.PutUint32(out[12:], uint32(len(encoded)))
	out = append(out, encoded...)
	for i, s := range sections {
		out = append(out, make([]byte, s.Offset-len(out))...)
		out = append(out, content[i]...)
	}
	binary.LittleEndian.PutUint64(out[16:], uint64(len(out)+sumSize))
	return binary.LittleEndian.AppendUint32(out, crc32.Checksum(out, castagnoli)), nil
}
