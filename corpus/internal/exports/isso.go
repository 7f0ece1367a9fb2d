package exports

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
)

// Isso is the pages and comments that Isso's importer takes, or a reply of its
// interface, whose texts are HTML.
var Isso = system{
	shapes: []shape{
		{"[].comments[].text", "[].comments[].created", "[].title"}, {"replies[].text", "total_replies"}, {"replies[].hash", "replies[].text"},
	},
	comments: "comments[] replies[]",
	article:  article{id: "id", title: "title", edit: issoPage},
	comment: comment{
		id: "id", parent: "parent", author: "author", posted: "created", votes: "likes", against: "dislikes", text: "text", replies: "replies[]",
		unloaded: "hidden_replies", removed: "mode=4", edit: issoText,
	},
}.form()

// issoText takes the markup off, which is HTML in the replies of the interface and Markdown in
// files. The first comment is number 0.
func issoText(c *corpus.Comment, v *jsonlite.Value) {
	c.Parent = at("parent").word(v)
	if strings.HasPrefix(c.Text, "<") {
		c.Text = markup.HTML(c.Text)
	} else {
		c.Text = markup.Markdown(c.Text)
	}
}

var escaped = regexp.MustCompile(`%[0-9A-Fa-f]{2}|^\S*\+\S*$`)

// issoPage undoes the escapes of an address, in which Isso keeps titles.
func issoPage(p *page, v *jsonlite.Value) {
	title := at("title").word(v)
	if plain, err := url.QueryUnescape(title); err == nil && escaped.MatchString(title) {
		p.Article.Title = plain
	}
	if n, ok := scalar.Count(at("hidden_replies").word(v)); ok {
		p.absent += n
	}
}
