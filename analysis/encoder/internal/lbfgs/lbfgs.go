// Package lbfgs minimises smooth functions of many numbers by L-BFGS (Liu and Nocedal,
// On the limited memory BFGS method for large scale optimization, Mathematical
// Programming 45, 1989).
//
// gonum has an implementation too; its sums run in an order that depends on the
// processor, and what is learned here must be the same bytes on all of them. So sums
// run in one order, and no product is fused with a sum.
package lbfgs

import (
	"context"
	"math"

	"stance.example/stance/analysis/vectors"
)

// Minimise starts from x, which it changes in place, and returns the number of
// iterations. f returns the value and writes the gradient. It stops when the
// gradient's largest component falls below tolerance times the first one's, when no
// step along the direction improves, after iterations, or with ctx.
func Minimise(ctx context.Context, f func(x, gradient []float64) float64, x []float64, iterations int, tolerance float64) int {
	h := history{}
	g := make([]float64, len(x))
	value := f(x, g)
	goal := tolerance * largest(g)
	next, nextG := make([]float64, len(x)), make([]float64, len(x))
	for iteration := range iterations {
		if largest(g) <= goal || ctx.Err() != nil {
			return iteration
		}
		direction := h.direction(g)
		nextValue, ok := search(f, x, g, direction, value, next, nextG, iteration == 0)
		if !ok {
			return iteration
		}
		h.add(x, next, g, nextG)
		copy(x, next)
		copy(g, nextG)
		value = nextValue
	}
	return iterations
}

// memory is how many past steps the curvature is estimated from; Liu and Nocedal
// found no gain beyond seven.
const memory = 7

// history keeps the last steps s, the changes of the gradient y and 1/(s·y).
type history struct {
	s, y [][]float64
	rho  []float64
}

// add remembers the step from x to next, unless its curvature is not positive.
func (h *history) add(x, next, g, nextG []float64) {
	var s, y []float64
	if len(h.s) == memory {
		s, y = h.s[0], h.y[0]
		h.s, h.y, h.rho = h.s[1:], h.y[1:], h.rho[1:]
	} else {
		s, y = make([]float64, len(x)), make([]float64, len(x))
	}
	for i := range x {
		s[i] = next[i] - x[i]
		y[i] = nextG[i] - g[i]
	}
	if sy := vectors.Dot(s, y); sy > 0 {
		h.s, h.y, h.rho = append(h.s, s), append(h.y, y), append(h.rho, 1/sy)
	}
}

// direction is the negative product of the estimated inverse Hessian and g, by the
// two-loop recursion.
func (h *history) direction(g []float64) []float64 {
	d := make([]float64, len(g))
	for i := range g {
		d[i] = -g[i]
	}
	n := len(h.s)
	if n == 0 {
		return d
	}
	alpha := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		alpha[i] = h.rho[i] * vectors.Dot(h.s[i], d)
		Add(-alpha[i], h.y[i], d)
	}
	scale := 1 / (h.rho[n-1] * vectors.Dot(h.y[n-1], h.y[n-1]))
	for i := range d {
		d[i] *= scale
	}
	for i := range n {
		beta := h.rho[i] * vectors.Dot(h.y[i], d)
		Add(alpha[i]-beta, h.s[i], d)
	}
	return d
}

// search halves the step until the value falls by Armijo's measure. It writes the
// point reached and its gradient and returns its value.
func search(f func(x, gradient []float64) float64, x, g, direction []float64, value float64, next, nextG []float64, first bool) (float64, bool) {
	const sufficient = 1e-4
	slope := vectors.Dot(g, direction)
	if slope >= 0 {
		return value, false
	}
	step := 1.0
	if first { // the first direction is the bare gradient, whose length means nothing
		step = 1 / max(1, math.Sqrt(vectors.Dot(g, g)))
	}
	for range 30 {
		for i := range x {
			next[i] = x[i] + float64(step*direction[i])
		}
		if v := f(next, nextG); v <= value+float64(sufficient*step*slope) {
			return v, true
		}
		step /= 2
	}
	return value, false
}

// Add adds a·x to y.
func Add(a float64, x, y []float64) {
	for i, v := range x {
		y[i] += float64(a * v)
	}
}

func largest(x []float64) float64 {
	m := 0.0
	for _, v := range x {
		m = max(m, math.Abs(v))
	}
	return m
}
