package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stance.example/stance/corpus/source"
)

// databaseMark is how a database of SQLite begins.
const databaseMark = "SQLite format 3\x00"

// checkDatabase finds what is wrong with the file of a database, which a flag names, before it is opened: that
// it is something else or, unless it may be made, isn't there. It makes nothing.
func checkDatabase(flag, path string, made bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !made:
		return fmt.Errorf("%s: no such database; stance run PATH… --db %s makes it", path, path)
	case errors.Is(err, fs.ErrNotExist):
		dir := filepath.Dir(path)
		if _, err := os.Stat(dir); err != nil {
			return usageError{fmt.Errorf("--%s %s: %s: %s", flag, path, dir, source.Reason(err))}
		}
		return nil
	case err != nil:
		return fmt.Errorf("%s: %s", path, source.Reason(err))
	case info.IsDir():
		return usageError{fmt.Errorf("--%s %s: is a directory; name a file, such as %s", flag, path, filepath.Join(path, "results.db"))}
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
		return usageError{fmt.Errorf("--%s %s: is no database; the threads to read are named without a flag", flag, path)}
	}
	return nil
}
