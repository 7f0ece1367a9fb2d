//go:build unix

package kernels

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"
)

// layer is one layer of an encoder with the buffers of its forward pass.
type layer struct {
	width, inner, heads    int
	qkv, project, up, down []byte
	gamma, beta            []float32
	x, y, three, wide      []float32
	q, wideQ               []byte
	scale, wideScale       []float32
	scratch                Scratch
}

func newLayer(tb testing.TB, width, inner, rows int) *layer {
	random := rand.New(rand.NewPCG(2, 1))
	return &layer{
		width: width, inner: inner, heads: width / 32,
		qkv: randomMatrix(tb, random, 3*width, width, false), project: randomMatrix(tb, random, width, width, false),
		up: randomMatrix(tb, random, inner, width, false), down: randomMatrix(tb, random, width, inner, false),
		gamma: normals(random, width, 1), beta: normals(random, width, 1),
		x: normals(random, rows*width, 1), y: make([]float32, rows*width), three: make([]float32, rows*3*width), wide: make([]float32, rows*inner),
		q: make([]byte, rows*width), wideQ: make([]byte, rows*inner),
		scale: make([]float32, rows), wideScale: make([]float32, rows),
	}
}

// forward runs sequences of the given length through the layer; block rows at a time go through the feed-forward part.
func (l *layer) forward(set Set, rows, tokens, block int) {
	set.Gemm(l.three, l.q, l.scale, rows, l.qkv, l.width, 3*l.width, &l.scratch)
	for r := 0; r < rows; r += tokens {
		n := min(tokens, rows-r)
		set.Attention(l.y[r*l.width:], l.three[r*3*l.width:], n, l.heads, l.width/l.heads, &l.scratch)
	}
	set.Quantize(l.q, l.scale, l.y, rows, l.width)
	set.Gemm(l.y, l.q, l.scale, rows, l.project, l.width, l.width, &l.scratch)
	set.LayerNorm(l.x, l.q, l.scale, l.y, l.x, l.gamma, l.beta, 1e-12, rows, l.width)
	for r := 0; r < rows; r += block {
		n := min(block, rows-r)
		set.Gemm(l.wide, l.q[r*l.width:], l.scale[r:], n, l.up, l.width, l.inner, &l.scratch)
		set.GELU(l.wideQ, l.wideScale, l.wide, n, l.inner)
		set.Gemm(l.y[r*l.width:], l.wideQ, l.wideScale, n, l.down, l.inner, l.width, &l.scratch)
	}
	set.LayerNorm(l.x, l.q, l.scale, l.y, l.x, l.gamma, l.beta, 1e-12, rows, l.width)
}

// processor is the time that this process has used: the clock on the wall also counts what others run.
func processor(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkLayer is one layer of 384 numbers, 12 heads and 1,536 inner ones for four sequences of 112 tokens.
func BenchmarkLayer(b *testing.B) {
	for _, set := range Available() {
		for _, block := range []int{96, 448} {
			b.Run(fmt.Sprintf("%s/block=%d", set.Name(), block), func(b *testing.B) {
				l := newLayer(b, 384, 1536, 448)
				set.Quantize(l.q, l.scale, l.x, 448, 384)
				start := processor(b)
				for b.Loop() {
					l.forward(set, 448, 112, block)
				}
				b.ReportMetric((processor(b)-start).Seconds()*1e3/float64(b.N)/4, "cpu-ms/sequence")
			})
		}
	}
}

// BenchmarkGemm is in multiplications with addition a second.
func BenchmarkGemm(b *testing.B) {
	for _, set := range Available() {
		for _, size := range []struct{ rows, inputs, outputs int }{{448, 384, 384}, {448, 384, 1536}, {448, 1536, 384}, {12, 384, 384}} {
			b.Run(fmt.Sprintf("%s/%dx%dx%d", set.Name(), size.rows, size.inputs, size.outputs), func(b *testing.B) {
				random := rand.New(rand.NewPCG(2, 2))
				packed := randomMatrix(b, random, size.outputs, size.inputs, false)
				q, scale := randomBytes(random, size.rows*size.inputs), normals(random, size.rows, 1)
				y := make([]float32, size.rows*size.outputs)
				var s Scratch
				start := processor(b)
				for b.Loop() {
					set.Gemm(y, q, scale, size.rows, packed, size.inputs, size.outputs, &s)
				}
				b.ReportMetric(float64(size.rows*size.inputs*size.outputs)*float64(b.N)/(processor(b)-start).Seconds()/1e9, "GMAC/s")
			})
		}
	}
}

func BenchmarkParts(b *testing.B) {
	for _, set := range Available() {
		l := newLayer(b, 384, 1536, 112)
		copy(l.three, normals(rand.New(rand.NewPCG(2, 3)), len(l.three), 1))
		wide := normals(rand.New(rand.NewPCG(2, 4)), len(l.wide), 1)
		for _, part := range []struct {
			name string
			do   func()
		}{
			{"Attention", func() { set.Attention(l.y, l.three, 112, 12, 32, &l.scratch) }},
			{"Quantize", func() { set.Quantize(l.q, l.scale, l.y, 112, 384) }},
			{"GELU", func() {
				copy(l.wide, wide)
				set.GELU(l.wideQ, l.wideScale, l.wide, 112, 1536)
			}},
			{"LayerNorm", func() { set.LayerNorm(l.y, l.q, l.scale, l.x, l.x, l.gamma, l.beta, 1e-12, 112, 384) }},
		} {
			b.Run(set.Name()+"/"+part.name, func(b *testing.B) {
				start := processor(b)
				for b.Loop() {
					part.do()
				}
				b.ReportMetric((processor(b)-start).Seconds()*1e6/float64(b.N), "cpu-µs/sequence")
			})
		}
	}
}
