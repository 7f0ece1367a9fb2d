package exports

// The comment systems of newsrooms and of pages that have none of their own.

// Guardian is the replies of the Guardian's discussion API.
var Guardian = system{
	shapes: []shape{
		{"discussion.comments[].userProfile"}, {"discussion.key", "discussion.commentCount"},
		{"comments[].userProfile", "comments[].isoDateTime"}, {"comment.userProfile", "comment.isoDateTime"}, {"[].userProfile", "[].isoDateTime"},
		{"userProfile", "isoDateTime", "body"},
	},
	threads:  "discussion",
	comments: "comments[] comment",
	article:  article{id: "key", title: "title", url: "webUrl", count: "commentCount"},
	about:    article{title: "discussion.title", url: "discussion.webUrl"},
	comment: comment{
		id: "id", parent: "responseTo.commentId", thread: "discussion.key", author: "userProfile.displayName", posted: "isoDateTime date",
		votes: "numRecommends", html: "body", replies: "responses[]", count: "metaData.responseCount", removed: "status=blocked,deleted,removed",
	},
}.form()

// Coral is Coral's (once Talk's) replies to queries, and the dump of its comments.
var Coral = system{
	shapes: []shape{
		{"data.story.comments"}, {"data.asset.comments"}, {"data.comment.body", "data.comment.author"}, {"data.comments.edges[].node.body"},
		{"data.comments.nodes[].body"}, {"storyID", "revisions"}, {"[].storyID", "[].revisions"}, {"storyID", "body", "authorID"}, {"[].storyID", "[].body"},
		{"asset_id", "body", "author_id"}, {"[].asset_id", "[].body", "[].author_id"}, {"story.comments.edges"},
		{"comments.edges[].node.body", "metadata"},
	},
	threads:  "data.story data.asset data.comment data story asset",
	comments: "comments.edges[].node comments.nodes[]",
	article: article{
		id: "id", title: "metadata.title title", url: "url", published: "metadata.publishedAt publication_date",
		count: "commentCounts.totalPublished commentCount totalCommentCount",
	},
	about: article{title: "story.metadata.title asset.title", url: "story.url asset.url"},
	more:  "comments.pageInfo.hasNextPage comments.hasNextPage",
	comment: comment{
		id: "id _id", parent: "parent.id parentID parent_id", thread: "story.id asset.id storyID story_id asset_id",
		author: "author.username user.username authorID author_id user.id", posted: "createdAt created_at",
		votes: "actionCounts.reaction.total actionCounts.REACTION action_counts.respect action_counts.like", html: "body revision.body revisions[-1].body",
		replies: "replies.edges[].node replies.nodes[] allChildComments.edges[].node", count: "replyCount childCount reply_count",
		removed: "deleted deletedAt deleted_at status=REJECTED,SYSTEM_WITHHELD",
	},
}.form()

// OpenWeb is the conversations of OpenWeb, once Spot.IM.
var OpenWeb = system{
	shapes: []shape{
		{"conversation.comments[].user_id"}, {"conversation.comments[].content"}, {"conversation.users", "conversation.comments"},
		{"comments[].conversation_id", "comments[].content"}, {"[].conversation_id", "[].root_comment"}, {"conversation_id", "root_comment", "content"},
	},
	threads:  "conversation",
	comments: "comments[]",
	article:  article{title: "extract_data.title", url: "extract_data.url", lead: "extract_data.description", count: "messages_count"},
	people:   []people{{at: "conversation.users{} users{}", id: "id", name: "display_name user_name"}},
	more:     "has_next",
	comment: comment{
		id: "id", parent: "parent_id", thread: "conversation_id", author: "user_display_name user.display_name user.user_name", by: "user_id",
		posted: "written_at time", votes: "rank.ranks_up", against: "rank.ranks_down", html: "content[].text content", replies: "replies[]",
		count: "replies_count", removed: "deleted published=false status=deleted,reject,rejected,block,blocked",
	},
}.form()

