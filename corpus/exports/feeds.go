package exports

import (
	"cmp"
	"encoding/xml"
	"html"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
	"stance.example/stance/corpus/markup"
)

// Feed is a feed of comments, in RSS or Atom, and the copy of a whole blog of Blogger. What is
// no comment by its address or its place in the feed is left out.
var Feed = Form{
	detect: rootNamed(`<(?:\w+:)?(?:rss|feed|RDF)\b`),
	read: func(in *input) error {
		f := &feed{book: in.book}
		err := in.elements(map[string]func(*xml.Decoder, *xml.StartElement) error{
			"title": f.head(&f.title), "link": f.head(&f.link), "item": f.item, "entry": f.item,
		})
		switch {
		case f.others > 0 && in.book.count > 0:
			in.book.give(nil, &corpus.Problem{File: in.name, Level: corpus.Assumption, Message: plural(f.others, "item of the feed is", "items of the feed are") + " left out: no comments"})
		case f.others > 0:
			in.book.fail(0, "is a feed of %s, not of comments: save the feed of one article's comments, or the article's page", plural(f.others, "article", "articles"))
		}
		return err
	},
}

// feed is what was read of a feed.
type feed struct {
	book        *book
	title, link string
	others      int // items that are no comments
}

// head returns a function that keeps the words of an element of the feed itself.
func (f *feed) head(at *string) func(*xml.Decoder, *xml.StartElement) error {
	return func(d *xml.Decoder, start *xml.StartElement) error {
		var e feedText
		if err := d.DecodeElement(&e, start); err != nil {
			return err
		}
		set(at, cmp.Or(e.text, e.link()))
		return nil
	}
}

// feedText is the content of an element, with its address if it is a link.
type feedText struct {
	text            string // without the elements in it
	hypertext       string // with them
	kind, href, rel string
}

// UnmarshalXML reads the element with all that is in it.
func (t *feedText) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "type":
			t.kind = a.Value
		case "href":
			t.href = a.Value
		case "rel":
			t.rel = a.Value
		}
	}
	var text, hypertext strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			hypertext.WriteString("<" + e.Name.Local + ">")
		case xml.EndElement:
			if depth--; depth > 0 {
				hypertext.WriteString("</" + e.Name.Local + ">")
			}
		case xml.CharData:
			text.Write(e)
			hypertext.WriteString(html.EscapeString(string(e)))
		}
	}
	t.text, t.hypertext = strings.TrimSpace(text.String()), hypertext.String()
	return nil
}

func (t *feedText) link() string {
	if t.rel == "" || t.rel == "alternate" {
		return cmp.Or(t.href, t.text)
	}
	return ""
}

// markup is the content as HTML.
func (t *feedText) markup() string {
	switch t.kind {
	case "xhtml":
		return t.hypertext
	case "text":
		return html.EscapeString(t.text)
	}
	return t.text
}

