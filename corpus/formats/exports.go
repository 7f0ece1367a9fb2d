package formats

import (
	"bufio"
	"context"
	"io"
	"iter"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/cancel"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/table"
)

// exported returns the formats that sites and programs give out as JSON or XML, the
// most telling first.
func exported() []Format {
	const usual = Authors | Times | Replies | Removals
	return []Format{
		export("reddit", "Reddit: a page with .json behind its address", Article|usual|Votes|ManyThreads|Gaps, exports.Reddit),
		export(submissions, "Reddit posts a line, to be given beside their comments", Article|ManyThreads, exports.Submissions),
		export("guardian", "Guardian: replies of its discussion API", Article|usual|Votes|Gaps, exports.Guardian),
		export("coral", "Coral, once Talk: replies to queries, or a dump of its comments", Article|usual|Votes|ManyThreads|Gaps, exports.Coral),
		export("openweb", "OpenWeb, once Spot.IM: a conversation", Article|usual|Votes|ManyThreads|Gaps, exports.OpenWeb),
		export("viafoura", "Viafoura: replies of its interface", Article|usual|Votes|ManyThreads|Gaps, exports.Viafoura),
		export("hyvor", "Hyvor Talk: comments from its interface", Article|usual|Votes|ManyThreads|Gaps, exports.Hyvor),
		export("github", "GitHub: comments of issues and discussions, also by gh and giscus", Article|usual|Votes|ManyThreads|Gaps, exports.GitHub),
		export("facebook-graph", "Facebook: replies of its Graph API", Article|usual|Votes|ManyThreads|Gaps, exports.FacebookGraph),
		export("facebook-download", "Facebook: the comments in a user's own copy of their data", Authors|Times, exports.FacebookDownload),
		export("apify-facebook", "Apify's scrapers of Facebook comments", Article|usual|Votes|ManyThreads|Gaps, exports.ApifyFacebook),
		export("apify-instagram", "Apify's scrapers of Instagram comments and posts", Article|usual|Votes|ManyThreads|Gaps, exports.ApifyInstagram),
		export("tiktok", "TikTok: comments as its pages load them, or by Apify's scrapers", Article|usual|Votes|ManyThreads|Gaps, exports.TikTok),
		export("apify-youtube", "Apify's scrapers of YouTube comments", Article|usual|Votes|ManyThreads|Gaps, exports.ApifyYouTube),
		export("snscrape-reddit", "snscrape: comments and posts of Reddit", Article|usual|ManyThreads, exports.SnscrapeReddit),
		export("twitter", "X, once Twitter: posts by its interface, twarc, snscrape or Apify", Article|usual|Votes|ManyThreads, exports.Twitter),
		export("peertube", "PeerTube: the threads under a video", Article|usual|ManyThreads|Gaps, exports.PeerTube),
		export("vk", "VK: the comments of a wall", Authors|Times|Replies|Votes|Removals|Gaps, exports.VK),
		export("imageboard", "4chan and boards like it: threads as JSON", Article|usual|ManyThreads|Gaps, exports.Imageboard),
		export("telegram", "Telegram Desktop: the history of a chat", Article|usual|Votes|ManyThreads, exports.Telegram),
		export("discord", "DiscordChatExporter: a channel as JSON", Article|usual|Votes, exports.Discord),
		export("kialo", "Kialo: a discussion as text, with its claims for and against", Article|Replies|Annotations, exports.Kialo),
		export("convokit", "ConvoKit: the utterances of a corpus", Article|usual|Votes|ManyThreads, exports.ConvoKit),
		export("blogger", "Blogger: comments from its interface", usual|ManyThreads|Gaps, exports.BloggerJSON),
		export("reddit-urs", "Universal Reddit Scraper, all its shapes", Article|usual|Votes, exports.URS),
		export("hackernews", "Hacker News: Algolia's items and searches", Article|usual|ManyThreads, exports.HackerNews),
		export("hackernews-firebase", "Hacker News: items of its own interface", Article|usual|ManyThreads|Gaps, exports.Firebase),
		export("disqus-xml", "Disqus: export of a forum", Article|usual|ManyThreads, exports.DisqusXML),
		export("disqus", "Disqus: replies of its interface", Article|usual|Votes|ManyThreads|Gaps, exports.Disqus),
		export("wordpress-wxr", "WordPress: export of a site", Article|usual|ManyThreads, exports.WXR),
		export("feed", "a feed of comments, RSS or Atom, or the copy of a blog of Blogger", Article|Authors|Times|Replies|ManyThreads, exports.Feed),
		export("wordpress-json", "WordPress: comments from its interface", usual|Votes|ManyThreads|Gaps, exports.WordPress),
		export("youtube", "YouTube: replies of its Data API", usual|Votes|ManyThreads|Gaps, exports.YouTube),
		export("youtube-downloader", "youtube-comment-downloader", Authors|Times|Replies|Votes, exports.YouTubeDownloader),
		export("yt-dlp", "yt-dlp: info.json with comments", Article|usual|Votes|Gaps, exports.YTDLP),
		export("discourse", "Discourse: a topic or posts as JSON", Article|usual|Votes|ManyThreads|Gaps, exports.Discourse),
		export("mastodon", "Mastodon: the context of a post", Article|usual|Votes, exports.Mastodon),
		export("bluesky", "Bluesky: getPostThread", Article|usual|Votes|Gaps, exports.Bluesky),
		export("lemmy", "Lemmy: comments from its interface", Article|usual|Votes|ManyThreads, exports.Lemmy),
		export("substack", "Substack: the comments of a post as JSON", Article|usual|Votes|Gaps, exports.Substack),
		export("isso", "Isso: import file or replies of its interface", Article|usual|Votes|ManyThreads|Gaps, exports.Isso),
		export("remark42", "Remark42: comments, flat or as a tree, or a backup", Article|usual|Votes|ManyThreads, exports.Remark42),
		export("commento", "Commento and Comentario: export", Article|usual|Votes|ManyThreads, exports.Commento),
		export("nyt", "New York Times: replies of its interface", Article|usual|Votes|Gaps, exports.NYT),
	}
}

// submissions is the name of the format whose threads have their comments in another
// file.
const submissions = "reddit-submissions"

// Articles returns the threads of a file that holds articles without their comments,
// to be given to Read as Options.Articles with the file of the comments; nil if the
// file is of another kind. A thread that can't be read is left out, and all behind the end
// of ctx.
func Articles(ctx context.Context, name string, r io.Reader, o Options) map[string]*corpus.Thread {
	in, err := open(name, cancel.Reader(ctx, r), o)
	if err != nil {
		return nil
	}
	if text, ok := in.text.(*bufio.Reader); ok {
		head, _ := text.Peek(headSize)
		if o := (table.Options{Columns: o.Columns, Max: o.MaxDocument}); table.DetectArticles(head, o) {
			return table.ReadArticles(text, o)
		}
	}
	if in.format.Name != submissions {
		return nil
	}
	articles := map[string]*corpus.Thread{}
	in.threads(func(t *corpus.Thread, err error) bool {
		if err == nil {
			articles[t.ID] = t
		}
		return err == nil || !ends(err)
	})
	return articles
}

func export(name, title string, carries Content, form exports.Form) Format {
	return Format{
		Name: name, Title: title, Carries: carries,
		Detect: func(head []byte, _ Options) bool { return form.Detect(head) },
		Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
			return form.Read(name, r, exports.Options{MaxDocument: o.MaxDocument})
		},
	}
}
