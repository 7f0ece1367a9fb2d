// Package kernels has the arithmetic of a transformer encoder in 8 bits: matrix products of quantised rows with
// packed weights, attention, GELU, layer norm with its residual, and the quantisation between them.
//
// A [Set] is one implementation of all of it: "avx512vnni" and "avx2" on amd64, "neondot" and "neon" (without
// the dot-product instruction) on arm64, and "go", which runs everywhere and is the specification: every Set gives the
// same bits. [Best] is the fastest that this processor
// has; [ByName] and [Available] let a caller force one. Nothing here keeps state: buffers that outlive a call are in
// a [Scratch], one for each goroutine.
//
// # How numbers are kept
//
// A row of activations x of width n is quantised by itself. With a = max|x|, its scale is a/127 and
//
//	q[i] = round(x[i] * (127/a))   to the nearest, ties to even, in [-127, 127]
//
// each operation rounded to float32; a row with a < 2^-100 has scale 0 and q = 0. q is kept as the byte q+128,
// because the dot-product instruction of AVX-512 takes one unsigned operand.
//
// Weights are int8 in [-127, 127] with a float32 scale and a bias for each output, packed by [Pack] (layout there).
// A product is exact in int32 and becomes
//
//	y = float32(Σ q·w) * (scaleOfRow * scaleOfOutput) + bias
//
// with each of the three float32 operations rounded. No sum overflows while inputs ≤ 65,536.
//
// No operation is fused (x*y+z rounds twice), sums of float32 run in 16 lanes and a fixed tree ([Set.LayerNorm]), and
// rounding is to nearest even. Inputs must be finite. What comes of NaN or infinity is unspecified and may differ
// between Sets, but reads and writes stay within the slices. Widths are multiples of 32. Slices that are too short
// and widths that aren't multiples of 32 are errors of the caller, and panic.
//
// # Speed
//
// On a Xeon (Cascade Lake, 2.5 GHz) whose peak in this instruction is 293 thousand million multiplications with
// addition a second (GMAC/s), the product of 448 × 384 by 384 × 384 reaches 277 with AVX-512, 46 with AVX2 (of 51 that
// its multiplications and additions of 16 bits allow) and 3.2 in plain Go, in processor time. A layer of 384 numbers
// and 12 heads takes 1.4 ms for 112 tokens with AVX-512. Rows of about one to two hundred tokens at once are best: then
// what a layer keeps stays in the second level of the cache (448 rows at once took a tenth longer).
//
// No library that is kept and needs no cgo does it: github.com/viterin/vek works in float32 with fused products (6.6
// GMAC/s for the same matrices); go-simd/int8dot makes one dot product at a time, without AVX-512, and on arm64 only
// from Go 1.27 on; mattn/tensai (7-bit activations) and go-highway reach the vector unit of amd64 by GOEXPERIMENT=simd
// only; gomlx' Go backend encodes half a comment a second.
package kernels
