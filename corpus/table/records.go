package table

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/jsonvalues"
	"stance.example/stance/corpus/internal/scalar"
	"stance.example/stance/corpus/internal/xmlvalues"
)

// ReadRecords returns the threads of comments written as objects of JSON, wherever they stand:
// one a line, as archives of forums are, in an array, or in a document; or as elements of XML, which
// package xmlvalues makes such objects of. The fields of all
// objects together are the header, those of objects in them with their names joined:
// "author.name". Replies in their comment are its replies. It keeps to the contract of Read.
func ReadRecords(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		rr := &recordReader{tabled: tabled{name: name, o: o, limit: o.maxHeld(), yield: yield}, language: "JSON", finder: newFinder(o.Columns)}
		rr.index = map[string]int{}
		rr.finder.inPage = o.InPage
		options := jsonvalues.Options{File: name, Max: max(o.Max, MaxDocument)}
		sink := jsonvalues.Sink{Value: rr.value, Fail: rr.fail}
		in := bufio.NewReaderSize(r, headSize)
		ended, err := true, error(nil)
		if start, _ := in.Peek(headSize); isXML(start) {
			rr.language = "XML"
			err = xmlvalues.Each(in, xmlvalues.Options{Options: options, OwnNames: true}, sink)
		} else {
			ended, err = jsonvalues.Each(in, options, sink)
		}
		switch {
		case rr.stopped:
		case err != nil:
			yield(nil, err)
		default:
			rr.end(ended)
		}
	}
}

// MaxDocument is the longest JSON value read, in bytes, unless Options say otherwise.
const MaxDocument = 64 << 20

// recordReader gathers the records of a file, whose fields are the columns of a table.
type recordReader struct {
	tabled
	language string
	finder   *finder
	started  int // line of the first value
	values   int
	failed   bool
	waiting  []*record      // until there are enough to tell the columns
	header   []string       // the names of columns, where the first value is these and the others are rows; nil else
	index    map[string]int // of the names of fields so far
	rows     int
}

// enoughRecords is how many tell the columns, where they take less than enoughBytes.
const enoughRecords = 1000

func (rr *recordReader) fail(p *corpus.Problem) bool {
	rr.failed = true
	rr.stopped = rr.stopped || !rr.yield(nil, p)
	return !rr.stopped
}

// value reads the records of a value.
func (rr *recordReader) value(line int, value []byte) bool {
	if rr.values++; rr.values == 1 {
		rr.started = line
	}
	root, err := jsonvalues.Parse(value, 1)
	if err == nil && root.Kind() != jsonlite.Object && root.Kind() != jsonlite.Array {
		err = errors.New("not a JSON object")
	}
	if err != nil {
		return rr.fail(failure(rr.name, line, "%v", err))
	}
	n := nodeOf(root, true)
	if rr.language == "XML" {
		n.single()
	}
	if rr.values == 1 {
		if rr.header = n.header(); rr.header != nil {
			return true
		}
	}
	n.row(rr.header)
	f := rr.finder
	f.find(line, &n)
	rr.waiting = append(rr.waiting, f.chosen()...)
	rr.bytes += len(value)
	if rr.columns == nil && len(rr.waiting) < enoughRecords && rr.bytes < enoughBytes {
		return true
	}
	return rr.gather()
}

// gather gathers the waiting records.
func (rr *recordReader) gather() bool {
	if len(rr.waiting) == 0 {
		return true
	}
	if rr.learn() || rr.columns == nil {
		if err := rr.tellColumns(); err != nil {
			rr.fail(failure(rr.name, rr.waiting[0].line, "%v", err))
			rr.stopped = true
			return false
		}
	}
	for _, r := range rr.waiting {
		if !rr.add(r) {
			rr.stopped = true
			return false
		}
	}
	rr.waiting, rr.bytes = rr.waiting[:0], 0
	return true
}

// learn adds the names of the waiting records to the header, in an order that doesn't
// depend on that of a map. It reports whether there are any.
func (rr *recordReader) learn() (more bool) {
	for _, r := range rr.waiting {
		var fresh []string
		for _, name := range r.kind.names {
			if _, known := rr.index[name]; !known {
				fresh = append(fresh, name)
			}
		}
		slices.Sort(fresh)
		for _, name := range fresh {
			rr.index[name] = len(rr.names)
			rr.names = append(rr.names, name)
		}
		more = more || len(fresh) > 0
	}
	return more
}

// tellColumns finds the columns among the names known. Those found before stay.
func (rr *recordReader) tellColumns() error {
	var sample [][]string
	for _, r := range rr.waiting[:min(len(rr.waiting), enoughRows)] {
		sample = append(sample, rr.row(r))
	}
	if rr.columns != nil {
		rr.tellMore(sample)
		return nil
	}
	rr.line = rr.waiting[0].line
	if err := rr.match(sample); err != nil {
		return err
	}
	if slices.ContainsFunc(rr.waiting, func(r *record) bool { return !r.about.empty() }) {
		named := func(r *record) bool { return r.about != nil && r.about.thread != "" }
		ids := rr.columns.has(Thread) || slices.ContainsFunc(rr.waiting, named)
		rr.g.Split(gather.Split{IDs: ids, URL: true, Title: true, SureURL: true, SureTitle: true})
	}
	return nil
}

