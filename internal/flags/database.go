package flags

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
)

// databaseMark is how a database of SQLite begins.
const databaseMark = "SQLite format 3\x00"

// CheckDatabase finds what is wrong with the file of a database, which a flag names, before it
// is opened: that it is something else or, unless it may be made, isn't there. It makes nothing.
func CheckDatabase(flag, path string, made bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !made:
		return fmt.Errorf("%s: no such database%s; stance run PATH… --db %s makes it", path, cli.NearPath(path), path)
	case errors.Is(err, fs.ErrNotExist):
		dir := filepath.Dir(path)
		if _, err := os.Stat(dir); err != nil {
			return cli.Usagef("--%s %s: %s: %s", flag, path, dir, source.Reason(err))
		}
		return nil
	case err != nil:
		return fmt.Errorf("%s: %s", path, source.Reason(err))
	case info.IsDir():
		return cli.Usagef("--%s %s: is a directory; name a file, such as %s", flag, path, filepath.Join(path, "results.db"))
	case info.Size() == 0:
		return nil // a database to which nothing was written yet
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s: %s", path, source.Reason(err))
	}
	defer f.Close()
	head := make([]byte, len(databaseMark))
	if _, err := io.ReadFull(f, head); err != nil || !strings.HasPrefix(string(head), databaseMark) {
		return cli.Usagef("--%s %s: is no database; the threads to read are named without a flag", flag, path)
	}
	return nil
}

// Filter chooses threads of a database.
type Filter struct {
	where        []string
	since, until string
}

// AddFilter gives a command the flags that choose threads.
func AddFilter(cmd *cobra.Command) *Filter {
	defer cli.Heading(cmd, "Choosing threads")()
	f := &Filter{}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.where, "where", nil, "FIELD=VALUE: only threads for which it holds; the value may have *, ? and [ ] (repeatable); fields: "+
		strings.Join(database.Fields(), ", "))
	flags.StringVar(&f.since, "since", "", "only threads of this day, YYYY-MM-DD, or later")
	flags.StringVar(&f.until, "until", "", "only threads of this day, YYYY-MM-DD, or earlier")
	return f
}

// Chosen are the conditions for the threads.
func (f *Filter) Chosen() (database.Filter, error) {
	var filter database.Filter
	for _, w := range f.where {
		c, err := database.ParseCondition(w)
		if err != nil {
			return filter, cli.Usagef("--where: %w", err)
		}
		filter.Where = append(filter.Where, c)
	}
	for _, day := range []struct {
		flag, from string
		to         *string
	}{{"--since", f.since, &filter.Since}, {"--until", f.until, &filter.Until}} {
		if day.from == "" {
			continue
		}
		var err error
		if *day.to, err = database.ParseDay(day.from); err != nil {
			return filter, cli.Usagef("%s: %w", day.flag, err)
		}
	}
	return filter, nil
}
