package exports

import (
	"bytes"
	"encoding/json"
	"html"
	"strings"

	"stance/corpus"
	"stance/corpus/markup"
)

// Reddit is what Reddit gives for a page with ".json" behind its address: a list of
// the post and its comments, one of comments alone, or the reply to a click on "load
// more comments". In lists of before 2015 votes are given up and down.
var Reddit = Form{
	shapes: []shape{{"[].kind", "[].data.children"}, {"kind", "data.children[].kind"}, {"json.data.things"}},
	read:   whole(addReddit),
}

type redditPage struct {
	lists []redditThing
}

// UnmarshalJSON takes a list of lists, one list, or a reply with things.
func (p *redditPage) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, &p.lists)
	}
	var v struct {
		redditThing
		JSON struct {
			Data struct {
				Things []redditThing `json:"things"`
			} `json:"data"`
		} `json:"json"`
	}
	err := json.Unmarshal(b, &v)
	v.redditThing.Data.Children = append(v.redditThing.Data.Children, v.JSON.Data.Things...)
	p.lists = []redditThing{v.redditThing}
	return err
}

// redditThing is a list ("Listing"), a post ("t3"), a comment ("t1") or the place of
// comments that are not loaded ("more").
type redditThing struct {
	Kind string     `json:"kind"`
	Data redditData `json:"data"`
}

type redditData struct {
	Children redditThings  `json:"children"`
	Replies  redditReplies `json:"replies"`

	ID         word  `json:"id"`
	LinkID     word  `json:"link_id"`
	ParentID   word  `json:"parent_id"`
	Author     word  `json:"author"`
	Body       *word `json:"body"`
	CreatedUTC word  `json:"created_utc"`

	Score       count `json:"score"`
	Ups         count `json:"ups"`
	Downs       count `json:"downs"`
	ScoreHidden yes   `json:"score_hidden"`

	Count int `json:"count"`

	Title       string `json:"title"`
	Selftext    string `json:"selftext"`
	URL         string `json:"url"`
	Permalink   string `json:"permalink"`
	IsSelf      yes    `json:"is_self"`
	Subreddit   string `json:"subreddit"`
	NumComments count  `json:"num_comments"`

	LinkTitle     string `json:"link_title"`
	LinkPermalink string `json:"link_permalink"`
	LinkURL       string `json:"link_url"`
}

// redditThings are the things in a list. The children of a "more" are only IDs.
type redditThings []redditThing

// UnmarshalJSON takes an array of objects, anything else for none.
func (t *redditThings) UnmarshalJSON(b []byte) error {
	if inner := bytes.TrimSpace(bytes.TrimLeft(b, "[")); b[0] != '[' || inner[0] != '{' {
		return nil
	}
	return json.Unmarshal(b, (*[]redditThing)(t))
}

// redditReplies is a list, or "" for none.
type redditReplies struct{ list *redditThing }

// UnmarshalJSON takes an object, anything else for no replies.
func (r *redditReplies) UnmarshalJSON(b []byte) error {
	if b[0] != '{' {
		return nil
	}
	r.list = new(redditThing)
	return json.Unmarshal(b, r.list)
}

func addReddit(p *redditPage, b *book) {
	post := ""
	for i := range p.lists {
		post = first(post, p.lists[i].post())
	}
	for i := range p.lists {
		b.addRedditThings(p.lists[i].Data.Children, post)
	}
}

// post is the ID of the one post that a list begins with, "" if there is none.
func (t *redditThing) post() string {
	if c := t.Data.Children; len(c) == 1 && c[0].Kind == "t3" {
		return string(c[0].Data.ID)
	}
	return ""
}

func (b *book) addRedditThings(things []redditThing, post string) {
	for i := range things {
		t := &things[i]
		thread := first(strings.TrimPrefix(string(t.Data.LinkID), "t3_"), post)
		switch t.Kind {
		case "t3":
			b.addRedditPost(t)
		case "t1":
			post = first(post, thread) // of the "more" behind
			b.addRedditComment(b.page(thread), t)
			if list := t.Data.Replies.list; list != nil {
				b.addRedditThings(list.Data.Children, thread)
			}
		case "more":
			p := b.page(thread)
			p.absent += t.Data.Count
			if t.Data.Count == 0 {
				p.more = "some are behind links that go on with a branch"
			}
		}
	}
}

func (b *book) addRedditPost(t *redditThing) {
	d := &t.Data
	p := b.page(string(d.ID))
	p.DeclaredComments = d.NumComments.value()
	p.Article = corpus.Article{
		Title: html.UnescapeString(d.Title), Text: RedditText(d.Selftext), URL: html.UnescapeString(d.URL), Published: dated(d.CreatedUTC),
	}
	if d.Subreddit != "" {
		p.Article.Site = "reddit.com/r/" + d.Subreddit
	}
	if d.Permalink != "" && (bool(d.IsSelf) || d.URL == "") {
		p.Article.URL = "https://www.reddit.com" + d.Permalink
	}
}

func (b *book) addRedditComment(p *page, t *redditThing) {
	d := &t.Data
	c := corpus.Comment{ID: string(d.ID), Parent: redditParent(d.ParentID), Author: string(d.Author), Votes: d.Score.n}
	when(&c, d.CreatedUTC)
	switch {
	case bool(d.ScoreHidden):
		c.Votes = nil
	case d.Score.n == nil:
		c.Votes = net(d.Ups, d.Downs)
	}
	if d.Body == nil {
		c.Removed = true
	} else {
		c.Text = RedditText(string(*d.Body))
	}
	set(&p.Article.Title, html.UnescapeString(d.LinkTitle))
	set(&p.Article.URL, first(d.LinkPermalink, d.LinkURL))
	if p.DeclaredComments == 0 {
		p.DeclaredComments = d.NumComments.value()
	}
	b.add(p, c)
}

// redditParent is the ID of the parent, "" if that is the post.
func redditParent(id word) string {
	if strings.HasPrefix(string(id), "t3_") {
		return ""
	}
	return strings.TrimPrefix(string(id), "t1_")
}

// RedditText is the text of Reddit's Markdown, whose <, > and & are escaped.
func RedditText(md string) string { return markup.Markdown(html.UnescapeString(md)) }

// Submissions is Reddit posts a line, as archives keep them beside the comments.
var Submissions = Form{
	shapes: []shape{{"selftext", "title", "num_comments", "permalink"}},
	read:   each(func(t *redditPost, b *book) { b.addRedditPost(&redditThing{Data: t.redditData}) }),
}

// redditPost is a post by itself.
type redditPost struct{ redditData }
