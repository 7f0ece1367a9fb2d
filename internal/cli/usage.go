package cli

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
)

// A UsageError is a fault of the command line, not of the data.
type UsageError struct{ Err error }

// Error is that of the fault.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap is the fault.
func (e *UsageError) Unwrap() error { return e.Err }

// Usagef is the error of a wrong command line.
func Usagef(format string, args ...any) error { return &UsageError{fmt.Errorf(format, args...)} }

// Unbounded is how many arguments a command takes that takes any number.
const Unbounded = math.MaxInt

// Takes makes fewer or more arguments than these a usage error.
func Takes(fewest, most int) cobra.PositionalArgs {
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
		return Misused(cmd, fmt.Sprintf("takes %s, not %d", want, len(args)))
	}
}

// Misused is the error of arguments that a command doesn't take. It shows the form of the command.
func Misused(cmd *cobra.Command, why string) error {
	return Usagef("%s %s: %s %s; see %q", cmd.Name(), why, cmd.Parent().CommandPath(), cmd.Use, cmd.CommandPath()+" --help")
}

// unknownCommand is the error of a first word that is neither a command nor a file.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	meant := cmp.Or(DidYouMean(args[0], "", commandNames(root)), NearPath(args[0]))
	return Usagef("%q is neither a command nor a file%s; see %q", args[0], meant, "stance --help")
}

// NearPath is the question whether the path is meant that is there and nearest to one that isn't,
// folder by folder; "" if none is near.
func NearPath(path string) string {
	if near := nearestPath(filepath.Clean(path)); near != "" {
		return ": did you mean " + near + "?"
	}
	return ""
}

func nearestPath(path string) string {
	if _, err := os.Stat(path); err == nil {
		return path
	}
	dir, name := filepath.Split(path)
	folder := "."
	if dir != "" {
		folder = nearestPath(filepath.Clean(dir))
	}
	entries, _ := os.ReadDir(folder) // of a folder that can't be read none is near
	var there []string
	for _, e := range entries {
		there = append(there, e.Name())
	}
	if name = nearest(name, there); name == "" {
		return ""
	}
	return filepath.Join(folder, name)
}

func commandNames(parent *cobra.Command) []string {
	var names []string
	for _, c := range parent.Commands() {
		names = append(append(names, c.Name()), c.Aliases...)
	}
	return names
}

// CheckTopics makes the commands that cobra adds refuse what they don't know, as the others do.
func CheckTopics(root *cobra.Command) {
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
					return Usagef("%q is no command%s; see %q", args[0], DidYouMean(args[0], "", commandNames(root)), "stance --help")
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
				return Usagef("%q is no shell that completions can be written for%s: want %s", args[0], DidYouMean(args[0], "", names), strings.Join(names, ", "))
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
		return &UsageError{err}
	}
	name := unknown.GetSpecifiedName()
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	meant := DidYouMean(name, "--", known)
	if slices.Contains(outputNames(), name) {
		meant = ": did you mean -o " + name + "?"
	}
	return Usagef("%w%s; see %q", err, meant, cmd.CommandPath()+" --help")
}

// Choice is the error of a flag whose value is none of the known ones, nil if it is one.
func Choice(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	last := len(known) - 1
	return Usagef("--%s is %s or %s, not %q%s", flag, strings.Join(known[:last], ", "), known[last], value, DidYouMean(value, "", known))
}

// AtLeast is the error of a flag whose number is too small, nil if it isn't.
func AtLeast(flag string, value, least int) error {
	switch {
	case value >= least:
		return nil
	case least == 0:
		return Usagef("--%s is %d, but can't be negative", flag, value)
	}
	return Usagef("--%s is %d, but must be at least %d", flag, value, least)
}

// printsKey is the annotation of a command with the outputs that it prints.
const printsKey = "stance_prints"

// Prints makes a command refuse to be asked for any other output, and returns it.
func Prints(cmd *cobra.Command, known ...string) *cobra.Command {
	cmd.Annotations = map[string]string{printsKey: strings.Join(known, ",")}
	return cmd
}

// printed is the error of a command that doesn't print what it is asked for.
func (a *App) printed(cmd *cobra.Command, known []string) error {
	if slices.Contains(known, a.Output) {
		return nil
	}
	last := len(known) - 1
	list := known[last]
	if last > 0 {
		list = strings.Join(known[:last], ", ") + " or " + list
	}
	return Usagef("%s prints %s, not %s", cmd.Name(), list, a.Output)
}

