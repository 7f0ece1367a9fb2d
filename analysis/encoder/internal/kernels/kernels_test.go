package kernels

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plain is the specification.
func plain(t testing.TB) Set {
	set, err := ByName("go")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// each runs a test for every implementation of this processor but the specification.
func each(t *testing.T, run func(t *testing.T, set Set)) {
	for _, set := range Available() {
		if set.Name() != "go" {
			t.Run(set.Name(), func(t *testing.T) { run(t, set) })
		}
	}
}

// normals are n numbers of normal distribution times size; every 16th is ten times as large.
func normals(random *rand.Rand, n int, size float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(random.NormFloat64() * size)
		if random.IntN(16) == 0 {
			x[i] *= 10
		}
	}
	return x
}

// extremes are numbers at the ends of what may occur.
func extremes(random *rand.Rand, n int) []float32 {
	choice := []float32{0, float32(math.Copysign(0, -1)), 1, -1, 127, -127, 0.5, -0.5, 1.5, 2.5, 4.25, -4.25, 1e-30, -1e-30,
		math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, 1e18, -1e18}
	choice = choice[:1+random.IntN(len(choice))]
	x := make([]float32, n)
	for i := range x {
		x[i] = choice[random.IntN(len(choice))]
	}
	return x
}

func randomBytes(random *rand.Rand, n int) []byte {
	x := make([]byte, n)
	for i := range x {
		x[i] = byte(1 + random.IntN(255))
	}
	return x
}

func randomMatrix(t testing.TB, random *rand.Rand, outputs, inputs int, extreme bool) []byte {
	weights := make([]int8, outputs*inputs)
	for i := range weights {
		if weights[i] = int8(random.IntN(255) - 127); extreme {
			weights[i] = []int8{-127, 127}[random.IntN(2)]
		}
	}
	scales := normals(random, outputs, 0.01)
	packed, err := Pack(weights, scales, normals(random, outputs, 1), outputs, inputs)
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

// bits makes rows of numbers comparable to the last bit.
func bits(x []float32) []uint32 {
	out := make([]uint32, len(x))
	for i, v := range x {
		out[i] = math.Float32bits(v)
	}
	return out
}

func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if want, got := bits(want), bits(got); !slices.Equal(want, got) {
		t.Fatalf("%s differs from plain Go:\n%.2000s", what, cmp.Diff(want, got))
	}
}

// Sizes of rows and widths, of which many leave remainders in every blocking.
var (
	someRows   = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 47, 112}
	someWidths = []int{32, 64, 96, 384, 416}
)

func TestGemmIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, extreme := range []bool{false, true} {
		const rows, outputs, inputs = 7, 64, 96
		weights := make([]int8, outputs*inputs)
		for i := range weights {
			if weights[i] = int8(random.IntN(255) - 127); extreme {
				weights[i] = 127
			}
		}
		scales, biases := normals(random, outputs, 0.01), normals(random, outputs, 1)
		packed, err := Pack(weights, scales, biases, outputs, inputs)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckPacked(packed, outputs, inputs); err != nil {
			t.Fatal(err)
		}
		q, scale := randomBytes(random, rows*inputs), normals(random, rows, 0.1)
		if extreme {
			for i := range q {
				q[i] = 1
			}
		}
		want, got := make([]float32, rows*outputs), make([]float32, rows*outputs)
		for r := range rows {
			for o := range outputs {
				sum := 0
				for i := range inputs {
					sum += (int(q[r*inputs+i]) - 128) * int(weights[o*inputs+i])
				}
				want[r*outputs+o] = float32(float32(sum)*float32(scale[r]*scales[o])) + biases[o]
			}
		}
		plain(t).Gemm(got, q, scale, rows, packed, inputs, outputs, new(Scratch))
		same(t, "the product", got, want)
	}
}

func TestGemm(t *testing.T) {
	each(t, func(t *testing.T, set Set) {
		random := rand.New(rand.NewPCG(1, 2))
		var ours, theirs Scratch
		for _, rows := range someRows {
			for _, inputs := range someWidths {
				outputs := someWidths[random.IntN(len(someWidths))]
				packed := randomMatrix(t, random, outputs, inputs, rows%2 == 0)
				q, scale := randomBytes(random, rows*inputs), normals(random, rows, 0.1)
				if rows%4 == 0 {
					for i := range q {
						q[i] = []byte{1, 255}[random.IntN(2)]
					}
				}
				want, got := make([]float32, rows*outputs), make([]float32, rows*outputs)
				plain(t).Gemm(want, q, scale, rows, packed, inputs, outputs, &theirs)
				set.Gemm(got, q, scale, rows, packed, inputs, outputs, &ours)
				same(t, fmt.Sprintf("the product of %d rows of %d with %d outputs", rows, inputs, outputs), got, want)
			}
		}
	})
}

