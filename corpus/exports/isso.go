package exports

import (
	"encoding/json"
	"net/url"
	"regexp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// Isso is the pages and comments that Isso's importer takes, or a reply of its
// interface, whose texts are HTML.
var Isso = Form{
	shapes: []shape{
		{"[].comments[].text", "[].comments[].created", "[].title"},
		{"replies[].text", "total_replies"},
		{"replies[].hash", "replies[].text"},
	},
	read: each(addIsso),
}

type issoPage struct {
	ID       word          `json:"id"`
	Title    string        `json:"title"`
	Comments []issoComment `json:"comments"`

	// Of the interface.
	Replies []issoComment `json:"replies"`
	Total   int           `json:"total_replies"`
	Hidden  int           `json:"hidden_replies"`
}

type issoComment struct {
	ID       word            `json:"id"`
	Parent   json.RawMessage `json:"parent"`
	Author   word            `json:"author"`
	Text     string          `json:"text"`
	Created  word            `json:"created"`
	Likes    count           `json:"likes"`
	Dislikes count           `json:"dislikes"`
	Mode     int             `json:"mode"`
	Replies  []issoComment   `json:"replies"`
	Hidden   int             `json:"hidden_replies"`
}

// issoDeleted is the mode of a comment that was taken away but has replies.
const issoDeleted = 4

func addIsso(i *issoPage, b *book) {
	if i.Comments == nil && i.Replies == nil {
		b.strange++
		return
	}
	p := b.page(string(i.ID))
	set(&p.Article.Title, unescapeTitle(i.Title))
	p.absent += i.Hidden
	b.addIsso(p, i.Comments, markup.Markdown)
	b.addIsso(p, i.Replies, markup.HTML)
}

func (b *book) addIsso(p *page, comments []issoComment, text func(string) string) {
	for k := range comments {
		i := &comments[k]
		c := corpus.Comment{
			ID: string(i.ID), Author: string(i.Author), Votes: net(i.Likes, i.Dislikes), Text: text(i.Text), Removed: i.Mode == issoDeleted,
		}
		if i.Parent != nil && i.Parent[0] != 'n' { // the first comment is number 0
			var parent word
			if parent.UnmarshalJSON(i.Parent) == nil {
				c.Parent = string(parent)
			}
		}
		when(&c, i.Created)
		b.add(p, c)
		p.absent += i.Hidden
		b.addIsso(p, i.Replies, text)
	}
}

var escaped = regexp.MustCompile(`%[0-9A-Fa-f]{2}|^\S*\+\S*$`)

// unescapeTitle undoes the escapes of an address, in which Isso keeps titles.
func unescapeTitle(title string) string {
	if plain, err := url.QueryUnescape(title); err == nil && escaped.MatchString(title) {
		return plain
	}
	return title
}
