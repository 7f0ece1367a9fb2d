package encoder

import "math"

// head is a linear classifier over the mean of the comment's token vectors. Because
// both are linear, its log-odds are the mean of those of the tokens.
type head struct {
	labels []string
	// weights are [labels][width], bias [labels].
	weights [][]float32
	bias    []float32
	// temperature divides the log-odds so that the probabilities hold.
	temperature float64
}

// logits adds up the log-odds of a vector in a fixed order: [labels], divided by the
// temperature, without the bias.
func (h *head) logits(x []float32, dst []float64) {
	for k, w := range h.weights {
		dst[k] = dot(w, x) / h.temperature
	}
}

// offset is the bias of label k in the unit of logits.
func (h *head) offset(k int) float64 { return float64(h.bias[k]) / h.temperature }

// logOdds are those of a comment's mean vector: logits with the bias.
func (h *head) logOdds(x []float32, dst []float64) {
	h.logits(x, dst)
	for k := range dst {
		dst[k] += h.offset(k)
	}
}

// probabilities are those of a comment's mean vector.
func (h *head) probabilities(x []float32, dst []float64) {
	h.logOdds(x, dst)
	softmax(dst)
}

// dot is the product of two vectors of the same length. The order of the sum is fixed
// and products are rounded, so that every processor gives the same.
func dot(a, b []float32) float64 {
	var sum [4]float64
	b = b[:len(a)]
	k := 0
	for ; k+4 <= len(a); k += 4 {
		sum[0] += float64(a[k]) * float64(b[k])
		sum[1] += float64(a[k+1]) * float64(b[k+1])
		sum[2] += float64(a[k+2]) * float64(b[k+2])
		sum[3] += float64(a[k+3]) * float64(b[k+3])
	}
	for ; k < len(a); k++ {
		sum[0] += float64(a[k]) * float64(b[k])
	}
	return (sum[0] + sum[1]) + (sum[2] + sum[3])
}

// softmax turns log-odds into probabilities in place.
func softmax(x []float64) {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v)
	}
	sum := 0.0
	for k, v := range x {
		x[k] = math.Exp(v - top)
		sum += x[k]
	}
	for k := range x {
		x[k] /= sum
	}
}

// best is the index of the largest, the lowest of equals.
func best(p []float64) int {
	b := 0
	for k, x := range p {
		if x > p[b] {
			b = k
		}
	}
	return b
}

// mean is the mean of rows [n][width] in a fixed order.
func mean(rows []float32, width int) []float32 {
	sum := make([]float64, width)
	n := len(rows) / width
	for r := range n {
		for k, x := range rows[r*width : (r+1)*width] {
			sum[k] += float64(x)
		}
	}
	out := make([]float32, width)
	for k, x := range sum {
		out[k] = float32(x / float64(n))
	}
	return out
}
