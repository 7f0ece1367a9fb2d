package exports

import (
	"html"

	"stance/corpus"
	"stance/corpus/markup"
)

// Remark42 is the comments of Remark42 as its interface gives them, flat or as a tree,
// or its backup: a line about the site, then a comment a line.
var Remark42 = Form{
	shapes: []shape{
		{"comments[].locator.url", "comments[].user"},
		{"comments[].comment.locator"},
		{"[].locator.url", "[].user", "[].text"},
		{"locator.url", "user.name", "text"},
	},
	read: each(addRemark),
}

type remarkFile struct {
	remarkComment
	Comments []remarkNode `json:"comments"`
	Info     struct {
		URL   string `json:"url"`
		Count int    `json:"count"`
	} `json:"info"`
}

// remarkNode is a comment, or a comment in a tree.
type remarkNode struct {
	remarkComment
	Comment *remarkComment `json:"comment"`
	Replies []remarkNode   `json:"replies"`
}

type remarkComment struct {
	ID   word   `json:"id"`
	PID  word   `json:"pid"`
	Text string `json:"text"`
	User struct {
		Name string `json:"name"`
	} `json:"user"`
	Locator struct {
		Site string `json:"site"`
		URL  string `json:"url"`
	} `json:"locator"`
	Score  count  `json:"score"`
	Time   word   `json:"time"`
	Delete yes    `json:"delete"`
	Title  string `json:"title"`
}

func addRemark(f *remarkFile, b *book) {
	if f.Comments == nil {
		if f.ID != "" {
			b.addRemark(&f.remarkComment)
		}
		return // the first line of a backup
	}
	b.addRemarks(f.Comments)
	if f.Info.URL != "" {
		p := b.page(f.Info.URL)
		p.DeclaredComments = f.Info.Count
		p.Article.URL = f.Info.URL
	}
}

func (b *book) addRemarks(nodes []remarkNode) {
	for i := range nodes {
		c := nodes[i].Comment
		if c == nil {
			c = &nodes[i].remarkComment
		}
		b.addRemark(c)
		b.addRemarks(nodes[i].Replies)
	}
}

func (b *book) addRemark(r *remarkComment) {
	p := b.page(r.Locator.URL)
	set(&p.Article.URL, r.Locator.URL)
	set(&p.Article.Site, r.Locator.Site)
	set(&p.Article.Title, html.UnescapeString(r.Title))
	c := corpus.Comment{ID: string(r.ID), Parent: string(r.PID), Author: r.User.Name, Votes: r.Score.n, Text: markup.HTML(r.Text), Removed: bool(r.Delete)}
	if r.Delete {
		c.Author = "" // the name is "deleted"
	}
	when(&c, r.Time)
	b.add(p, c)
}
