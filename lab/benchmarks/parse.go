package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// output is what go test says of some benchmarks.
type output struct {
	cpu      string // "" if it doesn't say
	measured []measured
}

// measured is one benchmark.
type measured struct {
	name string // without the number of cores
	time string // of one operation, with its unit
	more string // the other figures
}

// parse reads the lines that begin with "cpu:" and those of benchmarks: a name, the
// number of operations, and values each with their unit.
func parse(printed []byte) (o output) {
	for line := range strings.Lines(string(printed)) {
		if cpu, found := strings.CutPrefix(line, "cpu: "); found {
			o.cpu = strings.Join(strings.Fields(cpu), " ")
		}
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		m := measured{name: benchName(fields[0])}
		var more []string
		for i := 2; i+1 < len(fields); i += 2 {
			if value, unit := fields[i], fields[i+1]; unit == "ns/op" {
				m.time = duration(value)
			} else {
				more = append(more, value+" "+unit)
			}
		}
		m.more = strings.Join(more, ", ")
		o.measured = append(o.measured, m)
	}
	return o
}

// benchName is the name without what go test puts around it.
func benchName(s string) string {
	s = strings.TrimPrefix(s, "Benchmark")
	if i := strings.LastIndexByte(s, '-'); i > 0 {
		if _, err := strconv.Atoi(s[i+1:]); err == nil {
			s = s[:i]
		}
	}
	return s
}

// duration puts nanoseconds into a unit that suits them, with three digits.
func duration(ns string) string {
	n, err := strconv.ParseFloat(ns, 64)
	if err != nil {
		return ns + " ns"
	}
	for _, unit := range []struct {
		name string
		of   time.Duration
	}{{"s", time.Second}, {"ms", time.Millisecond}, {"µs", time.Microsecond}} {
		if in := n / float64(unit.of); in >= 1 {
			return strconv.FormatFloat(in, 'f', max(0, 2-digits(in)), 64) + " " + unit.name
		}
	}
	return fmt.Sprintf("%.0f ns", n)
}

// digits is how many stand before the point, less one.
func digits(x float64) int { return len(strconv.Itoa(int(x))) - 1 }
