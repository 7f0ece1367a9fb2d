package main

import (
	"bufio"
	"cmp"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/jsonl"
)

func newConvert(a *app) *cobra.Command {
	in := &reading{app: a}
	cmd := &cobra.Command{
		Use:   "convert FILE…",
		Short: "Rewrite saved threads as the program's own JSON lines",
		Long: `Convert reads saved threads of any form and prints them as JSON lines, one thread a
line: the form that every command reads without guessing. A file may be -, the
standard input, and as for every command a directory (all in and below it), an
archive (.zip, .tar, .tar.gz) or a pattern in quotes. What a browser saves beside a
page, in folders such as page_files, is passed over.`,
		Example: `  stance convert examples/ferry.txt > ferry.jsonl
  stance convert --map text=Remark export.csv`,
		Args: takes(1, unbounded),
		RunE: func(cmd *cobra.Command, files []string) error {
			out := bufio.NewWriter(a.out)
			w := jsonl.NewWriter(out)
			for t, err := range in.threads(cmd.Context(), files) {
				if err != nil {
					return err
				}
				if err := cmp.Or(w.Write(t), out.Flush()); err != nil {
					return err
				}
			}
			return nil
		},
	}
	in.addFlags(cmd)
	return cmd
}
