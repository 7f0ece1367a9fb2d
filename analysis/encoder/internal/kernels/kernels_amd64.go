package kernels

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// native are the implementations in assembly that this processor runs, the fastest first.
func native() []Set {
	var sets []Set
	x := cpu.X86
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512VNNI && x.HasAVX2 {
		sets = append(sets, Set{"avx512vnni", &routines{gemmBy(gemmAVX512),
			quantizeBy(quantizeAVX512), geluBy(geluAVX512), layerNormBy(layerNormAVX512), softmaxBy(softmaxAVX512), packValuesBy(packValuesAVX512)}})
	}
	if x.HasAVX2 {
		sets = append(sets, Set{"avx2", &routines{gemmWide,
			quantizeBy(quantizeAVX2), geluBy(geluAVX2), layerNormBy(layerNormAVX2), softmaxBy(softmaxAVX2), packValuesBy(packValuesAVX2)}})
	}
	return sets
}

// wideBytes is how much of the rows is widened to 16 bits at once, to stay in the second level of the cache.
const wideBytes = 128 << 10

func gemmWide(y []float32, ldy int, x []byte, ldx int, scale []float32, rows int, panels []byte, k int, zero int32, s *Scratch) {
	block := max(6, wideBytes/(2*k)/6*6)
	wide := unsafe.Pointer(unsafe.SliceData(grow(&s.wide, min(block, rows)*k/32)))
	for r := 0; r < rows; r += block {
		n := min(block, rows-r)
		for i := range n {
			widenAVX2((*int16)(unsafe.Add(wide, 2*k*i)), &x[(r+i)*ldx], k)
		}
		for p := 0; p*panelSize(k) < len(panels); p++ {
			gemmAVX2(&y[r*ldy+p*Lanes], 4*ldy, (*int16)(wide), 2*k, &scale[r], n, &panels[p*panelSize(k)], k/4, zero)
		}
	}
}
