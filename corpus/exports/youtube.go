package exports

import (
	"encoding/json"
	"strings"

	"stance.example/stance/corpus"
)

// YTDLP is what the downloader yt-dlp writes of a video with --write-comments.
var YTDLP = Form{
	shapes: []shape{
		{"webpage_url", "extractor"},
		{"formats[].format_id", "title"},
		{"comments[].author_is_uploader"},
		{"[].author_is_uploader", "[].parent"},
		{"comments[].parent", "comments[].like_count", "comments[].author_id"},
	},
	read: whole(addYTDLP),
}

type ytdlpFile struct {
	ID           word           `json:"id"`
	Title        string         `json:"title"`
	Description  string         `json:"description"`
	WebpageURL   string         `json:"webpage_url"`
	Extractor    string         `json:"extractor_key"`
	UploadDate   word           `json:"upload_date"`
	Timestamp    word           `json:"timestamp"`
	CommentCount count          `json:"comment_count"`
	Comments     []ytdlpComment `json:"comments"`
}

type ytdlpComment struct {
	ID        word  `json:"id"`
	Parent    word  `json:"parent"`
	Text      *word `json:"text"`
	Author    word  `json:"author"`
	LikeCount count `json:"like_count"`
	Timestamp word  `json:"timestamp"`
	TimeText  word  `json:"_time_text"`
}

// UnmarshalJSON takes the file of a video or its comments alone.
func (f *ytdlpFile) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, &f.Comments)
	}
	type plain ytdlpFile
	return json.Unmarshal(b, (*plain)(f))
}

func addYTDLP(f *ytdlpFile, b *book) {
	p := b.page(string(f.ID))
	p.DeclaredComments = f.CommentCount.value()
	p.Article = corpus.Article{
		Title: f.Title, Text: f.Description, URL: f.WebpageURL, Site: strings.ToLower(f.Extractor),
		Published: dated(first(f.Timestamp, f.UploadDate)),
	}
	if f.Comments == nil {
		p.more = "it was saved without comments"
	}
	for _, y := range f.Comments {
		c := corpus.Comment{ID: string(y.ID), Parent: string(y.Parent), Author: string(y.Author), Votes: y.LikeCount.n, Removed: y.Text == nil}
		if c.Parent == "root" {
			c.Parent = ""
		}
		when(&c, y.Timestamp)
		c.PostedAs = first(string(y.TimeText), c.PostedAs) // the timestamp is made from it
		if y.Text != nil {
			c.Text = string(*y.Text)
		}
		b.add(p, c)
	}
}
