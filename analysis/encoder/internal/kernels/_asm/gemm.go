package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Where things lie in a panel: see packed.go.
const (
	scalesAt = 128
	biasesAt = 256
	dataAt   = 384
)

const signature = "func(y *float32, ldy int, x *%s, ldx int, scale *float32, rows int, panel *byte, groups int, zero int32)"

// Registers of both forms of gemm; ldy and ldx are in bytes.
var (
	out, outStride, in, inStride = RDI, RSI, R8, R9
	scales, rows, panel, groups  = R10, R11, R12, R13
	first                        = []Register{RAX, RBX, RCX, RDX} // rows 0, 3, 6, 9 of a tile
	weights, count               = R14, R15
)

func gemmArguments() {
	Load(Param("y"), out)
	Load(Param("ldy"), outStride)
	Load(Param("x"), in)
	Load(Param("ldx"), inStride)
	Load(Param("scale"), scales)
	Load(Param("rows"), rows)
	Load(Param("panel"), panel)
	Load(Param("groups"), groups)
}

// pointers has one for every third row of a tile, so that an address reaches the other two.
func pointers(n int) {
	MOVQ(in, first[0])
	for i := 1; 3*i < n; i++ {
		LEAQ(Mem{Base: first[i-1], Index: inStride, Scale: 2}, first[i])
		ADDQ(inStride, first[i])
	}
}

func row(i, at int) Mem {
	m := Mem{Base: first[i/3], Disp: at}
	if i%3 > 0 {
		m.Index, m.Scale = inStride, uint8(i%3)
	}
	return m
}

