package main

import "fmt"

// Functions that work row by row have q in R0, scale in R1, x in R2, rows in R3 and the row's numbers in R4. R5 runs
// along a row; a step is of 16 numbers, in four registers.

// each writes a loop over a row; body has to move its pointers on.
func each(label string, body func()) {
	ins("MOVD R4, R5\n%s:", label)
	body()
	ins("SUBS $16, R5\nBNE %s", label)
}

func nextRow() { ins("SUBS $1, R3\nBNE row\nRET") }

// load reads 16 numbers and moves the pointer on.
func load(pointer string, first int) {
	ins("VLD1.P 64(%s), [V%d.S4, V%d.S4, V%d.S4, V%d.S4]", pointer, first, first+1, first+2, first+3)
}

func store(pointer string, first int) {
	ins("VST1.P [V%d.S4, V%d.S4, V%d.S4, V%d.S4], 64(%s)", first, first+1, first+2, first+3, pointer)
}

// quantizeConstants are needed by quantizeRow, in V16 to V18.
func quantizeConstants() {
	constant("limit", 16)
	constant("tiny", 17)
	constant("offset", 18)
}

// quantizeRow quantises the row at R6, which it moves on, to the bytes at q, given the largest absolute values in V12 to V15.
func quantizeRow() {
	i := instructions
	i.fmax(12, 12, 13)
	i.fmax(14, 14, 15)
	i.fmax(12, 12, 14)
	i.fmaxv(0, 12)
	clear(4, 5)
	ins(`FCMPS F17, F0
		BMI zeros
		FDIVS F16, F0, F4
		FDIVS F0, F16, F5
		zeros:
		FMOVS F4, (R1)
		ADD $4, R1`)
	i.dup(5, 5)
	each("bytes", func() {
		load("R6", 0)
		for r := range 4 {
			i.fmul(r, r, 5)
			i.fcvtns(r, r)
			i.add(r, r, 18)
		}
		bytesOf()
	})
}

// bytesOf stores the low bytes of V0 to V3.
func bytesOf() {
	i := instructions
	i.uzp1h(0, 0, 1)
	i.uzp1h(2, 2, 3)
	i.uzp1b(0, 0, 2)
	ins("VST1.P [V0.B16], 16(R0)")
}

// largest makes V12 to V15 the largest absolute values of themselves and V0 to V3.
func largest() {
	i := instructions
	for r := range 4 {
		i.fabs(r, r)
		i.fmax(12+r, 12+r, r)
	}
}

func quantize() {
	text("quantizeNEON", "quantizeNEON quantises rows of n numbers; ldx is in bytes.", 48)
	ins(`MOVD q+0(FP), R0
		MOVD scale+8(FP), R1
		MOVD x+16(FP), R2
		MOVD ldx+24(FP), R7
		MOVD rows+32(FP), R3
		MOVD n+40(FP), R4`)
	quantizeConstants()
	ins("row:")
	clear(12, 13, 14, 15)
	ins("MOVD R2, R6")
	each("largest", func() {
		load("R6", 0)
		largest()
	})
	ins("MOVD R2, R6")
	quantizeRow()
	ins("ADD R7, R2")
	nextRow()
}

func gelu() {
	text("geluNEON", "geluNEON replaces rows of n numbers by their GELU and quantises them.", 40)
	ins(`MOVD q+0(FP), R0
		MOVD scale+8(FP), R1
		MOVD x+16(FP), R2
		MOVD rows+24(FP), R3
		MOVD n+32(FP), R4`)
	quantizeConstants()
	constant("geluEnd", 19)
	clear(20)
	for t := range 8 {
		constant(fmt.Sprintf("gelu%d", t), 21+t)
	}
	ins("row:")
	clear(12, 13, 14, 15)
	ins("MOVD R2, R6\nMOVD R2, R7")
	each("terms", func() {
		load("R6", 0)
		geluOf(0)
		geluOf(2)
		store("R7", 0)
		largest()
	})
	ins("MOVD R2, R6")
	quantizeRow()
	ins("MOVD R6, R2")
	nextRow()
}

