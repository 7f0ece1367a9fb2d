package exports

import (
	"cmp"
	"html"
	"regexp"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
)

// readFeed reads a feed of comments, in RSS or Atom, or the copy of a whole blog of Blogger. What is no comment by
// its address or its place in the feed is left out.
func readFeed(in *input) error {
	f := &feed{book: in.book}
	err := in.elements([]string{"title", "link", "item", "entry"}, f.element)
	switch {
	case f.others > 0 && in.book.Threads() > 0:
		message := gather.Plural(f.others, "item of the feed is", "items of the feed are") + " left out: no comments"
		in.book.Give(nil, &corpus.Problem{File: in.name, Level: corpus.Assumption, Message: message})
	case f.others > 0:
		in.book.fail("is a feed of %s, not of comments: save the feed of one article's comments, or the article's page",
			gather.Plural(f.others, "article", "articles"))
	}
	return err
}

// feed is what was read of a feed.
type feed struct {
	book        *book
	title, link string
	others      int // items that are no comments
}

// element reads an element of the feed.
func (f *feed) element(v *jsonlite.Value) {
	gather.Fill(&f.title, at("title").word(v))
	gather.Fill(&f.link, address(v))
	at("item entry").each(v, f.item)
}

// address is where a page links to.
func address(v *jsonlite.Value) string {
	found := ""
	at("link[]").each(v, func(link *jsonlite.Value) {
		if rel := at("@rel").word(link); rel == "" || rel == "alternate" {
			found = cmp.Or(found, at("@href").word(link), spelled(link))
		}
	})
	return found
}

// commentLink is the address of a comment on its page.
var commentLink = regexp.MustCompile(`(?i)[#?&/](?:comments?|cmt|c|respond|kommentar|commentaire|comentario|note|post|p|reply|entry|message|msg)` +
	`[-_=/]?\w*\d\w*(?:#.*)?$`)

// commentTitle is how feeds of comments name an item: its article, its author, or both.
var commentTitle = regexp.MustCompile(`^(?:(?i:by|von|par|de|di|door|av|af): (.+)|` +
	`(?i:comment on|kommentar zu|commentaires? sur|comentario en|commento su|reactie op|kommentar til|kommentar till) (.+) ` +
	`(?i:by|von|par|por|di|door|av|af) (.+)|/u/\S+ on (.+))$`)

// pageTitle is how a feed of the comments under one article names itself.
var pageTitle = regexp.MustCompile(`(?i)^(?:comments on|comments for|kommentare zu|commentaires sur|comentarios en|commenti su|reacties op|` +
	`kommentarer til|kommentarer till|kommentarer på)\s*:?\s+(.+)$`)

// item adds a comment, or an article.
func (f *feed) item(i *jsonlite.Value) {
	kind := bloggerKind(i)
	link := address(i)
	title := itemTitle(i)
	switch {
	case kind == "post":
		p := f.book.page(at("id").word(i))
		p.Idle = true
		p.Article = corpus.Article{Title: title, Text: f.text(i), URL: link, Published: scalar.Published(itemTimes.word(i))}
	case kind == "comment", at("thr:in-reply-to").there(i), kind == "" && f.isComment(i, title, link):
		f.comment(i, title, link)
	default:
		f.text(i)
		f.others++
	}
}

// isComment reports whether an item without a kind is a comment: by the feed's title, its own,
// or its address.
func (f *feed) isComment(i *jsonlite.Value, title, link string) bool {
	return pageTitle.MatchString(f.title) || commentTitle.MatchString(title) || commentLink.MatchString(link) || commentLink.MatchString(at("guid").word(i))
}

// answerLink is the line with which WordPress begins an answer in a feed.
var answerLink = regexp.MustCompile(`^\s*(?:<p>)?[^<]{1,40}<a href="([^"]*#comment-\d+)"[^>]*>[^<]*</a>\.?\s*(?:</p>|\n|<br ?/?>)`)

// onPage is the mark of a comment in an address, "" if there is none.
func onPage(link string) string {
	_, mark, _ := strings.Cut(link, "#")
	return mark
}

