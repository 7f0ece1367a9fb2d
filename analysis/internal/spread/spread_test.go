package spread_test

import (
	"slices"
	"testing"

	"stance.example/stance/analysis/internal/spread"
)

func TestEvenly(t *testing.T) {
	list := []int{0, 1, 2, 3, 4, 5, 6}
	for n, want := range map[int][]int{0: {}, 1: {0}, 3: {0, 2, 4}, 7: list, 9: list} {
		if got := spread.Evenly(list, n); !slices.Equal(got, want) {
			t.Errorf("%d of 7: %v, want %v", n, got, want)
		}
	}
}
