package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// A usageError is a fault of the command line, not of the data.
type usageError struct{ error }

// unbounded is how many arguments a command takes that takes any number.
const unbounded = math.MaxInt

// takes makes fewer or more arguments than these a usage error.
func takes(fewest, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if fewest <= len(args) && len(args) <= most {
			return nil
		}
		want := "no argument"
		if most > 0 {
			want = reports.Counted(fewest, "argument")
		}
		if most > fewest {
			want += " or more"
		}
		return misused(cmd, fmt.Sprintf("takes %s, not %d", want, len(args)))
	}
}

// misused is the error of arguments that a command doesn't take. It shows the form of the command.
func misused(cmd *cobra.Command, why string) error {
	return usageError{fmt.Errorf("%s %s: %s %s; see %q", cmd.Name(), why, cmd.Parent().CommandPath(), cmd.Use, cmd.CommandPath()+" --help")}
}

// unknownCommand is the error of a first word that is neither a command nor a file.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	meant := didYouMean(args[0], "", commandNames(root))
	if meant == "" {
		dir, name := filepath.Split(args[0])
		var files []string
		entries, _ := os.ReadDir(cmp.Or(dir, ".")) // of a folder that can't be read none is near
		for _, e := range entries {
			files = append(files, e.Name())
		}
		meant = didYouMean(name, dir, files)
	}
	return usageError{fmt.Errorf("%q is neither a command nor a file%s; see %q", args[0], meant, "stance --help")}
}

func commandNames(parent *cobra.Command) []string {
	var names []string
	for _, c := range parent.Commands() {
		names = append(append(names, c.Name()), c.Aliases...)
	}
	return names
}

// checkTopics makes the commands that cobra adds refuse what they don't know, as the others do.
func checkTopics(root *cobra.Command) {
	root.InitDefaultHelpFlag()
	root.InitDefaultVersionFlag()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Example = "  stance help analyse"
			c.Args = func(_ *cobra.Command, args []string) error {
				if found, _, err := root.Find(args); len(args) > 0 && (err != nil || found == root) {
					return usageError{fmt.Errorf("%q is no command%s; see %q", args[0], didYouMean(args[0], "", commandNames(root)), "stance --help")}
				}
				return nil
			}
		case "completion":
			c.Example = "  stance completion bash > /etc/bash_completion.d/stance"
			c.Args = cobra.ArbitraryArgs
			c.RunE = func(cmd *cobra.Command, args []string) error {
				if len(args) == 0 {
					return cmd.Help()
				}
				names := commandNames(cmd)
				return usageError{fmt.Errorf("%q is no shell that completions can be written for%s: want %s", args[0], didYouMean(args[0], "", names), strings.Join(names, ", "))}
			}
		}
	}
}

// kinds are the values that flags take, by the name of their type.
var kinds = map[string]string{
	"bool":     "true or false",
	"int":      "a whole number",
	"uint64":   "a whole number that isn't negative",
	"float64":  "a number",
	"duration": "a time such as 30s or 2m",
}

// flagError is the error of flags that can't be read; it names the one that may be meant.
func flagError(cmd *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		if want := kinds[value.GetFlag().Value.Type()]; want != "" {
			err = fmt.Errorf("--%s takes %s, not %q", value.GetFlag().Name, want, value.GetValue())
		}
	}
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
// near: one that begins with it, differs in two letters at most, or is shortened to it by
// leaving out letters. What cobra finds among commands serves for all words.
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
	for _, k := range known {
		if len(word) > 1 && shortened(k, word) {
			return ": did you mean " + prefix + k + "?"
		}
	}
	return ""
}

// shortened reports whether a word is another with letters left out behind the first.
func shortened(long, short string) bool {
	if long == "" || long[0] != short[0] {
		return false
	}
	for i := 0; i < len(long) && short != ""; i++ {
		short = strings.TrimPrefix(short, long[i:i+1])
	}
	return short == ""
}

// withCommand returns the arguments with the command that "stance FILE" leaves out: analyse,
// where the first word is no command but the standard input, an address or something that
// is there, and where there is no word but flags that only analyse may have. Of others only
// the first word is left, which is what is wrong.
func withCommand(root *cobra.Command, args []string) []string {
	if found, _, err := root.Find(args); err != nil || found != root {
		return args
	}
	analyse := newAnalyse(&app{})
	analyse.FParseErrWhitelist.UnknownFlags = true
	analyse.Flags().VisitAll(func(f *pflag.Flag) { f.Value = unset{f.Value} })
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		analyse.Flags().VarPF(unset{f.Value}, f.Name, f.Shorthand, "").NoOptDefVal = f.NoOptDefVal
	})
	_ = analyse.ParseFlags(args) // what is wrong is said when they are read
	words := analyse.Flags().Args()
	with := append([]string{analyse.Name()}, args...)
	var unknown *pflag.NotExistError
	switch {
	case len(words) == 0 && errors.As(root.ParseFlags(args), &unknown):
		return with
	case len(words) == 0 || strings.HasPrefix(words[0], cobra.ShellCompRequestCmd):
		return args
	case words[0] == source.StandardInput || strings.Contains(words[0], "://"):
		return with
	}
	if _, err := os.Stat(words[0]); err != nil {
		return words[:1]
	}
	return with
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
