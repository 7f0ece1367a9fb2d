package labels

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/charset"
	"stance.example/stance/corpus/jsonl"
)

// headSize is the number of bytes by which the form is told.
const headSize = 64 << 10

// maxLine is the longest line of JSON read, in bytes.
const maxLine = 1 << 20

// Read returns the labels of a file in its order and what is wrong with it. The name
// is for messages. The error is that of r, or of an input that is no text; what was
// read before it is returned too.
func Read(name string, r io.Reader) ([]Label, []corpus.Problem, error) {
	decoded, err := charset.NewReader(name, r)
	if err != nil {
		return nil, nil, err
	}
	in := bufio.NewReaderSize(decoded, headSize)
	head, _ := in.Peek(headSize) // an error comes again on reading
	rd := &reader{name: name}
	switch first := bytes.TrimSpace(head); {
	case len(first) > 0 && (first[0] == '{' || first[0] == '['):
		if holdsThreads(first) {
			err = rd.threads(in)
		} else {
			err = rd.lines(in)
		}
	default:
		err = rd.table(in, delimiter(head))
	}
	return rd.labels, append(rd.problems, decoded.Problems()...), err
}

// holdsThreads reports whether the first JSON value is a thread of the program's own
// form and not a label.
func holdsThreads(head []byte) bool {
	line, _, whole := bytes.Cut(head, []byte{'\n'})
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(bytes.TrimSpace(line), &fields); err == nil {
		_, ok := fields["comments"]
		return ok
	}
	return !whole || head[0] == '[' || len(bytes.TrimSpace(line)) == 1
}

// reader collects what it reads.
type reader struct {
	name     string
	labels   []Label
	problems []corpus.Problem
}

func (rd *reader) fail(line int, format string, args ...any) {
	rd.problems = append(rd.problems, corpus.Problem{File: rd.name, Line: line, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)})
}

// row is a label as it is written.
type row struct {
	thread, comment, stance, sentiment, probability, drawn, annotator string
}

// add appends the label of a row, or says what is wrong with it.
func (rd *reader) add(line int, r row) {
	l := Label{Thread: r.thread, Comment: r.comment, Annotator: r.annotator, File: rd.name, Line: line}
	if l.Comment == "" {
		rd.fail(line, "a label without the ID of a comment")
		return
	}
	for _, read := range []func(*Label) error{r.readStance, r.readSentiment, r.readDrawn, r.readProbability} {
		if err := read(&l); err != nil {
			rd.fail(line, "comment %q: %v", l.Comment, err)
			return
		}
	}
	rd.labels = append(rd.labels, l)
}

func (r *row) readStance(l *Label) error {
	switch stance := strings.ToLower(strings.TrimSpace(r.stance)); stance {
	case "":
		return nil
	case skip:
		l.State = Skipped
		return nil
	default:
		var err error
		l.State = Given
		l.Stance, err = corpus.ParseStance(stance)
		return err
	}
}

func (r *row) readSentiment(l *Label) error {
	feeling := strings.ToLower(strings.TrimSpace(r.sentiment))
	if feeling == "" {
		return nil
	}
	p, err := corpus.ParsePolarity(feeling)
	l.Sentiment = &p
	return err
}

func (r *row) readDrawn(l *Label) error {
	drawn := strings.ToLower(strings.TrimSpace(r.drawn))
	l.Suggested, l.Together = drawn == suggested, drawn == together
	if drawn != "" && drawn != random && !l.Suggested && !l.Together {
		return fmt.Errorf("drawn is %q, but must be %s, %s or %s", drawn, random, together, suggested)
	}
	return nil
}

func (r *row) readProbability(l *Label) error {
	p := strings.TrimSpace(r.probability)
	if p == "" {
		return nil
	}
	v, err := strconv.ParseFloat(p, 64)
	if err != nil || math.IsNaN(v) || v <= 0 || v > 1 {
		return fmt.Errorf("the probability is %q, but must be above 0 and at most 1", p)
	}
	l.Probability = v
	return nil
}

// delimiter is the one that the first line holds most of.
func delimiter(head []byte) rune {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte{'\n'})
	best := ','
	for _, d := range ";\t" {
		if bytes.Count(line, []byte(string(d))) > bytes.Count(line, []byte(string(best))) {
			best = d
		}
	}
	return best
}

// columns are the places of the fields in a table, -1 where it has none.
type columns struct{ thread, comment, stance, sentiment, probability, drawn, annotator, row int }

// columnsOf finds the columns by name, whatever their case.
func columnsOf(header []string) (columns, error) {
	at := func(name string) int {
		for i, h := range header {
			if strings.EqualFold(strings.TrimSpace(h), name) {
				return i
			}
		}
		return -1
	}
	c := columns{at("thread"), at("id"), at("stance"), at("sentiment"), at("probability"), at("drawn"), at("annotator"), at("row")}
	if c.comment < 0 || c.stance < 0 {
		return c, fmt.Errorf("a file of labels needs the columns id and stance, this one has %q", header)
	}
	return c, nil
}

