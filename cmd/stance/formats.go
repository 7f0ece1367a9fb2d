package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/formats"
)

func newFormats(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "formats",
		Short:   "List the saved forms that can be read",
		Long:    `Formats lists the saved forms that are read, with what each carries besides the text of the comments.`,
		Example: `  stance formats`,
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			all := formats.All()
			width := 0
			for _, f := range all {
				width = max(width, len(f.Name))
			}
			for _, f := range all {
				if _, err := fmt.Fprintf(a.out, "%-*s  %s\n%-*s  carries %s\n", width, f.Name, f.Title, width, "", f.Carries); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
