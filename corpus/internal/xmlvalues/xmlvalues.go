// Package xmlvalues reads the elements of an XML file as values of JSON: an element is an object of its
// attributes ("@href"), its text ("#text") and the elements in it by their names, in an array where there
// are several of a name; one that has only a text is that.
//
// Attributes may be without quotes and ampersands may stand alone, as some exports have them; that every
// element is closed is demanded.
package xmlvalues

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"stance.example/stance/corpus/internal/jsonvalues"
	"stance.example/stance/corpus/internal/markup"
)

// Options say how to read elements.
type Options struct {
	// Options are the name of the file and the length of the longest element read.
	jsonvalues.Options
	// Names are those of the elements that are values, wherever they stand; nil for the root.
	Names []string
	// OwnNames calls the text of an element with attributes by the element's name in place of "#text",
	// and takes elements that stand among the words of a text for markup.
	OwnNames bool
	// Words, unless nil, is given the text of elements that are in no value, by their names.
	Words func(element, text string)
}

// start is how XML begins, behind what may stand before the root. One export is known to put
// a stray mark before its first line.
const start = "(?i)^\\s*`?\\s*(?:<\\?xml[^>]*\\?>\\s*)?(?s:<!--.*?-->\\s*)*"

// RootNamed returns a function that reports whether text begins with this markup as its root.
func RootNamed(pattern string) func([]byte) bool { return regexp.MustCompile(start + pattern).Match }

// Each gives the elements to the sink, each as the only field of an object. It returns the error of r, if
// there is one, with the name of the file.
func Each(r io.Reader, o Options, sink jsonvalues.Sink) error {
	src := &bounded{r: r, left: o.Max}
	raw := newLenient(src)
	d := xml.NewTokenDecoder(raw)
	for {
		src.left = o.Max
		t, err := d.Token()
		switch t := t.(type) {
		case xml.CharData:
			if o.Words != nil {
				o.Words(raw.name, string(t))
			}
		case xml.StartElement:
			if o.Names != nil && !slices.Contains(o.Names, t.Name.Local) {
				continue
			}
			line, _ := raw.InputPos()
			e := element{name: raw.name, attr: t.Attr}
			err = e.read(d, raw, 0)
			if err == nil && !sink.Value(line, append(e.named(nil, o.OwnNames), '}')) {
				return nil
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return broken(raw.Decoder, src, o, sink, err)
		}
	}
}

// Head returns the first element of a file that begins with head as far as it is there, nil for none.
func Head(head []byte) []byte {
	var value []byte
	raw := newLenient(bytes.NewReader(head))
	d := xml.NewTokenDecoder(raw)
	for value == nil {
		t, err := d.Token()
		if err != nil {
			return nil
		}
		if begin, ok := t.(xml.StartElement); ok {
			e := element{name: raw.name, attr: begin.Attr}
			_ = e.read(d, raw, 0) // it may be cut anywhere
			value = append(e.named(nil, true), '}')
		}
	}
	return value
}

// element is an element with what is in it.
type element struct {
	name   string
	attr   []xml.Attr
	text   strings.Builder
	kids   []*element
	before int // bytes of the text around it that stand before it
}

// read reads what is in the element.
func (e *element) read(d *xml.Decoder, raw *lenient, depth int) error {
	const deepest = jsonvalues.MaxNesting / 4
	if depth > deepest {
		return fmt.Errorf("nested deeper than %d elements", deepest)
	}
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			kid := &element{name: raw.name, attr: t.Attr, before: e.text.Len()}
			e.kids = append(e.kids, kid)
			if err := kid.read(d, raw, depth+1); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			e.text.Write(t)
		}
	}
}

// markup appends what is in the element as it is written, but for the attributes in it.
func (e *element) markup(b *strings.Builder) {
	text, at := e.text.String(), 0
	for _, kid := range e.kids {
		name := kid.name[strings.IndexByte(kid.name, ':')+1:]
		b.WriteString(html.EscapeString(text[at:kid.before]) + "<" + name + ">")
		kid.markup(b)
		b.WriteString("</" + name + ">")
		at = kid.before
	}
	b.WriteString(html.EscapeString(text[at:]))
}