// tiles writes the loop over tiles of n rows and one tile for each smaller number that may be left.
func tiles(n int, tile func(name string, n int)) {
	Label("full")
	CMPQ(rows, Imm(uint64(n)))
	JL(LabelRef("rest"))
	tile("tile", n)
	SUBQ(Imm(uint64(n)), rows)
	JMP(LabelRef("full"))
	Label("rest")
	for i := 1; i < n; i++ {
		CMPQ(rows, Imm(uint64(i)))
		JE(LabelRef(fmt.Sprintf("rest%d", i)))
	}
	JMP(LabelRef("done"))
	for i := 1; i < n; i++ {
		Label(fmt.Sprintf("rest%d", i))
		tile(fmt.Sprintf("tile%d", i), i)
		JMP(LabelRef("done"))
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// gemmAVX512 multiplies tiles of 12 rows by the 32 outputs of a panel, in 24 registers.
func gemmAVX512() {
	v := vectors{lanes: 16}
	TEXT("gemmAVX512", NOSPLIT, fmt.Sprintf(signature, "byte"))
	Doc("gemmAVX512 multiplies rows of 4·groups bytes by one panel; ldy and ldx are in bytes. It needs AVX-512 with VNNI.")
	gemmArguments()
	Load(Param("zero"), EAX)
	NEGL(EAX)
	VPBROADCASTD(EAX, Z29)
	VPMULLD(Mem{Base: panel}, Z29, Z30)
	VPMULLD(Mem{Base: panel, Disp: 64}, Z29, Z31)
	tiles(12, func(name string, n int) {
		pointers(n)
		LEAQ(Mem{Base: panel, Disp: dataAt}, weights)
		MOVQ(groups, count)
		for i := range n {
			VMOVDQA64(Z30, v.v(2*i))
			VMOVDQA64(Z31, v.v(2*i+1))
		}
		Label(name)
		const unroll = 4
		for g := range unroll {
			VMOVDQU64(Mem{Base: weights, Disp: 128 * g}, Z24)
			VMOVDQU64(Mem{Base: weights, Disp: 128*g + 64}, Z25)
			for i := range n {
				b := v.v(26 + i%4)
				VPBROADCASTD(row(i, 4*g), b)
				VPDPBUSD(Z24, b, v.v(2*i))
				VPDPBUSD(Z25, b, v.v(2*i+1))
			}
		}
		for i := 0; 3*i < n; i++ {
			ADDQ(Imm(4*unroll), first[i])
		}
		ADDQ(U32(128*unroll), weights)
		SUBQ(Imm(unroll), count)
		JNE(LabelRef(name))
		for i := range n {
			VBROADCASTSS(Mem{Base: scales, Disp: 4 * i}, Z26)
			for half := range 2 {
				acc, factor := v.v(2*i+half), v.v(27+half)
				VMULPS(Mem{Base: panel, Disp: scalesAt + 64*half}, Z26, factor)
				VCVTDQ2PS(acc, acc)
				VMULPS(factor, acc, acc)
				VADDPS(Mem{Base: panel, Disp: biasesAt + 64*half}, acc, acc)
				VMOVUPS(acc, Mem{Base: out, Disp: 64 * half})
			}
			ADDQ(outStride, out)
		}
		ADDQ(Imm(uint64(4*n)), scales)
		MOVQ(inStride, first[0])
		IMUL3Q(Imm(uint64(n)), first[0], first[0])
		ADDQ(first[0], in)
	})
}

// gemmAVX2 multiplies tiles of 6 rows by 8 outputs at a time. A register has two sums for each of 4 outputs, of
// the first and the second pair of every four inputs.
func gemmAVX2() {
	TEXT("gemmAVX2", NOSPLIT, fmt.Sprintf(signature, "int16"))
	Doc("gemmAVX2 multiplies rows of 4·groups numbers by one panel; ldy and ldx are in bytes.")
	gemmArguments()
	eighth := first[2] // 32 × the number of the 8 outputs: their offset in y, in the header and in a block
	tiles(6, func(name string, n int) {
		XORQ(eighth, eighth)
		Label(name + "outputs")
		pointers(n)
		LEAQ(Mem{Base: panel, Index: eighth, Scale: 1, Disp: dataAt}, weights)
		MOVQ(groups, count)
		for i := range 2 * n {
			VPXOR(y(i), y(i), y(i))
		}
		Label(name)
		const unroll = 4
		for g := range unroll {
			VPMOVSXBW(Mem{Base: weights, Disp: 128 * g}, Y12)
			VPMOVSXBW(Mem{Base: weights, Disp: 128*g + 16}, Y13)
			for i := range n {
				VPBROADCASTQ(row(i, 8*g), Y14)
				VPMADDWD(Y12, Y14, Y15)
				VPADDD(Y15, y(2*i), y(2*i))
				VPMADDWD(Y13, Y14, Y14)
				VPADDD(Y14, y(2*i+1), y(2*i+1))
			}
		}
		for i := 0; 3*i < n; i++ {
			ADDQ(Imm(8*unroll), first[i])
		}
		ADDQ(U32(128*unroll), weights)
		SUBQ(Imm(unroll), count)
		JNE(LabelRef(name))
		dequantizeAVX2(n, eighth)
		ADDQ(Imm(32), eighth)
		CMPQ(eighth, Imm(128))
		JNE(LabelRef(name + "outputs"))
		for range n {
			ADDQ(outStride, out)
			ADDQ(inStride, in)
		}
		ADDQ(Imm(uint64(4*n)), scales)
	})
}

func dequantizeAVX2(n int, eighth Register) {
	header := func(at int) Mem { return Mem{Base: panel, Index: eighth, Scale: 1, Disp: at} }
	Load(Param("zero"), EAX)
	VMOVD(EAX, X12)
	VPBROADCASTD(X12, Y12)
	VPMULLD(header(0), Y12, Y12)
	VMOVUPS(header(scalesAt), Y13)
	MOVQ(out, weights)
	for i := range n {
		acc := y(2 * i)
		VPHADDD(y(2*i+1), acc, acc)
		VPERMQ(Imm(0xd8), acc, acc)
		VPSUBD(Y12, acc, acc)
		VCVTDQ2PS(acc, acc)
		VBROADCASTSS(Mem{Base: scales, Disp: 4 * i}, Y14)
		VMULPS(Y13, Y14, Y14)
		VMULPS(Y14, acc, acc)
		VADDPS(header(biasesAt), acc, acc)
		VMOVUPS(acc, Mem{Base: weights, Index: eighth, Scale: 1})
		ADDQ(outStride, weights)
	}
}

// widenAVX2 is for gemmAVX2, whose products are of 16 bits.
func widenAVX2() {
	TEXT("widenAVX2", NOSPLIT, "func(to *int16, from *byte, n int)")
	Doc("widenAVX2 makes 16 bits of each of n bytes; n is a multiple of 32.")
	Load(Param("to"), RDI)
	Load(Param("from"), RSI)
	Load(Param("n"), RCX)
	Label("loop")
	VPMOVZXBW(Mem{Base: RSI}, Y0)
	VPMOVZXBW(Mem{Base: RSI, Disp: 16}, Y1)
	VMOVDQU(Y0, Mem{Base: RDI})
	VMOVDQU(Y1, Mem{Base: RDI, Disp: 32})
	ADDQ(Imm(32), RSI)
	ADDQ(Imm(64), RDI)
	SUBQ(Imm(32), RCX)
	JNE(LabelRef("loop"))
	VZEROUPPER()
	RET()
}
