package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/formats"
	"stance.example/stance/internal/cli"
)

func newFormats(a *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List the saved forms that can be read",
		Long: `Formats lists the saved forms that are read, with what each carries besides the text
of the comments. It prints text or, with -o json, JSON, one form a line.`,
		Example: `  stance formats
  stance formats -o json`,
		Args: cli.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if err := cli.Choice("output", a.Output, "text", "json"); err != nil {
				return err
			}
			if a.Output == "json" {
				return writeFormats(a.Out)
			}
			all := formats.All()
			width := 0
			for _, f := range all {
				width = max(width, len(f.Name))
			}
			for _, f := range all {
				if _, err := fmt.Fprintf(a.Out, "%-*s  %s\n%-*s  carries %s\n", width, f.Name, f.Title, width, "", f.Carries); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// writeFormats prints the forms as JSON lines.
func writeFormats(w io.Writer) error {
	out := json.NewEncoder(w)
	for _, f := range formats.All() {
		if err := out.Encode(struct {
			Name    string   `json:"name"`
			Title   string   `json:"title"`
			Carries []string `json:"carries"`
		}{f.Name, f.Title, f.Carries.Names()}); err != nil {
			return err
		}
	}
	return nil
}