// words is the text of the element, and the elements in it that are no markup.
func (e *element) words(own bool) (string, []*element) {
	isMarkup := slices.ContainsFunc(e.attr, func(a xml.Attr) bool { return a.Name.Local == "type" && a.Value == "xhtml" })
	text := strings.TrimSpace(e.text.String())
	mixed := own && text != "" && len(e.kids) > 0
	if !isMarkup && !mixed {
		return text, e.kids
	}
	var b strings.Builder
	e.markup(&b)
	if mixed {
		return markup.HTML(b.String()), nil
	}
	return strings.TrimSpace(b.String()), nil
}

// named appends an object that has the element, but for its end.
func (e *element) named(b []byte, own bool) []byte {
	return e.json(append(jsonvalues.AppendString(append(b, '{'), e.name), ':'), own)
}

// json appends the element as JSON.
func (e *element) json(b []byte, own bool) []byte {
	text, kids := e.words(own)
	if len(e.attr)+len(kids) == 0 {
		return jsonvalues.AppendString(b, text)
	}
	start := len(b)
	field := func(name string) {
		b = append(jsonvalues.AppendString(append(b, ','), name), ':')
	}
	for _, a := range e.attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			field("@" + a.Name.Local)
			b = jsonvalues.AppendString(b, a.Value)
		}
	}
	if text != "" && own {
		field(e.name)
		b = jsonvalues.AppendString(b, text)
	} else if text != "" {
		field("#text")
		b = jsonvalues.AppendString(b, text)
	}
	same := map[string][]*element{}
	var names []string
	for _, kid := range kids {
		if same[kid.name] == nil {
			names = append(names, kid.name)
		}
		same[kid.name] = append(same[kid.name], kid)
	}
	for _, name := range names {
		field(name)
		b = list(b, same[name], own)
	}
	if len(b) == start {
		return append(b, `""`...)
	}
	b[start] = '{'
	return append(b, '}')
}

// list appends elements of a name: as an array if they are several.
func list(b []byte, elements []*element, own bool) []byte {
	if len(elements) == 1 {
		return elements[0].json(b, own)
	}
	for i, e := range elements {
		b = e.json(append(b, "[,"[min(i, 1)]), own)
	}
	return append(b, ']')
}

// lenient reads the tokens of a document whose attributes may be without quotes and whose
// ampersands may stand alone, as some exports have them. That every element is closed is up to
// the decoder that it is given to.
type lenient struct {
	*xml.Decoder
	name string // of the last element that began, as it is written but for Atom's prefix
}

func newLenient(r io.Reader) *lenient {
	l := &lenient{Decoder: xml.NewDecoder(r)}
	l.Strict = false
	l.Entity = xml.HTMLEntity
	l.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	return l
}

// Token returns the next token as it is written.
func (l *lenient) Token() (xml.Token, error) {
	t, err := l.RawToken()
	if start, ok := t.(xml.StartElement); ok {
		l.name = start.Name.Local
		if p := start.Name.Space; p != "" && p != "atom" && p != "a10" {
			l.name = p + ":" + l.name
		}
	}
	return t, err
}

var errElement = errors.New("an element is too long")

// broken tells of an error behind which nothing can be read. It returns one of the input.
func broken(d *xml.Decoder, src *bounded, o Options, sink jsonvalues.Sink, err error) error {
	line, _ := d.InputPos()
	var syntax *xml.SyntaxError
	switch {
	case src.err != nil:
		return fmt.Errorf("reading %s: %w", o.File, src.err)
	case errors.Is(err, errElement):
		sink.Fail(o.Problem(line, true, "an element longer than %d MB: the rest is not read", o.Max>>20))
	case errors.As(err, &syntax):
		sink.Fail(o.Problem(line, false, "not valid XML: %s: the rest is not read", syntax.Msg))
	default:
		sink.Fail(o.Problem(line, false, "not valid XML: %v: the rest is not read", err))
	}
	return nil
}

// bounded is a reader that ends with errElement when nothing is left of its budget.
type bounded struct {
	r    io.Reader
	left int
	err  error // of r, other than io.EOF
	skip bool  // the start was looked at
}

// Read reads from r. Of the start it leaves out what stands before the first "<".
func (s *bounded) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, errElement
	}
	n, err := s.r.Read(p)
	s.left -= n
	if !s.skip {
		if at := bytes.IndexByte(p[:n], '<'); at >= 0 {
			for i := range at {
				p[i] = ' '
			}
			s.skip = true
		}
	}
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
