// Results measures the program on the data beside the project and writes what it
// found as Markdown to standard output. "make results" makes docs/results.md with
// it.
//
//	results DATA [SECTION…]
//
// With names of sections it writes these alone, for a look at one figure.
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
	"slices"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit status: 0 done, 1 failed, 2 usage.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprintln(stderr, "usage: results DATA [SECTION…]")
		return 2
	}
	chosen, err := sectionsNamed(args[1:])
	if err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 2
	}
	out := bufio.NewWriter(stdout)
	if err := write(out, filepath.Clean(args[0]), chosen); err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 1
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 1
	}
	return 0
}

// section is one part of the page.
type section struct {
	name string
	// write writes the part from the data directory.
	write func(w io.Writer, data string) error
}

// sections returns every part in the order of the page.
func sections() []section {
	return []section{
		{"formats", formatsSection},
		{"plaintext", plaintextSection},
		{"pages", pagesSection},
		{"stance", stanceSection},
		{"others", othersSection},
		{"sentiment", sentimentSection},
		{"labels", labelsSection},
	}
}

// sectionsNamed returns the sections of these names, all if there are none.
func sectionsNamed(names []string) ([]section, error) {
	all := sections()
	if len(names) == 0 {
		return all, nil
	}
	var chosen []section
	for _, name := range names {
		i := slices.IndexFunc(all, func(s section) bool { return s.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no section %q", name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func write(w io.Writer, data string, chosen []section) error {
	if len(chosen) == len(sections()) {
		fmt.Fprint(w, introduction)
	}
	for _, s := range chosen {
		if err := s.write(w, data); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
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
