package modelfile

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/encoder/internal/kernels"
)

var update = flag.Bool("update", false, "write the golden files anew")

// tiny is a model of one layer and width 32 whose numbers follow a rule.
func tiny(t testing.TB) *Model {
	t.Helper()
	n := 0
	floats := func(count int) []float32 {
		list := make([]float32, count)
		for i := range list {
			n++
			list[i] = float32(n%17-8) / 16
		}
		return list
	}
	ints := func(count int) []int8 {
		list := make([]int8, count)
		for i := range list {
			n++
			list[i] = int8(n%255 - 127)
		}
		return list
	}
	const width, inner, positions = 32, 64, 16
	matrix := func(outputs, inputs int) []byte {
		packed, err := kernels.Pack(ints(outputs*inputs), floats(outputs), floats(outputs), outputs, inputs)
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	norm := func() Norm { return Norm{floats(width), floats(width)} }
	vocabulary := "[PAD]\n[UNK]\n[CLS]\n[SEP]\nsmall\n##er\n"
	m := &Model{
		Architecture: Architecture{Layers: 1, Width: width, Heads: 1, Inner: inner, Positions: positions, Pieces: 6},
		Budget:       Budget{Article: 4, Parent: 3, Comment: 5},
		Passport:     json.RawMessage(`{"base":"none"}`),
		Vocabulary:   []byte(vocabulary),
		Words:        ints(6 * width), WordScales: floats(6), Positions: floats(positions * width), Segments: floats(2 * width), Norm: norm(),
		Layers: []Layer{{QKV: matrix(3*width, width), Out: matrix(width, width), Norm1: norm(), Up: matrix(inner, width), Down: matrix(width, inner), Norm2: norm()}},
	}
	for _, task := range []Task{
		{Name: "stance", Labels: []string{"skeptical", "supportive", "none"}, Temperature: 1.25},
		{Name: "sarcasm", Labels: []string{"no", "yes"}, Temperature: 1},
	} {
		m.Heads = append(m.Heads, Head{task, floats(len(task.Labels) * width), floats(len(task.Labels))})
	}
	return m
}

func encode(t testing.TB, e interface{ Encode() ([]byte, error) }) []byte {
	t.Helper()
	data, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func head(t testing.TB, m *Model) *HeadFile {
	t.Helper()
	if _, err := m.Encode(); err != nil {
		t.Fatal(err)
	}
	h := Head{Task: Task{Name: "weather", Labels: []string{"wet", "dry"}, Temperature: 0.5}, Bias: []float32{1, -1}}
	for i := range 2 * m.Architecture.Width {
		h.Weights = append(h.Weights, float32(i)/8)
	}
	return &HeadFile{Encoder: m.ID, Width: m.Architecture.Width, Head: h, Passport: json.RawMessage(`{"examples":7}`)}
}

func TestGolden(t *testing.T) {
	m := tiny(t)
	for name, got := range map[string][]byte{"testdata/encoder.bin": encode(t, m), "testdata/head.bin": encode(t, head(t, m))} {
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes were written that differ from its %d", name, len(got), len(want))
		}
	}
}

func TestOpenGivesWhatWasEncoded(t *testing.T) {
	want := tiny(t)
	data := encode(t, want)
	// Views need numbers at a multiple of four: one of these copies has them elsewhere.
	for shift := range 2 {
		moved := append(make([]byte, shift, shift+len(data)), data...)[shift:]
		got, err := Open(moved)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("moved by %d: %s", shift, diff)
		}
		if err := got.Check(); err != nil {
			t.Error(err)
		}
	}
	if len(want.ID) != 64 {
		t.Errorf("its id is %q", want.ID)
	}
}

func TestOpenReadsInPlace(t *testing.T) {
	data := encode(t, tiny(t))
	m, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	clear(data)
	for name, left := range map[string]bool{
		"vocabulary": m.Vocabulary[0] != 0, "words": m.Words[0] != 0, "matrices": m.Layers[0].Down[len(m.Layers[0].Down)-1] != 0,
		"numbers": nativeLittle && m.Positions[0] != 0,
	} {
		if left {
			t.Errorf("%s were copied", name)
		}
	}
}

