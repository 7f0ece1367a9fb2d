package exports

import (
	"encoding/json"
	"html"
	"strings"

	"stance/corpus"
	"stance/corpus/markup"
)

// WordPress is lists of comments from WordPress's own interface (wp/v2/comments) or
// that of WordPress.com.
var WordPress = Form{
	shapes: []shape{
		{"[].content.rendered", "[].author_name"},
		{"content.rendered", "author_name"},
		{"found", "comments[].ID", "comments[].content"},
	},
	read: each(addWordPress),
}

type wpComment struct {
	ID         word       `json:"id"`
	Post       wpPost     `json:"post"`
	Parent     wpRef      `json:"parent"`
	AuthorName string     `json:"author_name"`
	Author     wpAuthor   `json:"author"`
	DateGMT    word       `json:"date_gmt"`
	Date       word       `json:"date"`
	Content    wpRendered `json:"content"`
	Link       string     `json:"link"`
	Type       string     `json:"type"`
	Status     string     `json:"status"`
	LikeCount  count      `json:"like_count"`
	Embedded   struct {
		Up []struct {
			Title wpRendered `json:"title"`
			Link  string     `json:"link"`
		} `json:"up"`
	} `json:"_embedded"`

	// Of WordPress.com.
	Found    int         `json:"found"`
	Comments []wpComment `json:"comments"`
}

// wpRendered is HTML, by itself or as the field of an object.
type wpRendered string

// UnmarshalJSON takes a string or an object.
func (r *wpRendered) UnmarshalJSON(b []byte) error {
	if b[0] != '{' {
		return (*word)(r).UnmarshalJSON(b)
	}
	var o struct{ Rendered string }
	err := json.Unmarshal(b, &o)
	*r = wpRendered(o.Rendered)
	return err
}

// wpPost is the ID of a post, or the post.
type wpPost struct {
	ID    word   `json:"ID"`
	Title string `json:"title"`
	Link  string `json:"link"`
}

// UnmarshalJSON takes an ID or an object.
func (p *wpPost) UnmarshalJSON(b []byte) error {
	if b[0] != '{' {
		return p.ID.UnmarshalJSON(b)
	}
	type plain wpPost
	return json.Unmarshal(b, (*plain)(p))
}

// wpRef is the ID of a comment, by itself or as the field of an object.
type wpRef struct {
	ID word `json:"ID"`
}

// UnmarshalJSON takes an ID, an object, or false for none.
func (r *wpRef) UnmarshalJSON(b []byte) error {
	if b[0] != '{' {
		return r.ID.UnmarshalJSON(b)
	}
	type plain wpRef
	return json.Unmarshal(b, (*plain)(r))
}

// wpAuthor is a number, which says nothing, or an object.
type wpAuthor struct {
	Name string `json:"name"`
}

// UnmarshalJSON takes an object, anything else for an unknown author.
func (a *wpAuthor) UnmarshalJSON(b []byte) error {
	if b[0] != '{' {
		return nil
	}
	type plain wpAuthor
	return json.Unmarshal(b, (*plain)(a))
}

func addWordPress(w *wpComment, b *book) {
	if w.Comments == nil {
		b.addWordPress(w)
		return
	}
	for i := range w.Comments {
		p := b.addWordPress(&w.Comments[i])
		if w.Found > len(w.Comments) {
			p.more = "the reply of the interface has a next page"
		}
	}
}

func (b *book) addWordPress(w *wpComment) *page {
	p := b.page(string(w.Post.ID))
	page, _, _ := strings.Cut(w.Link, "#")
	for _, up := range w.Embedded.Up {
		set(&p.Article.Title, html.UnescapeString(string(up.Title)))
		page = first(up.Link, page)
	}
	set(&p.Article.Title, html.UnescapeString(w.Post.Title))
	set(&p.Article.URL, first(w.Post.Link, page))
	if w.Type == "pingback" || w.Type == "trackback" {
		p.ignored++
		return p
	}
	c := corpus.Comment{
		ID: string(w.ID), Parent: w.Parent.ID.id(), Author: html.UnescapeString(first(w.AuthorName, w.Author.Name)), Votes: w.LikeCount.n,
		Text: markup.HTML(string(w.Content)), Removed: w.Status == "trash" || w.Status == "spam",
	}
	when(&c, first(w.DateGMT, w.Date))
	b.add(p, c)
	return p
}