func (f *feed) comment(i *jsonlite.Value, own, link string) {
	page, _, _ := strings.Cut(link, "#")
	title := ""
	if m := pageTitle.FindStringSubmatch(f.title); m != nil && f.link != "" && page == strings.TrimSuffix(f.link, "#comments") {
		title = m[1]
	}
	author := itemAuthors.word(i)
	if m := commentTitle.FindStringSubmatch(own); m != nil {
		title = cmp.Or(title, m[2], m[4])
		author = cmp.Or(author, m[1], m[3])
	}
	id, parent := page, ""
	at("thr:in-reply-to[]").each(i, func(r *jsonlite.Value) {
		href, ref := at("@href").word(r), at("@ref").word(r)
		to, _, _ := strings.Cut(href, "#")
		if inThread := onPage(cmp.Or(href, ref)); inThread != "" {
			parent = inThread
			id = cmp.Or(id, to)
		} else {
			id = cmp.Or(ref, to, id)
		}
	})
	text := f.text(i)
	if m := answerLink.FindStringSubmatch(at("content:encoded").word(i) + hypertext(field(i, "content"))); m != nil {
		parent = onPage(html.UnescapeString(m[1]))
		_, text, _ = strings.Cut(text, "\n\n") // behind the line that says so
	}
	parent = cmp.Or(bloggerParent(i), parent)
	p := f.book.page(id)
	gather.Fill(&p.Article.Title, title)
	gather.Fill(&p.Article.URL, page)
	c := corpus.Comment{ID: cmp.Or(onPage(link), at("id guid").word(i), link), Parent: parent, Author: html.UnescapeString(author), Text: text}
	when(&c, itemTimes.word(i), scalar.UnknownOrder)
	f.book.untaken.entry(i, &c, feedItem, id, f.book.texts, false)
	f.book.add(p, c)
}

// Where items have what they tell of themselves.
const (
	itemAuthors at = "dc:creator author.name author"
	itemTimes   at = "pubDate published dc:date updated"
)

// feedItem is what is read of an item, and what it is asked for.
var feedItem = (&comment{
	Author: itemAuthors, Posted: itemTimes, ID: "id guid", HTML: "content:encoded content description summary",
	Parent: "thr:in-reply-to.@href thr:in-reply-to.@ref thr:in-reply-to.@source thr:in-reply-to.@type link.@href",
}).asks(nil)

// bloggerKind is what Blogger says that an entry is: "post", "comment", something of the site, or ""
// in the feeds of others.
func bloggerKind(i *jsonlite.Value) string {
	found := ""
	at("category[].@term").each(i, func(term *jsonlite.Value) {
		if _, kind, ok := strings.Cut(spelled(term), "/blogger/2008/kind#"); ok && found == "" {
			found = kind
		}
	})
	if found == "post" && at("app:control.app:draft control.draft").word(i) == "yes" {
		return "draft"
	}
	return found
}

// bloggerParent is the ID of the comment that one of Blogger's answers.
func bloggerParent(i *jsonlite.Value) string {
	parent := ""
	at("link[]").each(i, func(l *jsonlite.Value) {
		if _, id, ok := strings.Cut(at("@href").word(l), "/comments/default/"); ok && at("@rel").word(l) == "related" {
			blog, _, _ := strings.Cut(at("id").word(i), ".post-")
			parent = cmp.Or(parent, blog+".post-"+id)
		}
	})
	return parent
}

func itemTitle(i *jsonlite.Value) string { return html.UnescapeString(at("title[]").word(i)) }

// hypertext is the content of an element of Atom as HTML.
func hypertext(v *jsonlite.Value) string {
	if v == nil {
		return ""
	}
	if at("@type").word(v) == "text" {
		return html.EscapeString(spelled(v))
	}
	return spelled(v)
}

func (f *feed) text(i *jsonlite.Value) string {
	for _, name := range []string{"content:encoded", "content", "description", "summary"} {
		v := field(i, name)
		if text := markup.HTML(hypertext(v)); text != "" {
			f.book.texts.note(spelled(v))
			return text
		}
	}
	return ""
}
