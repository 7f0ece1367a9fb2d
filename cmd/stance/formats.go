package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/formats"
)

func newFormats(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List the saved forms that can be read",
		Long: `Formats lists the saved forms that are read, with what each carries besides the text
of the comments. It prints text or, with -o json, JSON, one form a line.`,
		Example: `  stance formats
  stance formats -o json`,
		Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if err := choice("output", a.output, "text", "json"); err != nil {
				return err
			}
			if a.output == "json" {
				return a.writeFormats()
			}
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

// writeFormats prints the forms as JSON lines.
func (a *app) writeFormats() error {
	out := json.NewEncoder(a.out)
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
