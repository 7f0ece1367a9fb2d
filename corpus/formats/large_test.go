package formats_test

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"testing"

	"stance.example/stance/corpus/formats"
)

// endless is n copies of what line makes of a number, as a reader. Every so many lines
// it looks at the heap.
type endless struct {
	line    func(i int) string
	i, n    int
	rest    string
	largest uint64 // heap seen, in bytes
}

// Read gives the lines one after the other.
func (e *endless) Read(p []byte) (int, error) {
	for e.rest == "" {
		if e.i == e.n {
			return 0, io.EOF
		}
		const often = 5000
		if e.i%often == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			e.largest = max(e.largest, m.HeapSys-m.HeapReleased)
		}
		e.rest = e.line(e.i)
		e.i++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Large files are read in bounded memory: the benchmark gives the largest heap seen, in
// megabytes, for files of about 1 GB, or of 100 MB with -short, sorted by thread, and of
// one thread alone.
func BenchmarkLargeFile(b *testing.B) {
	comments := 5_000_000 // of about 200 bytes
	if testing.Short() {
		comments = 500_000
	}
	const words = "I doubt that the ferry was ever as full as the county says it was, and I have taken it every day."
	const alone = 1 << 30 // comments in a thread
	for _, bench := range []struct {
		name string
		in   int // comments in a thread
		line func(i, thread int) string
	}{
		{"csv", 500, csvLine(words)},
		{"csv, one thread", alone, csvLine(words)},
		{"reddit-lines", 500, func(i, thread int) string {
			return fmt.Sprintf(`{"id":"c%d","link_id":"t3_%d","parent_id":"t3_%d","author":"reader%d","created_utc":1714557600,"score":3,"body":"%s"}`+"\n", i,
				thread, thread, i%977, words)
		}},
		{"records", 500, func(i, thread int) string {
			return fmt.Sprintf(`{"comment_id":%d,"article_id":%d,"user":"reader%d","likes":3,"comment":"%s"}`+"\n", i, thread, i%977, words)
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				debug.FreeOSMemory()
				in := &endless{line: func(i int) string { return bench.line(i, i/bench.in) }, n: comments}
				threads := 0
				for _, err := range formats.Read(b.Context(), "in", in, formats.Options{}) {
					if err != nil {
						b.Fatal(err)
					}
					threads++
				}
				b.ReportMetric(float64(in.largest)/(1<<20), "MB")
				b.ReportMetric(float64(threads), "threads")
			}
		})
	}
}

func csvLine(words string) func(i, thread int) string {
	return func(i, thread int) string {
		if i == 0 {
			return "id,thread_id,author,created_utc,score,text\n"
		}
		return fmt.Sprintf("c%d,t%d,reader%d,1714557600,3,\"%s, %s\"\n", i, thread, i%977, words, words[:60])
	}
}
