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
package kernels
