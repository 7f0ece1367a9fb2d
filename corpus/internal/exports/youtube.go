package exports

import (
	"strings"

	"github.com/parquet-go/jsonlite"
)

// YTDLP is what the downloader yt-dlp writes of a video with --write-comments. The time of a
// comment is made from what the page shows of it.
var YTDLP = system{
	shapes: []shape{
		{"webpage_url", "extractor"}, {"formats[].format_id", "title"}, {"comments[].author_is_uploader"}, {"[].author_is_uploader", "[].parent"},
		{"comments[].parent", "comments[].like_count", "comments[].author_id"},
	},
	isThread: func(v *jsonlite.Value) bool { return at("comments webpage_url formats").there(v) },
	comments: "comments[]",
	article: article{
		id: "id", title: "title", text: "description", url: "webpage_url", site: "extractor_key", published: "timestamp upload_date",
		count: "comment_count", edit: ytdlpVideo,
	},
	comment: comment{
		id: "id", parent: "parent", top: "=root", author: "author", posted: "timestamp", postedAs: "_time_text", votes: "like_count", text: "text", removed: "!text",
	},
}.form()

func ytdlpVideo(p *page, v *jsonlite.Value) {
	p.Article.Site = strings.ToLower(p.Article.Site)
	if !at("comments").there(v) {
		p.more = "it was saved without comments"
	}
}
