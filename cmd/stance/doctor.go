package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/source"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/doctor"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newDoctor(a *cli.App) *cobra.Command {
	cmd := cli.Prints(&cobra.Command{
		Use:   "doctor [FILE…]",
		Short: "Say what the program is and what it would do with a file, and why",
		Long: `Doctor says which version this is, which model and arithmetic judge on this processor,
and of each file as which form it would be read and why, how many threads and comments
it holds, what they lack, and what is wrong with it. Nothing is judged. It prints text
or, with -o json, JSON. Put what it prints into a report of a fault.`,
		Example: `  stance doctor
  stance doctor examples/streetlights.html`,
	}, "text", "json")
	in := flags.AddForms(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		options, err := in.Options()
		if err != nil {
			return err
		}
		d, err := doctor.Diagnose(version(), os.Getenv(flags.KeyVariable) != "")
		if err != nil {
			return err
		}
		if err := d.Examine(cmd.Context(), source.Open(cmd.Context(), files, a.In, options), options); err != nil {
			return err
		}
		a.Failed = d.Unread()
		return cli.Show(a, d, func(w io.Writer, d *doctor.Diagnosis, _ reports.Options) error { return d.Text(w, flags.KeyVariable) },
			func(w io.Writer, d *doctor.Diagnosis) error { return d.JSON(w) })
	}
	return cmd
}
