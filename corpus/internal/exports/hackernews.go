package exports

import (
	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
)

// HackerNews is what Algolia's interface to Hacker News gives: an item with the tree
// under it, or the hits of a search.
var HackerNews = system{
	shapes: []shape{
		{"created_at_i", "parent_id", "story_id", "type"}, {"children", "created_at_i", "parent_id"}, {"[].created_at_i", "[].parent_id", "[].children"},
		{"hits[].objectID", "hits[].created_at_i"}, {"objectID", "created_at_i", "_tags"}, {"[].objectID", "[].created_at_i", "[]._tags"},
	},
	threads:  "hits[]",
	isThread: isHackerNewsStory,
	comments: "children[]",
	article: article{
		id: "objectID id", title: "title", html: "story_text text", site: "=news.ycombinator.com",
		url: "url =https://news.ycombinator.com/item?id=~objectID =https://news.ycombinator.com/item?id=~id", published: "created_at", count: "num_comments",
	},
	about: article{edit: hackerNewsHit},
	comment: comment{
		id: "objectID id", parent: "parent_id", thread: "story_id", author: "author", posted: "created_at", votes: "points",
		html: "comment_text text", replies: "children[]", edit: removedIfSilent, skip: "type=pollopt",
	},
}.form()

// Firebase is items of Hacker News as its own interface gives them, in any order.
var Firebase = system{
	shapes: []shape{{"by", "id", "time", "type"}, {"[].by", "[].id", "[].time", "[].type"}},
	comment: comment{
		id: "id", parent: "parent", author: "by", posted: "time", html: "text", count: "kids#", removed: "deleted dead !text", skip: "type=pollopt",
		opens: "type!=comment", chained: true, unordered: true,
		opening: &article{
			title: "title", html: "text", url: "url =https://news.ycombinator.com/item?id=~id", site: "=news.ycombinator.com",
			published: "time", count: "descendants",
		},
	},
}.form()

func isHackerNewsStory(v *jsonlite.Value) bool {
	comment := at("type").word(v) == "comment"
	at("_tags[]").each(v, func(tag *jsonlite.Value) { comment = comment || spelled(tag) == "comment" })
	return !comment && at("id objectID").there(v)
}

// hackerNewsHit takes the article from a comment that a search found.
func hackerNewsHit(p *page, v *jsonlite.Value) {
	if !at("objectID").there(v) {
		return
	}
	set(&p.Article.Title, at("story_title").word(v))
	set(&p.Article.URL, at("story_url =https://news.ycombinator.com/item?id=~story_id").word(v))
	set(&p.Article.Site, "news.ycombinator.com")
	p.more = "the hits of a search are not whole threads"
}

// removedIfSilent marks a comment removed that has no text, not even an empty one.
func removedIfSilent(c *corpus.Comment, v *jsonlite.Value) {
	c.Removed = c.Removed || !at("comment_text text").there(v)
}
