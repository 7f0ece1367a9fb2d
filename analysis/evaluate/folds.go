package evaluate

import (
	"hash/fnv"
	"slices"
)

// Folds assigns each of the named groups (threads) to one of k folds, so that
// the folds hold nearly equal numbers of groups. The assignment depends on the
// names alone, not on their order. Comments of one thread share a topic and
// often authors; a split that puts some of them in training and others in the
// test measures memory, not judgement.
func Folds(groups []string, k int) []int {
	type named struct {
		hash  uint64
		index int
	}
	order := make([]named, len(groups))
	for i, g := range groups {
		h := fnv.New64a()
		h.Write([]byte(g))
		order[i] = named{h.Sum64(), i}
	}
	slices.SortFunc(order, func(a, b named) int {
		if a.hash != b.hash {
			if a.hash < b.hash {
				return -1
			}
			return 1
		}
		return a.index - b.index
	})
	folds := make([]int, len(groups))
	for rank, n := range order {
		folds[n.index] = rank % k
	}
	return folds
}