// tellMore finds columns among the names known by now, beside those that were found.
func (rr *recordReader) tellMore(sample [][]string) {
	old := rr.columns
	set := map[Field]string{}
	maps.Copy(set, rr.o.Columns)
	for f, at := range old.at {
		if at >= 0 {
			set[Field(f)] = rr.names[at]
		}
	}
	for _, r := range old.refused {
		if _, known := set[r.field]; !known {
			set[r.field] = ""
		}
	}
	c := guess(rr.names, set)
	c.weigh(sample)
	c.refused, c.strong = old.refused, old.strong
	for f, also := range old.also {
		for _, at := range also {
			if !slices.Contains(c.also[f], at) {
				c.also[f] = append(c.also[f], at)
			}
		}
	}
	rr.columns = c
}

// row is a record as a row of the columns.
func (rr *recordReader) row(r *record) []string {
	row := make([]string, len(rr.names))
	for i, name := range r.kind.names {
		if at, known := rr.index[name]; known {
			row[at] = r.values[i]
		}
	}
	return row
}

// add puts a record into its thread.
func (rr *recordReader) add(r *record) bool {
	row := rr.row(r)
	if _, other := rr.columns.state(row); other {
		rr.empty.add(r.line, "", false)
		return true
	}
	it, size := rr.columns.item(r.line, row, rr.o)
	c := &it.Comment // of the item, until that is copied
	rr.number(c, row)
	if c.ID == "" {
		c.ID = fmt.Sprintf("c%d", rr.rows+1)
	}
	rr.rows++
	r.id = c.ID
	if up := r.above; up != nil {
		if scalar.Absent(c.Parent) || c.Parent == "0" {
			c.Parent = up.id
		}
		if it.Thread == "" {
			it.Thread = strings.TrimSpace(rr.columns.cell(rr.row(top(up)), Thread))
		}
		if it.Article.URL == "" && it.Article.Title == "" {
			own := *it
			above, _ := rr.columns.item(up.line, rr.row(top(up)), rr.o)
			own.Article = above.Article
			it = &own
		}
	}
	if a := r.about; a != nil {
		gather.Fill(&it.Thread, a.thread)
		if a.article.Title != "" && !rr.columns.strong[Title] { // else the comment has one of its own
			it.Article.Title = a.article.Title
		}
		gather.Fill(&it.Article.Text, a.article.Text)
		gather.Fill(&it.Article.Description, a.article.Description)
		gather.Fill(&it.Article.Published, a.article.Published)
		if a.article.URL != "" {
			it.Article.URL = a.article.URL
		}
	}
	return rr.g.Add(it, size)
}

// top is the comment that began the branch.
func top(r *record) *record {
	for r.above != nil {
		r = r.above
	}
	return r
}

// end gathers what waits, and says what was not read.
func (rr *recordReader) end(ended bool) {
	if !rr.gather() {
		return
	}
	if rr.g == nil {
		if rr.values == 0 && rr.failed {
			return
		}
		if ended || !rr.failed {
			p := failure(rr.name, rr.started, "%s", rr.nothing())
			p.Kind = corpus.NoComments
			rr.fail(p)
		}
		return
	}
	rr.tellEmpty()
	if f := rr.finder; f.left > 0 {
		rr.remark(0, corpus.Warning, "not read as comments: objects with texts under %q (%d)", f.place, f.left)
	}
	if n := rr.finder.others; n > 0 && rr.values > 1 {
		level := corpus.Warning
		if rr.o.InPage { // it is to be expected
			level = corpus.Assumption
		}
		rr.remark(0, level, "not read: objects in which no comment is (%d of %d)", n, rr.values)
	}
	rr.g.Flush()
}

// nothing says that no comment was found, and what would help.
func (rr *recordReader) nothing() string {
	if rr.values == 0 {
		return "no record"
	}
	const most = 12
	names := rr.finder.names
	more := ""
	if len(names) > most {
		names, more = names[:most], ", …"
	}
	if len(names) == 0 {
		return rr.language + ", but no comments: it holds no object"
	}
	likely := cmp.Or(likelyText(rr.finder.names, [][]string{rr.finder.values}), "FIELD")
	return fmt.Sprintf("%s, but no comments: no object has a field of texts beside one of authors, times or the like; "+
		"one has %s%s: --map text=%s names that of the texts", rr.language, strings.Join(names, ", "), more, likely)
}

// DetectJSON reports whether the input that begins with head is JSON objects or arrays, in
// lines or not.
func DetectJSON(head []byte) bool {
	d := json.NewDecoder(bytes.NewReader(head))
	start, err := d.Token()
	depth := 0
	for ; err == nil && start == json.Delim('['); depth++ {
		start, err = d.Token()
	}
	if _, name := start.(string); err == nil && name && depth == 2 { // rows
		return true
	}
	if err != nil || start != json.Delim('{') {
		return false
	}
	// A member, or the end of an empty object. The head may end anywhere.
	for range 2 {
		switch token, err := d.Token(); {
		case err != nil:
			return err == io.EOF || err == io.ErrUnexpectedEOF
		case token == json.Delim('}'):
			return true
		}
	}
	return true
}

// isXML reports whether the text that begins with start is XML.
func isXML(start []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(start, "` \t\r\n"), []byte{'<'}) }

// DetectXML reports whether the input that begins with head is XML in which comments are found:
// several, or one in a place that is named for them.
func DetectXML(head []byte) bool {
	if !isXML(head) {
		return false
	}
	root, err := jsonvalues.Parse(xmlvalues.Head(head), 1)
	if err != nil {
		return false
	}
	n := nodeOf(root, true)
	n.single()
	f := newFinder(nil)
	f.find(1, &n)
	named := f.named()
	return len(f.chosen()) > 1-min(1, len(named))
}
