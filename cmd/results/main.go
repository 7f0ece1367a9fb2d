// Results measures the program on the data beside the project and writes what it
// found as Markdown to standard output. "make results" makes docs/results.md with
// it.
//
//	results DATA
//
// Every figure is deterministic. Stance is measured by cross-validation split by
// thread: no comment is judged by a model that saw another comment of its thread.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit status: 0 done, 1 failed, 2 usage.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: results DATA")
		return 2
	}
	out := bufio.NewWriter(stdout)
	if err := write(out, filepath.Clean(args[0])); err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 1
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 1
	}
	return 0
}

// section writes one part of the page from the data directory.
type section func(w io.Writer, data string) error

func write(w io.Writer, data string) error {
	fmt.Fprint(w, introduction)
	for _, s := range []section{plaintextSection, stanceSection, sentimentSection} {
		if err := s(w, data); err != nil {
			return err
		}
	}
	return nil
}

const introduction = `# Results

Made by ` + "`make results`" + ` from the data beside the project; don't edit.

The news threads were labelled by a large language model that followed the codebook, in one pass, with headline,
description and parent in view. A second pass over other threads agreed with Cohen's kappa 0.94 for stance and 0.90
for sentiment: that is the consistency of one kind of annotator, not agreement between people, which is lower on
news comments.
`
