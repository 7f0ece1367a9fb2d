package kernels

import (
	"math"
)

// This file is the specification: every other implementation gives the same bits. A product that is added to
// something stands in float32(…), so that the compiler never fuses the two.

// gemmGo multiplies six rows at a time. Three rows share a 64-bit word, in fields of 21 bits, and so do their sums of
// products: one multiplication makes three products.
func gemmGo(y []float32, ldy int, x []byte, ldx int, scale []float32, rows int, panels []byte, k int, zero int32, s *Scratch) {
	wide := grow(&s.wide, k/4)
	for r := 0; r < rows; r += 6 {
		n := min(6, rows-r)
		spread(wide, x[r*ldx:], ldx, n, k)
		for p := 0; p*panelSize(k) < len(panels); p++ {
			panel := panels[p*panelSize(k):][:panelSize(k)]
			for lane := 0; lane < Lanes; lane += 2 {
				sums := dotGo(wide, panel[panelData+4*lane:])
				for i := range n {
					store(y[(r+i)*ldy+p*Lanes+lane:], sums[i], scale[r+i], panel, lane, zero)
				}
			}
		}
	}
}

// spread puts n ≤ 6 rows of k bytes into the fields of words, in groups of four inputs of rows 0 to 2 and the same
// of rows 3 to 5; missing rows repeat the last one.
func spread(wide [][8]uint64, x []byte, ldx, n, k int) {
	var row [6][]byte
	for i := range row {
		row[i] = x[min(i, n-1)*ldx:][:k]
	}
	for i := range k {
		wide[i/4][i%4] = uint64(row[0][i]) | uint64(row[1][i])<<21 | uint64(row[2][i])<<42
		wide[i/4][4+i%4] = uint64(row[3][i]) | uint64(row[4][i])<<21 | uint64(row[5][i])<<42
	}
}

// dotGo is the products of six rows with two neighbouring outputs whose weights begin at w. A field has room for the
// sum of 32 products of at most 255·127.
func dotGo(wide [][8]uint64, w []byte) (sums [6][2]int32) {
	const groups = 8
	for ; len(wide) >= groups; wide = wide[groups:] {
		var a0, a1, b0, b1 uint64
		for g := range groups {
			x, w := &wide[g], (*[8]byte)(w[g*blockSize:])
			u, v := uint64(int8(w[0])), uint64(int8(w[4]))
			a0, a1, b0, b1 = a0+x[0]*u, a1+x[0]*v, b0+x[4]*u, b1+x[4]*v
			u, v = uint64(int8(w[1])), uint64(int8(w[5]))
			a0, a1, b0, b1 = a0+x[1]*u, a1+x[1]*v, b0+x[5]*u, b1+x[5]*v
			u, v = uint64(int8(w[2])), uint64(int8(w[6]))
			a0, a1, b0, b1 = a0+x[2]*u, a1+x[2]*v, b0+x[6]*u, b1+x[6]*v
			u, v = uint64(int8(w[3])), uint64(int8(w[7]))
			a0, a1, b0, b1 = a0+x[3]*u, a1+x[3]*v, b0+x[7]*u, b1+x[7]*v
		}
		for i, word := range [4]uint64{a0, a1, b0, b1} {
			low, middle, high := fields(word)
			sums[i/2*3][i%2] += low
			sums[i/2*3+1][i%2] += middle
			sums[i/2*3+2][i%2] += high
		}
		w = w[min(groups*blockSize, len(w)):]
	}
	return sums
}

// fields are the signed sums in low + middle<<21 + high<<42.
func fields(word uint64) (low, middle, high int32) {
	const width = 21
	x := int64(word)
	l := x << (64 - width) >> (64 - width)
	x = (x - l) >> width
	m := x << (64 - width) >> (64 - width)
	return int32(l), int32(m), int32((x - m) >> width)
}

// store dequantises the sums of two neighbouring outputs.
func store(y []float32, sums [2]int32, scale float32, panel []byte, lane int, zero int32) {
	for i, sum := range sums {
		total, factor, bias := header(panel, lane+i)
		y[i] = float32(float32(sum-zero*total)*float32(scale*factor)) + bias
	}
}

// tiny is the largest absolute value of a row from which on it isn't taken for zeros.
const tiny = 0x1p-100

// factors are a row's scale and what its numbers are multiplied by, from its largest absolute value.
func factors(largest float32) (scale, inverse float32) {
	if largest < tiny {
		return 0, 0
	}
	return largest / 127, 127 / largest
}

