package cli

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance.example/stance/internal/project"
)

// Given name the commands to which the project file gives more than the flags that they have.
type Given struct {
	Paths  []string // where they have none
	Output []string // which all others print by their own choice
}

// ReadProject reads the project file, if there is one, and lets it say what the command line
// of the commands leaves out.
func (a *App) ReadProject(root *cobra.Command, given Given) (err error) {
	if a.Project, err = project.Read(); err != nil || a.Project == nil {
		return err
	}
	known := map[string]bool{}
	for _, c := range append(root.Commands(), root) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
	}
	for key := range a.Project.Flags {
		if !known[key] {
			names := slices.Sorted(maps.Keys(known))
			return Usagef("%s: unknown key %q%s: keys are paths, thread and the names of flags", project.Name, key, DidYouMean(key, "", names))
		}
	}
	for _, c := range root.Commands() {
		if len(a.Project.Paths) > 0 && slices.Contains(given.Paths, c.Name()) {
			givePaths(c, a.Project.Paths)
		}
	}
	check := root.PersistentPreRunE
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if err := a.setFlags(cmd, slices.Contains(given.Output, cmd.Name())); err != nil {
			return err
		}
		return check(cmd, args)
	}
	return nil
}

// givePaths gives a command the paths where it was given none.
func givePaths(c *cobra.Command, paths []string) {
	check, run := c.Args, c.RunE
	with := func(args []string) []string {
		if len(args) == 0 {
			return paths
		}
		return args
	}
	if check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error { return check(cmd, with(args)) }
	}
	c.RunE = func(cmd *cobra.Command, args []string) error { return run(cmd, with(args)) }
}

// setFlags sets the flags of a command that the command line leaves out.
func (a *App) setFlags(cmd *cobra.Command, output bool) error {
	for key, words := range a.Project.Flags {
		name := key
		if key == "labels" && cmd.Name() == "label" {
			name = "out" // the file that it writes
		}
		f := cmd.Flags().Lookup(name)
		switch {
		case f == nil || f.Changed || key == "output" && !output:
			continue
		case name == "labels" && cmd.Name() != "serve":
			if _, err := os.Stat(strings.Join(words, "")); errors.Is(err, fs.ErrNotExist) {
				continue // nothing is labelled yet
			}
		}
		for _, w := range words {
			if err := cmd.Flags().Set(name, w); err != nil {
				return Usagef("%s: %s: %w", project.Name, key, err)
			}
		}
	}
	return nil
}
