package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stance.example/stance/internal/cli"
)

// update rewrites the expected outputs in the scripts.
var update = flag.Bool("update", false, "rewrite the scripts' expected outputs")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stance": func() {
			os.Exit(run(context.Background(), os.Args[1:], &cli.App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// long leaves a test out of a short run, which takes a look at each room in seconds.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes many runs of the program")
	}
}

// brief are the scripts of a short run.
var brief = []string{"analyse", "errors", "input", "project"}

// TestScripts runs testdata/script/*.txtar, each a session at a terminal.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	check(t, err)
	if testing.Short() {
		files = nil
		for _, name := range brief {
			files = append(files, filepath.Join("testdata/script", name+".txtar"))
		}
	}
	testscript.Run(t, testscript.Params{
		Files:               files,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status, "write": write, "pack": pack, "blank": blank},
	})
}

// status runs a command that must end with the status: status 2 stance …
func status(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N command …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// write makes a file from a Go string literal, for bytes that an archive of text
// can't hold: write FILE "literal".
func write(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: write FILE LITERAL")
	}
	content, err := strconv.Unquote(args[1])
	if err != nil {
		ts.Fatalf("%s is no Go string: %v", args[1], err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content), 0o644))
}

// blank makes a file of that many spaces: blank FILE BYTES.
func blank(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: blank FILE BYTES")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(" "), n), 0o644))
}

// pack makes an archive of files, a .zip or a .tgz: pack ARCHIVE FILE…
func pack(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: pack ARCHIVE FILE…")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	add, end := zipper(f)
	if filepath.Ext(args[0]) == ".tgz" {
		add, end = tarrer(f)
	}
	for _, name := range args[1:] {
		ts.Check(add(name, ts.ReadFile(name)))
	}
	ts.Check(end())
}

func zipper(w io.Writer) (add func(name, content string) error, end func() error) {
	z := zip.NewWriter(w)
	return func(name, content string) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		_, err = io.WriteString(f, content)
		return err
	}, z.Close
}

func tarrer(w io.Writer) (add func(name, content string) error, end func() error) {
	z := gzip.NewWriter(w)
	t := tar.NewWriter(z)
	return func(name, content string) error {
			err := t.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(content))})
			if err == nil {
				_, err = io.WriteString(t, content)
			}
			return err
		}, func() error {
			return cmp.Or(t.Close(), z.Close())
		}
}
