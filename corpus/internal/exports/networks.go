package exports

import "github.com/parquet-go/jsonlite"

// Networks, what scrapers of Apify and others make of their pages, and forums.

// FacebookGraph is the comments and posts that Facebook's Graph API gives out.
var FacebookGraph = system{
	shapes: []shape{
		{"data[].message", "data[].created_time"}, {"data[].from.name", "data[].created_time"}, {"comments.data[].message"}, {"comments.data[].created_time"},
		{"data[].comments.data"}, {"[].message", "[].from", "[].created_time"}, {"posts.data[].message"}, {"feed.data[].message"},
	},
	threads:  "data[] posts.data[] feed.data[]",
	isThread: isFacebookPost,
	comments: "comments.data[]",
	article: article{
		id: "id", text: "message story", lead: "description", title: "name", url: "permalink_url link", published: "created_time",
		count: "comments.summary.total_count",
	},
	more: "comments.paging.next paging.next",
	comment: comment{
		id: "id", parent: "parent.id", thread: "object.id", author: "from.name from.username", posted: "created_time",
		votes: "like_count likes.summary.total_count reactions.summary.total_count", text: "message text",
		replies: "comments.data[] replies.data[]", count: "comment_count",
	},
}.form()

// FacebookDownload is the comments in the copy of their data that Facebook gives its users.
var FacebookDownload = system{
	shapes:   []shape{{"comments_v2[].data"}, {"comments[].data[].comment"}, {"[].data[].comment.comment"}},
	comments: "comments_v2[] comments[]",
	comment: comment{
		author: "data[].comment.author", posted: "data[].comment.timestamp timestamp", text: "data[].comment.comment", thread: "data[].comment.group",
	},
}.form()

// ApifyFacebook is the comments of the Facebook scrapers of Apify.
var ApifyFacebook = system{
	shapes: []shape{{"[].facebookUrl", "[].text", "[].profileName"}, {"facebookUrl", "text", "profileName"}, {"[].facebookUrl", "[].feedbackId"}},
	about:  article{title: "postTitle", url: "facebookUrl inputUrl postUrl"},
	comment: comment{
		id: "id commentUrl", parent: "replyToCommentId", thread: "facebookUrl inputUrl postUrl", author: "profileName", posted: "date", votes: "likesCount",
		text: "text", replies: "comments[] replies[]", count: "commentsCount",
	},
}.form()

// ApifyInstagram is the comments, and the posts with their latest comments, of the Instagram
// scrapers of Apify.
var ApifyInstagram = system{
	shapes: []shape{
		{"[].ownerUsername", "[].postUrl"}, {"ownerUsername", "postUrl"}, {"[].latestComments", "[].caption"}, {"latestComments", "caption"},
		{"[].ownerUsername", "[].text", "[].repliesCount"},
	},
	comments: "latestComments[]",
	article:  article{id: "url shortCode", text: "caption", url: "url inputUrl", published: "timestamp", count: "commentsCount"},
	about:    article{url: "postUrl"},
	comment: comment{
		id: "id", thread: "postUrl", author: "ownerUsername owner.username", posted: "timestamp", votes: "likesCount",
		text: "text", replies: "replies[]", count: "repliesCount",
	},
}.form()

// TikTok is the comments that TikTok's pages load, and those of the scrapers of Apify.
var TikTok = system{
	shapes: []shape{
		{"[].cid", "[].diggCount"}, {"cid", "diggCount"}, {"[].cid", "[].videoWebUrl"}, {"cid", "videoWebUrl"}, {"comments[].cid", "comments[].digg_count"},
		{"[].cid", "[].digg_count"}, {"cid", "digg_count"},
	},
	comments: "comments[]",
	article:  article{count: "total"},
	about:    article{url: "videoWebUrl submittedVideoUrl"},
	more:     "has_more",
	comment: comment{
		id: "cid", parent: "repliesToId reply_id", thread: "videoWebUrl submittedVideoUrl aweme_id",
		author: "uniqueId user.uniqueId author.uniqueId user.nickname user.unique_id", posted: "createTimeISO createTime create_time",
		votes: "diggCount digg_count", text: "text", replies: "replies[] reply_comment[]", count: "replyCommentTotal reply_comment_total",
	},
}.form()

// ApifyYouTube is the comments of the YouTube scrapers of Apify.
var ApifyYouTube = system{
	shapes: []shape{{"[].cid", "[].comment", "[].videoId"}, {"cid", "comment", "videoId"}, {"[].cid", "[].replyToCid"}, {"cid", "replyToCid"}},
	about:  article{title: "title", url: "pageUrl", count: "commentsCount"},
	comment: comment{
		id: "cid", parent: "replyToCid", thread: "videoId pageUrl", author: "author", posted: "publishedAt", postedAs: "publishedTimeText",
		votes: "voteCount", text: "comment", count: "replyCount",
	},
}.form()

