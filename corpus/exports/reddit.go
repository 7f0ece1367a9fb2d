package exports

import (
	"bytes"
	"encoding/json"
	"html"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// Reddit is what Reddit gives for a page with ".json" behind its address: a list of
// the post and its comments, one of comments alone, or the reply to a click on "load
// more comments". In lists of before 2015 votes are given up and down.
var Reddit = Form{
	shapes: []shape{{"[].kind", "[].data.children"}, {"kind", "data.children[].kind"}, {"json.data.things"}},
	read:   func(in *input) error { return in.values(true, decodedReddit) },
}

// decodedReddit reads a value in time that is linear in its length, however deep its
// replies stand in each other.
func decodedReddit(value []byte, b *book) error {
	emptyLists(value)
	return decoded(addReddit)(value, b)
}

// emptyLists overwrites what stands in the places of lists and is none: the "" of a comment
// without replies, and the IDs of comments that are not loaded.
func emptyLists(value []byte) {
	key := []byte(nil) // the last string, while it may be a key
	for i := 0; i < len(value); {
		switch c := value[i]; {
		case c == '"':
			end := stringEnd(value, i)
			key = value[i:end]
			i = end
		case c == ':':
			at := i + 1 + blanks(value[i+1:])
			i = at
			switch {
			case at >= len(value):
			case value[at] == '"' && string(key) == `"replies"`:
				i = stringEnd(value, at)
				blank(value[at:i], '{', '}')
			case value[at] == '[' && string(key) == `"children"`:
				first := at + 1 + blanks(value[at+1:])
				if first < len(value) && value[first] == '"' {
					for i = first; i < len(value) && value[i] != ']'; {
						if value[i] == '"' {
							i = stringEnd(value, i)
							continue
						}
						i++
					}
					i = min(i+1, len(value))
					blank(value[at:i], '[', ']')
				}
			}
			key = nil
		default:
			i++
		}
	}
}

// stringEnd is the place behind the JSON string that begins at i.
func stringEnd(value []byte, i int) int {
	for i++; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(value)
}

// blanks counts the white space that b begins with.
func blanks(b []byte) int { return len(b) - len(bytes.TrimLeft(b, " \t\r\n")) }

// blank makes of b a pair of brackets with spaces between.
func blank(b []byte, left, right byte) {
	for i := range b {
		b[i] = ' '
	}
	if len(b) > 1 {
		b[0], b[len(b)-1] = left, right
	}
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
	Children []redditThing `json:"children"`
	Replies  *redditThing  `json:"replies"`

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
			if list := t.Data.Replies; list != nil {
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
