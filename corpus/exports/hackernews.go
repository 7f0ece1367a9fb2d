package exports

import (
	"html"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// HackerNews is what Algolia's interface to Hacker News gives: an item with the tree
// under it, or the hits of a search.
var HackerNews = Form{
	shapes: []shape{
		{"created_at_i", "parent_id", "story_id", "type"},
		{"children", "created_at_i", "parent_id"},
		{"[].created_at_i", "[].parent_id", "[].children"},
		{"hits[].objectID", "hits[].created_at_i"},
		{"objectID", "created_at_i", "_tags"},
		{"[].objectID", "[].created_at_i", "[]._tags"},
	},
	read: each(addHackerNews),
}

type hnItem struct {
	ID        word     `json:"id"`
	CreatedAt word     `json:"created_at"`
	Type      string   `json:"type"`
	Author    word     `json:"author"`
	Title     string   `json:"title"`
	URL       string   `json:"url"`
	Text      *string  `json:"text"`
	Points    count    `json:"points"`
	ParentID  word     `json:"parent_id"`
	StoryID   word     `json:"story_id"`
	Children  []hnItem `json:"children"`

	// Of a search.
	Hits        []hnItem `json:"hits"`
	ObjectID    word     `json:"objectID"`
	CommentText *string  `json:"comment_text"`
	StoryText   *string  `json:"story_text"`
	StoryTitle  string   `json:"story_title"`
	StoryURL    string   `json:"story_url"`
	NumComments count    `json:"num_comments"`
	NbPages     int      `json:"nbPages"`
	Page        int      `json:"page"`
	Tags        []string `json:"_tags"`
}

func addHackerNews(i *hnItem, b *book) {
	switch {
	case i.Hits != nil:
		for k := range i.Hits {
			b.addHit(&i.Hits[k], i.Page+1 < i.NbPages)
		}
	case i.ObjectID != "":
		b.addHit(i, false)
	case i.Type == "comment":
		p := b.page(string(i.StoryID))
		p.isTop(string(p.ID))
		b.addItem(p, i)
	default:
		p := b.page(string(i.ID))
		p.isTop(p.ID)
		p.Article = hnArticle(i.ID, i.Title, i.URL, i.Text, i.CreatedAt)
		for k := range i.Children {
			b.addItem(p, &i.Children[k])
		}
	}
}

func (b *book) addItem(p *page, i *hnItem) {
	c := corpus.Comment{ID: string(i.ID), Parent: string(i.ParentID), Author: string(i.Author), Votes: i.Points.n, Removed: i.Text == nil}
	when(&c, i.CreatedAt)
	if i.Text != nil {
		c.Text = markup.HTML(*i.Text)
	}
	b.add(p, c)
	for k := range i.Children {
		b.addItem(p, &i.Children[k])
	}
}

func (b *book) addHit(i *hnItem, more bool) {
	if !slices.Contains(i.Tags, "comment") {
		p := b.page(string(i.ObjectID))
		p.isTop(p.ID)
		p.Article = hnArticle(i.ObjectID, i.Title, i.URL, i.StoryText, i.CreatedAt)
		p.DeclaredComments = i.NumComments.value()
		return
	}
	p := b.page(string(i.StoryID))
	p.isTop(p.ID)
	p.more = "the hits of a search are not whole threads"
	if more {
		p.more = "the search has more pages"
	}
	if p.Article.Title == "" {
		p.Article = hnArticle(i.StoryID, i.StoryTitle, i.StoryURL, nil, "")
	}
	i.ID, i.Text = i.ObjectID, i.CommentText
	b.addItem(p, i)
}

func hnArticle(id word, title, url string, text *string, created word) corpus.Article {
	a := corpus.Article{Title: html.UnescapeString(title), URL: url, Site: "news.ycombinator.com", Published: dated(created)}
	if text != nil {
		a.Text = markup.HTML(*text)
	}
	if a.URL == "" && id != "" {
		a.URL = "https://news.ycombinator.com/item?id=" + string(id)
	}
	return a
}
