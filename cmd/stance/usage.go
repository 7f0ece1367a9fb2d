package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// A usageError is a fault of the command line, not of the data.
type usageError struct{ error }

// usageArgs makes a wrong number of arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%s: %w; see %q", cmd.Name(), err, cmd.CommandPath()+" --help")}
		}
		return nil
	}
}

// unknownCommand is the error of a first word that is neither a command nor a file.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range root.Commands() {
		known = append(append(known, c.Name()), c.Aliases...)
	}
	return usageError{fmt.Errorf("%q is neither a command nor a file%s; see %q", args[0], didYouMean(args[0], "", known), "stance --help")}
}

// flagError is the error of flags that can't be read; it names the one that may be meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usageError{err}
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	return usageError{fmt.Errorf("%w%s; see %q", err, didYouMean(unknown.GetSpecifiedName(), "--", known), cmd.CommandPath()+" --help")}
}

// choice is the error of a flag whose value is none of the known ones, nil if it is one.
func choice(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	last := len(known) - 1
	return usageError{fmt.Errorf("--%s is %s or %s, not %q%s", flag, strings.Join(known[:last], ", "), known[last], value, didYouMean(value, "", known))}
}

// didYouMean is the question whether the known word nearest to one is meant, "" if none is
// near: one that begins with it, or differs in two letters at most. What cobra finds among
// commands serves for all words.
func didYouMean(word, prefix string, known []string) string {
	words := &cobra.Command{}
	for _, k := range known {
		words.AddCommand(&cobra.Command{Use: k, Run: func(*cobra.Command, []string) {}})
	}
	for distance := 1; distance <= 2 && len(word) > distance; distance++ {
		words.SuggestionsMinimumDistance = distance
		if near := words.SuggestionsFor(word); len(near) > 0 {
			return ": did you mean " + prefix + near[0] + "?"
		}
	}
	return ""
}

// withCommand returns the arguments with the command that "stance FILE" leaves out: analyse,
// where the first word is no command but the standard input or something that is there.
func withCommand(root *cobra.Command, args []string) []string {
	if found, _, err := root.Find(args); err != nil || found != root {
		return args
	}
	analyse := newAnalyse(&app{})
	analyse.FParseErrWhitelist.UnknownFlags = true
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		analyse.Flags().VarPF(unset{f.Value}, f.Name, f.Shorthand, "").NoOptDefVal = f.NoOptDefVal
	})
	if analyse.ParseFlags(args) != nil {
		return args
	}
	words := analyse.Flags().Args()
	if len(words) == 0 {
		return args
	}
	if _, err := os.Stat(words[0]); words[0] != "-" && err != nil {
		return args
	}
	return append([]string{analyse.Name()}, args...)
}

// unset is the value of a flag that is looked at and not set.
type unset struct{ pflag.Value }

func (unset) Set(string) error { return nil }

// headingKey is the annotation of a flag with the heading it stands under in the help.
const headingKey = "stance_heading"

// heading puts the flags that are registered until the function it returns is called under
// a heading, in the order in which they are: defer heading(cmd, "Reading")().
func heading(cmd *cobra.Command, text string) func() {
	cmd.Flags().SortFlags = false
	before := map[string]bool{}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { before[f.Name] = true })
	return func() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !before[f.Name] && f.Annotations[headingKey] == nil {
				f.Annotations = map[string][]string{headingKey: {text}}
			}
		})
	}
}

// usage writes how a command is used: its forms, examples, commands by their groups and
// flags by their headings.
func usage(cmd *cobra.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", cmd.UseLine())
	if len(cmd.Aliases) > 0 {
		fmt.Fprintf(&b, "\nAliases:\n  %s\n", cmd.NameAndAliases())
	}
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	for _, g := range cmd.Groups() {
		fmt.Fprintf(&b, "\n%s:\n", g.Title)
		for _, c := range cmd.Commands() {
			if c.GroupID == g.ID && c.IsAvailableCommand() || c.Name() == "help" && c.GroupID == g.ID {
				fmt.Fprintf(&b, "  %-*s  %s\n", cmd.NamePadding(), c.Name(), c.Short)
			}
		}
	}
	var titles []string
	sets := map[string]*pflag.FlagSet{}
	add := func(title string, f *pflag.Flag) {
		if sets[title] == nil {
			titles = append(titles, title)
			sets[title] = pflag.NewFlagSet(title, pflag.ContinueOnError)
		}
		sets[title].AddFlag(f)
	}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[headingKey] == nil {
			add("Flags", f)
		}
	})
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if h := f.Annotations[headingKey]; h != nil {
			add(h[0], f)
		}
	})
	cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) { add("Every command", f) })
	for _, title := range titles {
		fmt.Fprintf(&b, "\n%s:\n%s", title, sets[title].FlagUsagesWrapped(columns()))
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

// columns are those that the help is wrapped at.
func columns() int {
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && w > 80 {
		return min(w, 120)
	}
	return 80
}
