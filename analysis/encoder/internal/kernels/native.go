//go:build amd64 || arm64

package kernels

// These give functions in assembly, which take pointers and strides in bytes, the form of routines.

// panelProduct multiplies rows of 4·groups bytes by one panel.
type panelProduct = func(y *float32, ldy int, x *byte, ldx int, scale *float32, rows int, panel *byte, groups int, zero int32)

func gemmBy(f panelProduct) func(y []float32, ldy int, x []byte, ldx int, scale []float32, rows int, panels []byte, k int, zero int32, s *Scratch) {
	return func(y []float32, ldy int, x []byte, ldx int, scale []float32, rows int, panels []byte, k int, zero int32, _ *Scratch) {
		for p := 0; p*panelSize(k) < len(panels); p++ {
			f(&y[p*Lanes], 4*ldy, &x[0], ldx, &scale[0], rows, &panels[p*panelSize(k)], k/4, zero)
		}
	}
}

func quantizeBy(f func(q *byte, scale, x *float32, ldx, rows, n int)) func(q []byte, scale, x []float32, ldx, rows, n int) {
	return func(q []byte, scale, x []float32, ldx, rows, n int) { f(&q[0], &scale[0], &x[0], 4*ldx, rows, n) }
}

func geluBy(f func(q *byte, scale, x *float32, rows, n int)) func(q []byte, scale, x []float32, rows, n int) {
	return func(q []byte, scale, x []float32, rows, n int) { f(&q[0], &scale[0], &x[0], rows, n) }
}

func layerNormBy(f func(y *float32, q *byte, scale, x, residual, gamma, beta *float32, eps float32, rows, n int),
) func(y []float32, q []byte, scale, x, residual, gamma, beta []float32, eps float32, rows, n int) {
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
