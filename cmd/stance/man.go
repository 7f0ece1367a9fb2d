package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(*app) *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages into a directory",
		Long:    `Man writes a manual page for each command into the directory, which it makes if need be.`,
		Example: `  stance man share/man/man1`,
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("making the directory: %w", err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true // a date would make every build's pages differ
			if err := doc.GenManTree(root, &doc.GenManHeader{Title: "STANCE", Section: "1", Source: "stance", Manual: "stance manual"}, args[0]); err != nil {
				return fmt.Errorf("writing the manual pages: %w", err)
			}
			return nil
		},
	}
}
