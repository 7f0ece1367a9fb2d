package main

// gemm writes a function for rows of bytes and one panel, four rows and 16 outputs at a time. Where fewer rows are left,
// the last one is done again in place of the missing: the same numbers go to the same place.
//
// R0 y, R1 ldy, R2 x, R3 ldx, R4 scale, R5 rows, R6 panel, R7 groups; of a tile: R10 to R13 rows of x, R19 to R22 of
// y, R15, R16, R17, R25 their scales, R26 the offset of its outputs in y, header and block. Accumulators are V0 to V15,
// four of a row; V30 has 128 - zero, V31 the byte 128.
func gemm(name string, inner func()) {
	text(name, name+" multiplies rows of 4·groups bytes by one panel; ldy and ldx are in bytes.", 68)
	i := instructions
	ins(`MOVD y+0(FP), R0
		MOVD ldy+8(FP), R1
		MOVD x+16(FP), R2
		MOVD ldx+24(FP), R3
		MOVD scale+32(FP), R4
		MOVD rows+40(FP), R5
		MOVD panel+48(FP), R6
		MOVD groups+56(FP), R7
		MOVW zero+64(FP), R8
		MOVD $128, R9
		SUB R8, R9, R8
		VDUP R8, V30.S4
		VDUP R9, V31.B16
		MOVD $4, R24
		rows:
		MOVD R2, R10
		MOVD R0, R19
		MOVD R4, R15`)
	for r, next := range []struct{ x, y, scale, fromX, fromY, fromScale string }{
		{"R11", "R20", "R16", "R10", "R19", "R15"}, {"R12", "R21", "R17", "R11", "R20", "R16"}, {"R13", "R22", "R25", "R12", "R21", "R17"},
	} {
		ins(`CMP $%d, R5
			CSEL GT, R3, ZR, R14
			ADD R14, %s, %s
			CSEL GT, R1, ZR, R14
			ADD R14, %s, %s
			CSEL GT, R24, ZR, R14
			ADD R14, %s, %s`, r+1, next.fromX, next.x, next.fromY, next.y, next.fromScale, next.scale)
	}
	ins(`MOVD ZR, R26
		outputs:
		ADD R26, R6, R8
		ADD $384, R8
		LSR $2, R7, R14`)
	for r := range 16 {
		clear(r)
	}
	ins(`inputs:
		VLD1.P 16(R10), [V16.B16]
		VLD1.P 16(R11), [V17.B16]
		VLD1.P 16(R12), [V18.B16]
		VLD1.P 16(R13), [V19.B16]`)
	for r := 16; r < 20; r++ {
		i.eor(r, r, 31)
	}
	inner()
	ins(`SUB $1, R14
		CBNZ R14, inputs
		ADD R26, R6, R9
		VLD1 (R9), [V20.S4, V21.S4, V22.S4, V23.S4]
		ADD $128, R9
		VLD1 (R9), [V24.S4, V25.S4, V26.S4, V27.S4]
		ADD $128, R9
		VLD1 (R9), [V16.S4, V17.S4, V18.S4, V19.S4]`)
	for c := range 4 {
		i.mul(20+c, 20+c, 30)
	}
	for r, at := range [][2]string{{"R15", "R19"}, {"R16", "R20"}, {"R17", "R21"}, {"R25", "R22"}} {
		ins("VLD1R (%s), [V28.S4]", at[0])
		for c := range 4 {
			acc := 4*r + c
			i.add(acc, acc, 20+c)
			i.scvtf(acc, acc)
			i.fmul(29, 28, 24+c)
			i.fmul(acc, acc, 29)
			i.fadd(acc, acc, 16+c)
		}
		ins("ADD R26, %s, R9\nVST1 [V%d.S4, V%d.S4, V%d.S4, V%d.S4], (R9)", at[1], 4*r, 4*r+1, 4*r+2, 4*r+3)
	}
	ins(`LSL $2, R7, R9
		SUB R9, R10
		SUB R9, R11
		SUB R9, R12
		SUB R9, R13
		ADD $64, R26
		CMP $128, R26
		BNE outputs
		ADD R3<<2, R2
		ADD R1<<2, R0
		ADD $16, R4
		SUBS $4, R5
		BGT rows
		RET`)
}

// dotProducts are 16 inputs of four rows (V16 to V19) with 16 outputs, whose weights are at R8.
func dotProducts() {
	for g := range 4 {
		w := 20 + g%2*4
		ins("VLD1 (R8), [V%d.B16, V%d.B16, V%d.B16, V%d.B16]\nADD $128, R8", w, w+1, w+2, w+3)
		for c := range 4 {
			for r := range 4 {
				sdot(4*r+c, w+c, 16+r, g)
			}
		}
	}
}

// products are dotProducts without that instruction. The sum of two products, of the same output, fits in 16 bits;
// pairs of such sums are added up to 32 bits and then to each other.
func products() {
	i := instructions
	for g := 0; g < 4; g += 2 {
		for c := range 4 {
			ins("MOVD R8, R9")
			if c > 0 {
				ins("ADD $%d, R8, R9", 16*c)
			}
			ins("VLD1 (R9), [V20.B16]\nADD $128, R9\nVLD1 (R9), [V21.B16]")
			for r := range 4 {
				broadcast(22, 16+r, g)
				broadcast(23, 16+r, g+1)
				i.smull(24, 20, 22)
				i.smull2(25, 20, 22)
				i.smlal(24, 21, 23)
				i.smlal2(25, 21, 23)
				clear(26, 27)
				i.sadalp(26, 24)
				i.sadalp(27, 25)
				i.addp(26, 26, 27)
				i.add(4*r+c, 4*r+c, 26)
			}
		}
		ins("ADD $256, R8")
	}
}
