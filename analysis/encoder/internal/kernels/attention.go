package kernels

import (
	"encoding/binary"
	"math"
)

// attentionRows is how many queries are scored at once, so that scores and weights stay in the first level of the cache.
const attentionRows = 48

// Attention lets every token of one sequence attend to all of it, in each head by itself. qkv is tokens × 3·width with
// width = heads·headWidth: the queries of all heads, then the keys, then the values. out is tokens × width.
//
// Queries and keys are quantised a token and head at a time, values a column (one number of a head) over the
// sequence, all by the rule for rows. headWidth is at most 1,024. A score is float32(q·k) * (a*scaleOfKey) with a = scaleOfQuery * c, c =
// log2(e)/sqrt(headWidth) rounded to float32. With t = max(score - the row's largest score, -16) a weight is
//
//	round(255 * 2^t)   to the nearest, ties to even, in [0, 255]
//
// where 255·2^t is 2^n·p(t-n), n = round(t), p a polynomial of degree 3 with p(0) = 255, added up as (c0+c1·f) +
// (c2+c3·f)·f², within 1.1e-4 of the true value.
// The result is float32(Σ weight·v) * (r*scaleOfColumn) with r = 1/float32(Σ weight).
func (k Set) Attention(out, qkv []float32, tokens, heads, headWidth int, s *Scratch) {
	if check(headWidth); headWidth > 1024 {
		panic("kernels: a head is wider than 1,024")
	}
	width := heads * headWidth
	out, qkv = out[:tokens*width], qkv[:tokens*3*width]
	if tokens == 0 {
		return
	}
	padded := (tokens + Lanes - 1) / Lanes * Lanes
	rows := min(tokens, attentionRows)
	query := grow(&s.query, tokens*headWidth)
	scale := grow(&s.scale, tokens)
	keys := grow(&s.keys, PackedSize(padded, headWidth))
	values := grow(&s.values, PackedSize(headWidth, padded))
	scores := grow(&s.scores, rows*padded)
	weights := grow(&s.weights, rows*padded)
	sums := grow(&s.sums, rows)
	factor := float32(math.Log2E / math.Sqrt(float64(headWidth)))
	for h := range heads {
		at := h * headWidth
		k.do.quantize(query, scale, qkv[width+at:], 3*width, tokens, headWidth)
		packKeys(keys, query, scale, tokens, headWidth)
		for p := range headWidth / Lanes {
			k.do.packValues(values[p*panelSize(padded):][:panelSize(padded)], qkv[2*width+at+p*Lanes:], 3*width, tokens)
		}
		k.do.quantize(query, scale, qkv[at:], 3*width, tokens, headWidth)
		for i := range scale {
			scale[i] *= factor
		}
		for t := 0; t < tokens; t += rows {
			n := min(rows, tokens-t)
			k.do.gemm(scores, padded, query[t*headWidth:], headWidth, scale[t:], n, keys, headWidth, signed, s)
			k.do.softmax(weights, sums, scores, n, padded)
			k.do.gemm(out[t*width+at:], width, weights, padded, sums, n, values, padded, 0, s)
		}
	}
}

// packKeys packs quantised rows as the outputs of a matrix. Those that fill up the last panel have a bias of -Inf,
// so that their weights are 0.
func packKeys(packed, q []byte, scale []float32, tokens, width int) {
	size := panelSize(width)
	for t := range (tokens + Lanes - 1) / Lanes * Lanes {
		panel, lane := packed[t/Lanes*size:][:size], t%Lanes
		if t >= tokens {
			setHeader(panel, lane, 0, 0, float32(math.Inf(-1)))
			for at := panelData + 4*lane; at < size; at += blockSize {
				binary.LittleEndian.PutUint32(panel[at:], 0)
			}
			continue
		}
		row, at := q[t*width:][:width], panelData+4*lane
		sum := uint64(0) // in four fields of 16 bits
		for ; len(row) >= 8; row, at = row[8:], at+2*blockSize {
			x := binary.LittleEndian.Uint64(row)
			sum += x&0x00ff00ff00ff00ff + x>>8&0x00ff00ff00ff00ff
			x ^= 0x8080808080808080 // from q+128 to q
			binary.LittleEndian.PutUint32(panel[at:], uint32(x))
			binary.LittleEndian.PutUint32(panel[at+blockSize:], uint32(x>>32))
		}
		total := sum&0xffff + sum>>16&0xffff + sum>>32&0xffff + sum>>48
		setHeader(panel, lane, int32(total)-signed*int32(width), scale[t], 0)
	}
}
