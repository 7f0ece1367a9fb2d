package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"stance/corpus"
)

// ReadRecords returns the threads of a table written as JSON lines, one flat object
// a comment, as archives of forums are: the names of the first object's fields are
// the header. It keeps to the contract of Read. Fields that hold objects or arrays
// are left out, and so are fields that the first object hasn't got.
func ReadRecords(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		rs := newRecords(r)
		if !rs.next() {
			yield(nil, located(name, rs.line, firstError(rs.lines.Err(), &headerError{"no record"})))
			return
		}
		if rs.bad != nil {
			yield(nil, failure(name, rs.line, "%v", rs.bad))
			return
		}
		cols, err := match(rs.names, o.Columns)
		if err != nil {
			yield(nil, located(name, rs.line, err))
			return
		}
		g := newGatherer(name, cols, gatherLimit)
		g.remarks = []corpus.Problem{{File: name, Line: rs.line, Level: corpus.Assumption, Message: cols.String()}}
		if g.gather(rs, yield) {
			g.flush(rs.line, yield)
		}
	}
}

// gather adds all records, the first of which is at hand. It reports whether the end
// was reached and more is wanted.
func (g *gatherer) gather(rs *records, yield func(*corpus.Thread, error) bool) bool {
	for more := true; more; more = rs.next() {
		if rs.bad != nil {
			if !yield(nil, failure(g.file, rs.line, "%v", rs.bad)) {
				return false
			}
			continue
		}
		g.add(rs.line, rs.cells)
		for g.overfull() {
			if !yield(g.giveOldest(), nil) {
				return false
			}
		}
	}
	if err := rs.lines.Err(); err != nil {
		yield(nil, fmt.Errorf("reading %s: %w", g.file, err))
		return false
	}
	return true
}

// DetectRecords reports whether the input that begins with head is a table that
// ReadRecords can be given: its first line is a JSON object with a known field of
// texts, or the one that o names, that doesn't hold comments of its own.
func DetectRecords(head []byte, o Options) bool {
	rs := newRecords(bytes.NewReader(head))
	if !rs.next() || rs.bad != nil {
		return false
	}
	for _, name := range rs.names {
		if name == "comments" {
			return false
		}
	}
	c := guess(rs.names, o.Columns)
	return c.has(Text) && c.known() >= 2
}

// records reads flat JSON objects line by line.
type records struct {
	lines *bufio.Scanner
	line  int
	names []string // the fields of the first object, in its order
	index map[string]int
	cells []string // of the last object
	bad   error    // why the last line can't be read
}

func newRecords(r io.Reader) *records {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, headSize), MaxRow)
	return &records{lines: lines, index: map[string]int{}}
}

// next reads the next line that isn't blank.
func (rs *records) next() bool {
	for rs.lines.Scan() {
		rs.line++
		if line := bytes.TrimSpace(rs.lines.Bytes()); len(line) > 0 {
			rs.bad = rs.decode(line)
			return true
		}
	}
	return false
}

// decode reads one object into cells.
func (rs *records) decode(line []byte) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	first := len(rs.names) == 0
	rs.cells = make([]string, len(rs.names))
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fmt.Errorf("not valid JSON: %w", err)
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("not valid JSON: %w", err)
		}
		name := key.(string) // an object's keys are strings
		if _, known := rs.index[name]; first && !known {
			rs.index[name] = len(rs.names)
			rs.names = append(rs.names, name)
			rs.cells = append(rs.cells, "")
		}
		if at, known := rs.index[name]; known {
			rs.cells[at] = written(value)
		}
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("not valid JSON: %w", err)
	}
	return nil
}

// written is a JSON value as a cell, "" for null, objects and arrays.
func written(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	}
	return ""
}

// firstError is err, or otherwise the other one.
func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
