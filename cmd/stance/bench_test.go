//go:build unix

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// BenchmarkRun judges and stores 1,000, 10,000 and 100,000 comments in a process
// of its own: files of 10 threads of 100 comments each. The time per comment must not
// grow, nor the memory.
func BenchmarkRun(b *testing.B) {
	const comments, threads = 100, 10
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			for f := range n / (threads * comments) {
				writeSynthetic(b, filepath.Join(dir, fmt.Sprintf("%03d.jsonl", f)), f*threads, threads, comments)
			}
			measureRun(b, dir, n)
		})
	}
}

// BenchmarkRunOneThread judges threads of many comments, which can't be divided.
func BenchmarkRunOneThread(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			writeSynthetic(b, filepath.Join(dir, "one.jsonl"), 0, 1, n)
			measureRun(b, dir, n)
		})
	}
}

// measureRun reports the time per comment and the peak of the resident memory.
func measureRun(b *testing.B, dir string, comments int) {
	peak := int64(0)
	b.ResetTimer()
	for i := range b.N {
		cmd := exec.Command("stance", "run", dir, "--db", filepath.Join(b.TempDir(), fmt.Sprint(i, ".db")))
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		peak = max(peak, residentKB(cmd))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*comments), "µs/comment")
	b.ReportMetric(float64(peak)/1000, "MB-peak")
}

// residentKB is the greatest resident memory of an ended process, which Linux counts
// in kB and Darwin in bytes.
func residentKB(cmd *exec.Cmd) int64 {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) / 1000
	}
	return int64(usage.Maxrss)
}
