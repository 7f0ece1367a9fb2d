package exports

// What sites and the comment systems of single sites give out.

// WordPress is lists of comments from WordPress's own interface (wp/v2/comments) or that of
// WordPress.com.
var WordPress = system{
	shapes: []shape{
		{"[].content.rendered", "[].author_name"}, {"content.rendered", "author_name"}, {"found", "comments[].ID", "comments[].content"},
	},
	comments: "comments[]",
	about:    article{title: "_embedded.up[].title.rendered post.title", url: "post.link _embedded.up[].link link"},
	more:     "found>comments[]",
	comment: comment{
		id: "id ID", parent: "parent.ID parent", thread: "post.ID post", author: "author_name author.name", posted: "date_gmt date", votes: "like_count",
		html: "content", skip: "type=pingback,trackback", removed: "status=trash,spam",
	},
}.form()

// Lemmy is the replies of Lemmy's interface that list comments, or give a post.
var Lemmy = system{
	shapes:   []shape{{"comments[].comment.path"}, {"[].comment.path", "[].post"}, {"post_view.post", "post_view.counts"}},
	comments: "comments[]",
	articles: "post_view",
	listed:   lemmyPost(article{count: "counts.comments"}),
	about:    lemmyPost(article{}),
	comment: comment{
		id: "comment.id", parent: "comment.path", thread: "post.id comment.post_id", author: "creator.display_name creator.name",
		posted: "comment.published", votes: "counts.score", markdown: "comment.content", removed: "comment.removed comment.deleted", edit: pathAsParent,
	},
}.form()

// lemmyPost adds to an article where the fields of a post stand.
func lemmyPost(a article) article {
	a.id, a.title, a.markdown, a.url, a.published = "post.id", "post.name", "post.body", "post.url post.ap_id", "post.published"
	return a
}

// Remark42 is the comments of Remark42 as its interface gives them, flat or as a tree, or its
// backup: a line about the site, then a comment a line.
var Remark42 = system{
	shapes: []shape{
		{"comments[].locator.url", "comments[].user"}, {"comments[].comment.locator"}, {"[].locator.url", "[].user", "[].text"}, {"locator.url", "user.name", "text"},
	},
	heads:    "version",
	comments: "comments[]",
	article:  article{id: "info.url", url: "info.url", count: "info.count"},
	about:    article{title: "comment.title title", url: "comment.locator.url locator.url", site: "comment.locator.site locator.site"},
	comment: comment{
		id: "comment.id id", parent: "comment.pid pid", thread: "comment.locator.url locator.url", author: "comment.user.name user.name",
		posted: "comment.time time", votes: "comment.score score", html: "comment.text text", replies: "replies[]",
		removed: "comment.delete delete", edit: nobodyIfRemoved,
	},
}.form()

// Commento is the exports of Commento and of its successor Comentario.
var Commento = system{
	shapes: []shape{
		{"comments[].parentHex", "comments[].commenterHex"}, {"commenters[].commenterHex"}, {"comments[].markdown", "comments[].pageId"},
		{"pages[].domainId", "version"},
	},
	comments: "comments[]",
	articles: "pages[]",
	listed:   article{id: "id", title: "title", url: "path"},
	people:   []people{{at: "commenters[]", id: "commenterHex id", name: "name"}},
	about:    article{url: "domain~url", site: "domain"},
	comment: comment{
		id: "commentHex id", parent: "parentHex parentId", top: "=root", thread: "pageId domain~url", by: "commenterHex userCreated", author: "authorName",
		posted: "creationDate createdTime", votes: "score", html: "html", markdown: "markdown", removed: "deleted isDeleted state!=approved",
	},
}.form()

// YouTube is the replies of YouTube's Data API that list threads of comments, or comments.
var YouTube = system{
	shapes: []shape{
		{"items[].snippet.topLevelComment"}, {"items[].snippet.textDisplay", "items[].snippet.authorDisplayName"}, {"[].snippet.topLevelComment"},
		{"snippet.topLevelComment"},
	},
	comments: "items[]",
	about:    article{url: "=https://www.youtube.com/watch?v=~snippet.videoId", site: "=youtube.com"},
	more:     "nextPageToken",
	comment: comment{
		id: "snippet.topLevelComment.id id", parent: "snippet.parentId", thread: "snippet.videoId snippet.topLevelComment.snippet.videoId",
		author: "snippet.topLevelComment.snippet.authorDisplayName snippet.authorDisplayName", replies: "replies.comments[]", count: "snippet.totalReplyCount",
		posted: "snippet.topLevelComment.snippet.publishedAt snippet.publishedAt", votes: "snippet.topLevelComment.snippet.likeCount snippet.likeCount",
		text: "snippet.topLevelComment.snippet.textOriginal snippet.textOriginal", html: "snippet.topLevelComment.snippet.textDisplay snippet.textDisplay",
	},
}.form()

// YouTubeDownloader is what youtube-comment-downloader writes: comments a line, or in an array.
// The ID of a reply begins with that of its parent.
var YouTubeDownloader = system{
	shapes:   []shape{{"cid", "text", "votes"}, {"[].cid", "[].text"}, {"comments[].cid", "comments[].text", "comments[].votes"}},
	comments: "comments[]",
	comment: comment{
		id: "cid", author: "author", posted: "time_parsed", postedAs: "time", votes: "votes", text: "text", edit: beginningAsParent,
	},
}.form()
