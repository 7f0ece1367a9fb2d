package exports

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

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/jsonvalues"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
)

// XML is read as JSON: an element is an object of its attributes ("@href"), its text ("#text") and the
// elements in it by their names, in an array where there are several of a name; one that has only a
// text is that.

// DisqusXML is the export of a forum of Disqus.
var DisqusXML = system{
	detect:   rootNamed(`<disqus\b`),
	elements: []string{"thread", "post"},
	comments: "post",
	articles: "thread",
	listed: article{
		id: "@id", title: "title", url: "link", site: "forum", html: "message", published: "createdAt",
		edit: func(p *page, v *jsonlite.Value) {
			if at("isDeleted").word(v) == "true" {
				p.note("the thread was deleted")
			}
		},
	},
	comment: comment{
		id: "@id", parent: "parent.@id", thread: "thread.@id", author: "author.name author.username", posted: "createdAt", html: "message",
		removed: "isDeleted=true isSpam=true",
	},
}.form()

// WXR is the export of a WordPress site, many posts in one file. One under which nobody has written
// isn't given out.
var WXR = system{
	detect:   rootNamed(`<rss\b[^>]*wordpress\.org/export`),
	elements: []string{"item"},
	threads:  "item",
	isThread: func(*jsonlite.Value) bool { return true },
	comments: "wp:comment[]",
	article: article{
		id: "wp:post_id", title: "title", url: "link", html: "content:encoded", published: "wp:post_date_gmt",
		edit: func(p *page, v *jsonlite.Value) { p.idle = !at("wp:comment").there(v) },
	},
	markdown: func(text string) string { return markup.HTML(paragraphs(text)) },
	comment: comment{
		id: "wp:comment_id", parent: "wp:comment_parent", author: "wp:comment_author", posted: "wp:comment_date_gmt", markdown: "wp:comment_content",
		skip: "wp:comment_type=pingback,trackback", removed: "wp:comment_approved!=1", // some exports leave it out
		edit: func(c *corpus.Comment, v *jsonlite.Value) {
			if c.PostedAs == "" && c.Posted.IsZero() || strings.HasPrefix(c.PostedAs, "0000") {
				when(c, at("wp:comment_date").word(v), scalar.UnknownOrder)
			}
		},
	},
}.form()

// rootNamed returns a function that reports whether text begins with this markup,
// behind what may stand before the root of an XML document. One export is known to put
// a stray mark before its first line.
func rootNamed(pattern string) func([]byte) bool {
	start := regexp.MustCompile("(?i)^\\s*`?\\s*(?:<\\?xml[^>]*\\?>\\s*)?(?s:<!--.*?-->\\s*)*" + pattern)
	return start.Match
}

// elements gives the elements of some names below the root to use, each as the only field of an
// object.
func (in *input) elements(names []string, use func(*jsonlite.Value)) error {
	src := &bounded{r: in.r, left: in.max}
	raw := &lenient{Decoder: xml.NewDecoder(src)}
	in.book.untaken.elements = true
	raw.Strict = false
	raw.Entity = xml.HTMLEntity
	raw.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	d := xml.NewTokenDecoder(raw)
	for !in.book.done {
		src.left = in.max
		t, err := d.Token()
		start, begins := t.(xml.StartElement)
		if text, ok := t.(xml.CharData); ok && in.book.untaken.own.is(raw.name) && sentence(string(text)) {
			in.book.untaken.leave(in.book.line, raw.name)
		}
		if begins && slices.Contains(names, start.Name.Local) {
			in.book.line, _ = raw.InputPos()
			e := element{name: raw.name, attr: start.Attr}
			if err = e.read(d, raw, 0); err == nil {
				err = in.tree(string(append(e.named(nil), '}')), use)
			}
		}
		switch {
		case err == nil:
			in.book.relieve()
		case err == io.EOF:
			return nil
		default:
			return in.brokenXML(raw.Decoder, src, err)
		}
	}
	return nil
}

// element is an element with what is in it.
type element struct {
	name string
	attr []xml.Attr
	text strings.Builder
	kids []*element
}

// read reads what is in the element. Markup in XML is text.
func (e *element) read(d *xml.Decoder, raw *lenient, depth int) error {
	const deepest = jsonvalues.MaxNesting / 4
	if depth > deepest {
		return fmt.Errorf("nested deeper than %d elements", deepest)
	}
	if slices.ContainsFunc(e.attr, func(a xml.Attr) bool { return a.Name.Local == "type" && a.Value == "xhtml" }) {
		return e.markup(d)
	}
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			kid := &element{name: raw.name, attr: t.Attr}
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

// markup takes what is in the element for text.
func (e *element) markup(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			e.text.WriteString("<" + t.Name.Local + ">")
		case xml.EndElement:
			if depth--; depth > 0 {
				e.text.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			e.text.WriteString(html.EscapeString(string(t)))
		}
	}
	return nil
}

// named appends an object that has the element, but for its end.
func (e *element) named(b []byte) []byte {
	return e.json(append(quoted(append(b, '{'), e.name), ':'))
}

// json appends the element as JSON.
func (e *element) json(b []byte) []byte {
	text := strings.TrimSpace(e.text.String())
	if len(e.attr)+len(e.kids) == 0 {
		return quoted(b, text)
	}
	start := len(b)
	field := func(name string) {
		b = append(quoted(append(b, ','), name), ':')
	}
	for _, a := range e.attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			field("@" + a.Name.Local)
			b = quoted(b, a.Value)
		}
	}
	if text != "" {
		field("#text")
		b = quoted(b, text)
	}
	same := map[string][]*element{}
	var names []string
	for _, kid := range e.kids {
		if same[kid.name] == nil {
			names = append(names, kid.name)
		}
		same[kid.name] = append(same[kid.name], kid)
	}
	for _, name := range names {
		field(name)
		kids := same[name]
		if len(kids) == 1 {
			b = kids[0].json(b)
			continue
		}
		for i, kid := range kids {
			b = kid.json(append(b, "[,"[min(i, 1)]))
		}
		b = append(b, ']')
	}
	if len(b) == start {
		return append(b, `""`...)
	}
	b[start] = '{'
	return append(b, '}')
}

// quoted appends a text as a string of JSON.
func quoted(b []byte, text string) []byte {
	b = append(b, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// lenient reads the tokens of a document whose attributes may be without quotes and whose
// ampersands may stand alone, as some exports have them. That every element is closed is up to
// the decoder that it is given to.
type lenient struct {
	*xml.Decoder
	name string // of the last element that began, as it is written but for Atom's prefix
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

// brokenXML tells of an error behind which nothing can be read. It returns one of the
// input.
func (in *input) brokenXML(d *xml.Decoder, src *bounded, err error) error {
	line, _ := d.InputPos()
	var syntax *xml.SyntaxError
	switch {
	case src.err != nil:
		return fmt.Errorf("reading %s: %w", in.name, src.err)
	case errors.Is(err, errElement):
		in.book.give(nil, in.book.oversize(line, "an element longer than %d MB: the rest is not read", in.max>>20))
	case errors.As(err, &syntax):
		in.book.fail(line, "not valid XML: %s: the rest is not read", syntax.Msg)
	default:
		in.book.fail(line, "not valid XML: %v: the rest is not read", err)
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

// paragraphs marks up the lines of a text as WordPress does when it shows it.
func paragraphs(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	if strings.Contains(text, "<p>") {
		return text
	}
	text = strings.ReplaceAll(text, "\n\n", "</p><p>")
	return "<p>" + strings.ReplaceAll(text, "\n", "<br>") + "</p>"
}