// table reads CSV, or the same with another delimiter.
func (rd *reader) table(in io.Reader, delimiter rune) error {
	table := csv.NewReader(in)
	table.Comma = delimiter
	table.FieldsPerRecord = -1
	var at columns
	var rows counted
	for begun := false; ; {
		cells, err := table.Read()
		var syntax *csv.ParseError
		switch {
		case err == io.EOF:
			rows.check(rd)
			return nil
		case errors.As(err, &syntax):
			rd.fail(syntax.StartLine, "row left out: %v", syntax.Err)
			continue
		case err != nil:
			return fmt.Errorf("reading %s: %w", rd.name, err)
		}
		line, _ := table.FieldPos(0)
		if !begun {
			if at, err = columnsOf(cells); err != nil {
				rd.fail(line, "%v", err)
				return nil
			}
			begun = true
			continue
		}
		if at.row >= 0 && !rows.add(line, cells, at.row) {
			continue // the rest of a row that was cut
		}
		rd.add(line, at.cells(cells))
	}
}

// counted counts the rows of a table that says how many it has.
type counted struct {
	rows, of, line int
	broken         bool
}

// add counts a row. It reports false if the row ends before the column that counts.
func (c *counted) add(line int, cells []string, column int) bool {
	c.line = line
	if column >= len(cells) {
		c.broken = true
		return false
	}
	_, of, ok := strings.Cut(cells[column], "/")
	n, err := strconv.Atoi(of)
	if !ok || err != nil {
		return true // a row that somebody added
	}
	c.rows++
	c.of = max(c.of, n)
	return true
}

// check says what is missing. Rows of which nothing is left may have been taken out on
// purpose, half a row wasn't.
func (c *counted) check(rd *reader) {
	switch {
	case c.broken:
		rd.fail(c.line, "the file was cut within this row; what stood behind it is lost")
	case c.rows < c.of:
		rd.problems = append(rd.problems, corpus.Problem{File: rd.name, Line: c.line, Level: corpus.Warning,
			Message: fmt.Sprintf("of the %d rows that the file was written with %d are there: it was cut or edited; "+
				"without the column row it is taken as it is", c.of, c.rows)})
	}
}

func (c columns) cells(cells []string) row {
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return unguarded(cells[i])
	}
	return row{cell(c.thread), cell(c.comment), cell(c.stance), cell(c.sentiment), cell(c.probability), cell(c.drawn), cell(c.annotator)}
}

// lines reads JSON lines of labels.
func (rd *reader) lines(in io.Reader) error {
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, maxLine)
	line := 0
	for scan.Scan() {
		line++
		value := bytes.TrimSpace(scan.Bytes())
		if len(value) == 0 {
			continue
		}
		var l struct {
			Thread      scalar      `json:"thread"`
			ID          scalar      `json:"id"`
			Stance      string      `json:"stance"`
			Sentiment   string      `json:"sentiment"`
			Probability json.Number `json:"probability"`
			Drawn       string      `json:"drawn"`
			Annotator   string      `json:"annotator"`
		}
		if err := json.Unmarshal(value, &l); err != nil {
			rd.fail(line, "line left out: %v", err)
			continue
		}
		rd.add(line, row{string(l.Thread), string(l.ID), l.Stance, l.Sentiment, l.Probability.String(), l.Drawn, l.Annotator})
	}
	if err := scan.Err(); errors.Is(err, bufio.ErrTooLong) {
		rd.fail(line+1, "longer than %d MB; nothing after it was read", maxLine>>20)
		return nil
	} else if err != nil {
		return fmt.Errorf("reading %s: %w", rd.name, err)
	}
	return nil
}

// threads reads the annotations of the program's own threads.
func (rd *reader) threads(in io.Reader) error {
	for t, err := range jsonl.Read(rd.name, in, jsonl.Options{}) {
		var p *corpus.Problem
		switch {
		case errors.As(err, &p):
			rd.problems = append(rd.problems, *p)
			continue
		case err != nil:
			return err
		}
		for i := range t.Comments {
			if c := &t.Comments[i]; c.Annotation != nil && c.Annotation.Label != "" {
				rd.add(c.Line, row{thread: t.ID, comment: c.ID, stance: c.Annotation.Label})
			}
		}
	}
	return nil
}

// scalar is a string that some writers write as a number.
type scalar string

// UnmarshalJSON takes a string, a number as it is written, or null for "".
func (s *scalar) UnmarshalJSON(b []byte) error {
	if c := b[0]; c == '-' || '0' <= c && c <= '9' {
		*s = scalar(b)
		return nil
	}
	return json.Unmarshal(b, (*string)(s))
}