func TestOpenHeadGivesWhatWasEncoded(t *testing.T) {
	m := tiny(t)
	want := head(t, m)
	got, err := OpenHead(encode(t, want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := got.Belongs(m); err != nil {
		t.Error(err)
	}
	m.Segments[0]++
	encode(t, m)
	if err := got.Belongs(m); err == nil {
		t.Error("the head belongs to an encoder of other weights")
	}
}

// edited is a file with its header changed by words, and lengths and checksum put right.
func edited(t testing.TB, data []byte, old, new string) []byte {
	t.Helper()
	n := binary.LittleEndian.Uint32(data[12:])
	h := string(data[headerAt : headerAt+n])
	if !strings.Contains(h, old) {
		t.Fatalf("the header has no %s: %s", old, h)
	}
	h = strings.Replace(h, old, new, 1)
	out := slices.Concat(data[:headerAt], []byte(h), data[headerAt+n:])
	binary.LittleEndian.PutUint32(out[12:], uint32(len(h)))
	return sealed(out)
}

func sealed(data []byte) []byte {
	binary.LittleEndian.PutUint64(data[16:], uint64(len(data)))
	end := len(data) - sumSize
	binary.LittleEndian.PutUint32(data[end:], crc32.Checksum(data[:end], castagnoli))
	return data
}

func TestOpenRefuses(t *testing.T) {
	m := tiny(t)
	data, headData := encode(t, m), encode(t, head(t, m))
	change := func(at int, b ...byte) []byte {
		out := slices.Clone(data)
		copy(out[at:], b)
		return out
	}
	notFinite := slices.Clone(data)
	binary.LittleEndian.PutUint32(notFinite[lies(t, data, "norm.beta")+3*4:], math.Float32bits(float32(math.NaN())))
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "it doesn't begin as one", nil},
		{"text", "it doesn't begin as one", []byte("id,stance\n1,none\n")},
		{"line ends changed on the way", "it doesn't begin as one", bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))},
		{"only the magic", "it is cut short: 8 bytes are fewer than any has", data[:8]},
		{"cut", "it is cut short: it has 9000 bytes of ", data[:9000]},
		{"one byte less", "it is cut short", data[:len(data)-1]},
		{"one byte more", "1 bytes follow its end", append(slices.Clone(data), 0)},
		{"of the future", "it has version 2, this program reads 1", change(8, 2)},
		{"a bit of a weight", "it is corrupt: its checksum is", change(len(data)/2, data[len(data)/2]^16)},
		{"a bit of the checksum", "it is corrupt", change(len(data)-1, data[len(data)-1]^1)},
		{"header longer than the file", "its header of 16777215 bytes is too long", sealed(change(12, 255, 255, 255, 0))},
		{"header that isn't JSON", "its header doesn't parse", edited(t, data, "{", "(")},
		{"unknown field", "its header doesn't parse", edited(t, data, `"budget"`, `"budge"`)},
		{"a head", `it holds a "head", not an encoder`, headData},
		{"no layer", "its architecture has layers 0", edited(t, data, `"layers":1`, `"layers":0`)},
		{"a layer more", "it has 19 sections, its architecture needs 27", edited(t, data, `"layers":1`, `"layers":2`)},
		{"more layers than memory", "its architecture has layers 1000000000000", edited(t, data, `"layers":1`, `"layers":1000000000000`)},
		{"width that isn't a multiple", "its architecture has width 33", edited(t, data, `"width":32`, `"width":33`)},
		{"another width", "section words has shape [6 32], not [6 64]", edited(t, data, `"width":32`, `"width":64`)},
		{"heads too narrow", "its architecture has heads 2", edited(t, data, `"heads":1`, `"heads":2`)},
		{"negative pieces", "its architecture has pieces -1", edited(t, data, `"pieces":6`, `"pieces":-1`)},
		{"budget above the positions", "its budget makes 17 tokens, it has 16 positions", edited(t, data, `"article":4`, `"article":5`)},
		{"no budget for comments", "its budget is 4 tokens of the article, 3 of the parent and 0", edited(t, data, `"comment":5`, `"comment":0`)},
		{"no temperature", "its task stance has temperature 0", edited(t, data, `"temperature":1.25`, `"temperature":0`)},
		{"one label", `its task "sarcasm" has 1 labels`, edited(t, data, `["no","yes"]`, `["no"]`)},
		{"a label twice", `the label "no" twice`, edited(t, data, `["no","yes"]`, `["no","no"]`)},
		{"a task twice", "it has the task stance twice", edited(t, data, `"name":"sarcasm"`, `"name":"stance"`)},
		{"sections that overlap", "section words doesn't lie within it: offset 0", edited(t, data, fmt.Sprint(`"offset":`, lies(t, data, "words")), `"offset":0`)},
		{"section behind the end", "section words doesn't lie within it: offset 9223372036854775744",
			edited(t, data, fmt.Sprint(`"offset":`, lies(t, data, "words")), `"offset":9223372036854775744`)},
		{"section of negative length", "section words doesn't lie within it", edited(t, data, `"length":192`, `"length":-192`)},
		{"section of another length", "section words of shape [6 32] has 128 bytes", edited(t, data, `"length":192`, `"length":128`)},
		{"section out of line", "section vocabulary doesn't lie within it", edited(t, data, fmt.Sprint(`"offset":`, lies(t, data, "vocabulary")), `"offset":2017`)},
		{"section of another type", `section 3 is "words.scale" of type int8, not "words.scale" of type float32`,
			edited(t, data, `"name":"words.scale","type":"float32"`, `"name":"words.scale","type":"int8"`)},
		{"section of another name", `section 4 is "places" of type float32, not "positions"`, edited(t, data, `"name":"positions"`, `"name":"places"`)},
		{"vocabulary of a shape that isn't its length", "section vocabulary of shape [99] has 35 bytes", edited(t, data, `"shape":[35]`, `"shape":[99]`)},
		{"vocabulary with a piece less", "its vocabulary has 5 pieces, not 6", sealed(bytes.Replace(data, []byte("small\n"), []byte("small "), 1))},
		{"a number that isn't one", "section norm.beta: number 3 isn't finite", sealed(notFinite)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(c.data)
			var format *formatError
			if !errors.As(err, &format) || !strings.HasPrefix(format.Reason, c.want) && !strings.Contains(format.Reason, c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if err != nil && !strings.HasPrefix(err.Error(), "not a usable model: ") {
				t.Errorf("the error reads %q", err)
			}
		})
	}
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"an encoder", `it holds a "encoder" with 2 tasks, not a head`, data},
		{"no width", "its width is 0", edited(t, headData, `"width":32`, `"width":0`)},
		{"another width", "section head.weather.weights has shape [2 32], not [2 33]", edited(t, headData, `"width":32`, `"width":33`)},
	} {
		if _, err := OpenHead(c.data); err == nil || err.Error() != "not a usable model: "+c.want {
			t.Errorf("head, %s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// lies is where a section of a file begins.
func lies(t testing.TB, data []byte, name string) int {
	t.Helper()
	var h header
	if err := envelope(data, &h); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(h.Sections, func(s section) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("there is no section %s", name)
	}
	return h.Sections[i].Offset
}

func TestCheckLooksAtEveryWeight(t *testing.T) {
	m := tiny(t)
	m.Layers[0].Up[len(m.Layers[0].Up)-1] ^= 3
	if _, err := Open(encode(t, m)); err != nil {
		t.Fatal(err)
	}
	if err := m.Check(); err == nil || !strings.Contains(err.Error(), "section layer.0.up: packed matrix: output 63 has sum") {
		t.Error(err)
	}
}

func TestEncodeRefuses(t *testing.T) {
	m := tiny(t)
	m.Layers[0].Norm2.Beta = m.Layers[0].Norm2.Beta[1:]
	if _, err := m.Encode(); err == nil || err.Error() != "writing a model: section layer.0.norm2.beta of shape [32] has 124 bytes" {
		t.Error(err)
	}
}

// FuzzOpen gives the loader bytes whose checksum and length hold, for else no change
// gets past them: whatever opens can be read to its ends.
func FuzzOpen(f *testing.F) {
	m := tiny(f)
	data := encode(f, m)
	n := binary.LittleEndian.Uint32(data[12:])
	f.Add(data[headerAt:headerAt+n], data[headerAt+n:])
	data = encode(f, head(f, m))
	n = binary.LittleEndian.Uint32(data[12:])
	f.Add(data[headerAt:headerAt+n], data[headerAt+n:])
	f.Fuzz(func(t *testing.T, head, rest []byte) {
		data := make([]byte, headerAt)
		copy(data, magic)
		data[8] = version
		binary.LittleEndian.PutUint32(data[12:], uint32(len(head)))
		data = sealed(slices.Concat(data, head, rest, make([]byte, sumSize)))
		if m, err := Open(data); err == nil {
			again, err := Open(encode(t, m))
			if err != nil {
				t.Fatal(err)
			}
			again.Passport = m.Passport // encoding compacts it
			if diff := cmp.Diff(m, again); diff != "" {
				t.Fatal(diff)
			}
			_ = m.Check()
		}
		if h, err := OpenHead(data); err == nil && len(h.Head.Weights) != h.Width*len(h.Head.Labels) {
			t.Fatalf("%d weights of width %d for %q", len(h.Head.Weights), h.Width, h.Head.Labels)
		}
	})
}

// FuzzOpenBytes gives the loader any bytes.
func FuzzOpenBytes(f *testing.F) {
	data := encode(f, tiny(f))
	f.Add(data)
	f.Add(data[:100])
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = Open(data)
		_, _ = OpenHead(data)
	})
}
