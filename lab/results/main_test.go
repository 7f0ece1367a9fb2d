package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRunFails(t *testing.T) {
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"no argument", nil, 2, "usage"},
		{"no such data", []string{t.TempDir()}, 1, "oracle.tsv"},
	} {
		var out, errs bytes.Buffer
		if got := run(c.args, &out, &errs); got != c.status || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%s: status %d and %q, want %d and %q", c.name, got, errs.String(), c.status, c.says)
		}
	}
}

func TestCountUnder(t *testing.T) {
	const lines = `{"title":"Bridge","user":"ann"}
{"title":"Ferry","user":"bo"}
{"title":"Bridge","user":"bo"}
{"title":"Ferry","user":"cy"}
{"title":"Ferry","user":"bo"}
`
	if n, err := countUnder(strings.NewReader(lines), "bo"); n != 3 || err != nil {
		t.Errorf("counted %d, %v; want the 3 of the title that bo first wrote under", n, err)
	}
	if _, err := countUnder(strings.NewReader("{"), "bo"); err == nil {
		t.Error("broken JSON: want an error")
	}
}
