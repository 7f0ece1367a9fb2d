package kernels

// Strides (ldy, ldx, ldv) are in bytes; what each function does is said in the file of assembly.

func gemmDot(y *float32, ldy int, x *byte, ldx int, scale *float32, rows int, panel *byte, groups int, zero int32)

func gemmNEON(y *float32, ldy int, x *byte, ldx int, scale *float32, rows int, panel *byte, groups int, zero int32)

func quantizeNEON(q *byte, scale, x *float32, ldx, rows, n int)

func geluNEON(q *byte, scale, x *float32, rows, n int)

func layerNormNEON(y *float32, q *byte, scale, x, residual, gamma, beta *float32, eps float32, rows, n int)

func softmaxNEON(p *byte, reciprocal, x *float32, rows, n int)

func packValuesNEON(panel *byte, v *float32, ldv, tokens, groups int)
