package exports

import (
	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus/internal/scalar"
)

// Discourse is a topic of a Discourse forum as JSON, a part of its posts, or the
// latest posts of the forum. The first post of a topic is the article. A reply names the
// number of the other post, so the numbers are the IDs.
var Discourse = system{
	shapes: []shape{
		{"post_stream.posts[].cooked"}, {"latest_posts[].cooked"}, {"[].post_stream.posts"}, {"cooked", "post_number", "topic_id"}, {"[].cooked", "[].post_number"},
	},
	comments: "post_stream.posts[] latest_posts[]",
	article:  article{id: "id", title: "title", edit: discourseCount},
	about:    article{title: "topic_title"},
	comment: comment{
		id: "post_number id", parent: "reply_to_post_number", thread: "topic_id", author: "username name", posted: "created_at",
		votes: "actions_summary[id=2].count reaction_users_count", html: "cooked",
		opens: "post_number=1", skip: "post_type=3,4", removed: "user_deleted hidden deleted_at",
	},
}.form()

// discourseCount takes the number of posts, of which the first is no comment, and of those that
// aren't in the file.
func discourseCount(p *page, v *jsonlite.Value) {
	posts, all := 0, 0
	at("post_stream.posts[]").each(v, func(*jsonlite.Value) { posts++ })
	at("post_stream.stream[]").each(v, func(*jsonlite.Value) { all++ })
	p.isTop("1")
	if missing := all - posts; missing > 0 {
		p.absent += missing
		p.DeclaredComments = all - 1
	} else if n, ok := scalar.Count(at("posts_count").word(v)); ok && n > 0 {
		p.DeclaredComments = n - 1
	}
}
