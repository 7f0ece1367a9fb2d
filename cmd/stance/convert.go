package main

import (
	"bufio"
	"cmp"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/jsonl"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
)

func newConvert(a *cli.App) *cobra.Command {
	cmd := cli.Prints(&cobra.Command{
		Use:   "convert FILE…",
		Short: "Rewrite saved threads as the program's own JSON lines",
		Long: `Convert reads saved threads of any form and prints them as JSON lines, one thread a
line: the form that every command reads without guessing. A file may be -, the
standard input, and as for every command a directory (all in and below it), an
archive (.zip, .tar, .tar.gz) or a pattern in quotes. What a browser saves beside a
page, in folders such as page_files, is passed over.`,
		Example: `  stance convert examples/ferry.txt > ferry.jsonl
  stance convert --map text=Remark export.csv`,
		Args: cli.Takes(1, cli.Unbounded),
	}, "json")
	in := flags.AddReading(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		out := bufio.NewWriter(a.Out)
		w := jsonl.NewWriter(out)
		for t, err := range in.Threads(cmd.Context(), files) {
			if err != nil {
				return err
			}
			if err := cmp.Or(w.Write(t), out.Flush()); err != nil {
				return err
			}
		}
		return nil
	}
	return cmd
}
