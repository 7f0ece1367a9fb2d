package flags

import (
	"cmp"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/internal/cli"
	"stance.example/stance/reports"
)

// Printing is how judged threads are printed.
type Printing struct {
	Site string // the directory of a site of HTML pages, "" for the standard output

	app         *cli.App
	cmd         *cobra.Command
	width       *int // nil for the terminal's
	plot        bool
	charts      string // directory of the charts, "" for none
	assumptions *bool  // nil for no
}

// AddPrinting gives a command the flags of printing.
func AddPrinting(a *cli.App, cmd *cobra.Command) *Printing {
	defer cli.Heading(cmd, "Printing")()
	p := &Printing{app: a, cmd: cmd}
	flags := cmd.Flags()
	p.width = AddWidth(cmd)
	flags.BoolVar(&p.plot, "plot", false, "draw the shares with their intervals in the text output")
	p.assumptions = AddAssumptions(cmd)
	p.addSite(cmd)
	flags.StringVar(&p.charts, "chart-dir", "", "write each chart of each thread as an SVG file into this directory")
	return p
}

// AddTogether gives a command the flags of printing many threads together.
func AddTogether(a *cli.App, cmd *cobra.Command) *Printing {
	p := &Printing{app: a, cmd: cmd}
	p.addSite(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&p.plot, "plot", false, "draw the shares of all threads, and over time, with their intervals in the text output")
	flags.StringVar(&p.charts, "chart-dir", "", "write the charts as SVG files into this directory; with --out those of each thread")
	return p
}

// Files reports whether pages or charts are written.
func (p *Printing) Files() bool { return p.Site != "" || p.charts != "" }

func (p *Printing) addSite(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.Site, "out", "", "with -o html: write index.html and a page for each thread into this directory")
}

// Together are how many threads together are printed; p may be nil.
func (p *Printing) Together(a *cli.App) reports.Options {
	o := a.Options(0)
	o.Plot = p != nil && p.plot
	return o
}

// Draw writes the charts of many threads, if charts are wanted; p may be nil.
func (p *Printing) Draw(b *analysis.Breakdown) error {
	if p == nil || p.charts == "" {
		return nil
	}
	return reports.BreakdownCharts(filesIn(p.charts), b)
}

// AddWidth gives a command the flag of the width of text.
func AddWidth(cmd *cobra.Command) *int {
	return cmd.Flags().Int("width", 0, "columns of the text output; 0 is the terminal's width, or 80 where there is none")
}

// AddAssumptions gives a command the flag that shows them.
func AddAssumptions(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("assumptions", false, "also show what the shares would be under assumptions that can't be checked (adjusted count, SLD), "+
		"and which stances grow or fade along the thread; JSON always has them")
}

// Writer returns what writes the threads, to out and the charts as the flags say, and the parts
// of the closer look at a thread that it needs. With engines a language model judges besides
// the embedded engine.
func (p *Printing) Writer(out io.Writer, engines bool) (reports.Writer, analysis.Parts, error) {
	width := 0
	if p.width != nil {
		width = *p.width
	}
	if err := cli.AtLeast("width", width, 0); err != nil {
		return nil, 0, err
	}
	if p.Site != "" && p.app.Output != "html" {
		return nil, 0, cli.Usagef("--out is for the pages of -o html")
	}
	output, err := cli.Pick(p.app, p.cmd, reports.Outputs())
	if err != nil {
		return nil, 0, err
	}
	o := p.app.Options(width)
	o.Plot, o.Engines = p.plot, engines
	w := output.New(out, o)
	if p.Site != "" {
		w = reports.NewSite(filesIn(p.Site))
	}
	if p.assumptions != nil && *p.assumptions {
		output.Examined |= reports.Assumptions
	}
	if p.charts != "" {
		w = both{w, reports.NewCharts(filesIn(p.charts))}
		output.Examined |= reports.Charted
	}
	return w, output.Examined, nil
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