// Pick returns the one of a command's outputs that --output asks for.
func Pick[T interface{ Called() string }](a *App, cmd *cobra.Command, outputs []T) (picked T, err error) {
	var names []string
	for _, o := range outputs {
		if names = append(names, o.Called()); o.Called() == a.Output {
			picked = o
		}
	}
	return picked, a.printed(cmd, names)
}

// DidYouMean is the question whether the known word nearest to one is meant, "" if none is
// near: one that begins with it, differs in two letters at most, is shortened to it by
// leaving out letters, or begins as it does.
func DidYouMean(word, prefix string, known []string) string {
	if near := nearest(word, known); near != "" {
		return ": did you mean " + prefix + near + "?"
	}
	return ""
}

// nearest is the known word nearest to one, "" if none is near.
func nearest(word string, known []string) string {
	const beginning = 5 // letters
	is := func(near func(k string) bool) string {
		if i := slices.IndexFunc(known, near); i >= 0 {
			return known[i]
		}
		return ""
	}
	if len(word) < 2 {
		return ""
	}
	return cmp.Or(
		is(func(k string) bool { return strings.HasPrefix(k, word) || distance(k, word) == 1 }),
		is(func(k string) bool { return len(word) > 3 && distance(k, word) == 2 }),
		is(func(k string) bool { return shortened(k, word) }),
		is(func(k string) bool { return len(word) > beginning && strings.HasPrefix(k, word[:beginning]) }))
}

// distance is how many letters must be added, left out or exchanged to make one word of the
// other, which takes no account of upper case.
func distance(a, b string) int {
	from, to := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		corner := row[0]
		row[0] = i + 1
		for j, other := range to {
			exchanged := corner
			if r != other {
				exchanged++
			}
			corner = row[j+1]
			row[j+1] = min(exchanged, corner+1, row[j]+1)
		}
	}
	return row[len(to)]
}

// shortened reports whether a word is another with letters left out behind the first.
func shortened(long, short string) bool {
	if !strings.HasPrefix(long, short[:1]) {
		return false
	}
	for i := 0; i < len(long) && short != ""; i++ {
		short = strings.TrimPrefix(short, long[i:i+1])
	}
	return short == ""
}

// WithCommand returns the arguments with the usual command, which "stance FILE" leaves out,
// where the first word is no command but the standard input, an address or something that is
// there, and where there is no word but flags that only that command may have. Without any word
// the command reads what is given, where something is. Of other words only the first is left,
// which is what is wrong. The command is one that only parses.
func WithCommand(root, usual *cobra.Command, args []string, given bool) []string {
	if found, _, err := root.Find(args); err != nil || found != root {
		return args
	}
	usual.FParseErrWhitelist.UnknownFlags = true
	usual.Flags().VisitAll(func(f *pflag.Flag) { f.Value = unset{f.Value} })
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		usual.Flags().VarPF(unset{f.Value}, f.Name, f.Shorthand, "").NoOptDefVal = f.NoOptDefVal
	})
	err := usual.ParseFlags(args) // what is wrong is said when they are read
	words := usual.Flags().Args()
	with := append([]string{usual.Name()}, args...)
	var unknown *pflag.NotExistError
	switch {
	case len(words) == 0 && given && !informs(args, err):
		return append([]string{usual.Name(), source.StandardInput}, args...)
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

// informs reports whether a flag asks for the help, an error of parsing, or the version.
func informs(args []string, err error) bool {
	return errors.Is(err, pflag.ErrHelp) || slices.Contains(args, "--version") || slices.Contains(args, "-v")
}

// unset is the value of a flag that is looked at and not set.
type unset struct{ pflag.Value }

func (unset) Set(string) error { return nil }

// headingKey is the annotation of a flag with the heading it stands under in the help.
const headingKey = "stance_heading"

// Heading puts the flags that are registered until the function it returns is called under
// a heading, in the order in which they are: defer Heading(cmd, "Reading")().
func Heading(cmd *cobra.Command, text string) func() {
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

// Prepare gives the root the streams and the global flags, and all commands the errors of use
// and a help that is under headings.
func (a *App) Prepare(root *cobra.Command) {
	a.addFlags(root)
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.Args = unknownCommand
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
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
