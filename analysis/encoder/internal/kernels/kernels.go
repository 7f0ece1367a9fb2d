package kernels

import "fmt"

// Lanes is what every width (inputs, outputs, rows of activations, a head) must be a multiple of.
const Lanes = 32

// signed is the zero point of activations: the byte that stands for 0. Bytes of attention's weights have zero point 0.
const signed = 128

// A Set is one implementation of every operation. The zero Set isn't usable; a Set is immutable and may be shared.
type Set struct {
	name string
	do   *routines
}

// routines are the inner parts that differ between implementations. Arguments were checked by the caller.
type routines struct {
	// gemm multiplies rows of k bytes (x, ldx apart) by consecutive panels; zero is the zero point of x, 0 or signed.
	gemm func(y []float32, ldy int, x []byte, ldx int, scale []float32, rows int, panels []byte, k int, zero int32, s *Scratch)
	// quantize quantises rows of x, which lie ldx apart, to rows of n bytes, which lie side by side.
	quantize func(q []byte, scale, x []float32, ldx, rows, n int)
	// gelu replaces x by GELU(x) and quantises it.
	gelu func(q []byte, scale, x []float32, rows, n int)
	// layerNorm is LayerNorm without its checks.
	layerNorm func(y []float32, q []byte, scale, x, residual, gamma, beta []float32, eps float32, rows, n int)
	// softmax makes rows of n bytes out of rows of n base-2 scores, and the reciprocal of each row's sum.
	softmax func(p []byte, reciprocal, x []float32, rows, n int)
	// packValues quantises 32 columns of v over its tokens (rows ldv apart) into one panel whose k is tokens rounded up to Lanes.
	packValues func(panel []byte, v []float32, ldv, tokens int)
}

// Best is the fastest implementation that this processor runs.
func Best() Set { return Available()[0] }

// Available are the implementations that this processor runs, the fastest first; the last one is "go".
func Available() []Set {
	return append(native(), Set{"go", &routines{gemmGo, quantizeGo, geluGo, layerNormGo, softmaxGo, packValuesGo}})
}

// ByName is the implementation of that name. It is an error if there is none or this processor can't run it.
func ByName(name string) (Set, error) {
	var names []string
	for _, set := range Available() {
		if set.name == name {
			return set, nil
		}
		names = append(names, set.name)
	}
	return Set{}, fmt.Errorf("no kernels %q on this processor: it has %q", name, names)
}

// Name is "avx512vnni", "avx2", "neondot", "neon" or "go".
func (k Set) Name() string { return k.name }

// Scratch is memory that calls reuse. The zero value is ready; it grows to the largest call and may serve one
// goroutine at a time.
type Scratch struct {
	wide    [][8]uint64 // rows of activations spread out for the inner loop of gemm
	query   []byte
	scale   []float32
	keys    []byte
	values  []byte
	scores  []float32
	weights []byte
	sums    []float32
}

// grow is buf with length n; its content is unspecified.
func grow[T any](buf *[]T, n int) []T {
	if cap(*buf) < n {
		*buf = make([]T, n+n/4)
	}
	return (*buf)[:n]
}

// Quantize quantises rows of the given width: x and q are rows × width, scale has one entry a row.
func (k Set) Quantize(q []byte, scale, x []float32, rows, width int) {
	check(width)
	if q, x, scale = q[:rows*width], x[:rows*width], scale[:rows]; rows > 0 {
		k.do.quantize(q, scale, x, width, rows, width)
	}
}

// Gemm multiplies rows of quantised activations by a packed matrix: y is rows × outputs, q is rows × inputs.
func (k Set) Gemm(y []float32, q []byte, scale []float32, rows int, packed []byte, inputs, outputs int, s *Scratch) {
	check(inputs)
	check(outputs)
	packed, y, q, scale = packed[:PackedSize(outputs, inputs)], y[:rows*outputs], q[:rows*inputs], scale[:rows]
	block := max(12, blockBytes/inputs/12*12)
	for r := 0; r < rows; r += block {
		n := min(block, rows-r)
		k.do.gemm(y[r*outputs:], outputs, q[r*inputs:], inputs, scale[r:], n, packed, inputs, signed, s)
	}
}

// blockBytes is how many activations are multiplied by all weights before the next ones are: they stay in the
// second level of the cache.
const blockBytes = 256 << 10

// GELU replaces x (rows × width) by GELU(x) = x·Φ(x), Φ the normal distribution function, within 1.3e-4, and
// quantises that.
//
// With t = min(|x|, 4) it is max(x, 0) - p(t)·t, where p is a polynomial of degree 7, fitted so that t·p(t) is nearest
// to t·Φ(-t) at its worst point. Its pairs of terms are added up as ((c0+c1·t) + (c2+c3·t)·t²) + ((c4+c5·t) +
// (c6+c7·t)·t²)·(t²·t²): the sums wait for each other less than in Horner's form.
func (k Set) GELU(q []byte, scale, x []float32, rows, width int) {
	check(width)
	if q, x, scale = q[:rows*width], x[:rows*width], scale[:rows]; rows > 0 {
		k.do.gelu(q, scale, x, rows, width)
	}
}

// LayerNorm is y = (t - mean(t)) / sqrt(var(t) + eps) * gamma + beta of t = x + residual, row by row, and the
// quantised y. x, residual, y and q are rows × width; y may be x or residual.
//
// Both sums run in 16 lanes, element i in lane i mod 16 in ascending order, which are then added 8 to 8, 4 to 4, 2
// to 2 and 1 to 1 (lane j with lane j+8, and so on). mean and var are sums divided by the width, var of (t - mean)².
// The order of the rest is ((t - mean) * (1/sqrt(var+eps))) * gamma + beta.
func (k Set) LayerNorm(y []float32, q []byte, scale, x, residual, gamma, beta []float32, eps float32, rows, width int) {
	check(width)
	n := rows * width
	y, q, scale, x, residual, gamma, beta = y[:n], q[:n], scale[:rows], x[:n], residual[:n], gamma[:width], beta[:width]
	if rows > 0 {
		k.do.layerNorm(y, q, scale, x, residual, gamma, beta, eps, rows, width)
	}
}

func check(width int) {
	if width <= 0 || width%Lanes != 0 {
		panic(fmt.Sprintf("kernels: width %d isn't a positive multiple of %d", width, Lanes))
	}
}
