package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Registers of the functions that work row by row.
var (
	q, rowScale, source = RDI, RSI, RDX
	left, width         = RCX, RBX // rows, bytes of a row of float32
	at                  = RAX      // offset in bytes of float32 in the row
)

func (v vectors) text(name, doc, signature string) {
	TEXT(name+v.name, NOSPLIT, signature)
	Doc(name + v.name + " " + doc)
}

// each writes a loop over a row, 32 numbers at a time.
func (v vectors) each(label string, body func()) {
	XORQ(at, at)
	Label(label)
	body()
	ADDQ(Imm(128), at)
	CMPQ(at, width)
	JNE(LabelRef(label))
}

// element is part i of the 32 numbers at the loop's place in a row.
func (v vectors) element(row Register, i int) Mem {
	return Mem{Base: row, Index: at, Scale: 1, Disp: i * v.bytes()}
}

// nextRow ends the loop over rows.
func nextRow(label string) {
	SUBQ(Imm(1), left)
	JNE(LabelRef(label))
	VZEROUPPER()
	RET()
}

// fold combines the parts of 32 numbers from register from on into x(from), whose lowest lane is the result of all.
// With parts = 1 (AVX-512) or 2 (AVX2), it is the tree of plain.go's sums.
func (v vectors) fold(from, parts int, combine func(ops ...Op)) {
	for n := parts; n > 1; n /= 2 {
		for i := range n / 2 {
			combine(v.v(from+i+n/2), v.v(from+i), v.v(from+i))
		}
	}
	if v.lanes == 16 {
		VEXTRACTF64X4(Imm(1), v.v(from), Y15)
		combine(Y15, y(from), y(from))
	}
	VEXTRACTF128(Imm(1), y(from), X15)
	combine(X15, x(from), x(from))
	VMOVHLPS(x(from), x(from), X15)
	combine(X15, x(from), x(from))
	VMOVSHDUP(x(from), X15)
	combine(X15, x(from), x(from))
}

// largest makes the largest absolute values of four or two registers more those of the numbers in register r.
func (v vectors) largest(r, temporary, into int, absolute Op) {
	v.and(absolute, v.v(r), v.v(temporary))
	VMAXPS(v.v(temporary), v.v(into), v.v(into))
}

// quantizeRow quantises the row at source to the bytes at q, given the largest absolute values in registers 0 to
// parts-1, and moves q and rowScale on.
func (v vectors) quantizeRow(label string) {
	v.fold(0, v.parts(), VMAXPS)
	VMOVSS(v.c["limit"], X1)
	VCMPSS(Imm(5), v.c["tiny"], X0, X2) // not less than
	VDIVSS(X1, X0, X3)
	VANDPS(X2, X3, X3)
	VMOVSS(X3, Mem{Base: rowScale})
	ADDQ(Imm(4), rowScale)
	VDIVSS(X0, X1, X1)
	VANDPS(X2, X1, X1)
	VBROADCASTSS(X1, v.v(8))
	offset := v.constant("offset", 16)
	v.each(label, func() {
		for i := range v.parts() {
			VMULPS(v.element(source, i), v.v(8), v.v(i))
			VCVTPS2DQ(v.v(i), v.v(i))
			if v.lanes == 16 {
				VPADDD(offset, v.v(i), v.v(i))
			}
		}
		v.bytesOf(true)
	})
}

// bytesOf stores 32 integers in registers 0 to parts-1 as bytes at q and moves it on. The narrow form takes signed
// ones, to which it adds 128, or those from 0 to 255.
func (v vectors) bytesOf(signed bool) {
	if v.lanes == 16 {
		VPMOVDB(Z0, Mem{Base: q})
		VPMOVDB(Z1, Mem{Base: q, Disp: 16})
	} else {
		if VPACKSSDW(Y1, Y0, Y0); signed {
			VPACKSSDW(Y3, Y2, Y2)
			VPACKSSWB(Y2, Y0, Y0)
			VPXOR(v.c["flip"], Y0, Y0)
		} else {
			VPACKSSDW(Y3, Y2, Y2)
			VPACKUSWB(Y2, Y0, Y0)
		}
		VMOVDQU(v.c["order"], Y1)
		VPERMD(Y0, Y1, Y0)
		VMOVDQU(Y0, Mem{Base: q})
	}
	ADDQ(Imm(32), q)
}

func (v vectors) quantize() {
	v.text("quantize", "quantises rows of n numbers; ldx is in bytes.", "func(q *byte, scale, x *float32, ldx, rows, n int)")
	Load(Param("q"), q)
	Load(Param("scale"), rowScale)
	Load(Param("x"), source)
	Load(Param("ldx"), R8)
	Load(Param("rows"), left)
	Load(Param("n"), width)
	SHLQ(Imm(2), width)
	absolute := v.constant("absolute", 17)
	Label("row")
	for i := range v.parts() {
		v.zero(v.v(i))
	}
	v.each("largest", func() {
		for i := range v.parts() {
			v.and(v.element(source, i), v.absoluteIn(9, absolute), v.v(4+i))
			VMAXPS(v.v(4+i), v.v(i), v.v(i))
		}
	})
	v.quantizeRow("bytes")
	ADDQ(R8, source)
	nextRow("row")
}

// absoluteIn is the mask of absolute values in a register.
func (v vectors) absoluteIn(register int, absolute Op) VecPhysical {
	if r, ok := absolute.(VecPhysical); ok {
		return r
	}
	VMOVUPS(absolute, v.v(register))
	return v.v(register)
}

