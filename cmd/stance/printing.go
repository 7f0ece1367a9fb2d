package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance.example/stance/analysis"
	"stance.example/stance/reports"
)

// printing is how judged threads are printed: the flags of the commands that print
// threads, and the writer they ask for.
type printing struct {
	app         *app
	width       int
	plot        bool
	out         string // directory of a site of HTML pages, "" for the standard output
	charts      string // directory of the charts, "" for none
	assumptions bool   // show what the shares would be under some, and drift

	engines bool // a language model judges besides the embedded engine
}

// addFlags registers the flags of printing.
func (p *printing) addFlags(cmd *cobra.Command) {
	defer heading(cmd, "Printing")()
	flags := cmd.Flags()
	flags.IntVar(&p.width, "width", 0, "columns of the text output; 0 is the terminal's width, or 80 where there is none")
	flags.BoolVar(&p.plot, "plot", false, "draw the shares with their intervals in the text output")
	addAssumptions(flags, &p.assumptions)
	flags.StringVar(&p.out, "out", "", "with -o html: write index.html and a page for each thread into this directory")
	flags.StringVar(&p.charts, "chart-dir", "", "write each chart of each thread as an SVG file into this directory")
}

// addAssumptions registers the flag that shows them.
func addAssumptions(flags *pflag.FlagSet, assumptions *bool) {
	flags.BoolVar(assumptions, "assumptions", false, "also show what the shares would be under assumptions that can't be checked (adjusted count, SLD), and which stances grow or fade along the thread; JSON always has them")
}

// writer returns what writes the threads: to out as the flags say, and the charts.
func (p *printing) writer(out io.Writer) (reports.Writer, error) {
	if p.width < 0 {
		return nil, usageError{fmt.Errorf("--width is %d, but can't be negative", p.width)}
	}
	if p.out != "" && p.app.output != "html" {
		return nil, usageError{errors.New("--out is for the pages of -o html")}
	}
	output, err := p.app.outputNamed()
	if err != nil {
		return nil, err
	}
	o := p.app.reportOptions(p.width)
	o.Plot, o.Engines = p.plot, p.engines
	var w reports.Writer
	if p.out != "" {
		w = reports.NewSite(filesIn(p.out))
	} else {
		w = output.New(out, o)
	}
	if p.charts != "" {
		w = both{w, reports.NewCharts(filesIn(p.charts))}
	}
	return w, nil
}

// needs are the parts of the closer look at a thread that are printed.
func (p *printing) needs() (analysis.Parts, error) {
	output, err := p.app.outputNamed()
	if err != nil {
		return 0, err
	}
	if p.assumptions {
		output.Examined |= reports.Assumptions
	}
	if p.charts != "" {
		output.Examined |= reports.Charted
	}
	return output.Examined, nil
}

// filesIn creates files in a directory, which it makes if need be.
func filesIn(directory string) reports.Create {
	return func(name string) (io.WriteCloser, error) {
		if err := os.MkdirAll(directory, 0o755); err != nil {
			return nil, err
		}
		return os.Create(filepath.Join(directory, name))
	}
}

// both writes to two writers.
type both struct{ first, second reports.Writer }

func (b both) Write(r *analysis.Result) error {
	return cmp.Or(b.first.Write(r), b.second.Write(r))
}

func (b both) Close() error { return cmp.Or(b.first.Close(), b.second.Close()) }
