// Command asm writes the assembly of package kernels: run "make kernels" at the top of the module.
//
// Every function is the vector form of one in plain.go, operation by operation: no product is fused with a sum, and
// sums of float32 keep 16 lanes.
package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	c := constants()
	gemmAVX512()
	gemmAVX2()
	widenAVX2()
	for _, v := range []vectors{{name: "AVX512", lanes: 16}, {name: "AVX2", lanes: 8}} {
		v.c = c
		v.quantize()
		v.gelu()
		v.layerNorm()
		v.softmax()
		v.packValues()
	}
	Generate()
}

// vectors writes a function for one width of registers. An operation on 32 numbers is one on each of 32/lanes registers.
type vectors struct {
	name  string
	lanes int
	c     map[string]Mem
}

// v is register i.
func (v vectors) v(i int) VecPhysical {
	if v.lanes == 16 {
		return []VecPhysical{Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9, Z10, Z11, Z12, Z13, Z14, Z15,
			Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z24, Z25, Z26, Z27, Z28, Z29, Z30, Z31}[i]
	}
	return y(i)
}

func y(i int) VecPhysical {
	return []VecPhysical{Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15}[i]
}

func x(i int) VecPhysical {
	return []VecPhysical{X0, X1, X2, X3, X4, X5, X6, X7, X8, X9, X10, X11, X12, X13, X14, X15}[i]
}

// parts is how many registers hold 32 numbers, bytes how many bytes one of them has.
func (v vectors) parts() int { return 32 / v.lanes }
func (v vectors) bytes() int { return 4 * v.lanes }

// constant is a number in every lane: a register of the wide form, which has enough of them, else memory.
func (v vectors) constant(name string, register int) Op {
	if v.lanes == 16 {
		VBROADCASTSS(v.c[name], v.v(register))
		return v.v(register)
	}
	return v.c[name]
}

func (v vectors) and(a, b, to Op) {
	if v.lanes == 16 {
		VPANDD(a, b, to)
	} else {
		VPAND(a, b, to)
	}
}

func (v vectors) or(a, b, to Op) {
	if v.lanes == 16 {
		VPORD(a, b, to)
	} else {
		VPOR(a, b, to)
	}
}

func (v vectors) zero(r VecPhysical) {
	if v.lanes == 16 {
		VPXORD(r, r, r)
	} else {
		VPXOR(r, r, r)
	}
}

// constants are written eight times over, one register of the narrow form.
func constants() map[string]Mem {
	c := map[string]Mem{}
	add := func(name string, values ...uint32) {
		m := GLOBL(name+"Constant", RODATA|NOPTR)
		for i := range 8 {
			DATA(4*i, U32(values[i%len(values)]))
		}
		c[name] = m
	}
	for _, f := range []struct {
		name  string
		value float32
	}{
		{"zero", 0}, {"one", 1}, {"limit", 127}, {"tiny", 0x1p-100}, {"geluEnd", 4}, {"lowest", -16},
		{"gelu0", 0.49667832255363464}, {"gelu1", -0.3706260323524475}, {"gelu2", -0.08138695359230042}, {"gelu3", 0.17618365585803986},
		{"gelu4", -0.07614976912736893}, {"gelu5", 0.015239152126014233}, {"gelu6", -0.0014394415775313973}, {"gelu7", 4.8685618821764365e-05},
		{"exp0", 255.0}, {"exp1", 176.78713989257812}, {"exp2", 61.763790130615234}, {"exp3", 14.027291297912598},
	} {
		add(f.name, math.Float32bits(f.value))
	}
	add("absolute", 0x7fffffff)
	add("offset", 128)
	add("byte", 255)
	add("flip", 0x80808080)
	add("order", 0, 4, 1, 5, 2, 6, 3, 7)
	return c
}
