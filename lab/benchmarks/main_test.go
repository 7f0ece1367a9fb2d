package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

const printed = `goos: linux
cpu: Some  Processor @ 3.00GHz
BenchmarkRun/10000-2         	       1	1234567890 ns/op	        56.00 MB-peak	       123.4 µs/comment
BenchmarkParse/some-words-16 	  100000	     10400 ns/op
BenchmarkTiny 	  100000	     2.5 ns/op
PASS
`

func TestWrite(t *testing.T) {
	var b bytes.Buffer
	if err := write(&b, sections(100_000)[:1], func(bench) ([]byte, error) { return []byte(printed), nil }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Measured on Some Processor @ 3.00GHz, ",
		"\n| Run/10000 | 1.23 s | 56.00 MB-peak, 123.4 µs/comment |\n",
		"\n| Parse/some-words | 10.4 µs |  |\n",
		"\n| Tiny | 2 ns |  |\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q isn't in:\n%s", want, &b)
		}
	}
	failure := errors.New("no go")
	if err := write(&b, sections(100_000), func(bench) ([]byte, error) { return nil, failure }); !errors.Is(err, failure) {
		t.Errorf("a benchmark that fails ends with %v", err)
	}
}

func TestSizes(t *testing.T) {
	for largest, want := range map[int]string{1_000: "(1000)", 10_000: "(1000|10000)", 100_000: "(1000|10000|100000)"} {
		if got := sections(largest)[0].benches[0].pattern; !strings.Contains(got, want) {
			t.Errorf("up to %d: %s, want %s", largest, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for ns, want := range map[string]string{"123456789012": "123 s", "45600000": "45.6 ms", "7891": "7.89 µs", "12": "12 ns", "x": "x ns"} {
		if got := duration(ns); got != want {
			t.Errorf("%s ns: %s, want %s", ns, got, want)
		}
	}
}
