//go:build unix

package main

import (
	"bytes"
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
			measureRun(b, n, "run", dir)
		})
	}
}

// BenchmarkRunOneThread judges threads of many comments, which can't be divided.
func BenchmarkRunOneThread(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			writeSynthetic(b, filepath.Join(dir, "one.jsonl"), 0, 1, n)
			measureRun(b, n, "run", dir)
		})
	}
}

// BenchmarkAnalyseOneThread does the same with the tables of one thread and the closer look at it.
func BenchmarkAnalyseOneThread(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		for _, output := range []string{"text", "html", "json"} {
			b.Run(fmt.Sprintf("%d/%s", n, output), func(b *testing.B) {
				file := filepath.Join(b.TempDir(), "one.jsonl")
				writeSynthetic(b, file, 0, 1, n)
				measureRun(b, n, "analyse", "-o", output, file)
			})
		}
	}
}

// measureRun reports the time per comment and the peak of the resident memory of a command.
func measureRun(b *testing.B, comments int, args ...string) {
	peak := int64(0)
	b.ResetTimer()
	for i := range b.N {
		cmd := exec.Command("stance", args...)
		if args[0] == "run" {
			cmd.Args = append(cmd.Args, "--db", filepath.Join(b.TempDir(), fmt.Sprint(i, ".db")))
		}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr // and what is printed, of 100,000 comments 100 MB, is thrown away
		if err := cmd.Run(); err != nil {
			b.Fatalf("%v: %s", err, &stderr)
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
