//go:build amd64 || arm64

package kernels

// These give functions in assembly, which take pointers and strides in bytes, the form of routines.

func quantizeBy(f func(q *byte, scale, x *float32, ldx, rows, n int)) func(q []byte, scale, x []float32, ldx, rows, n int) {
	return func(q []byte, scale, x []float32, ldx, rows, n int) { f(&q[0], &scale[0], &x[0], 4*ldx, rows, n) }
}

func geluBy(f func(q *byte, scale, x *float32, rows, n int)) func(q []byte, scale, x []float32, rows, n int) {
	return func(q []byte, scale, x []float32, rows, n int) { f(&q[0], &scale[0], &x[0], rows, n) }
}

func layerNormBy(f func(y *float32, q *byte, scale, x, residual, gamma, beta *float32, eps float32, rows, n int)) func(y []float32, q []byte, scale, x, residual, gamma, beta []float32, eps float32, rows, n int) {
	return func(y []float32, q []byte, scale, x, residual, gamma, beta []float32, eps float32, rows, n int) {
		f(&y[0], &q[0], &scale[0], &x[0], &residual[0], &gamma[0], &beta[0], eps, rows, n)
	}
}

func softmaxBy(f func(p *byte, reciprocal, x *float32, rows, n int)) func(p []byte, reciprocal, x []float32, rows, n int) {
	return func(p []byte, reciprocal, x []float32, rows, n int) { f(&p[0], &reciprocal[0], &x[0], rows, n) }
}

func packValuesBy(f func(panel *byte, v *float32, ldv, tokens, groups int)) func(panel []byte, v []float32, ldv, tokens int) {
	return func(panel []byte, v []float32, ldv, tokens int) {
		f(&panel[0], &v[0], 4*ldv, tokens, (len(panel)-panelData)/blockSize)
	}
}
