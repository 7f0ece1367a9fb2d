package main

import (
	"bufio"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
	"stance.example/stance/reports/account"
)

func newSummary(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "summary FILE…",
		Short: "Say in words what readers made of an article",
		Long: `Summary tells in a page of plain sentences how many readers wrote how much, which
stance leads and how sure that is, what each side says in its own words, how the
comments answer each other, how they feel and what limits the reading. Every figure
is one of the aggregates and every quote is found in a comment, whose ID stands behind
it in brackets; a sentence that isn't true to its sources is left out. It prints text,
html, markdown or json.`,
		Example: `  stance summary examples/streetlights.html
  stance summary --length short examples/ferry.txt examples/goats.json`,
		Args: cli.Takes(1, cli.Unbounded),
	}
	in := flags.AddReading(a, cmd)
	judging := flags.AddJudging(in, cmd)
	judging.Model = flags.AddLanguageModel(a, cmd)
	length := cmd.Flags().String("length", "normal", "how much to tell: "+strings.Join(account.Lengths(), ", "))
	assumptions := flags.AddAssumptions(cmd)
	width := flags.AddWidth(cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		if err := cli.Choice("length", *length, account.Lengths()...); err != nil {
			return err
		}
		output, err := cli.Pick(a, cmd, reports.Summaries())
		if err != nil {
			return err
		}
		o := a.Options(*width)
		o.Length = account.Length(slices.Index(account.Lengths(), *length))
		judging.Examined = output.Examined
		if *assumptions {
			judging.Examined |= reports.Assumptions
		}
		pipeline, err := judging.Pipeline(cmd.Context())
		if err != nil {
			return err
		}
		out := bufio.NewWriter(a.Out)
		return judging.Write(cmd.Context(), pipeline, files, output.New(out, o), out)
	}
	return cmd
}
