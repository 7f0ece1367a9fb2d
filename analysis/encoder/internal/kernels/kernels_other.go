//go:build !amd64 && !arm64

package kernels

// native are the implementations in assembly that this processor runs, the fastest first.
func native() []Set { return nil }
