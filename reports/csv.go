package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// csvHeader names the columns of the CSV output.
func csvHeader() []string {
	return []string{
		"source", "thread", "id", "parent", "author", "posted", "posted_as", "votes", "text",
		"stance", "p_skeptical", "p_relativist", "p_supportive", "p_none", "unsure",
		"polarity", "valence", "evidence",
	}
}

// csvWriter writes one row per comment.
type csvWriter struct {
	w       *csv.Writer
	engines bool
	started bool
}

func newCSV(w io.Writer, o Options) Writer {
	return &csvWriter{w: csv.NewWriter(w), engines: o.Engines}
}

// Write implements Writer.
func (c *csvWriter) Write(r *analysis.Result) error {
	c.start()
	for i := range r.Thread.Comments {
		comment := &r.Thread.Comments[i]
		row := append(commentFields(r.Thread, comment), judgementFields(comment.Text, &r.Judgements[i])...)
		if c.engines {
			row = append(row, engineOf(&r.Judgements[i]))
		}
		c.w.Write(row)
	}
	return c.flush()
}

// Close implements Writer. It writes the header if there was no thread.
func (c *csvWriter) Close() error {
	c.start()
	return c.flush()
}

func (c *csvWriter) start() {
	if !c.started {
		header := csvHeader()
		if c.engines {
			header = append(header, "engine")
		}
		c.w.Write(header)
		c.started = true
	}
}

func (c *csvWriter) flush() error {
	c.w.Flush()
	if err := c.w.Error(); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func commentFields(t *corpus.Thread, c *corpus.Comment) []string {
	posted, votes := "", ""
	if !c.Posted.IsZero() {
		posted = c.Posted.Format(time.RFC3339)
	}
	if c.Votes != nil {
		votes = strconv.Itoa(*c.Votes)
	}
	return []string{
		field(t.Source), field(t.ID), field(c.ID), field(c.Parent), field(c.Author),
		posted, field(c.PostedAs), votes, field(c.Text),
	}
}

// judgementFields are empty for a removed comment and for one not judged for its language. A withheld one has no stance.
func judgementFields(comment string, j *analysis.Judgement) []string {
	fields := make([]string, 0, 5+corpus.NumStances)
	switch {
	case j.Withheld && j.Language != "":
		return fields[:cap(fields)]
	case j.Judged:
		fields = append(fields, j.Stance.String())
	case j.Withheld:
		fields = append(fields, "")
	default:
		return fields[:cap(fields)]
	}
	_, known := j.Probability()
	for _, p := range j.Probabilities {
		if !known {
			fields = append(fields, "")
			continue
		}
		fields = append(fields, decimal(p))
	}
	return append(fields,
		strconv.FormatBool(j.Unsure), j.Polarity.String(), decimal(j.Valence), field(evidenceList(comment, j.Evidence)))
}

// evidenceList writes each piece of evidence as `words (cue +1.2)`, without the cue where
// that is the words and without the weight where there is none.
func evidenceList(comment string, evidence []text.Evidence) string {
	parts := make([]string, len(evidence))
	for i, e := range evidence {
		found := cueOf(comment, e)
		if e.Weight != 0 {
			found = strings.TrimSpace(fmt.Sprintf("%s %+.2f", found, e.Weight))
		}
		parts[i] = fmt.Sprintf("%s (%s)", e.In(comment), found)
	}
	return strings.Join(parts, "; ")
}

// decimal writes a number with the digits that mean something.
func decimal(x float64) string { return strconv.FormatFloat(rounded(x), 'f', -1, 64) }

// field makes a text harmless in a spreadsheet and on a terminal. An apostrophe
// goes before a text whose first visible character starts a formula, or that
// starts with a tab or a carriage return, as spreadsheets run those. Control
// characters other than tab and line break, and bidirectional controls, become
// U+FFFD; line ends become line feeds. Everything else stays as written.
func field(s string) string {
	starts := startsFormula(s)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r != '\n' && r != '\t' && disruptive(r):
			return replacement
		}
		return r
	}, s)
	if starts {
		return "'" + s
	}
	return s
}

// startsFormula reports whether a spreadsheet may take the text for a formula.
func startsFormula(s string) bool {
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return true
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || disruptive(r) || invisible(r) })
	return strings.HasPrefix(s, "=") || strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "@") ||
		strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
}
