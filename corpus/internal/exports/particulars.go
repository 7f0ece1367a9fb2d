package exports

import (
	"regexp"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
)

// What single systems need beyond their description.

// actorAsAuthor names an author whose name the file doesn't have by the number that stands for
// it, so that readers can be told apart.
func actorAsAuthor(c *corpus.Comment, v *jsonlite.Value) { set(&c.Author, at("actor_uuid").word(v)) }

// disqusVotes takes the dislikes off, where only likes are counted.
func disqusVotes(c *corpus.Comment, v *jsonlite.Value) {
	if !at("points").there(v) {
		c.Votes = less(c.Votes, at("dislikes").sum(v))
	}
}

// ancestorAsParent takes the parent from the path of IDs above a comment of Substack.
func ancestorAsParent(c *corpus.Comment, v *jsonlite.Value) {
	c.Parent = c.Parent[strings.LastIndexByte(c.Parent, '.')+1:]
	c.Removed = c.Removed || !at("body").there(v)
}

// isFacebookPost tells a post with comments from a comment with replies, which look alike: the
// ID of a comment begins with that of its post, and the ID of a post ends with it.
func isFacebookPost(v *jsonlite.Value) bool {
	if at("like_count comment_count parent can_reply").there(v) {
		return false
	}
	page, post, _ := strings.Cut(at("id").word(v), "_")
	below := at("comments.data[].id").word(v)
	if of, _, ok := strings.Cut(below, "_"); ok && post != "" && page != post {
		return of == post
	}
	return at("comments updated_time permalink_url status_type full_picture story shares").there(v)
}

// beginsConversation reports whether a post is the first of its conversation.
func beginsConversation(v, _ *jsonlite.Value) bool { return isConversation(v) }

func isConversation(v *jsonlite.Value) bool {
	id := at("id_str id").word(v)
	return id != "" && id == at("conversation_id conversationId conversation_id_str").word(v)
}

// isSubmission reports whether an utterance from Reddit is the post that opens the thread.
func isSubmission(v, _ *jsonlite.Value) bool {
	if at("_type").there(v) {
		return at("selftext title").there(v)
	}
	return at("meta.subreddit").there(v) && !at("meta.top_level_comment").there(v) && at("id").word(v) == at("conversation_id root").word(v)
}

// vkMention is a reader's or a group's name with its ID, as VK's texts have it.
var vkMention = regexp.MustCompile(`\[(?:id|club|public)\d+(?::[^|\]]*)?\|([^\]]*)\]`)

func plainMentions(c *corpus.Comment, _ *jsonlite.Value) {
	c.Text = vkMention.ReplaceAllString(c.Text, "$1")
}

// postLink is the number of a post that another answers, on a line of its own or before the
// text.
var postLink = regexp.MustCompile(`>>(\d+)(?: ?\(OP\))?[ \t]*\n?`)

// quotedPosts takes the links to other posts out of the text. The first of a post in this
// thread is the parent. Nobody is called Anonymous.
func quotedPosts(c *corpus.Comment, v *jsonlite.Value) {
	if m := postLink.FindStringSubmatch(c.Text); m != nil {
		c.Parent = m[1]
		c.Text = strings.TrimSpace(postLink.ReplaceAllString(c.Text, ""))
	}
	if c.Author == "Anonymous" {
		c.Author = at("trip id").word(v)
	}
}

// pathAsParent takes the parent from the path of IDs to a comment of Lemmy, "0.12.34".
func pathAsParent(c *corpus.Comment, _ *jsonlite.Value) {
	above := strings.Split("."+c.Parent, ".")
	c.Parent = ident(above[len(above)-2])
}

// nobodyIfRemoved takes the name off a removed comment, which is only a mark.
func nobodyIfRemoved(c *corpus.Comment, _ *jsonlite.Value) {
	if c.Removed {
		c.Author = ""
	}
}

// beginningAsParent takes the parent from the ID of a reply on YouTube, "Ug1.a".
func beginningAsParent(c *corpus.Comment, _ *jsonlite.Value) {
	if parent, _, reply := strings.Cut(c.ID, "."); reply {
		c.Parent = parent
	}
}

// beginsThread reports whether a post is the first of a thread of Bluesky.
func beginsThread(v, root *jsonlite.Value) bool {
	top := first(root, "thread[]")
	for up := top; up != nil && up.Kind() == jsonlite.Object; up = field(up, "parent") {
		top = up
	}
	return v == top
}

// opensContext reports whether a post of Mastodon that answers none begins its thread: in a context
// only the first can.
func opensContext(v, root *jsonlite.Value) bool {
	return ident(at("in_reply_to_id").word(v)) == "" && (!at("ancestors descendants").there(root) || v == first(root, "ancestors[]"))
}

// first is the first value that stands at a path, nil if none does.
func first(root *jsonlite.Value, path at) *jsonlite.Value {
	var found *jsonlite.Value
	path.each(root, func(v *jsonlite.Value) {
		if found == nil {
			found = v
		}
	})
	return found
}

func removedWithoutPost(c *corpus.Comment, v *jsonlite.Value) {
	c.Removed = !at("post value.post").there(v)
}

// warnedOf puts the warning of a post of Mastodon before its text.
func warnedOf(c *corpus.Comment, v *jsonlite.Value) {
	if warning := at("spoiler_text").word(v); warning != "" {
		c.Text = warning + "\n\n" + c.Text
	}
}

// outOfContext says that the post whose context a file holds isn't in it.
func outOfContext(p *page, root *jsonlite.Value) {
	switch {
	case !at("ancestors descendants").there(root):
	case p.Article.Text+p.Article.URL == "":
		p.note("the post that the thread begins with is not in a file of its context")
	default:
		p.absent, p.why = p.absent+1, "the post whose context this is"
	}
}
