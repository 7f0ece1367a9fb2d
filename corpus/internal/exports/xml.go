package exports

import (
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
	"stance.example/stance/corpus/internal/xmlvalues"
)

// XML is read as JSON, as package xmlvalues says.

// DisqusXML is the export of a forum of Disqus.
var DisqusXML = system{
	detect:   xmlvalues.RootNamed(`<disqus\b`),
	elements: []string{"thread", "post"},
	comments: "post",
	articles: "thread",
	listed: article{
		id: "@id", title: "title", url: "link", site: "forum", html: "message", published: "createdAt",
		edit: func(p *page, v *jsonlite.Value) {
			if at("isDeleted").word(v) == "true" {
				p.note("the thread was deleted")
			}
		},
	},
	comment: comment{
		id: "@id", parent: "parent.@id", thread: "thread.@id", author: "author.name author.username", posted: "createdAt", html: "message",
		removed: "isDeleted=true isSpam=true",
	},
}.form()

// WXR is the export of a WordPress site, many posts in one file. One under which nobody has written
// isn't given out.
var WXR = system{
	detect:   xmlvalues.RootNamed(`<rss\b[^>]*wordpress\.org/export`),
	elements: []string{"item"},
	threads:  "item",
	isThread: func(*jsonlite.Value) bool { return true },
	comments: "wp:comment[]",
	article: article{
		id: "wp:post_id", title: "title", url: "link", html: "content:encoded", published: "wp:post_date_gmt",
		edit: func(p *page, v *jsonlite.Value) { p.idle = !at("wp:comment").there(v) },
	},
	markdown: func(text string) string { return markup.HTML(paragraphs(text)) },
	comment: comment{
		id: "wp:comment_id", parent: "wp:comment_parent", author: "wp:comment_author", posted: "wp:comment_date_gmt wp:comment_date", markdown: "wp:comment_content",
		skip: "wp:comment_type=pingback,trackback", removed: "wp:comment_approved!=1", // some exports leave it out
		edit: func(c *corpus.Comment, v *jsonlite.Value) {
			if strings.HasPrefix(c.PostedAs, "0000") {
				when(c, at("wp:comment_date").word(v), scalar.UnknownOrder)
			}
		},
	},
}.form()

// paragraphs marks up the lines of a text as WordPress does when it shows it.
func paragraphs(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	if strings.Contains(text, "<p>") {
		return text
	}
	text = strings.ReplaceAll(text, "\n\n", "</p><p>")
	return "<p>" + strings.ReplaceAll(text, "\n", "<br>") + "</p>"
}