// magic added to |v| ≤ 2^22 leaves v, rounded to the nearest with ties to even, in the low bits.
const (
	magic     = 0x1.8p23
	magicBits = 0x4b400000
)

func round(v float32) int32 { return int32(math.Float32bits(v+magic)) - magicBits }

func largest(x []float32) float32 {
	m := float32(0)
	for _, v := range x {
		m = max(m, math.Float32frombits(math.Float32bits(v)&^(1<<31)))
	}
	return m
}

func quantizeRow(q []byte, x []float32) (scale float32) {
	scale, inverse := factors(largest(x))
	for i, v := range x {
		q[i] = byte(round(float32(v*inverse)) + signed)
	}
	return scale
}

func quantizeGo(q []byte, scale, x []float32, ldx, rows, n int) {
	for r := range rows {
		scale[r] = quantizeRow(q[r*n:][:n], x[r*ldx:][:n])
	}
}

const geluEnd = 4

// geluTerms are those of p, the lowest power first.
var geluTerms = [8]float32{
	0.49667832255363464, -0.3706260323524475, -0.08138695359230042, 0.17618365585803986,
	-0.07614976912736893, 0.015239152126014233, -0.0014394415775313973, 4.8685618821764365e-05,
}

func gelu(x float32) float32 {
	t, c := min(math.Float32frombits(math.Float32bits(x)&^(1<<31)), geluEnd), &geluTerms
	t2 := float32(t * t)
	low := (float32(c[1]*t) + c[0]) + float32((float32(c[3]*t)+c[2])*t2)
	high := (float32(c[5]*t) + c[4]) + float32((float32(c[7]*t)+c[6])*t2)
	return max(x, 0) - float32((low+float32(high*float32(t2*t2)))*t)
}

func geluGo(q []byte, scale, x []float32, rows, n int) {
	for r := range rows {
		row := x[r*n:][:n]
		for i, v := range row {
			row[i] = gelu(v)
		}
		scale[r] = quantizeRow(q[r*n:][:n], row)
	}
}

// tree adds the lanes of a sum.
func tree(lane *[16]float32) float32 {
	for half := 8; half > 0; half /= 2 {
		for i := range half {
			lane[i] += lane[i+half]
		}
	}
	return lane[0]
}

func layerNormGo(y []float32, q []byte, scale, x, residual, gamma, beta []float32, eps float32, rows, n int) {
	for r := range rows {
		row, u, v := y[r*n:][:n], x[r*n:][:n], residual[r*n:][:n]
		var sum, square [16]float32
		for i := range row {
			row[i] = u[i] + v[i]
			sum[i%16] += row[i]
		}
		mean := tree(&sum) / float32(n)
		for i := range row {
			row[i] -= mean
			square[i%16] += float32(row[i] * row[i])
		}
		inverse := 1 / float32(math.Sqrt(float64(tree(&square)/float32(n)+eps)))
		for i := range row {
			row[i] = float32(float32(row[i]*inverse)*gamma[i]) + beta[i]
		}
		scale[r] = quantizeRow(q[r*n:][:n], row)
	}
}

// exp2Terms are those of p, the lowest power first.
var exp2Terms = [4]float32{255, 176.78713989257812, 61.763790130615234, 14.027291297912598}

// exp2 is 255·2^t for t ≤ 0; below -16 it is that of -16.
func exp2(t float32) float32 {
	t = max(t, -16)
	n := round(t)
	f, c := t-float32(n), &exp2Terms
	p := (float32(c[1]*f) + c[0]) + float32((float32(c[3]*f)+c[2])*float32(f*f))
	return math.Float32frombits(math.Float32bits(p) + uint32(n)<<23)
}

func softmaxGo(p []byte, reciprocal, x []float32, rows, n int) {
	for r := range rows {
		row, weights := x[r*n:][:n], p[r*n:][:n]
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		sum := int32(0)
		for i, v := range row {
			w := round(exp2(v - top))
			weights[i] = byte(w)
			sum += w
		}
		reciprocal[r] = 1 / float32(sum)
	}
}

func packValuesGo(panel []byte, v []float32, ldv, tokens int) {
	clear(panel[panelData:])
	for lane := range Lanes {
		m := float32(0)
		for t := range tokens {
			m = max(m, largest(v[t*ldv+lane:][:1]))
		}
		scale, inverse := factors(m)
		sum := int32(0)
		for t := range tokens {
			q := round(float32(v[t*ldv+lane] * inverse))
			sum += q
			panel[panelData+t/4*blockSize+4*lane+t%4] = byte(q)
		}
		setHeader(panel, lane, sum, scale, 0)
	}
}
