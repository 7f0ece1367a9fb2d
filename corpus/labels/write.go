package labels

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Write writes labels as CSV, which Read reads back as they are but for their File
// and Line. It fails for a name that holds control characters: no file of text can
// keep them.
func Write(w io.Writer, list []Label) error {
	out := csv.NewWriter(w)
	out.Write([]string{"thread", "id", "stance", "probability", "annotator"})
	for i := range list {
		l := &list[i]
		for _, name := range []string{l.Thread, l.Comment, l.Annotator} {
			if strings.ContainsFunc(name, unwritable) {
				return fmt.Errorf("writing labels: the name %q holds control characters", name)
			}
		}
		probability := ""
		if l.Probability > 0 {
			probability = strconv.FormatFloat(l.Probability, 'g', -1, 64)
		}
		out.Write([]string{guarded(l.Thread), guarded(l.Comment), l.written(), probability, guarded(l.Annotator)})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing labels: %w", err)
	}
	return nil
}

func unwritable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == utf8.RuneError
}

// written is the stance as it stands in a file.
func (l *Label) written() string {
	switch l.State {
	case Given:
		return l.Stance.String()
	case Skipped:
		return skip
	}
	return ""
}

// formulaStarts are the characters by which a spreadsheet takes a cell for a formula
// and runs it; the apostrophe stands before them, and before itself.
const formulaStarts = "=+-@\t\r'"

// guarded puts an apostrophe before what a spreadsheet would run. IDs are the words
// of strangers.
func guarded(s string) string {
	if s != "" && strings.IndexByte(formulaStarts, s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// unguarded takes off what guarded puts on, and nothing else.
func unguarded(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte(formulaStarts, s[1]) >= 0 {
		return s[1:]
	}
	return s
}