// A row has the largest error that rounding allows, and its ends are reached.
func TestQuantize(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 3))
	x := normals(random, 384, 3)
	q, scale := make([]byte, 384), make([]float32, 1)
	plain(t).Quantize(q, scale, x, 1, 384)
	most := 0
	for i, v := range x {
		if diff := math.Abs(float64(scale[0])*float64(int(q[i])-128) - float64(v)); diff > float64(scale[0])*0.5001 {
			t.Fatalf("%v became %d × %v", v, int(q[i])-128, scale[0])
		}
		most = max(most, max(int(q[i])-128, 128-int(q[i])))
	}
	if most != 127 {
		t.Fatalf("the largest is %d", most)
	}
	for i := range x {
		x[i] = 1e-35
	}
	plain(t).Quantize(q, scale, x, 1, 384)
	if scale[0] != 0 || q[5] != 128 {
		t.Fatalf("a row of almost zeros has scale %v and %d", scale[0], q[5])
	}
}

func TestElementwise(t *testing.T) {
	each(t, func(t *testing.T, set Set) {
		random := rand.New(rand.NewPCG(1, 4))
		for trial := range 60 {
			rows, width := someRows[random.IntN(len(someRows))], someWidths[random.IntN(len(someWidths))]
			numbers := func(n int) []float32 {
				if trial%3 == 0 {
					return extremes(random, n)
				}
				return normals(random, n, math.Exp(random.NormFloat64()*2))
			}
			compareRows(t, set, numbers(rows*width), numbers(rows*width), numbers(width), rows, width)
		}
	})
}

// compareRows holds set to the specification in what it does row by row.
func compareRows(t *testing.T, set Set, x, residual, gamma []float32, rows, width int) {
	t.Helper()
	type result struct {
		q     []byte
		scale []float32
		y     []float32
	}
	run := func(set Set, do func(set Set, r *result)) result {
		r := result{make([]byte, rows*width), make([]float32, rows), append([]float32(nil), x...)}
		do(set, &r)
		return r
	}
	for what, do := range map[string]func(set Set, r *result){
		"Quantize": func(set Set, r *result) { set.Quantize(r.q, r.scale, r.y, rows, width) },
		"GELU":     func(set Set, r *result) { set.GELU(r.q, r.scale, r.y, rows, width) },
		"LayerNorm": func(set Set, r *result) {
			set.LayerNorm(r.y, r.q, r.scale, r.y, residual, gamma, gamma, 1e-12, rows, width)
		},
	} {
		want, got := run(plain(t), do), run(set, do)
		same(t, what, got.y, want.y)
		same(t, what+"'s scale", got.scale, want.scale)
		if !bytes.Equal(want.q, got.q) {
			t.Fatalf("%s of %d × %d differs from plain Go:\n%.2000s", what, rows, width, cmp.Diff(want.q, got.q))
		}
	}
}

func TestGELUError(t *testing.T) {
	worst := 0.0
	for x := -12.0; x < 12; x += 1e-4 {
		v := float32(x)
		exact := float64(v) / 2 * (1 + math.Erf(float64(v)/math.Sqrt2))
		worst = max(worst, math.Abs(float64(gelu(v))-exact))
	}
	t.Logf("largest error %.2g", worst)
	if worst > 1.3e-4 {
		t.Fatalf("the largest error is %v", worst)
	}
}

func TestExp2Error(t *testing.T) {
	worst := 0.0
	for x := -16.0; x <= 0; x += 1e-5 {
		v := float32(x)
		worst = max(worst, math.Abs(float64(exp2(v))/255/math.Exp2(float64(v))-1))
	}
	t.Logf("largest relative error %.2g", worst)
	if worst > 1.1e-4 || exp2(0) != 255 {
		t.Fatalf("the largest error is %v, 2^0 = %v", worst, exp2(0))
	}
}

func TestLayerNormIsOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 5))
	const width = 384
	x, residual, gamma, beta := normals(random, width, 2), normals(random, width, 2), normals(random, width, 1), normals(random, width, 1)
	y, q, scale := make([]float32, width), make([]byte, width), make([]float32, 1)
	plain(t).LayerNorm(y, q, scale, x, residual, gamma, beta, 1e-12, 1, width)
	mean, square := 0.0, 0.0
	for i := range x {
		mean += float64(x[i]) + float64(residual[i])
	}
	mean /= width
	for i := range x {
		d := float64(x[i]) + float64(residual[i]) - mean
		square += d * d
	}
	for i := range x {
		want := (float64(x[i])+float64(residual[i])-mean)/math.Sqrt(square/width)*float64(gamma[i]) + float64(beta[i])
		if math.Abs(float64(y[i])-want) > 1e-5*(1+math.Abs(want)) {
			t.Fatalf("number %d is %v in place of %v", i, y[i], want)
		}
	}
}

// The answer is near to that of exact attention.
func TestAttentionIsAttention(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 6))
	for _, c := range []struct{ tokens, heads, headWidth int }{{1, 1, 32}, {10, 2, 32}, {50, 2, 64}, {220, 1, 32}} {
		width := c.heads * c.headWidth
		qkv := make([]float32, c.tokens*3*width)
		for i := range qkv {
			qkv[i] = float32(random.NormFloat64())
		}
		out := make([]float32, c.tokens*width)
		plain(t).Attention(out, qkv, c.tokens, c.heads, c.headWidth, new(Scratch))
		worst := 0.0
		for i, want := range exactAttention(qkv, c.tokens, c.heads, c.headWidth) {
			worst = max(worst, math.Abs(float64(out[i])-want))
		}
		t.Logf("%+v: largest error %.3f", c, worst)
		if worst > 0.05 {
			t.Errorf("%+v: the largest error is %v", c, worst)
		}
	}
}

func exactAttention(qkv []float32, tokens, heads, headWidth int) []float64 {
	width := heads * headWidth
	out := make([]float64, tokens*width)
	for h := range heads {
		for i := range tokens {
			weights, sum := make([]float64, tokens), 0.0
			for j := range tokens {
				score := 0.0
				for d := range headWidth {
					score += float64(qkv[i*3*width+h*headWidth+d]) * float64(qkv[j*3*width+width+h*headWidth+d])
				}
				weights[j] = math.Exp(score / math.Sqrt(float64(headWidth)))
				sum += weights[j]
			}
			for j := range tokens {
				for d := range headWidth {
					out[i*width+h*headWidth+d] += weights[j] / sum * float64(qkv[j*3*width+2*width+h*headWidth+d])
				}
			}
		}
	}
	return out
}

func TestAttention(t *testing.T) {
	each(t, func(t *testing.T, set Set) {
		random := rand.New(rand.NewPCG(1, 7))
		var ours, theirs Scratch
		for _, tokens := range []int{1, 2, 3, 4, 5, 15, 16, 17, 31, 32, 33, 49, 112, 220, 7} {
			for trial, headWidth := range []int{32, 64, 32} {
				heads := 1 + random.IntN(3)
				width := heads * headWidth
				qkv := normals(random, tokens*3*width, math.Exp(random.NormFloat64()))
				if trial == 2 {
					qkv = extremes(random, tokens*3*width)
				}
				want, got := make([]float32, tokens*width), make([]float32, tokens*width)
				plain(t).Attention(want, qkv, tokens, heads, headWidth, &theirs)
				set.Attention(got, qkv, tokens, heads, headWidth, &ours)
				same(t, fmt.Sprintf("attention of %d tokens in %d heads of %d", tokens, heads, headWidth), got, want)
			}
		}
	})
}

