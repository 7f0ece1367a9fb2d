package exports

import (
	"html"
	"strings"
	"time"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
)

// Reddit is what Reddit gives for a page with ".json" behind its address: a list of
// the post and its comments, one of comments alone, or the reply to a click on "load
// more comments". In lists of before 2015 votes are given up and down. What is of kind "more"
// stands for comments that are not loaded.
var Reddit = system{
	shapes:   []shape{{"[].kind", "[].data.children"}, {"kind", "data.children[].kind"}, {"json.data.things"}},
	comments: "data.children[] json.data.things[]",
	about:    article{title: "data.link_title", url: "data.link_permalink data.link_url", count: "data.num_comments"},
	kinds:    redditKinds,
	markdown: RedditText,
	comment: comment{
		id: "data.id", parent: "data.parent_id", thread: "data.link_id", author: "data.author", posted: "data.created_utc",
		votes: "data.score data.ups", markdown: "data.body", replies: "data.replies.data.children[]", unloaded: "data.count",
		edit: redditVotes, chained: true, article: isRedditPost, opening: new(redditPost("data.")),
	},
}.form()

// Submissions is Reddit posts a line, as archives keep them beside the comments.
var Submissions = system{
	shapes:   []shape{{"selftext", "title", "num_comments", "permalink"}},
	isThread: func(*jsonlite.Value) bool { return true },
	article:  redditPost(""),
	markdown: RedditText,
}.form()

// IsRedditLines reports whether the text that begins with head is Reddit comments a line, as archives keep them.
func IsRedditLines(head []byte) bool {
	return fits(head, []shape{{"link_id", "parent_id", "body", "author"}, {"[].link_id", "[].parent_id", "[].body", "[].author"}})
}

// SnscrapeReddit is the comments and posts of Reddit that snscrape writes.
var SnscrapeReddit = system{
	shapes: []shape{{"_type", "parentId", "body", "subreddit"}, {"_type", "selftext", "subreddit"}, {"_type", "created", "subreddit", "url"}},
	kinds:  redditKinds,
	comment: comment{
		id: "id", parent: "parentId", author: "author", posted: "date created", markdown: "body selftext title",
		article: isSubmission, chained: true,
	},
}.form()

// URS is what the Universal Reddit Scraper writes: the post with a tree of comments or, before 2021,
// objects of comments by their IDs, flat or in each other, with the fields named in words. Its times
// have no zone.
var URS = system{
	shapes:    []shape{{"data.submission_metadata", "data.comments"}, {"*[].Parent ID", "*[].Text"}, {"*[][].Parent ID", "*[][].Text"}},
	threads:   "data",
	comments:  "comments[]",
	scattered: true,
	kinds:     redditKinds,
	markdown:  RedditText,
	order:     scalar.MonthFirst,
	article: article{
		id: "submission_metadata.permalink/4", title: "submission_metadata.title", markdown: "submission_metadata.selftext",
		url: "=https://www.reddit.com~submission_metadata.permalink", site: "=reddit.com/r/~submission_metadata.subreddit", count: "submission_metadata.num_comments",
		edit: func(p *page, v *jsonlite.Value) {
			if t, ok := scalar.MonthFirst.Time(at("submission_metadata.created_utc").word(v)); ok {
				p.Article.Published = t.Format(time.RFC3339)
			}
		},
	},
	comment: comment{
		id: "id Comment␣ID", parent: "parent_id Parent␣ID", thread: "link_id", author: "author Author",
		posted: "created_utc Date␣Created", postedAs: "created_utc Date␣Created",
		votes: "score Upvotes", markdown: "body Text", replies: "replies[]", edit: removedWithoutBody, chained: true, together: true,
	},
}.form()

func removedWithoutBody(c *corpus.Comment, v *jsonlite.Value) {
	c.Author = strings.TrimPrefix(c.Author, "u/")
	c.Removed = !at("body Text").there(v)
}

// redditKinds are what Reddit's IDs of comments and posts have before them.
var redditKinds = []string{"t1_", "t3_"}

// redditPost is where the fields of a post stand.
func redditPost(in at) article {
	return article{
		id: in + "id", title: in + "title", markdown: in + "selftext", url: in + "url", site: "=reddit.com/r/~" + in + "subreddit", published: in + "created_utc",
		count: in + "num_comments", edit: func(p *page, v *jsonlite.Value) {
			// The address of a post with a text is that of its own page.
			self, _ := scalar.Truth((in + "is_self").word(v))
			if link := (in + "permalink").word(v); link != "" && (self || !(in + "url").there(v)) {
				p.Article.URL = "https://www.reddit.com" + link
			}
			p.Article.URL = html.UnescapeString(p.Article.URL)
		},
	}
}

func isRedditPost(v, _ *jsonlite.Value) bool { return at("kind").word(v) == "t3" }

// redditVotes takes the votes against off where no sum is given, and those off that are hidden.
// A comment without a text was removed.
func redditVotes(c *corpus.Comment, v *jsonlite.Value) {
	if hidden, _ := scalar.Truth(at("data.score_hidden").word(v)); hidden {
		c.Votes = nil
	} else if !at("data.score").there(v) {
		c.Votes = less(c.Votes, at("data.downs").sum(v))
	}
	c.Removed = c.Removed || at("kind").word(v) == "t1" && !at("data.body").there(v)
}

// RedditText is the text of Reddit's Markdown, whose <, > and & are escaped.
func RedditText(md string) string { return markup.Markdown(html.UnescapeString(md)) }
