package formats_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"

	"stance/corpus/formats"
)

// endless is n copies of what line makes of a number, as a reader.
type endless struct {
	line func(i int) string
	i, n int
	rest string
}

// Read gives the lines one after the other.
func (e *endless) Read(p []byte) (int, error) {
	for e.rest == "" {
		if e.i == e.n {
			return 0, io.EOF
		}
		e.rest = e.line(e.i)
		e.i++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Large files are read in bounded memory: the benchmark gives the largest heap seen,
// in megabytes, for a file of 1 GB sorted by thread, or of 100 MB with -short.
func BenchmarkLargeFile(b *testing.B) {
	comments := 5_000_000 // of about 200 bytes
	if testing.Short() {
		comments = 500_000
	}
	const words = "I doubt that the ferry was ever as full as the county says it was, and I have taken it every day."
	for _, bench := range []struct {
		name string
		line func(i int) string
	}{
		{"csv", func(i int) string {
			if i == 0 {
				return "id,thread_id,author,created_utc,score,text\n"
			}
			return fmt.Sprintf("c%d,t%d,reader%d,1714557600,3,\"%s, %s\"\n", i, i/500, i%977, words, words[:60])
		}},
		{"reddit-lines", func(i int) string {
			return fmt.Sprintf(`{"id":"c%d","link_id":"t3_%d","parent_id":"t3_%d","author":"reader%d","created_utc":1714557600,"score":3,"body":"%s"}`+"\n", i, i/500, i/500, i%977, words)
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				in := &endless{line: bench.line, n: comments}
				threads, largest := 0, uint64(0)
				var m runtime.MemStats
				for t, err := range formats.Read("in", in, formats.Options{}) {
					if err != nil {
						b.Fatal(err)
					}
					if threads++; threads%100 == 0 {
						runtime.ReadMemStats(&m)
						largest = max(largest, m.HeapSys-m.HeapReleased)
					}
					_ = t
				}
				b.ReportMetric(float64(largest)/(1<<20), "MB")
				b.ReportMetric(float64(threads), "threads")
			}
		})
	}
}
