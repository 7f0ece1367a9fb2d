package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"stance/corpus/formats"
)

func newFormats(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "formats",
		Short:   "List the saved forms that can be read",
		Long:    `Formats lists the saved forms that are read, with what each carries besides the text of the comments.`,
		Example: `  stance formats`,
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			for _, f := range formats.All() {
				if _, err := fmt.Fprintf(a.out, "%-10s %s\n%-10s carries %s\n", f.Name, f.Title, "", f.Carries); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
