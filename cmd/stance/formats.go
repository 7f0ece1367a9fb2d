package main

import (
	"github.com/spf13/cobra"

	"stance.example/stance/corpus/formats"
	"stance.example/stance/internal/cli"
	"stance.example/stance/reports"
)

func newFormats(a *cli.App) *cobra.Command {
	return cli.Prints(&cobra.Command{
		Use:   "formats",
		Short: "List the saved forms that can be read",
		Long: `Formats lists the saved forms that are read, with what each carries besides the text
of the comments. It prints text or, with -o json, JSON, one form a line.`,
		Example: `  stance formats
  stance formats -o json`,
		Args: cli.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			return cli.Show(a, formats.All(), reports.Forms, reports.FormsJSON)
		},
	}, "text", "json")
}
