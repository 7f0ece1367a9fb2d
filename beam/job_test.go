package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/reports"
)

func TestMain(m *testing.M) { ptest.Main(m) }

// saved fills a directory with threads in several forms and returns it.
func saved(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var lines strings.Builder
	for i := range 12 {
		fmt.Fprintf(&lines, `{"thread": "t%d", "site": "site-%d.example", "title": "Council wants bridge number %d", "comments": [`+
			`{"id": "a", "author": "Ida", "text": "What proof is there that we need bridge %d?"}, `+
			`{"id": "b", "parent": "a", "author": "Odd", "text": "Every town has one. What about the road?"}, `+
			`{"id": "c", "text": "", "removed": true}]}`+"\n", i, i%3, i, i)
	}
	write("a.jsonl", lines.String())
	write("b.csv", "author,text\nIda,\"Finally, a bridge!\"\nOdd,\"Nonsense, nobody asked for it.\"\n")
	write("c.txt", "A bridge at last\nThe council has decided.\n2 Comments\nIda\nWell done!\nOdd\nI doubt every word of it.\n")
	return dir
}

// direct is what the stance command prints for the files, and its threads.
func direct(t *testing.T, files []string) (string, []*analysis.Result) {
	t.Helper()
	pipeline, err := analysis.New(analysis.Options{Examine: analysis.AllParts})
	if err != nil {
		t.Fatal(err)
	}
	outputs := reports.Outputs()
	at := slices.IndexFunc(outputs, func(o reports.Output) bool { return o.Name == "json" })
	var out bytes.Buffer
	w := outputs[at].New(&out, reports.Options{})
	var results []*analysis.Result
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for thread, err := range formats.Read(t.Context(), name, f, formats.Options{}) {
			var p *corpus.Problem
			if errors.As(err, &p) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			r, err := pipeline.Analyse(t.Context(), thread)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
			results = append(results, r)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String(), results
}

func runJob(t *testing.T, j job) beam.PipelineResult {
	t.Helper()
	p, s := beam.NewPipelineWithRoot()
	j.build(s)
	result, err := ptest.RunWithMetrics(p)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSameBytesAsStance(t *testing.T) {
	dir, out := saved(t), t.TempDir()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	want, results := direct(t, files)

	j := job{input: filepath.Join(dir, "*"), output: filepath.Join(out, "judged.jsonl"), totals: filepath.Join(out, "totals.csv"), shards: 1}
	if n := failed(runJob(t, j)); n != 0 {
		t.Errorf("%d failures, want none", n)
	}
	if got := read(t, j.output); got != want {
		t.Errorf("the job wrote\n%s\nstance prints\n%s", got, want)
	}

	sums := map[string]total{}
	for _, r := range results {
		site := r.Thread.Article.Site
		sums[site] = named(site, addTotals(sums[site], totalOf(r)))
	}
	rows := strings.Split(strings.TrimSpace(read(t, j.totals)), "\n")
	if len(rows) != len(sums)+2 {
		t.Errorf("%d rows of totals, want the header, %d sites and all:\n%s", len(rows), len(sums), strings.Join(rows, "\n"))
	}
	s := sums["site-1.example"]
	if want := fmt.Sprintf("site-1.example,4,12,4,%d,%d,%d,%d,%d,%d,%d", s.Skeptical, s.Relativist, s.Supportive, s.None, s.Negative, s.Neutral,
		s.Positive); !slices.Contains(rows, want) {
		t.Errorf("no row %q in\n%s", want, strings.Join(rows, "\n"))
	}

	j.output, j.totals, j.shards = filepath.Join(out, "sharded"), "", 3
	runJob(t, j)
	var lines []string
	for shard := range j.shards {
		lines = append(lines, strings.SplitAfter(read(t, fmt.Sprintf("%s-%05d-of-00003", j.output, shard)), "\n")...)
	}
	all := strings.SplitAfter(want, "\n")
	slices.Sort(lines)
	slices.Sort(all)
	if g, w := strings.Join(lines, ""), strings.Join(all, ""); g != w {
		t.Errorf("three shards hold other lines than one:\n%s\nwant\n%s", g, w)
	}
}

func TestFailuresAreKept(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	broken := filepath.Join(dir, "broken.jsonl")
	content := `{"thread": "a", "title": "Pool to close", "comments": [{"id": "1", "text": "Why?"}]}` + "\n" + `{"thread": "b", "title": ` + "\n"
	if err := os.WriteFile(broken, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	j := job{input: broken, output: filepath.Join(out, "judged.jsonl"), failures: filepath.Join(out, "failures.txt"), shards: 1}
	if n := failed(runJob(t, j)); n != 1 {
		t.Errorf("%d failures counted, want 1", n)
	}
	if got := read(t, j.failures); !strings.HasPrefix(got, broken+":2: ") {
		t.Errorf("failures are %q, want one of line 2", got)
	}
	if got := strings.Count(read(t, j.output), "\n"); got != 1 {
		t.Errorf("%d threads were judged, want the one that can be read", got)
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		job  job
		says string
	}{
		{"nothing to read", job{output: "x", shards: 1}, "--input"},
		{"nowhere to write", job{input: "x", shards: 1}, "--output"},
		{"no shard", job{input: "x", output: "y"}, "--shards"},
	} {
		if err := c.job.check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error about %s", c.name, err, c.says)
		}
	}
}
