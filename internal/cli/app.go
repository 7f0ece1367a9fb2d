// Package cli is what the commands share: the streams and global flags ([App]), errors of use,
// what the project file says in the place of flags, help and manual pages.
package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stance.example/stance/corpus"
	"stance.example/stance/internal/project"
	"stance.example/stance/reports"
)

// App is the program as its commands see it.
type App struct {
	In       io.Reader
	Out, Err io.Writer

	Output  string
	Quiet   bool
	Project *project.File // nil for none
	Failed  bool          // something that was said failed, and the rest was done

	color string
}

// addFlags registers the global flags, which are checked before a command runs.
func (a *App) addFlags(root *cobra.Command) {
	names := outputNames()
	flags := root.PersistentFlags()
	flags.StringVarP(&a.Output, "output", "o", "text", "how to print: "+strings.Join(names, ", "))
	flags.StringVar(&a.color, "color", "auto", "colour in text output: auto, always or never")
	flags.BoolVarP(&a.Quiet, "quiet", "q", false, "say nothing on standard error but failures")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := cmp.Or(Choice("output", a.Output, names...), Choice("color", a.color, "auto", "always", "never")); err != nil {
			return err
		}
		if known := cmd.Annotations[printsKey]; known != "" && cmd.Flags().Changed("output") {
			return a.printed(cmd, strings.Split(known, ","))
		}
		return nil
	}
}

func outputNames() []string {
	var names []string
	for _, o := range reports.Outputs() {
		names = append(names, o.Name)
	}
	return names
}

// Say writes a message as one line on standard error. Nothing that comes from a file, such as
// the name of a field, acts on the terminal.
func (a *App) Say(format string, args ...any) {
	fmt.Fprintln(a.Err, reports.OneLine(fmt.Sprintf(format, args...)))
}

// Fail says what failed. The command goes on, and ends with the status of a failure.
func (a *App) Fail(format string, args ...any) {
	a.Failed = true
	a.Say(format, args...)
}

// MaxSize is the flag that raises the limits of the readers.
const MaxSize = "max-size"

// Problem says what is wrong with an input: failures and, unless quiet, warnings. Assumptions
// stand in the output. Of a file that isn't there it asks whether a near one is meant.
func (a *App) Problem(err error) {
	var p *corpus.Problem
	if !errors.As(err, &p) {
		a.Fail("%v", err)
		return
	}
	message := p.Message
	if p.Oversize {
		message += " (--" + MaxSize + " raises the limit)"
	}
	if _, err := os.Stat(p.File); p.Level == corpus.Failure && errors.Is(err, fs.ErrNotExist) {
		message += NearPath(p.File)
	}
	switch {
	case p.Level == corpus.Failure:
		a.Fail("%s: %s", p.Where(), message)
	case p.Level == corpus.Warning && !a.Quiet:
		a.Say("%s: warning: %s", p.Where(), message)
	}
}

// Unread says why an input can't be read.
func (a *App) Unread(path string, err error) {
	a.Problem(&corpus.Problem{File: path, Level: corpus.Failure, Message: err.Error()})
}

// Problems says what is wrong with inputs.
func (a *App) Problems(list []corpus.Problem) {
	for i := range list {
		a.Problem(&list[i])
	}
}

// Print writes to the standard output, through a buffer.
func (a *App) Print(write func(io.Writer) error) error {
	out := bufio.NewWriter(a.Out)
	return cmp.Or(write(out), out.Flush())
}

// Show prints a value as text or, with -o json, as JSON.
func Show[T any](a *App, v T, text func(io.Writer, T, reports.Options) error, json func(io.Writer, T) error) error {
	return a.Print(func(w io.Writer) error {
		if a.Output == "json" {
			return json(w, v)
		}
		return text(w, v, a.Options(0))
	})
}

// Options tell what the standard output can show. A width of 0 asks for the terminal's own.
func (a *App) Options(width int) reports.Options {
	o := reports.Options{Width: width, Color: a.color == "always"}
	f, isTerminal := Terminal(a.Out)
	if isTerminal && width == 0 {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			o.Width = w
		}
	}
	if a.color == "auto" {
		// https://no-color.org: any value but the empty one turns colour off.
		o.Color = isTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return o
}

// Given reports whether the standard input is a file or a pipe, and no terminal or other device.
func (a *App) Given() bool {
	f, ok := a.In.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice == 0
}

// Terminal is the file behind a stream if that is a terminal.
func Terminal(stream any) (*os.File, bool) {
	f, ok := stream.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}
