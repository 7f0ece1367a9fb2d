package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRunFails(t *testing.T) {
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"no argument", nil, 2, "usage"},
		{"no data", []string{"stance", t.TempDir()}, 1, "no unlabelled threads"},
		{"a file that isn't there", []string{vaderLoop, filepath.Join(t.TempDir(), "x.jsonl")}, 1, "no such file"},
	} {
		var out, errs bytes.Buffer
		if got := run(c.args, &out, &errs); got != c.status || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%s: status %d and %q, want %d and %q", c.name, got, errs.String(), c.status, c.says)
		}
	}
}

func TestReport(t *testing.T) {
	peers := []peer{{name: "own", args: []string{"own"}}, {name: "slow", args: []string{"slow"}}, {name: "gone", why: "it is not installed"}}
	second := time.Second
	times := [][]time.Duration{{3 * second, 1 * second, 2 * second}, {4 * second, 8 * second, 5 * second}, nil}
	var out bytes.Buffer
	if err := report(&out, peers, times, []string{"one", "two"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| own | 1.000 | 2.000 | 3.000 | 1.00 × |", "| slow | 4.000 | 5.000 | 8.000 | 0.40 × |",
		"| gone | – | – | – | not measured: it is not installed |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no row %q in\n%s", want, out.String())
		}
	}
}

func TestReadComments(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(name, []byte(`{"comments":[{"text":"One."},{"text":"Two."}]}`+"\n"+`{"comments":[{"text":"Three."}]}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readComments([]string{name})
	if err != nil || strings.Join(got, "|") != "One.|Two.|Three." {
		t.Errorf("got %q, %v", got, err)
	}
}
