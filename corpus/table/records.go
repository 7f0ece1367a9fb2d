package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"stance/corpus"
	"stance/corpus/jsonvalues"
)

// ReadRecords returns the threads of a table written as JSON, one flat object a
// comment, in lines, as archives of forums are, or in an array: the names of the first object's fields are
// the header. It keeps to the contract of Read. Fields that hold objects or arrays
// are left out, and so are fields that the first object hasn't got.
func ReadRecords(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		rr := &recordReader{name: name, o: o, yield: yield, rows: newRecords()}
		sink := jsonvalues.Sink{
			Value: rr.add,
			Fail:  func(line int, message string) bool { return yield(nil, failure(name, line, "%s", message)) },
			Long: func(line int, message string) bool {
				p := failure(name, line, "%s", message)
				p.Oversize = true
				return yield(nil, p)
			},
		}
		ended, err := jsonvalues.Each(r, jsonvalues.Options{Max: o.maxRow()}, sink)
		switch {
		case err != nil:
			yield(nil, fmt.Errorf("reading %s: %w", name, err))
		case rr.g != nil && !rr.stopped:
			rr.g.flush(rr.line, yield)
		case ended && !rr.stopped:
			yield(nil, failure(name, rr.line, "no record"))
		}
	}
}

// recordReader gathers the records of a file.
type recordReader struct {
	name    string
	o       Options
	yield   func(*corpus.Thread, error) bool
	rows    *records
	g       *gatherer // nil until the first record has told the columns
	line    int       // of the last record
	stopped bool
}

// add puts a record into its thread.
func (rr *recordReader) add(line int, value []byte) bool {
	rr.line = line
	err := rr.rows.decode(value)
	if err == nil && rr.g == nil {
		err = rr.begin()
		rr.stopped = err != nil // nothing can be read without columns
	}
	if err != nil {
		rr.stopped = !rr.yield(nil, failure(rr.name, line, "%v", err)) || rr.stopped
		return !rr.stopped
	}
	rr.g.add(line, rr.rows.cells)
	for rr.g.overfull() {
		if !rr.yield(rr.g.giveOldest(), nil) {
			rr.stopped = true
			return false
		}
	}
	return true
}

// begin tells the columns by the first record.
func (rr *recordReader) begin() error {
	cols, err := match(rr.rows.names, rr.o.Columns)
	if err != nil {
		return err
	}
	rr.g = newGatherer(rr.name, cols, rr.o, rr.o.maxHeld())
	rr.g.remarks = []corpus.Problem{{File: rr.name, Line: rr.line, Level: corpus.Assumption, Message: cols.String()}}
	return nil
}

// DetectRecords reports whether the input that begins with head is a table that
// ReadRecords can be given: its first object has a known field of texts, or the one
// that o names, beside another, and doesn't hold comments of its own.
func DetectRecords(head []byte, o Options) bool {
	names := firstNames(head)
	if slices.Contains(names, "comments") {
		return false
	}
	c := guess(names, o.Columns)
	return c.has(Text) && c.known() >= 2
}

// FirstRecordHas reports whether the first object has all these fields.
func FirstRecordHas(head []byte, fields ...string) bool {
	names := firstNames(head)
	return !slices.ContainsFunc(fields, func(f string) bool { return !slices.Contains(names, f) })
}

// firstNames returns the names of the fields of the first object, which may be the
// first of an array; nil if there is none.
func firstNames(head []byte) []string {
	d := json.NewDecoder(bytes.NewReader(head))
	if bytes.HasPrefix(bytes.TrimSpace(head), []byte{'['}) {
		if _, err := d.Token(); err != nil {
			return nil
		}
	}
	var object json.RawMessage
	if err := d.Decode(&object); err != nil {
		return nil
	}
	rs := newRecords()
	if err := rs.decode(object); err != nil {
		return nil
	}
	return rs.names
}

// records reads flat JSON objects.
type records struct {
	names []string // the fields of the first object, in its order
	index map[string]int
	cells []string // of the last object
}

func newRecords() *records { return &records{index: map[string]int{}} }

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
