package formats

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"io"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/charset"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/webarchive"
	"stance.example/stance/corpus/table"
)

// visit is what a browser has recorded of the visit of one page.
type visit struct {
	pages []*corpus.Thread // its page, and those in frames
	data  []*loaded        // what they have loaded
}

// loaded is data of one form, a value a line.
type loaded struct {
	format *Format // nil for data of no known form
	values [][]byte
	known  map[[sha256.Size]byte]bool // the values' sums
}

// recorded yields the threads of the visits in a browser's recording. What a page has loaded is read with all else of the
// same form that it has loaded, as one file, and belongs to the article on the page.
func (in *input) recorded(yield func(*corpus.Thread, error) bool) {
	found, leftOut, more := false, 0, true
	tell := func(t *corpus.Thread, err error) bool {
		found = true
		more = more && yield(t, err)
		return more
	}
	for _, v := range in.visits(tell) {
		leftOut += v.threads(in, tell)
	}
	switch {
	case !more:
	case !found:
		yield(nil, &corpus.Problem{
			File: in.name, Level: corpus.Failure, Kind: corpus.NoComments,
			Message: "is what a browser has recorded (HAR), but no comment is in it: open the comments while it records, and save it with the content",
		})
	case leftOut > 0:
		yield(nil, &corpus.Problem{
			File: in.name, Level: corpus.Assumption,
			Message: gather.Plural(leftOut, "answer", "answers") + " of JSON left out, in which no comment is known",
		})
	}
}

// visits returns the visits with what they showed and loaded, none if no more is wanted. What can't be read is told to
// yield.
func (in *input) visits(yield func(*corpus.Thread, error) bool) (visits []*visit) {
	left := max(in.o.MaxDocument, exports.DefaultMaxDocument) // bytes of data that may be kept
	byID := map[string]*visit{}
	for a, err := range in.answers {
		if err == nil {
			v := byID[a.Visit]
			if v == nil {
				v = &visit{}
				byID[a.Visit], visits = v, append(visits, v)
			}
			if a.Data {
				left -= v.load(in.name, a, in.o)
			} else {
				err = v.show(in, a)
			}
		}
		if left < 0 {
			yield(nil, &corpus.Problem{File: in.name, Level: corpus.Failure, Oversize: true, Message: "holds more data than is kept: the rest is not read"})
			return visits
		}
		if err != nil && !yield(nil, err) || ends(err) {
			return nil
		}
	}
	return visits
}

// show reads a page of the visit.
func (v *visit) show(in *input, a *webarchive.Answer) error {
	one, err := in.page(&a.Page)
	if err != nil {
		return err
	}
	one.threads(func(t *corpus.Thread, e error) bool {
		if t != nil {
			v.pages = append(v.pages, t)
		} else if err == nil {
			err = e
		}
		return true
	})
	return err
}

// load keeps what an answer holds, if comments may be in it, and returns how many bytes that are. What comes from an
// address of comments is called so.
func (v *visit) load(name string, a *webarchive.Answer, o Options) int {
	value := dataOf(name, a, o)
	if value == nil {
		return 0
	}
	head := value[:min(len(value), headSize)]
	forms := exported()
	at := slices.IndexFunc(forms, func(f Format) bool { return f.Detect(head, o) })
	var format *Format
	if at >= 0 {
		format = &forms[at]
	} else if table.CallsComments(a.URL) {
		value = slices.Concat([]byte(`{"comments":`), value, []byte(`}`))
	}
	at = slices.IndexFunc(v.data, func(l *loaded) bool { return l.format == format })
	if at < 0 {
		at, v.data = len(v.data), append(v.data, &loaded{format: format, known: map[[sha256.Size]byte]bool{}})
	}
	l, sum := v.data[at], sha256.Sum256(value)
	if l.known[sum] {
		return 0 // it was loaded twice
	}
	l.known[sum], l.values = true, append(l.values, value)
	return len(value)
}

// dataOf is the JSON of an answer in one line, nil if it has none.
func dataOf(name string, a *webarchive.Answer, o Options) []byte {
	text, err := charset.NewReaderLabel(name, bytes.NewReader(a.Body), a.Charset)
	if err != nil {
		return nil
	}
	plain, err := unwrapped(name, bufio.NewReaderSize(text, headSize), o)
	if err != nil {
		return nil
	}
	value, err := io.ReadAll(plain)
	var line bytes.Buffer
	if err != nil || json.Compact(&line, value) != nil {
		return nil
	}
	return line.Bytes()
}

// threads yields the threads of the visit: those that it has loaded, and those of its pages that have other comments. It
// returns in how many answers no comment was found.
func (v *visit) threads(in *input, yield func(*corpus.Thread, error) bool) (leftOut int) {
	all, leftOut := v.loaded(in, yield)
	known := map[string]bool{}
	for _, t := range all {
		for i := range t.Comments {
			t.Comments[i].Line = 0 // it is that of what was put together
			known[t.Comments[i].Text] = true
		}
	}
	if len(all) == 1 && len(v.pages) > 0 { // of several nobody knows which is the page's
		about(all[0], &v.pages[0].Article)
	}
	for _, t := range v.pages {
		if slices.ContainsFunc(t.Comments, func(c corpus.Comment) bool { return !known[c.Text] }) {
			all = append(all, t)
		}
	}
	for _, t := range all {
		yield(t, nil)
	}
	return leftOut
}

// loaded returns the threads that the visit has loaded, and in how many answers none is. What can't be read is told to
// yield.
func (v *visit) loaded(in *input, yield func(*corpus.Thread, error) bool) (all []*corpus.Thread, leftOut int) {
	for _, l := range v.data {
		found := false
		for t, err := range l.read(in) {
			found = true
			if err != nil {
				yield(nil, err)
			} else if len(t.Comments) > 0 {
				all = append(all, t)
			}
		}
		if !found {
			leftOut += len(l.values)
		}
	}
	return all, leftOut
}

// about takes the article of a thread from the page that loaded it, as far as the data don't tell of it.
func about(t *corpus.Thread, page *corpus.Article) {
	a := &t.Article
	for at, value := range map[*string]string{
		&a.Title: page.Title, &a.Description: page.Description, &a.Text: page.Text, &a.URL: page.URL, &a.Site: page.Site, &a.Published: page.Published,
	} {
		gather.Fill(at, value)
	}
}

// read yields what the data hold.
func (l *loaded) read(in *input) func(func(*corpus.Thread, error) bool) {
	if l.format == nil {
		return func(yield func(*corpus.Thread, error) bool) {
			all := slices.Concat([]byte("["), bytes.Join(l.values, []byte(",")), []byte("]"))
			if t := exports.InScripts(in.name, []string{string(all)}); t != nil {
				(&input{name: in.name, format: Format{Name: "records"}}).complete(t)
				yield(t, nil)
			}
		}
	}
	one := &input{name: in.name, format: *l.format, text: bytes.NewReader(bytes.Join(l.values, []byte("\n"))), o: in.o}
	return one.threads
}
