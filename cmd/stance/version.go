package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/internal/cli"
	"stance.example/stance/reports"
)

// stated is the version where the build states it, by -ldflags "-X main.stated=v1.2.3", as a
// build outside of a checkout must; "" leaves it to what the build recorded.
var stated string

// version is that of the program: of a release and of "go install" its tag, of a checkout
// its tag or the commit behind it, of a source without either "(devel)".
func version() string {
	info, _ := debug.ReadBuildInfo()
	return versionOf(stated, info)
}

func versionOf(stated string, info *debug.BuildInfo) string {
	switch {
	case stated != "":
		return stated
	case info == nil || info.Main.Version == "":
		return "(devel)"
	case info.Main.Version != "(devel)":
		return info.Main.Version
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	commit := settings["vcs.revision"]
	if commit == "" {
		return "(devel)"
	}
	v := "(devel) of " + commit[:min(len(commit), 12)]
	if settings["vcs.modified"] == "true" {
		v += ", changed"
	}
	return v
}

func newVersion(a *cli.App) *cobra.Command {
	return cli.Prints(&cobra.Command{
		Use:   "version",
		Short: "Say which version this is, and what its model was made of",
		Long: `Version prints the version of the program and, of the model in it, the pretrained encoder it was made from with its licence, and the data ` +
			`it was trained on.`,
		Example: `  stance version`,
		Args:    cli.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			e, err := encoder.Embedded()
			if err != nil {
				return err
			}
			p := e.Passport()
			return cli.Show(a, reports.Program{Version: version(), Model: &p}, reports.Version, reports.VersionJSON)
		},
	}, "text", "json")
}
