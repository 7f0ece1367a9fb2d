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
// and Line.
func Write(w io.Writer, list []Label) error {
	out := csv.NewWriter(w)
	out.Write([]string{"thread", "id", "stance", "sentiment", "probability", "drawn", "annotator", "row"})
	for i := range list {
		l := &list[i]
		probability := ""
		if l.Probability > 0 {
			probability = strconv.FormatFloat(l.Probability, 'g', -1, 64)
		}
		sentiment := ""
		if l.Sentiment != nil {
			sentiment = l.Sentiment.String()
		}
		out.Write([]string{guarded(l.Thread), guarded(l.Comment), l.written(), sentiment, probability, l.drawn(), guarded(l.Annotator),
			fmt.Sprintf("%d/%d", i+1, len(list))})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing labels: %w", err)
	}
	return nil
}

// unwritable reports whether a file of text can't keep the character: a control character,
// what stands for a broken one, and the mark of byte order.
func unwritable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == utf8.RuneError || r == '\ufeff'
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

// drawn is how the comment came to be labelled, as it stands in a file.
func (l *Label) drawn() string {
	switch {
	case l.Suggested:
		return suggested
	case l.Together:
		return together
	case l.Probability > 0:
		return random
	}
	return ""
}

// formulaStarts are the characters by which a spreadsheet takes a cell for a formula
// and runs it; the apostrophe stands before them, and before itself.
const formulaStarts = "=+-@\t\r'"

// guarded puts an apostrophe before what a spreadsheet would run, and writes what no file of
// text can keep as Go writes a string, in quotation marks. IDs are the words of strangers.
func guarded(s string) string {
	if _, quoted := unquoted(s); quoted || strings.ContainsFunc(s, unwritable) {
		return strconv.QuoteToASCII(s)
	}
	if s != "" && strings.IndexByte(formulaStarts, s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// unquoted reads a string of Go in quotation marks.
func unquoted(s string) (string, bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", false
	}
	value, err := strconv.Unquote(s)
	return value, err == nil
}

// unguarded takes off what guarded puts on, and nothing else.
func unguarded(s string) string {
	if value, quoted := unquoted(s); quoted {
		return value
	}
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte(formulaStarts, s[1]) >= 0 {
		return s[1:]
	}
	return s
}
