package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

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

// errReported ends a run with statusFailed after what failed has been reported.
var errReported = errors.New("reported")

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, s streams) int {
	project, err := readProject()
	root := newRoot(s, project)
	if project != nil && err == nil {
		err = project.apply(root)
	}
	if err == nil {
		root.SetArgs(withCommand(root, args))
		err = root.ExecuteContext(ctx)
	}
	var usage usageError
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &usage):
		s.say("stance: %v", err)
		return statusUsage
	case errors.Is(err, errReported), errors.Is(err, syscall.EPIPE):
		return statusFailed
	default:
		s.say("stance: %v", err)
		return statusFailed
	}
}

// say writes a message as one line on standard error. Nothing that comes from a file, such as
// the name of a field, acts on the terminal.
func (s *streams) say(format string, args ...any) {
	fmt.Fprintln(s.err, reports.OneLine(fmt.Sprintf(format, args...)))
}

// app holds the global flags and the streams, for the sub-commands.
type app struct {
	streams
	output   string
	color    string
	quiet    bool
	logLevel string
	log      *slog.Logger
	project  *project // nil for none
}

// newRoot builds the command tree. Sub-commands are listed here and nowhere else.
func newRoot(s streams, p *project) *cobra.Command {
	a := &app{streams: s, project: p}
	root := &cobra.Command{
		Use:   "stance [COMMAND] FILE…",
		Short: "Stance and sentiment of saved comment threads",
		Long: `Stance reads a saved comment thread, an article and what its readers wrote under
it, and decides for every comment whether it is skeptical of the article's case,
relativist about it, supportive of it or none of these, and what feeling it
expresses. It works offline, unless a language model is asked to judge.

"stance FILE" is "stance analyse FILE". What the command line leaves out, a file
stance.toml in the folder says: paths, flags by their names, and under [[thread]] the
case and the parties of threads that match.

Exit status: 0 done; 1 something in the data or the run failed, and what could be
done was done; 2 the command line is wrong.`,
		Version:           version(),
		Args:              unknownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.check() },
		SilenceErrors:     true,
		SilenceUsage:      true,
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
	flags := root.PersistentFlags()
	flags.StringVarP(&a.output, "output", "o", "text", "how to print: "+strings.Join(outputNames(), ", "))
	flags.StringVar(&a.color, "color", "auto", "colour in text output: auto, always or never")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing on standard error but failures")
	flags.StringVar(&a.logLevel, "log-level", "warn", "what to log on standard error: debug, info, warn or error")
	for _, g := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Judge threads", []*cobra.Command{newAnalyse(a), newSummary(a), newExplain(a)}},
		{"Many threads", []*cobra.Command{newRun(a), newReport(a)}},
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
	return root
}

// check validates the global flags.
func (a *app) check() error {
	if _, err := a.outputNamed(); err != nil {
		return err
	}
	if err := choice("color", a.color, "auto", "always", "never"); err != nil {
		return err
	}
	if err := choice("log-level", a.logLevel, "debug", "info", "warn", "error"); err != nil {
		return err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.logLevel)); err != nil {
		return usageError{err}
	}
	a.log = slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: level}))
	return nil
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
