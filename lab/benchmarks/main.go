// Benchmarks runs the module's Go benchmarks that say what the program costs, and prints
// their figures as Markdown. "make benchmarks" makes docs/benchmarks.md with it.
//
//	benchmarks [LARGEST]
//
// LARGEST is the number of comments of the largest runs, 10000 if it isn't given; a
// hundred thousand take some minutes.
//
// The figures depend on the machine, which the page names. Nothing is tested here: what
// must hold is held by tests, that don't look at the clock.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit status: 0 done, 1 failed, 2 usage.
func run(args []string, stdout, stderr io.Writer) int {
	largest := 10_000
	if len(args) > 0 {
		var err error
		if largest, err = strconv.Atoi(args[0]); err != nil || len(args) > 1 {
			fmt.Fprintln(stderr, "usage: benchmarks [LARGEST]")
			return 2
		}
	}
	out := bufio.NewWriter(stdout)
	if err := cmp.Or(write(out, sections(largest), goTest(stderr)), out.Flush()); err != nil {
		fmt.Fprintln(stderr, "benchmarks:", err)
		return 1
	}
	return 0
}

// section is a table of the page.
type section struct {
	title, words string
	benches      []bench
}

// bench is what is asked of go test.
type bench struct {
	pkg, pattern, time string
}

// sections returns the tables in the order of the page.
func sections(largest int) []section {
	sizes := "1000"
	for n := 10_000; n <= largest; n *= 10 {
		sizes += "|" + strconv.Itoa(n)
	}
	return []section{
		{"Whole runs", "`stance run` in a process of its own: start, reading, judging, storing and printing the tables. The time per comment must not grow " +
			"with their number, nor the memory, which is the largest the process had.",
			[]bench{{"./cmd/stance", "^BenchmarkRun$/^(" + sizes + ")$", "1x"}}},
		{"One large thread", "The same for one thread, and for `stance analyse` with its outputs; and the aggregates alone: " +
			"counts and intervals, and the closer look, all of it and what the tables of text show.",
			[]bench{{"./cmd/stance", "^BenchmarkRunOneThread$/^(1000|10000)$", "1x"}, {"./cmd/stance", "^BenchmarkAnalyseOneThread$/^(1000|10000)$", "1x"},
				{"./analysis/aggregate", "^BenchmarkSummarise$", "1s"},
				{"./analysis", "^BenchmarkExamine$", "1s"}}},
		{"Parsing", "Comments into tokens and sentences. Needs the data beside the project.",
			[]bench{{"./analysis/text", "^BenchmarkParse$", "1s"}}},
		{"Judging", "The encoder alone: stance, sentiment and sarcasm of a thread in one pass, with the evidence and without.",
			[]bench{{"./analysis/encoder", "^BenchmarkJudge$", "1s"}}},
		{"Reading", "Files of the program's own form and of tables; then files of 100 MB, with the largest heap.",
			[]bench{{"./corpus/jsonl", "^BenchmarkRead$", "1s"}, {"./corpus/table", "^BenchmarkRead$", "1s"}, {"./corpus/formats", "^BenchmarkLargeFile$", "1x"}}},
	}
}

// goTest runs a benchmark and returns what go test printed.
func goTest(stderr io.Writer) func(bench) ([]byte, error) {
	return func(b bench) ([]byte, error) {
		fmt.Fprintln(stderr, b.pkg, b.pattern)
		cmd := exec.Command("go", "test", "-short", "-run", "^$", "-bench", b.pattern, "-benchtime", b.time, b.pkg)
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w:\n%s", b.pkg, err, out)
		}
		return out, nil
	}
}

// busy says how many processes wanted a core in the last minute, where the system tells:
// above the number of cores the figures are those of a machine with other work.
func busy() string {
	content, _ := os.ReadFile("/proc/loadavg")
	load, _, found := strings.Cut(string(content), " ")
	if !found {
		return ""
	}
	return ", with a load of " + load + " before it began"
}

// write writes the page.
func write(w io.Writer, all []section, measure func(bench) ([]byte, error)) error {
	var tables bytes.Buffer
	before := busy()
	cpu := "an unknown processor"
	for _, s := range all {
		fmt.Fprintf(&tables, "\n## %s\n\n%s\n\n| benchmark | time | more |\n|---|--:|---|\n", s.title, s.words)
		for _, b := range s.benches {
			printed, err := measure(b)
			if err != nil {
				return err
			}
			found := parse(printed)
			if found.cpu != "" {
				cpu = found.cpu
			}
			for _, m := range found.measured {
				fmt.Fprintf(&tables, "| %s | %s | %s |\n", m.name, m.time, m.more)
			}
		}
	}
	_, err := fmt.Fprintf(w, "# Benchmarks\n\nMade by `make benchmarks`; don't edit. Measured on %s, %d cores, %s/%s, %s%s.\n%s",
		cpu, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), before, &tables)
	return err
}
