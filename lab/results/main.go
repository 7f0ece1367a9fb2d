// Results measures the program on the data beside the project and writes what it
// found as Markdown to standard output. "make results" makes docs/results.md with
// it.
//
//	results [-held FOLDER] DATA [SECTION…]
//
// With names of sections it writes these alone, for a look at one figure. The folder is
// what training leaves of a model that some sources were left out of: shares and labels
// are measured on their threads. Without it these sections are left out.
//
// Every figure is deterministic. How the model itself was chosen and what it is worth,
// source by source, is measured in training and stands in docs/model.md.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit status: 0 done, 1 failed, 2 usage.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("results", flag.ContinueOnError)
	flags.SetOutput(stderr)
	held := flags.String("held", "", "the folder of a model that some sources were left out of")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(stderr, "usage: results [-held FOLDER] DATA [SECTION…]")
		return 2
	}
	from := folders{data: filepath.Clean(flags.Arg(0)), held: *held}
	chosen, err := sectionsNamed(flags.Args()[1:], from)
	if err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 2
	}
	out := bufio.NewWriter(stdout)
	if err := errors.Join(write(context.Background(), out, from, chosen, flags.NArg() == 1), out.Flush()); err != nil {
		fmt.Fprintln(stderr, "results:", err)
		return 1
	}
	return 0
}

// folders are where the figures come from.
type folders struct {
	data, held string // held is "" if there is none
}

// section is one part of the page.
type section struct {
	name string
	held bool // it needs a model that sources were left out of
	// write writes the part.
	write func(ctx context.Context, w io.Writer, from folders) error
}

// sections returns every part in the order of the page.
func sections() []section {
	reading := func(write func(w io.Writer, data string) error) func(context.Context, io.Writer, folders) error {
		return func(_ context.Context, w io.Writer, from folders) error { return write(w, from.data) }
	}
	return []section{
		{"formats", false, reading(formatsSection)},
		{"plaintext", false, reading(plaintextSection)},
		{"pages", false, reading(pagesSection)},
		{"sentiment", false, sentimentSection},
		{"quotes", false, quotesSection},
		{"totals", false, totalsSection},
		{"direction", false, directionSection},
		{"topics", false, topicsSection},
		{"shares", true, sharesSection},
		{"labels", true, labelsSection},
	}
}

// sectionsNamed returns the sections of these names; if there are none, all that the
// folders suffice for.
func sectionsNamed(names []string, from folders) ([]section, error) {
	all := sections()
	if len(names) == 0 {
		return slices.DeleteFunc(all, func(s section) bool { return s.held && from.held == "" }), nil
	}
	var chosen []section
	for _, name := range names {
		i := slices.IndexFunc(all, func(s section) bool { return s.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no section %q", name)
		}
		if all[i].held && from.held == "" {
			return nil, fmt.Errorf("the section %s needs -held FOLDER", name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func write(ctx context.Context, w io.Writer, from folders, chosen []section, page bool) error {
	if page {
		if _, err := io.WriteString(w, introduction); err != nil {
			return err
		}
	}
	for _, s := range chosen {
		if err := s.write(ctx, w, from); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

const introduction = `# Results

Made by ` + "`make results`" + ` from the data beside the project; don't edit.

What the model was trained on, how it was chosen and what it is worth on sources left out is in [model.md](model.md).

The news threads were labelled by a large language model that followed the codebook, in one pass, with headline,
description and parent in view. A second pass over other threads agreed with Cohen's kappa 0.94 for stance and 0.90
for sentiment: that is the consistency of one kind of annotator, not agreement between people, which is lower on
news comments.
`
