package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

// Exit statuses.
const (
	statusDone   = 0 // all was done
	statusFailed = 1 // something in the data or the run failed; the rest was done
	statusUsage  = 2 // the command line is wrong; nothing was done
)

// streams are where a run reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, s streams) int {
	a := &app{streams: s}
	root := newRoot(a)
	err := a.readProject(root)
	if err == nil {
		root.SetArgs(withCommand(root, args))
		err = root.ExecuteContext(ctx)
	}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		a.say("stance: %v", err)
		return statusUsage
	case errors.Is(err, syscall.EPIPE):
		return statusFailed
	case err != nil:
		a.fail("stance: %v", err)
	}
	if a.failed {
		return statusFailed
	}
	return statusDone
}

// app is what the commands share: the streams, the global flags and whether something failed.
type app struct {
	streams
	output  string
	color   string
	quiet   bool
	project *project // nil for none
	failed  bool     // something that was said failed, and the rest was done
}

// say writes a message as one line on standard error. Nothing that comes from a file, such as
// the name of a field, acts on the terminal.
func (a *app) say(format string, args ...any) {
	fmt.Fprintln(a.err, reports.OneLine(fmt.Sprintf(format, args...)))
}

// fail says what failed. The command goes on, and ends with statusFailed.
func (a *app) fail(format string, args ...any) {
	a.failed = true
	a.say(format, args...)
}

// problem says what is wrong with an input: failures and, unless quiet, warnings. Assumptions
// stand in the output.
func (a *app) problem(err error) {
	var p *corpus.Problem
	if !errors.As(err, &p) {
		a.fail("%v", err)
		return
	}
	message := p.Message
	if p.Oversize {
		message += " (--" + maxSize + " raises the limit)"
	}
	switch {
	case p.Level == corpus.Failure:
		a.fail("%s: %s", p.Where(), message)
	case p.Level == corpus.Warning && !a.quiet:
		a.say("%s: warning: %s", p.Where(), message)
	}
}

// problems says what is wrong with inputs.
func (a *app) problems(list []corpus.Problem) {
	for i := range list {
		a.problem(&list[i])
	}
}

// print writes to the standard output, through a buffer.
func (a *app) print(write func(io.Writer) error) error {
	out := bufio.NewWriter(a.out)
	return cmp.Or(write(out), out.Flush())
}

// show prints a value as text or, with -o json, as JSON.
func show[T any](a *app, v T, text func(io.Writer, T, reports.Options) error, json func(io.Writer, T) error) error {
	return a.print(func(w io.Writer) error {
		if a.output == "json" {
			return json(w, v)
		}
		return text(w, v, a.reportOptions(0))
	})
}

// prints is the error of an output that a command doesn't print.
func (a *app) prints(cmd *cobra.Command, outputs ...string) error {
	if slices.Contains(outputs, a.output) {
		return nil
	}
	last := len(outputs) - 1
	return usageError{fmt.Errorf("%s prints %s or %s, not %s", cmd.Name(), strings.Join(outputs[:last], ", "), outputs[last], a.output)}
}

// newRoot builds the command tree. Sub-commands are listed here and nowhere else.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "stance [COMMAND] FILE…",
		Short: "Stance and sentiment of saved comment threads",
		Long: `Stance reads a saved comment thread, an article and what its readers wrote under
it, and decides for every comment whether it is skeptical of the article's case,
relativist about it, supportive of it or none of these, and what feeling it
expresses. It works offline, unless a language model is asked to judge.

"stance FILE" is "stance analyse FILE"; the file - is the standard input. What the
command line leaves out, a file stance.toml in the folder says: paths, flags by their
names, and under [[thread]] the case and the parties of threads that match.

Exit status: 0 done; 1 something in the data or the run failed, and what could be
done was done; 2 the command line is wrong.`,
		Version:           version(),
		Args:              unknownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.check() },
		SilenceErrors:     true,
		SilenceUsage:      true,
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
	flags := root.PersistentFlags()
	flags.StringVarP(&a.output, "output", "o", "text", "how to print: "+strings.Join(outputNames(), ", "))
	flags.StringVar(&a.color, "color", "auto", "colour in text output: auto, always or never")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing on standard error but failures")
	for _, g := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Judge threads", []*cobra.Command{newAnalyse(a), newSummary(a), newExplain(a)}},
		{"Many threads", []*cobra.Command{newRun(a), newReport(a), newTopics(a)}},
		{"Label, measure, train", []*cobra.Command{newServe(a), newLabel(a), newAgreement(a), newEval(a), newTrain(a)}},
		{"Files and the program", []*cobra.Command{newFormats(a), newConvert(a), newDoctor(a), newMan(a), newVersion(a)}},
	} {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.title
			root.AddCommand(c)
		}
		root.SetHelpCommandGroupID(g.title) // that of the last
		root.SetCompletionCommandGroupID(g.title)
	}
	checkTopics(root)
	return root
}

// check validates the global flags.
func (a *app) check() error {
	if _, err := a.outputNamed(); err != nil {
		return err
	}
	return choice("color", a.color, "auto", "always", "never")
}

// outputNamed returns the output that was asked for.
func (a *app) outputNamed() (reports.Output, error) {
	for _, o := range reports.Outputs() {
		if o.Name == a.output {
			return o, nil
		}
	}
	return reports.Output{}, choice("output", a.output, outputNames()...)
}

func outputNames() []string {
	var names []string
	for _, o := range reports.Outputs() {
		names = append(names, o.Name)
	}
	return names
}
