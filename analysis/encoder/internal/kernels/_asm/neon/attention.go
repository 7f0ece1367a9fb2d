package main

func softmax() {
	text("softmaxNEON", "softmaxNEON is softmaxGo.", 40)
	ins(`MOVD p+0(FP), R0
		MOVD reciprocal+8(FP), R1
		MOVD x+16(FP), R2
		MOVD rows+24(FP), R3
		MOVD n+32(FP), R4`)
	i := instructions
	constant("lowest", 16)
	constant("one", 17)
	constant("exp0", 18)
	constant("exp1", 19)
	constant("exp2", 20)
	constant("exp3", 21)
	ins("row:\nVLD1 (R2), [V12.S4, V13.S4, V14.S4, V15.S4]\nMOVD R2, R6")
	each("top", func() {
		load("R6", 0)
		for r := range 4 {
			i.fmax(12+r, 12+r, r)
		}
	})
	i.fmax(12, 12, 13)
	i.fmax(14, 14, 15)
	i.fmax(12, 12, 14)
	i.fmaxv(12, 12)
	i.dup(22, 12)
	clear(23)
	each("weights", func() {
		load("R2", 0)
		for r := range 4 {
			n, p := 4+r, 8+r
			i.fsub(r, r, 22)
			i.fmax(r, r, 16)
			i.fcvtns(n, r)
			i.scvtf(p, n)
			i.fsub(r, r, p)
			i.fmul(24, r, r)
			i.fmul(p, 19, r)
			i.fadd(p, p, 18)
			i.fmul(r, 21, r)
			i.fadd(r, r, 20)
			i.fmul(r, r, 24)
			i.fadd(p, p, r)
			shiftLeft(n, n, 23)
			i.add(p, p, n)
			i.fcvtns(r, p)
			i.add(23, 23, r)
		}
		bytesOf()
	})
	i.addv(23, 23)
	i.scvtf(23, 23)
	ins("FDIVS F23, F17, F23\nFMOVS F23, (R1)\nADD $4, R1")
	nextRow()
}

// packValues does 16 columns at a time; R5 is their offset in v, header and block. Reciprocals of scales are in V0 to
// V3, sums in V4 to V7, what is packed in V8 to V11, four rows of 16 numbers after each other in V12 to V15.
func packValues() {
	text("packValuesNEON", "packValuesNEON is packValuesGo; ldv is in bytes, groups is the panel's inputs / 4.", 40)
	i := instructions
	constant("limit", 16)
	constant("tiny", 17)
	constant("byte", 18)
	ins(`MOVD ZR, R5
		columns:
		MOVD panel+0(FP), R0
		MOVD v+8(FP), R1
		MOVD ldv+16(FP), R2
		MOVD tokens+24(FP), R3
		MOVD groups+32(FP), R4
		ADD R5, R0
		ADD R5, R1
		MOVD R1, R6
		MOVD R3, R7`)
	clear(0, 1, 2, 3)
	ins("largest:\nVLD1 (R6), [V12.S4, V13.S4, V14.S4, V15.S4]\nADD R2, R6")
	for r := range 4 {
		i.fabs(12+r, 12+r)
		i.fmax(r, r, 12+r)
	}
	ins("SUBS $1, R7\nBNE largest")
	for r := range 4 {
		i.fcmge(19, r, 17)
		i.fdiv(12+r, r, 16)
		i.and(12+r, 12+r, 19)
		i.fdiv(r, 16, r)
		i.and(r, r, 19)
	}
	ins("ADD $128, R0, R6\nVST1 [V12.S4, V13.S4, V14.S4, V15.S4], (R6)")
	clear(4, 5, 6, 7)
	ins("ADD $384, R0, R6")
	token := func(shift int) {
		ins("VLD1 (R1), [V12.S4, V13.S4, V14.S4, V15.S4]\nADD R2, R1")
		for r := range 4 {
			i.fmul(12+r, 12+r, r)
			i.fcvtns(12+r, 12+r)
			i.add(4+r, 4+r, 12+r)
			if i.and(12+r, 12+r, 18); shift == 0 {
				i.orr(8+r, 12+r, 12+r)
				continue
			}
			shiftLeft(12+r, 12+r, shift)
			i.orr(8+r, 8+r, 12+r)
		}
	}
	next := func() { ins("VST1 [V8.S4, V9.S4, V10.S4, V11.S4], (R6)\nADD $128, R6\nSUB $1, R4") }
	ins("four:\nCMP $4, R3\nBLT rest")
	for t := range 4 {
		token(8 * t)
	}
	next()
	ins("SUB $4, R3\nB four\nrest:\nCBZ R3, fill")
	token(0)
	for t := range 2 {
		ins("SUB $1, R3\nCBZ R3, last")
		token(8 + 8*t)
	}
	ins("last:")
	next()
	ins("fill:\nVST1 [V4.S4, V5.S4, V6.S4, V7.S4], (R0)")
	clear(8, 9, 10, 11)
	ins(`ADD $256, R0, R7
		VST1 [V8.S4, V9.S4, V10.S4, V11.S4], (R7)
		empty:
		CBZ R4, done`)
	next()
	ins(`B empty
		done:
		ADD $64, R5
		CMP $128, R5
		BNE columns
		RET`)
}