// Viafoura is the replies of Viafoura's interface.
var Viafoura = system{
	shapes: []shape{
		{"contents[].content_uuid"}, {"[].content_uuid", "[].content"}, {"content_uuid", "content", "actor_uuid"}, {"contents", "more_available"},
	},
	comments: "contents[]",
	about:    article{title: "metadata.origin_title", url: "metadata.origin_url", lead: "metadata.origin_summary"},
	people:   []people{{at: "actors[] users[] actors{} users{}", id: "uuid actor_uuid user_uuid id", name: "name display_name username"}},
	more:     "more_available",
	comment: comment{
		id: "content_uuid", parent: "parent_uuid", top: "content_container_uuid", thread: "content_container_uuid",
		author: "actor.name actor.display_name actor_name", by: "actor_uuid", posted: "date_created time", votes: "total_likes", against: "total_dislikes",
		text: "content", replies: "replies.contents[] replies[]", count: "total_direct_replies",
		removed: "state!=visible,approved,pinned,new,flagged", edit: actorAsAuthor,
	},
}.form()

// Disqus is the replies of Disqus's interface that list posts, and the data that its pages
// hold.
var Disqus = system{
	shapes: []shape{
		{"response[].message", "response[].createdAt"}, {"response[].raw_message"}, {"response.posts[].message"}, {"response.posts[].raw_message"},
	},
	comments: "response.posts[] response[]",
	article:  disqusThread("response.thread."),
	about:    disqusThread("thread."),
	more:     "cursor.hasNext",
	comment: comment{
		id: "id", parent: "parent", thread: "thread.id thread", author: "author.name author.username", posted: "createdAt",
		votes: "points likes", html: "message raw_message", removed: "isDeleted isSpam", edit: disqusVotes,
	},
}.form()

// disqusThread is where the fields of a thread of Disqus stand.
func disqusThread(in at) article {
	return article{
		id: in + "id", title: in + "clean_title " + in + "title", url: in + "link", html: in + "message", published: in + "createdAt", count: in + "posts",
	}
}

// Hyvor is the comments of Hyvor Talk.
var Hyvor = system{
	shapes: []shape{
		{"[].body_html", "[].user", "[].upvotes"}, {"*[].body_html", "*[].user", "*[].upvotes"}, {"[].body_html", "[].page"}, {"*[].body_html", "*[].page"},
		{"body_html", "user", "upvotes"},
	},
	comments: "data[] comments[] results[]",
	about:    article{title: "page.title", url: "page.url", count: "page.comments_count"},
	comment: comment{
		id: "id", parent: "parent_id parent.id", thread: "page.id page_id page.identifier page.url", author: "user.name user.display_name user.username",
		posted: "created_at", votes: "upvotes", against: "downvotes", html: "body_html body", replies: "replies[] children[]",
		count: "replies_count", removed: "is_deleted deleted_at status=deleted,spam,rejected,trash",
	},
}.form()

// NYT is the replies of the New York Times' interface to its comments.
var NYT = system{
	shapes:   []shape{{"results.comments[].commentBody"}, {"comments[].commentBody"}, {"[].commentBody", "[].userDisplayName"}},
	threads:  "results",
	comments: "comments[]",
	article:  article{id: "assetID", url: "assetURL", site: "=nytimes.com", count: "totalCommentsFound"},
	comment: comment{
		id: "commentID", parent: "parentID", author: "userDisplayName", posted: "createDate", votes: "recommendations", html: "commentBody",
		replies: "replies[]", count: "replyCount", removed: "!commentBody",
	},
}.form()

// Substack is the comments under a post as Substack's pages load them.
var Substack = system{
	shapes:   []shape{{"comments[].ancestor_path"}, {"[].ancestor_path", "[].body"}},
	comments: "comments[]",
	article:  article{id: "post.id", title: "post.title", url: "post.canonical_url"},
	comment: comment{
		id: "id", parent: "ancestor_path", thread: "post_id", author: "name", posted: "date", votes: "reaction_count reactions{}", text: "body",
		replies: "children[]", count: "children_count", removed: "deleted", edit: ancestorAsParent,
	},
}.form()
