package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"stance.example/stance/internal/cli"
)

func newMan(*cli.App) *cobra.Command {
	return cli.Prints(&cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages into a directory",
		Long:    `Man writes a manual page for each command into the directory, which it makes if need be.`,
		Example: `  stance man share/man/man1`,
		Args:    cli.Takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("making the directory: %w", err)
			}
			if err := cli.WriteManual(args[0], cmd.Root()); err != nil {
				return fmt.Errorf("writing the manual pages: %w", err)
			}
			return nil
		},
	}, "text")
}
