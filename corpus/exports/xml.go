package exports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// DisqusXML is the export of a forum of Disqus.
var DisqusXML = Form{
	detect: rootNamed(`<disqus\b`),
	read: func(in *input) error {
		d := &disqusExport{book: in.book}
		return in.elements(map[string]func(*xml.Decoder, *xml.StartElement) error{"thread": d.thread, "post": d.post})
	},
}

// WXR is the export of a WordPress site, many posts in one file.
var WXR = Form{
	detect: rootNamed(`<rss\b[^>]*wordpress\.org/export`),
	read: func(in *input) error {
		w := &wxrExport{book: in.book}
		return in.elements(map[string]func(*xml.Decoder, *xml.StartElement) error{"item": w.item})
	},
}

// rootNamed returns a function that reports whether text begins with this markup,
// behind what may stand before the root of an XML document. One export is known to put
// a stray mark before its first line.
func rootNamed(pattern string) func([]byte) bool {
	start := regexp.MustCompile("(?i)^\\s*`?\\s*(?:<\\?xml[^>]*\\?>\\s*)?(?s:<!--.*?-->\\s*)*" + pattern)
	return start.Match
}

// elements gives the elements of some names below the root to their functions.
func (in *input) elements(take map[string]func(*xml.Decoder, *xml.StartElement) error) error {
	src := &bounded{r: in.r, left: in.max}
	raw := &lenient{Decoder: xml.NewDecoder(src), untaken: &in.book.untaken}
	raw.untaken.elements = true
	raw.Strict = false
	raw.Entity = xml.HTMLEntity
	raw.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	d := xml.NewTokenDecoder(raw)
	for !in.book.done {
		src.left = in.max
		t, err := d.Token()
		if err == nil {
			start, ok := t.(xml.StartElement)
			if !ok {
				continue
			}
			use := take[start.Name.Local]
			if use == nil {
				continue
			}
			in.book.line, _ = raw.InputPos()
			err = use(d, &start)
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

var errElement = errors.New("an element is too long")

// lenient reads the tokens of a document whose attributes may be without quotes and whose
// ampersands may stand alone, as some exports have them. That every element is closed is up to
// the decoder that it is given to.
type lenient struct {
	*xml.Decoder
	untaken *untaken
	element string // the last that began
}

// Token returns the next token as it is written.
func (l *lenient) Token() (xml.Token, error) {
	t, err := l.RawToken()
	switch t := t.(type) {
	case xml.StartElement:
		l.element = t.Name.Local
	case xml.CharData:
		l.untaken.field(l.element, string(t))
	}
	return t, err
}

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

type disqusExport struct{ book *book }

func (e *disqusExport) thread(d *xml.Decoder, start *xml.StartElement) error {
	var t struct {
		ID        string `xml:"http://disqus.com/disqus-internals id,attr"`
		Link      string `xml:"link"`
		Title     string `xml:"title"`
		Message   string `xml:"message"`
		CreatedAt word   `xml:"createdAt"`
		Forum     string `xml:"forum"`
		IsDeleted string `xml:"isDeleted"`
	}
	if err := d.DecodeElement(&t, start); err != nil {
		return err
	}
	p := e.book.page(t.ID)
	p.Article = corpus.Article{
		Title: html.UnescapeString(strings.TrimSpace(t.Title)), URL: strings.TrimSpace(t.Link), Site: t.Forum,
		Text: markup.HTML(strings.TrimSpace(t.Message)), Published: dated(t.CreatedAt),
	}
	if t.IsDeleted == "true" {
		p.note(e.book, "the thread was deleted")
	}
	return nil
}

func (e *disqusExport) post(d *xml.Decoder, start *xml.StartElement) error {
	var s struct {
		ID        string `xml:"http://disqus.com/disqus-internals id,attr"`
		Message   string `xml:"message"`
		CreatedAt word   `xml:"createdAt"`
		IsDeleted string `xml:"isDeleted"`
		IsSpam    string `xml:"isSpam"`
		Author    struct {
			Name     string `xml:"name"`
			Username string `xml:"username"`
		} `xml:"author"`
		Thread struct {
			ID string `xml:"http://disqus.com/disqus-internals id,attr"`
		} `xml:"thread"`
		Parent struct {
			ID string `xml:"http://disqus.com/disqus-internals id,attr"`
		} `xml:"parent"`
	}
	if err := d.DecodeElement(&s, start); err != nil {
		return err
	}
	c := corpus.Comment{
		ID: s.ID, Parent: s.Parent.ID, Author: first(strings.TrimSpace(s.Author.Name), s.Author.Username),
		Text: markup.HTML(strings.TrimSpace(s.Message)), Removed: s.IsDeleted == "true" || s.IsSpam == "true",
	}
	when(&c, s.CreatedAt)
	e.book.add(e.book.page(s.Thread.ID), c)
	return nil
}

type wxrExport struct{ book *book }

// wxrItem is a post, a page, an attachment, or what else the site stores so. The
// names of the elements come from several name spaces.
type wxrItem struct {
	Title    string `xml:"title"`
	Link     string `xml:"link"`
	Content  string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	PostID   string `xml:"post_id"`
	DateGMT  word   `xml:"post_date_gmt"`
	Type     string `xml:"post_type"`
	Comments []struct {
		ID       string `xml:"comment_id"`
		Author   string `xml:"comment_author"`
		Date     word   `xml:"comment_date"`
		DateGMT  word   `xml:"comment_date_gmt"`
		Content  string `xml:"comment_content"`
		Approved string `xml:"comment_approved"`
		Type     string `xml:"comment_type"`
		Parent   word   `xml:"comment_parent"`
	} `xml:"comment"`
}

// item adds an article, unless nobody could have written under it.
func (e *wxrExport) item(d *xml.Decoder, start *xml.StartElement) error {
	var i wxrItem
	if err := d.DecodeElement(&i, start); err != nil {
		return err
	}
	if len(i.Comments) == 0 {
		return nil
	}
	p := e.book.page(i.PostID)
	p.Article = corpus.Article{
		Title: html.UnescapeString(strings.TrimSpace(i.Title)), URL: strings.TrimSpace(i.Link), Text: markup.HTML(i.Content), Published: dated(i.DateGMT),
	}
	for k := range i.Comments {
		w := &i.Comments[k]
		if w.Type == "pingback" || w.Type == "trackback" {
			p.ignored++
			continue
		}
		c := corpus.Comment{
			ID: w.ID, Parent: w.Parent.id(), Author: html.UnescapeString(strings.TrimSpace(w.Author)), Text: markup.HTML(paragraphs(w.Content)),
			Removed: w.Approved != "" && w.Approved != "1", // some exports leave it out
		}
		date := w.DateGMT
		if strings.HasPrefix(string(date), "0000") {
			date = w.Date
		}
		when(&c, date)
		e.book.add(p, c)
	}
	return nil
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
