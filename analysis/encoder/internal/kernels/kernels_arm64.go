package kernels

import "golang.org/x/sys/cpu"

// native are the implementations in assembly that this processor runs, the fastest first.
func native() []Set {
	var sets []Set
	add := func(name string, gemm panelProduct) {
		sets = append(sets, Set{name, &routines{gemmBy(gemm),
			quantizeBy(quantizeNEON), geluBy(geluNEON), layerNormBy(layerNormNEON), softmaxBy(softmaxNEON), packValuesBy(packValuesNEON)}})
	}
	if cpu.ARM64.HasASIMDDP {
		add("neondot", gemmDot)
	}
	add("neon", gemmNEON)
	return sets
}