// Twitter is the posts that snscrape, twarc, scrapers of Apify and X's own interface write: of
// either version of the interface, a page or a post a line. The post that begins a conversation
// is the article.
var Twitter = system{
	shapes: []shape{
		{"_type", "user", "conversationId"}, {"_type", "rawContent"}, {"_type", "content", "user", "date"}, {"[]._type", "[].user", "[].conversationId"},
		{"data[].conversation_id"}, {"data.conversation_id"}, {"data[].author_id", "includes"}, {"conversation_id", "author_id", "text"},
		{"[].conversation_id", "[].author_id", "[].text"}, {"id_str", "user.screen_name"}, {"[].id_str", "[].user.screen_name"}, {"statuses[].id_str"},
		{"[].conversationId", "[].author.userName"}, {"conversationId", "author.userName"},
	},
	comments: "data[] statuses[]",
	articles: "includes.tweets[]",
	isListed: isConversation,
	listed:   article{id: "conversation_id", text: "note_tweet.text text", published: "created_at"},
	people:   []people{{at: "includes.users[]", id: "id", name: "username name"}},
	comment: comment{
		id: "id_str id", parent: "inReplyToTweetId in_reply_to_status_id_str inReplyToId referenced_tweets[type=replied_to].id",
		thread: "conversation_id conversationId conversation_id_str",
		author: "user.username user.screen_name author.username author.userName author_username username", by: "author_id", posted: "date created_at createdAt",
		votes: "likeCount public_metrics.like_count favorite_count", text: "note_tweet.text rawContent full_text fullText content text",
		skip: "retweeted_status{} retweetedTweet{}", article: beginsConversation,
	},
}.form()

// GitHub is the comments of issues, pull requests and discussions, by GitHub's interfaces, its
// program gh, and giscus.
var GitHub = system{
	shapes: []shape{
		{"[].issue_url", "[].body"}, {"issue_url", "body", "user"}, {"[].author_association", "[].body"}, {"comments[].authorAssociation"},
		{"comments[].author.login", "comments[].body"}, {"data.repository.discussion"}, {"data.repository.issue"}, {"data.repository.pullRequest"},
		{"discussion.comments[].bodyHTML"}, {"discussion.comments[].upvoteCount"}, {"discussion.comments", "discussion.reactionCount"},
		{"data.node.comments"},
	},
	threads:  "data.repository.discussion data.repository.issue data.repository.pullRequest data.node discussion",
	comments: "comments.nodes[] comments.edges[].node comments[]",
	article: article{
		id: "id number", title: "title", html: "bodyHTML", markdown: "body", url: "html_url url", published: "createdAt created_at",
		count: "totalCommentCount comments.totalCount",
	},
	about: article{url: "html_url issue_url pull_request_url"},
	more:  "comments.pageInfo.hasNextPage",
	comment: comment{
		id: "id", parent: "replyToId replyTo.id in_reply_to_id", thread: "issue_url pull_request_url",
		author: "user.login author.login", posted: "created_at createdAt",
		votes: "upvoteCount reactions.+1 reactionGroups[].users.totalCount reactions{}.count", against: "reactions.-1",
		html: "bodyHTML body_html", markdown: "body", replies: "replies.nodes[] replies[]", count: "replyCount replies.totalCount", removed: "deletedAt isMinimized",
	},
}.form()

// PeerTube is the threads of comments under a video.
var PeerTube = system{
	shapes: []shape{
		{"data[].inReplyToCommentId"}, {"comment.inReplyToCommentId"}, {"[].inReplyToCommentId", "[].account"}, {"children[].comment.inReplyToCommentId"},
		{"data[].totalRepliesFromVideoAuthor"}, {"[].comment.inReplyToCommentId"},
	},
	comments: "data[]",
	article:  article{count: "totalNotDeletedComments"},
	about:    article{title: "video.name", url: "video.url"},
	comment: comment{
		id: "id comment.id", parent: "inReplyToCommentId comment.inReplyToCommentId", thread: "videoId comment.videoId video.id", html: "text comment.text",
		author: "account.displayName account.name comment.account.displayName comment.account.name", posted: "createdAt comment.createdAt",
		replies: "children[]", count: "totalReplies comment.totalReplies", removed: "isDeleted deletedAt comment.isDeleted comment.deletedAt",
	},
}.form()

