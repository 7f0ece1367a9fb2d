package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func (v vectors) softmax() {
	v.text("softmax", "is softmaxGo.", "func(p *byte, reciprocal, x *float32, rows, n int)")
	Load(Param("p"), q)
	Load(Param("reciprocal"), rowScale)
	Load(Param("x"), source)
	Load(Param("rows"), left)
	Load(Param("n"), width)
	SHLQ(Imm(2), width)
	lowest := v.constant("lowest", 17)
	c := []Op{v.constant("exp0", 18), v.constant("exp1", 19), v.constant("exp2", 20), v.constant("exp3", 21)}
	// The largest scores of all rows first: rows don't wait for each other, while a row's weights wait for its largest.
	MOVQ(source, R8)
	MOVQ(rowScale, R9)
	MOVQ(left, R10)
	Label("tops")
	for i := range v.parts() {
		VMOVUPS(Mem{Base: source, Disp: i * v.bytes()}, v.v(i))
	}
	v.each("top", func() {
		for i := range v.parts() {
			VMAXPS(v.element(source, i), v.v(i), v.v(i))
		}
	})
	v.fold(0, v.parts(), VMAXPS)
	VMOVSS(X0, Mem{Base: rowScale})
	ADDQ(Imm(4), rowScale)
	ADDQ(width, source)
	SUBQ(Imm(1), left)
	JNE(LabelRef("tops"))
	MOVQ(R8, source)
	MOVQ(R9, rowScale)
	MOVQ(R10, left)
	Label("row")
	VBROADCASTSS(Mem{Base: rowScale}, v.v(13))
	v.zero(v.v(14))
	v.each("weights", func() {
		for i := range v.parts() {
			t, f, n, square := v.v(i), v.v(4+i%2), v.v(6+i%2), v.v(8+i%2)
			VMOVUPS(v.element(source, i), t)
			VSUBPS(v.v(13), t, t)
			VMAXPS(lowest, t, t)
			VCVTPS2DQ(t, n)
			VCVTDQ2PS(n, f)
			VSUBPS(f, t, f)
			VMULPS(f, f, square)
			VMULPS(c[1], f, t)
			VADDPS(c[0], t, t)
			VMULPS(c[3], f, f)
			VADDPS(c[2], f, f)
			VMULPS(square, f, f)
			VADDPS(f, t, t)
			VPSLLD(Imm(23), n, n)
			VPADDD(n, t, t)
			VCVTPS2DQ(t, t)
			VPADDD(t, v.v(14), v.v(14))
		}
		v.bytesOf(false)
	})
	// The sum of integers, of which the order is of no matter, and its reciprocal.
	v.fold(14, 1, VPADDD)
	VCVTDQ2PS(X14, X14)
	VMOVSS(v.c["one"], X0)
	VDIVSS(X14, X0, X0)
	VMOVSS(X0, Mem{Base: rowScale})
	ADDQ(Imm(4), rowScale)
	ADDQ(width, source)
	nextRow("row")
}

// packValues keeps the reciprocals of scales in registers 0 to 3 and the sums in 4 to 7, packs in 8 to 11, and uses 12 to 14.
func (v vectors) packValues() {
	v.text("packValues", "is packValuesGo; ldv is in bytes, groups is the panel's inputs / 4.", "func(panel *byte, v *float32, ldv, tokens, groups int)")
	values, stride, tokens, block := RSI, RDX, RCX, R9
	Load(Param("panel"), RDI)
	Load(Param("v"), values)
	Load(Param("ldv"), stride)
	Load(Param("tokens"), tokens)
	Load(Param("groups"), R8)
	v.columnScales(values, stride, tokens)
	Load(Param("v"), values)
	LEAQ(Mem{Base: RDI, Disp: dataAt}, block)
	byteMask := v.constant("byte", 17)
	number := func(i int) {
		VMULPS(Mem{Base: values, Disp: i * v.bytes()}, v.v(i), v.v(12))
		VCVTPS2DQ(v.v(12), v.v(12))
		VPADDD(v.v(12), v.v(4+i), v.v(4+i))
	}
	next := func() {
		for i := range v.parts() {
			VMOVUPS(v.v(8+i), Mem{Base: block, Disp: i * v.bytes()})
		}
		ADDQ(Imm(128), block)
		SUBQ(Imm(1), R8)
	}
	token := func(shift uint64) {
		for i := range v.parts() {
			if number(i); shift == 0 {
				v.and(byteMask, v.v(12), v.v(8+i))
				continue
			}
			if shift < 24 {
				v.and(byteMask, v.v(12), v.v(12))
			}
			VPSLLD(Imm(shift), v.v(12), v.v(12))
			v.or(v.v(12), v.v(8+i), v.v(8+i))
		}
		ADDQ(stride, values)
	}
	Label("four")
	CMPQ(tokens, Imm(4))
	JL(LabelRef("rest"))
	for i := range 4 {
		token(uint64(8 * i))
	}
	next()
	SUBQ(Imm(4), tokens)
	JMP(LabelRef("four"))
	Label("rest")
	TESTQ(tokens, tokens)
	JE(LabelRef("fill"))
	token(0)
	for i := range 2 {
		SUBQ(Imm(1), tokens)
		JE(LabelRef("last"))
		token(uint64(8 + 8*i))
	}
	Label("last")
	next()
	Label("fill")
	for i := range v.parts() {
		VMOVUPS(v.v(4+i), Mem{Base: RDI, Disp: i * v.bytes()})
		v.zero(v.v(8 + i))
		VMOVUPS(v.v(8+i), Mem{Base: RDI, Disp: biasesAt + i*v.bytes()})
	}
	Label("empty")
	TESTQ(R8, R8)
	JE(LabelRef("done"))
	next()
	JMP(LabelRef("empty"))
	Label("done")
	VZEROUPPER()
	RET()
}

// columnScales finds the largest absolute value of each column, stores the scales in the panel at RDI and leaves what
// numbers are multiplied by in registers 0 to 3, and zeros in 4 to 7.
func (v vectors) columnScales(values, stride, tokens Register) {
	absolute := v.constant("absolute", 17)
	if v.lanes == 8 {
		VMOVUPS(absolute, Y15)
		absolute = Y15
	}
	for i := range v.parts() {
		v.zero(v.v(i))
	}
	MOVQ(tokens, R9)
	Label("largest")
	for i := range v.parts() {
		v.and(Mem{Base: values, Disp: i * v.bytes()}, absolute, v.v(12))
		VMAXPS(v.v(12), v.v(i), v.v(i))
	}
	ADDQ(stride, values)
	SUBQ(Imm(1), R9)
	JNE(LabelRef("largest"))
	limit := v.c["limit"]
	VBROADCASTSS(limit, v.v(13))
	VBROADCASTSS(v.c["tiny"], v.v(14))
	for i := range v.parts() {
		VDIVPS(v.v(13), v.v(i), v.v(12))
		VDIVPS(v.v(i), v.v(13), v.v(4+i))
		if v.lanes == 16 {
			VCMPPS(Imm(5), v.v(14), v.v(i), K1)
			VMOVAPS_Z(v.v(12), K1, v.v(12))
			VMOVAPS_Z(v.v(4+i), K1, v.v(i))
		} else {
			VCMPPS(Imm(5), v.v(14), v.v(i), v.v(i))
			VANDPS(v.v(12), v.v(i), v.v(12))
			VANDPS(v.v(4+i), v.v(i), v.v(i))
		}
		VMOVUPS(v.v(12), Mem{Base: RDI, Disp: scalesAt + i*v.bytes()})
		v.zero(v.v(4 + i))
	}
}