func (v vectors) gelu() {
	v.text("gelu", "replaces rows of n numbers by their GELU and quantises them.", "func(q *byte, scale, x *float32, rows, n int)")
	Load(Param("q"), q)
	Load(Param("scale"), rowScale)
	Load(Param("x"), source)
	Load(Param("rows"), left)
	Load(Param("n"), width)
	SHLQ(Imm(2), width)
	absolute, end, zero := v.constant("absolute", 17), v.constant("geluEnd", 18), v.constant("zero", 27)
	var c []Op
	for i, name := range []string{"gelu0", "gelu1", "gelu2", "gelu3", "gelu4", "gelu5", "gelu6", "gelu7"} {
		c = append(c, v.constant(name, 19+i))
	}
	Label("row")
	for i := range v.parts() {
		v.zero(v.v(i))
	}
	v.each("terms", func() {
		// Two registers at a time: numbers in 4 and 5, t in 6 and 7, t² and t⁴ in 8 and 9, sums from 10 on.
		for half := 0; half < v.parts(); half += 2 {
			two := func(do func(i int)) { do(0); do(1) }
			pair := func(to, low int) {
				two(func(i int) { VMULPS(c[low+1], v.v(6+i), v.v(to+i)) })
				two(func(i int) { VADDPS(c[low], v.v(to+i), v.v(to+i)) })
			}
			addProduct := func(to, from int) {
				two(func(i int) { VMULPS(v.v(8+i), v.v(from+i), v.v(from+i)) })
				two(func(i int) { VADDPS(v.v(from+i), v.v(to+i), v.v(to+i)) })
			}
			two(func(i int) { VMOVUPS(v.element(source, half+i), v.v(4+i)) })
			two(func(i int) { v.and(absolute, v.v(4+i), v.v(6+i)) })
			two(func(i int) { VMINPS(end, v.v(6+i), v.v(6+i)) })
			two(func(i int) { VMULPS(v.v(6+i), v.v(6+i), v.v(8+i)) })
			pair(10, 0)
			pair(12, 2)
			addProduct(10, 12)
			pair(12, 4)
			pair(14, 6)
			addProduct(12, 14)
			two(func(i int) { VMULPS(v.v(8+i), v.v(8+i), v.v(8+i)) })
			addProduct(10, 12)
			two(func(i int) { VMULPS(v.v(6+i), v.v(10+i), v.v(10+i)) })
			two(func(i int) { VMAXPS(zero, v.v(4+i), v.v(4+i)) })
			two(func(i int) { VSUBPS(v.v(10+i), v.v(4+i), v.v(4+i)) })
			two(func(i int) { VMOVUPS(v.v(4+i), v.element(source, half+i)) })
			two(func(i int) { v.largest(4+i, 6+i, half+i, absolute) })
		}
	})
	v.quantizeRow("bytes")
	ADDQ(width, source)
	nextRow("row")
}

func (v vectors) layerNorm() {
	v.text("layerNorm", "is layerNormGo.", "func(y *float32, q *byte, scale, x, residual, gamma, beta *float32, eps float32, rows, n int)")
	Load(Param("y"), source)
	Load(Param("q"), q)
	Load(Param("scale"), rowScale)
	Load(Param("x"), R8)
	Load(Param("residual"), R9)
	Load(Param("gamma"), R10)
	Load(Param("beta"), R11)
	Load(Param("rows"), left)
	Load(Param("n"), width)
	absolute := v.constant("absolute", 17)
	VXORPS(X12, X12, X12)
	VCVTSI2SSQ(width, X12, X12)
	SHLQ(Imm(2), width)
	sums := v.parts() / 2 // registers of 16 lanes
	lane := func(i int) VecPhysical { return v.v(8 + i%sums) }
	clearLanes := func() {
		for i := range sums {
			v.zero(lane(i))
		}
	}
	Label("row")
	clearLanes()
	v.each("sum", func() {
		for i := range v.parts() {
			VMOVUPS(v.element(R8, i), v.v(i))
			VADDPS(v.element(R9, i), v.v(i), v.v(i))
			VMOVUPS(v.v(i), v.element(source, i))
			VADDPS(v.v(i), lane(i), lane(i))
		}
	})
	v.fold(8, sums, VADDPS)
	VDIVSS(X12, X8, X8)
	VBROADCASTSS(X8, v.v(13))
	clearLanes()
	v.each("square", func() {
		for i := range v.parts() {
			VMOVUPS(v.element(source, i), v.v(i))
			VSUBPS(v.v(13), v.v(i), v.v(i))
			VMULPS(v.v(i), v.v(i), v.v(i))
			VADDPS(v.v(i), lane(i), lane(i))
		}
	})
	v.fold(8, sums, VADDPS)
	VDIVSS(X12, X8, X8)
	VADDSS(NewParamAddr("eps", 56), X8, X8)
	VSQRTSS(X8, X8, X8)
	VMOVSS(v.c["one"], X9)
	VDIVSS(X8, X9, X8)
	VBROADCASTSS(X8, v.v(14))
	for i := range v.parts() {
		v.zero(v.v(i))
	}
	v.each("norm", func() {
		for i := range v.parts() {
			VMOVUPS(v.element(source, i), v.v(4+i))
			VSUBPS(v.v(13), v.v(4+i), v.v(4+i))
			VMULPS(v.v(14), v.v(4+i), v.v(4+i))
			VMULPS(v.element(R10, i), v.v(4+i), v.v(4+i))
			VADDPS(v.element(R11, i), v.v(4+i), v.v(4+i))
			VMOVUPS(v.v(4+i), v.element(source, i))
			v.largest(4+i, 8+i, i, absolute)
		}
	})
	v.quantizeRow("bytes")
	ADDQ(width, R8)
	ADDQ(width, R9)
	ADDQ(width, source)
	nextRow("row")
}
