package exports

import (
	"encoding/json"
	"strings"

	"stance/corpus"
	"stance/corpus/markup"
)

// YouTube is the replies of YouTube's Data API that list threads of comments, or
// comments.
var YouTube = Form{
	shapes: []shape{
		{"items[].snippet.topLevelComment"},
		{"items[].snippet.textDisplay", "items[].snippet.authorDisplayName"},
		{"[].snippet.topLevelComment"},
		{"snippet.topLevelComment"},
	},
	read: each(addYouTube),
}

type ytThread struct {
	ytComment
	NextPageToken string     `json:"nextPageToken"`
	Items         []ytThread `json:"items"`
	Replies       struct {
		Comments []ytComment `json:"comments"`
	} `json:"replies"`
}

type ytComment struct {
	ID      word `json:"id"`
	Snippet struct {
		VideoID         string     `json:"videoId"`
		TopLevel        *ytComment `json:"topLevelComment"`
		TotalReplyCount int        `json:"totalReplyCount"`

		TextOriginal *string `json:"textOriginal"`
		TextDisplay  *string `json:"textDisplay"`
		Author       string  `json:"authorDisplayName"`
		ParentID     word    `json:"parentId"`
		LikeCount    count   `json:"likeCount"`
		PublishedAt  word    `json:"publishedAt"`
	} `json:"snippet"`
}

func addYouTube(t *ytThread, b *book) {
	if t.Items == nil {
		b.addYouTubeThread(t, "")
		return
	}
	for i := range t.Items {
		p := b.addYouTubeThread(&t.Items[i], "")
		if t.NextPageToken != "" && p.more == "" {
			p.more = "the reply of the interface has a next page"
		}
	}
}

func (b *book) addYouTubeThread(t *ytThread, video string) *page {
	s := &t.Snippet
	video = first(video, s.VideoID)
	if s.TopLevel == nil {
		p := b.page(video)
		b.addYouTubeComment(p, &t.ytComment)
		return p
	}
	p := b.page(first(video, s.TopLevel.Snippet.VideoID))
	if p.ID != "" {
		p.Article.URL, p.Article.Site = "https://www.youtube.com/watch?v="+p.ID, "youtube.com"
	}
	b.addYouTubeComment(p, s.TopLevel)
	for i := range t.Replies.Comments {
		reply := &t.Replies.Comments[i]
		reply.Snippet.ParentID = first(reply.Snippet.ParentID, s.TopLevel.ID)
		b.addYouTubeComment(p, reply)
	}
	p.absent += max(0, s.TotalReplyCount-len(t.Replies.Comments))
	return p
}

func (b *book) addYouTubeComment(p *page, y *ytComment) {
	s := &y.Snippet
	c := corpus.Comment{ID: string(y.ID), Parent: string(s.ParentID), Author: s.Author, Votes: s.LikeCount.n}
	when(&c, s.PublishedAt)
	switch {
	case s.TextOriginal != nil:
		c.Text = *s.TextOriginal
	case s.TextDisplay != nil:
		c.Text = markup.HTML(*s.TextDisplay)
	default:
		c.Removed = true
	}
	b.add(p, c)
}

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

// YouTubeDownloader is what youtube-comment-downloader writes: comments a line, or in
// an array. The ID of a reply begins with that of its parent.
var YouTubeDownloader = Form{
	shapes: []shape{{"cid", "text", "votes"}, {"[].cid", "[].text"}, {"comments[].cid", "comments[].text"}},
	read:   each(addDownloaded),
}

type downloaded struct {
	CID      word         `json:"cid"`
	Text     string       `json:"text"`
	Time     word         `json:"time"`
	Parsed   word         `json:"time_parsed"`
	Author   word         `json:"author"`
	Votes    count        `json:"votes"`
	Comments []downloaded `json:"comments"`
}

func addDownloaded(d *downloaded, b *book) {
	if d.Comments != nil {
		for i := range d.Comments {
			addDownloaded(&d.Comments[i], b)
		}
		return
	}
	c := corpus.Comment{ID: string(d.CID), Author: string(d.Author), Text: d.Text, Votes: d.Votes.n}
	if parent, _, reply := strings.Cut(c.ID, "."); reply {
		c.Parent = parent
	}
	when(&c, d.Parsed)
	c.PostedAs = string(d.Time)
	b.add(b.page(""), c)
}