// VK is the comments of a wall that VK's API gives out.
var VK = system{
	shapes: []shape{
		{"response.items[].from_id"}, {"response.items[].text"}, {"items[].from_id", "items[].text"}, {"[].from_id", "[].parents_stack"},
		{"from_id", "parents_stack"},
	},
	threads:  "response[]",
	comments: "items[]",
	article:  article{count: "count"},
	people: []people{
		{at: "response.profiles[] profiles[]", id: "id", name: "first_name&last_name"},
		{at: "response.groups[] groups[]", id: "id", name: "name", prefix: "-"},
	},
	comment: comment{
		id: "id cid", parent: "reply_to_comment reply_to_cid parents_stack[-1]", thread: "post_id", by: "from_id uid", posted: "date",
		votes: "likes.count", text: "text", replies: "thread.items[]", count: "thread.count", removed: "deleted", edit: plainMentions,
	},
}.form()

// Imageboard is the threads of 4chan and of the boards that speak as it does. The post that
// opens a thread is the article.
var Imageboard = system{
	shapes:   []shape{{"posts[].resto"}, {"posts[].no", "posts[].com"}, {"threads[].posts[].resto"}, {"[].threads[].resto"}, {"[].no", "[].resto", "[].com"}},
	threads:  "threads[]",
	comments: "posts[] last_replies[]",
	article:  article{id: "no", title: "sub", html: "com", published: "time now"},
	comment: comment{
		id: "no", thread: "resto", author: "name", posted: "time now", html: "com", opens: "resto=0", edit: quotedPosts,
	},
	about: article{title: "sub"},
}.form()

// ConvoKit is the utterances of a corpus of ConvoKit.
var ConvoKit = system{
	shapes: []shape{
		{"conversation_id", "reply-to", "text"}, {"conversation_id", "reply_to", "text"}, {"root", "reply_to", "text"}, {"root", "reply-to", "text"},
		{"[].conversation_id", "[].reply-to", "[].text"}, {"[].conversation_id", "[].reply_to", "[].text"},
		{"[].root", "[].reply_to", "[].text"}, {"[].root", "[].reply-to", "[].text"},
	},
	comment: comment{
		id: "id", parent: "reply-to reply_to", thread: "conversation_id root", author: "speaker.id speaker user.id user", posted: "timestamp",
		votes: "meta.score", text: "text", article: isSubmission,
	},
}.form()

// BloggerJSON is the comments that Blogger's interface gives out.
var BloggerJSON = system{
	shapes:   []shape{{"items[].blog.id", "items[].post.id"}},
	comments: "items[]",
	more:     "nextPageToken",
	comment: comment{
		id: "id", parent: "inReplyTo.id", thread: "post.id", author: "author.displayName", posted: "published", html: "content", removed: "status=spam,emptied",
	},
}.form()

// Bluesky is what getPostThread gives, as a tree or, in its second version, as a list. The post that
// the thread begins with is the article; one that is blocked or not found has only its address.
var Bluesky = system{
	shapes:   []shape{{"thread.post.uri"}, {"thread.post.record"}, {"thread[].uri", "thread[].depth"}, {"thread[].value.post"}},
	comments: "thread[]",
	more:     "hasOtherReplies",
	comment: comment{
		id: "post.uri value.post.uri uri", parent: "post.record.reply.parent.uri value.post.record.reply.parent.uri", above: "parent", depth: "depth",
		author: "post.author.displayName post.author.handle value.post.author.displayName value.post.author.handle",
		posted: "post.record.createdAt post.indexedAt value.post.record.createdAt value.post.indexedAt", votes: "post.likeCount value.post.likeCount",
		text: "post.record.text value.post.record.text", replies: "replies[]", count: "post.replyCount", unloaded: "value.moreReplies", edit: removedWithoutPost,
		article: beginsThread, chained: true, together: true,
		opening: &article{
			text:      "post.record.text value.post.record.text",
			published: "post.record.createdAt post.indexedAt value.post.record.createdAt value.post.indexedAt", site: "=bsky.app",
			url: "=https://bsky.app/profile/~post.author.handle~=/post/~post.uri/4 =https://bsky.app/profile/~value.post.author.handle~=/post/~value.post.uri/4",
		},
	},
}.form()

// Mastodon is the context of a post (what is above and below it, without the post), or posts. The
// one that the thread begins with is the article.
var Mastodon = system{
	shapes: []shape{
		{"ancestors", "descendants"}, {"ancestors[].account"}, {"account.acct", "content", "created_at"},
		{"[].account.acct", "[].content", "[].in_reply_to_id"},
	},
	isThread: func(v *jsonlite.Value) bool { return at("ancestors descendants").there(v) },
	comments: "{}.[]",
	end:      outOfContext,
	comment: comment{
		id: "id", parent: "in_reply_to_id", author: "account.display_name account.acct", posted: "created_at", votes: "favourites_count", html: "content",
		removed: "!content", edit: warnedOf, article: opensContext, chained: true, together: true,
		opening: &article{html: "content", url: "url uri", published: "created_at", count: "replies_count"},
	},
}.form()
