package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/reports"
	"stance.example/stance/reports/account"
)

func newSummary(a *app) *cobra.Command {
	in := &reading{app: a}
	judging := &judging{llm: &languageModel{}}
	var length string
	var width int
	var assumptions bool
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
		Args: takes(1, unbounded),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := judging.llm.check(cmd); err != nil {
				return err
			}
			o := a.reportOptions(width)
			chosen := slices.Index(account.Lengths(), length)
			if chosen < 0 {
				return choice("length", length, account.Lengths()...)
			}
			o.Length = account.Length(chosen)
			i := slices.IndexFunc(reports.Summaries(), func(s reports.Output) bool { return s.Name == a.output })
			if i < 0 {
				return usageError{fmt.Errorf("summary prints text, html, markdown or json, not %s", a.output)}
			}
			output := reports.Summaries()[i]
			judging.examined = output.Examined
			if assumptions {
				judging.examined |= reports.Assumptions
			}
			pipeline, err := judging.pipeline(cmd.Context(), a)
			if err != nil {
				return err
			}
			if judging.llm.dryRun {
				return judging.llm.estimate(cmd.Context(), in, pipeline, files)
			}
			out := bufio.NewWriter(a.out)
			w := output.New(out, o)
			return judging.writeJudged(cmd.Context(), in, pipeline, files, w, out)
		},
	}
	in.addFlags(cmd)
	judging.addFlags(cmd)
	judging.llm.addAllFlags(cmd)
	cmd.Flags().StringVar(&length, "length", "normal", "how much to tell: "+strings.Join(account.Lengths(), ", "))
	addAssumptions(cmd.Flags(), &assumptions)
	cmd.Flags().IntVar(&width, "width", 0, "columns of the text output; 0 is the terminal's width, or 80 where there is none")
	return cmd
}
