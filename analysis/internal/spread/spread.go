// Package spread takes a part of a list that stands for all of it.
package spread

// Evenly returns at most n of the list, at even distances; the list itself if it isn't longer.
func Evenly[T any](list []T, n int) []T {
	if len(list) <= n {
		return list
	}
	chosen := make([]T, n)
	for k := range chosen {
		chosen[k] = list[k*len(list)/n]
	}
	return chosen
}