// geluOf makes registers x and x+1 their GELU: t in V4 and V5, t² and t⁴ in V8 and V9, sums in V6, V7, V10, V11, V29, V30.
func geluOf(x int) {
	i := instructions
	t, square, sum, other, third := []int{4, 5}, []int{8, 9}, []int{10, 11}, []int{6, 7}, []int{29, 30}
	two := func(do func(r int)) { do(0); do(1) }
	pair := func(to []int, low int) {
		two(func(r int) { i.fmul(to[r], t[r], 21+low+1) })
		two(func(r int) { i.fadd(to[r], to[r], 21+low) })
	}
	addProduct := func(to, from []int) {
		two(func(r int) { i.fmul(from[r], from[r], square[r]) })
		two(func(r int) { i.fadd(to[r], to[r], from[r]) })
	}
	two(func(r int) { i.fabs(t[r], x+r) })
	two(func(r int) { i.fmin(t[r], t[r], 19) })
	two(func(r int) { i.fmul(square[r], t[r], t[r]) })
	pair(sum, 0)
	pair(other, 2)
	addProduct(sum, other)
	pair(other, 4)
	pair(third, 6)
	addProduct(other, third)
	two(func(r int) { i.fmul(square[r], square[r], square[r]) })
	addProduct(sum, other)
	two(func(r int) { i.fmul(sum[r], sum[r], t[r]) })
	two(func(r int) { i.fmax(x+r, x+r, 20) })
	two(func(r int) { i.fsub(x+r, x+r, sum[r]) })
}

// sumLanes adds V8 to V11 up as plain.go's tree does; the result is in F8.
func sumLanes() {
	i := instructions
	i.fadd(8, 8, 10)
	i.fadd(9, 9, 11)
	i.fadd(8, 8, 9)
	swapHalves(9, 8)
	i.fadd(8, 8, 9)
	i.faddp(8, 8)
}

func layerNorm() {
	text("layerNormNEON", "layerNormNEON is layerNormGo.", 80)
	ins(`MOVD y+0(FP), R2
		MOVD q+8(FP), R0
		MOVD scale+16(FP), R1
		MOVD x+24(FP), R7
		MOVD residual+32(FP), R8
		FMOVS eps+56(FP), F23
		MOVD rows+64(FP), R3
		MOVD n+72(FP), R4`)
	quantizeConstants()
	constant("one", 24)
	ins("SCVTFS R4, F22")
	i := instructions
	ins("row:")
	clear(8, 9, 10, 11)
	ins("MOVD R2, R6")
	each("sum", func() {
		load("R7", 0)
		load("R8", 4)
		for r := range 4 {
			i.fadd(r, r, 4+r)
			i.fadd(8+r, 8+r, r)
		}
		store("R6", 0)
	})
	sumLanes()
	ins("FDIVS F22, F8, F8")
	i.dup(20, 8)
	clear(8, 9, 10, 11)
	ins("MOVD R2, R6")
	each("square", func() {
		load("R6", 0)
		for r := range 4 {
			i.fsub(r, r, 20)
			i.fmul(r, r, r)
			i.fadd(8+r, 8+r, r)
		}
	})
	sumLanes()
	ins("FDIVS F22, F8, F8\nFADDS F23, F8, F8\nFSQRTS F8, F8\nFDIVS F8, F24, F8")
	i.dup(21, 8)
	clear(12, 13, 14, 15)
	ins("MOVD R2, R6\nMOVD R2, R12\nMOVD gamma+40(FP), R10\nMOVD beta+48(FP), R11")
	each("norm", func() {
		load("R6", 0)
		load("R10", 4)
		load("R11", 8)
		for r := range 4 {
			i.fsub(r, r, 20)
			i.fmul(r, r, 21)
			i.fmul(r, r, 4+r)
			i.fadd(r, r, 8+r)
		}
		store("R12", 0)
		largest()
	})
	ins("MOVD R2, R6")
	quantizeRow()
	ins("MOVD R6, R2")
	nextRow()
}
