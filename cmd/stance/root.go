package main

import (
	"context"
	"errors"
	"syscall"

	"github.com/spf13/cobra"

	"stance.example/stance/internal/cli"
)

// Exit statuses.
const (
	statusDone   = 0 // all was done
	statusFailed = 1 // something in the data or the run failed; the rest was done
	statusUsage  = 2 // the command line is wrong; nothing was done
)

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, a *cli.App) int {
	root := newRoot(a)
	err := a.ReadProject(root, cli.Given{
		Paths:  []string{"analyse", "summary", "run", "serve", "label", "eval"},
		Output: []string{"analyse", "report"},
	})
	if err == nil {
		root.SetArgs(cli.WithCommand(root, newAnalyse(&cli.App{}), args, a.Given()))
		err = root.ExecuteContext(ctx)
	}
	var usage *cli.UsageError
	switch {
	case errors.As(err, &usage):
		a.Say("stance: %v", err)
		return statusUsage
	case errors.Is(err, syscall.EPIPE):
		return statusFailed
	case err != nil:
		a.Fail("stance: %v", err)
	}
	if a.Failed {
		return statusFailed
	}
	return statusDone
}

// newRoot builds the command tree. Sub-commands are listed here and nowhere else.
func newRoot(a *cli.App) *cobra.Command {
	root := &cobra.Command{
		Use:   "stance [COMMAND] FILE…",
		Short: "Stance and sentiment of saved comment threads",
		Long: `Stance reads a saved comment thread, an article and what its readers wrote under
it, and decides for every comment whether it is skeptical of the article's case,
relativist about it, supportive of it or none of these, and what feeling it
expresses. It works offline, unless a language model is asked to judge.

"stance FILE" is "stance analyse FILE"; the file - is the standard input, as is what
is piped to "stance" alone. What the command line leaves out, a file stance.toml in the
folder says: paths, flags by their names, and under [[thread]] the case and the parties
of threads that match.

Exit status: 0 done; 1 something in the data or the run failed, and what could be
done was done; 2 the command line is wrong.`,
		Version:       version(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	a.Prepare(root)
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
	cli.CheckTopics(root)
	return root
}