func TestPackRefuses(t *testing.T) {
	good := func() ([]int8, []float32, []float32) {
		return make([]int8, 32*32), make([]float32, 32), make([]float32, 32)
	}
	for what, spoil := range map[string]func(w []int8, s, b []float32) (int, int){
		"-128":          func(w []int8, _, _ []float32) (int, int) { w[7] = -128; return 32, 32 },
		"infinite":      func(_ []int8, s, _ []float32) (int, int) { s[3] = float32(math.Inf(1)); return 32, 32 },
		"not a number":  func(_ []int8, _, b []float32) (int, int) { b[3] = float32(math.NaN()); return 32, 32 },
		"dimension":     func(_ []int8, _, _ []float32) (int, int) { return 32, 31 },
		"length":        func(_ []int8, _, _ []float32) (int, int) { return 64, 32 },
		"no dimensions": func(_ []int8, _, _ []float32) (int, int) { return 0, 0 },
	} {
		weights, scales, biases := good()
		outputs, inputs := spoil(weights, scales, biases)
		if _, err := Pack(weights, scales, biases, outputs, inputs); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	weights, scales, biases := good()
	packed, err := Pack(weights, scales, biases, 32, 32)
	if err != nil {
		t.Fatal(err)
	}
	packed[panelData+5] ^= 1
	if CheckPacked(packed, 32, 32) == nil || CheckPacked(packed[:len(packed)-1], 32, 32) == nil {
		t.Error("a spoilt matrix passes")
	}
}

// Every processor's every implementation gives these bits. The numbers that go in are whole ones times powers of two,
// which no architecture's compiler rounds differently.
func TestSameBitsEverywhere(t *testing.T) {
	const rows, width = 23, 96
	for _, set := range Available() {
		random := rand.New(rand.NewPCG(3, 1))
		numbers := func(n int, size float32) []float32 {
			x := make([]float32, n)
			for i := range x {
				x[i] = float32(random.IntN(1<<20)-1<<19) * size
			}
			return x
		}
		weights := make([]int8, 3*width*width)
		for i := range weights {
			weights[i] = int8(random.IntN(255) - 127)
		}
		packed, err := Pack(weights, numbers(3*width, 0x1p-32), numbers(3*width, 0x1p-20), 3*width, width)
		if err != nil {
			t.Fatal(err)
		}
		x, qkv, out := numbers(rows*width, 0x1p-17), make([]float32, rows*3*width), make([]float32, rows*width)
		q, scale := make([]byte, rows*width), make([]float32, rows)
		gamma := numbers(width, 0x1p-19)
		var s Scratch
		set.Quantize(q, scale, x, rows, width)
		set.Gemm(qkv, q, scale, rows, packed, width, 3*width, &s)
		set.Attention(out, qkv, rows, 3, 32, &s)
		set.LayerNorm(x, q, scale, out, x, gamma, gamma, 1e-12, rows, width)
		set.GELU(q, scale, x, rows, width)
		hash := sha256.New()
		for _, part := range [][]float32{qkv, out, x, scale} {
			for _, v := range part {
				hash.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
			}
		}
		hash.Write(q)
		if got := fmt.Sprintf("%x", hash.Sum(nil)); got != "bd48e3ba5d3e1ce6c8dc1bc074d061f375b1fee0f0f5ed6989719892f160cf99" {
			t.Errorf("%s: the bits have the hash %s", set.Name(), got)
		}
	}
}

func TestByName(t *testing.T) {
	for _, set := range Available() {
		got, err := ByName(set.Name())
		if err != nil || got.Name() != set.Name() {
			t.Errorf("%s: %v, %v", set.Name(), got.Name(), err)
		}
	}
	if _, err := ByName("abacus"); err == nil {
		t.Error("there is an abacus")
	}
}

// FuzzSets holds every implementation to the specification on numbers that the fuzzer chooses.
func FuzzSets(f *testing.F) {
	f.Add(uint64(1), uint8(1), uint8(1), []byte{0, 1, 2, 3})
	f.Add(uint64(9), uint8(13), uint8(12), []byte{255, 127, 128, 0, 1})
	f.Fuzz(func(t *testing.T, seed uint64, rowsByte, widthByte uint8, pattern []byte) {
		random := rand.New(rand.NewPCG(seed, 1))
		rows, width := 1+int(rowsByte)%40, Lanes*(1+int(widthByte)%4)
		x := make([]float32, 3*rows*width)
		for i := range x {
			x[i] = float32(random.NormFloat64())
			if len(pattern) > 0 {
				x[i] *= float32(int8(pattern[i%len(pattern)]))
			}
		}
		packed := randomMatrix(t, random, width, width, seed%2 == 0)
		q, scale := make([]byte, rows*width), make([]float32, rows)
		plain(t).Quantize(q, scale, x, rows, width)
		var scratch Scratch
		for _, set := range Available() {
			compareRows(t, set, x[:rows*width], x[rows*width:][:rows*width], x[2*rows*width:][:width], rows, width)
			want, got := make([]float32, rows*width), make([]float32, rows*width)
			plain(t).Attention(want, x, rows, width/Lanes, Lanes, &scratch)
			set.Attention(got, x, rows, width/Lanes, Lanes, &scratch)
			same(t, "attention", got, want)
			plain(t).Gemm(want, q, scale, rows, packed, width, width, &scratch)
			set.Gemm(got, q, scale, rows, packed, width, width, &scratch)
			same(t, "the product", got, want)
		}
	})
}