// feedItem is an item of RSS or an entry of Atom.
type feedItem struct {
	Titles []feedText `xml:"title"`
	Links  []feedText `xml:"link"`
	GUID   string     `xml:"guid"`
	ID     string     `xml:"id"`

	Creator   string `xml:"http://purl.org/dc/elements/1.1/ creator"`
	RSSAuthor struct {
		Text string `xml:",chardata"`
		Name string `xml:"name"`
	} `xml:"author"`

	PubDate   word `xml:"pubDate"`
	Published word `xml:"published"`
	Updated   word `xml:"updated"`
	Date      word `xml:"http://purl.org/dc/elements/1.1/ date"`

	Encoded     string   `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	Description string   `xml:"description"`
	Content     feedText `xml:"content"`
	Summary     feedText `xml:"summary"`

	InReplyTo []struct {
		Ref  string `xml:"ref,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://purl.org/syndication/thread/1.0 in-reply-to"`
	Categories []struct {
		Term string `xml:"term,attr"`
	} `xml:"category"`
	Draft string `xml:"control>draft"`
}

// commentLink is the address of a comment on its page.
var commentLink = regexp.MustCompile(`(?i)[#?&/](?:comments?|cmt|c|respond|kommentar|commentaire|comentario|note|post|p|reply|entry|message|msg)[-_=/]?\w*\d\w*(?:#.*)?$`)

// commentTitle is how feeds of comments name an item: its article, its author, or both.
var commentTitle = regexp.MustCompile(`^(?:(?i:by|von|par|de|di|door|av|af): (.+)|(?i:comment on|kommentar zu|commentaires? sur|comentario en|commento su|reactie op|kommentar til|kommentar till) (.+) (?i:by|von|par|por|di|door|av|af) (.+)|/u/\S+ on (.+))$`)

// pageTitle is how a feed of the comments under one article names itself.
var pageTitle = regexp.MustCompile(`(?i)^(?:comments on|comments for|kommentare zu|commentaires sur|comentarios en|commenti su|reacties op|kommentarer til|kommentarer till|kommentarer på)\s*:?\s+(.+)$`)

// item adds a comment, or an article.
func (f *feed) item(d *xml.Decoder, start *xml.StartElement) error {
	var i feedItem
	if err := d.DecodeElement(&i, start); err != nil {
		return err
	}
	kind := i.kind()
	link := i.link()
	switch {
	case kind == "post":
		p := f.book.page(i.ID)
		p.idle = true
		p.Article = corpus.Article{Title: i.title(), Text: i.text(), URL: link, Published: scalar.Published(string(i.when()))}
	case kind == "comment", len(i.InReplyTo) > 0, kind == "" && f.isComment(&i, link):
		f.comment(&i, link)
	default:
		f.others++
	}
	return nil
}

// isComment reports whether an item without a kind is a comment: by the feed's title, its own,
// or its address.
func (f *feed) isComment(i *feedItem, link string) bool {
	return pageTitle.MatchString(f.title) || commentTitle.MatchString(i.title()) || commentLink.MatchString(link) || commentLink.MatchString(i.GUID)
}

// answerLink is the line with which WordPress begins an answer in a feed.
var answerLink = regexp.MustCompile(`^\s*(?:<p>)?[^<]{1,40}<a href="([^"]*#comment-\d+)"[^>]*>[^<]*</a>\.?\s*(?:</p>|\n|<br ?/?>)`)

// onPage is the mark of a comment in an address, "" if there is none.
func onPage(link string) string {
	_, mark, _ := strings.Cut(link, "#")
	return mark
}

func (f *feed) comment(i *feedItem, link string) {
	page, _, _ := strings.Cut(link, "#")
	title := ""
	if m := pageTitle.FindStringSubmatch(f.title); m != nil && f.link != "" && page == strings.TrimSuffix(f.link, "#comments") {
		title = m[1]
	}
	author := cmp.Or(strings.TrimSpace(i.Creator), strings.TrimSpace(i.RSSAuthor.Name), strings.TrimSpace(i.RSSAuthor.Text))
	if m := commentTitle.FindStringSubmatch(i.title()); m != nil {
		title = cmp.Or(title, m[2], m[4])
		author = cmp.Or(author, m[1], m[3])
	}
	id, parent := page, ""
	for _, r := range i.InReplyTo {
		to, _, _ := strings.Cut(r.Href, "#")
		if inThread := onPage(cmp.Or(r.Href, r.Ref)); inThread != "" {
			parent = inThread
			id = cmp.Or(id, to)
		} else {
			id = cmp.Or(r.Ref, to, id)
		}
	}
	text := i.text()
	if m := answerLink.FindStringSubmatch(i.Encoded + i.Content.markup()); m != nil {
		parent = onPage(html.UnescapeString(m[1]))
		_, text, _ = strings.Cut(text, "\n\n") // behind the line that says so
	}
	parent = cmp.Or(i.related(), parent)
	p := f.book.page(id)
	set(&p.Article.Title, title)
	set(&p.Article.URL, page)
	c := corpus.Comment{ID: cmp.Or(onPage(link), i.ID, strings.TrimSpace(i.GUID), link), Parent: parent, Author: html.UnescapeString(author), Text: text}
	when(&c, i.when())
	f.book.add(p, c)
}

// kind is what Blogger says that an entry is: "post", "comment", something of the site, or ""
// in the feeds of others.
func (i *feedItem) kind() string {
	for _, c := range i.Categories {
		if _, kind, ok := strings.Cut(c.Term, "/blogger/2008/kind#"); ok {
			if kind == "post" && strings.TrimSpace(i.Draft) == "yes" {
				return "draft"
			}
			return kind
		}
	}
	return ""
}

// related is the ID of the comment that one of Blogger's answers.
func (i *feedItem) related() string {
	for _, l := range i.Links {
		if _, id, ok := strings.Cut(l.href, "/comments/default/"); ok && l.rel == "related" {
			blog, _, _ := strings.Cut(i.ID, ".post-")
			return blog + ".post-" + id
		}
	}
	return ""
}

func (i *feedItem) title() string {
	if len(i.Titles) == 0 {
		return ""
	}
	return html.UnescapeString(i.Titles[0].text)
}

func (i *feedItem) link() string {
	for _, l := range i.Links {
		if link := l.link(); link != "" {
			return link
		}
	}
	return ""
}

func (i *feedItem) when() word {
	for _, w := range []word{i.PubDate, i.Published, i.Date, i.Updated} {
		if w = word(strings.TrimSpace(string(w))); w != "" {
			return w
		}
	}
	return ""
}

func (i *feedItem) text() string {
	for _, s := range []string{i.Encoded, i.Content.markup(), i.Description, i.Summary.markup()} {
		if text := markup.HTML(strings.TrimSpace(s)); text != "" {
			return text
		}
	}
	return ""
}
