package exports

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
	"stance.example/stance/corpus/internal/xmlvalues"
)

// What single systems need beyond their description, which names it: what corrects a comment or an article when its
// paths are read, what tells an object, and ways to write a text.
var (
	commentEdits = map[string]commentEdit{
		"actorAsAuthor": actorAsAuthor, "ancestorAsParent": ancestorAsParent, "beginningAsParent": beginningAsParent, "disqusVotes": disqusVotes,
		"issoText": issoText, "localTime": localTime, "nobodyIfDeleted": nobodyIfDeleted,
		"nobodyIfRemoved": nobodyIfRemoved, "pathAsParent": pathAsParent, "plainMentions": plainMentions,
		"quotedPosts": quotedPosts, "redditVotes": redditVotes,
		"removedIfSilent": removedIfSilent, "removedWithoutBody": removedWithoutBody,
		"removedWithoutPost": removedWithoutPost, "titledReview": titledReview, "warnedOf": warnedOf,
	}
	pageEdits = map[string]pageEdit{
		"discourseCount": discourseCount, "disqusDeleted": disqusDeleted, "hackerNewsHit": hackerNewsHit, "idleWithoutComments": idleWithoutComments,
		"issoPage": issoPage, "outOfContext": outOfContext, "redditAddress": redditAddress, "ursTime": ursTime, "ytdlpVideo": ytdlpVideo,
	}
	tests = map[string]test{
		"always": func(_, _ *jsonlite.Value) bool { return true }, "beginsThread": beginsThread,
		"hasContext":    func(v, _ *jsonlite.Value) bool { return at("ancestors descendants").there(v) },
		"hasVideo":      func(v, _ *jsonlite.Value) bool { return at("comments webpage_url formats").there(v) },
		"isChannelPost": isChannelPost, "isConversation": isConversation, "isFacebookPost": isFacebookPost, "isHackerNewsStory": isHackerNewsStory,
		"isSubmission": isSubmission, "opensContext": opensContext,
	}
	writings = map[string]writing{
		"reddit": RedditText, "slack": slackText, "wordpress": func(text string) string { return markup.HTML(paragraphs(text)) },
	}
	readers = map[string]reader{"kialo": {isKialo, readKialo}, "feed": {xmlvalues.RootNamed(`<(?:\w+:)?(?:rss|feed|RDF)\b`), readFeed}}
)

// actorAsAuthor names an author whose name the file doesn't have by the number that stands for
// it, so that readers can be told apart.
func actorAsAuthor(c *corpus.Comment, v *jsonlite.Value) {
	gather.Fill(&c.Author, at("actor_uuid").word(v))
}

// slackLink is an address or a person in a message of Slack, and the words that are shown for it if there are any.
var slackLink = regexp.MustCompile(`<([^<>|]+)(?:\|([^<>]*))?>`)

// slackText is a message of Slack as it is shown, but for people without a name, whose IDs stay.
func slackText(text string) string {
	return html.UnescapeString(slackLink.ReplaceAllStringFunc(text, func(link string) string {
		m := slackLink.FindStringSubmatch(link)
		return cmp.Or(m[2], m[1])
	}))
}

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
func isFacebookPost(v, _ *jsonlite.Value) bool {
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

// isConversation reports whether a post is the first of its conversation.
func isConversation(v, _ *jsonlite.Value) bool {
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

// nobodyIfDeleted takes the word off that stands for whoever has deleted their account.
func nobodyIfDeleted(c *corpus.Comment, _ *jsonlite.Value) {
	if c.Author == "DELETED" {
		c.Author = ""
	}
}

// titledReview puts the title of a review before its text.
func titledReview(c *corpus.Comment, v *jsonlite.Value) {
	if title := at("title.label").word(v); title != "" && c.Text != "" {
		c.Text = title + "\n\n" + c.Text
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
		p.Say(corpus.Assumption, "the post that the thread begins with is not in a file of its context")
	default:
		p.Absent, p.Why = p.Absent+1, "the post whose context this is"
	}
}

// redditAddress takes the address of a post of Reddit: that of a post with a text is that of its own page.
func redditAddress(p *page, v *jsonlite.Value) {
	self, _ := scalar.Truth(at("data.is_self is_self").word(v))
	if link := at("data.permalink permalink").word(v); link != "" && (self || !at("data.url url").there(v)) {
		p.Article.URL = "https://www.reddit.com" + link
	}
	p.Article.URL = html.UnescapeString(p.Article.URL)
}

// ursTime takes the time of a post, which has no zone.
func ursTime(p *page, v *jsonlite.Value) {
	if t, ok := scalar.MonthFirst.Time(at("submission_metadata.created_utc").word(v)); ok {
		p.Article.Published = t.Format(time.RFC3339)
	}
}

func disqusDeleted(p *page, v *jsonlite.Value) {
	if at("isDeleted").word(v) == "true" {
		p.Say(corpus.Assumption, "the thread was deleted")
	}
}

// idleWithoutComments gives out no post of WordPress under which nobody has written.
func idleWithoutComments(p *page, v *jsonlite.Value) { p.Idle = !at("wp:comment").there(v) }

// localTime takes the time of a comment of WordPress where it has none in Greenwich.
func localTime(c *corpus.Comment, v *jsonlite.Value) {
	if strings.HasPrefix(c.PostedAs, "0000") {
		when(c, at("wp:comment_date").word(v), scalar.UnknownOrder)
	}
}

// isChannelPost reports whether a message is a channel's own, and not an answer: in the group
// where readers discuss it, it is what they write under. Administrators who write in the name of
// the group have its ID.
func isChannelPost(v, root *jsonlite.Value) bool {
	from, isChannel := strings.CutPrefix(at("from_id").word(v), "channel")
	return isChannel && from != at("id").word(root) && at("type").word(v) != "service" && at("reply_to_message_id").word(v) == ""
}

func ytdlpVideo(p *page, v *jsonlite.Value) {
	p.Article.Site = strings.ToLower(p.Article.Site)
	if !at("comments").there(v) {
		p.More = "it was saved without comments"
	}
}

// issoText takes the markup off, which is HTML in the replies of the interface and Markdown in
// files. The first comment is number 0.
func issoText(c *corpus.Comment, v *jsonlite.Value) {
	c.Parent = at("parent").word(v)
	if strings.HasPrefix(c.Text, "<") {
		c.Text = markup.HTML(c.Text)
	} else {
		c.Text = markup.Markdown(c.Text)
	}
}

var escaped = regexp.MustCompile(`%[0-9A-Fa-f]{2}|^\S*\+\S*$`)

// issoPage undoes the escapes of an address, in which Isso keeps titles.
func issoPage(p *page, v *jsonlite.Value) {
	title := at("title").word(v)
	if plain, err := url.QueryUnescape(title); err == nil && escaped.MatchString(title) {
		p.Article.Title = plain
	}
	if n, ok := scalar.Count(at("hidden_replies").word(v)); ok {
		p.Absent += n
	}
}

func isHackerNewsStory(v, _ *jsonlite.Value) bool {
	comment := at("type").word(v) == "comment"
	at("_tags[]").each(v, func(tag *jsonlite.Value) { comment = comment || spelled(tag) == "comment" })
	return !comment && at("id objectID").there(v)
}

// hackerNewsHit takes the article from a comment that a search found.
func hackerNewsHit(p *page, v *jsonlite.Value) {
	if !at("objectID").there(v) {
		return
	}
	gather.Fill(&p.Article.Title, at("story_title").word(v))
	gather.Fill(&p.Article.URL, at("story_url =https://news.ycombinator.com/item?id=~story_id").word(v))
	gather.Fill(&p.Article.Site, "news.ycombinator.com")
	p.More = "the hits of a search are not whole threads"
}

// removedIfSilent marks a comment removed that has no text, not even an empty one.
func removedIfSilent(c *corpus.Comment, v *jsonlite.Value) {
	c.Removed = c.Removed || !at("comment_text text").there(v)
}

// removedWithoutBody marks a comment removed that has no text, not even an empty one.
func removedWithoutBody(c *corpus.Comment, v *jsonlite.Value) {
	c.Author = strings.TrimPrefix(c.Author, "u/")
	c.Removed = !at("body Text").there(v)
}

// redditVotes takes the votes against off where no sum is given, and those off that are hidden.
// A comment without a text was removed.
func redditVotes(c *corpus.Comment, v *jsonlite.Value) {
	if hidden, _ := scalar.Truth(at("data.score_hidden").word(v)); hidden {
		c.Votes = nil
	} else if !at("data.score").there(v) {
		c.Votes = less(c.Votes, at("data.downs").sum(v))
	}
	c.Removed = c.Removed || at("kind").word(v) == "t1" && !at("data.body").there(v)
}

// RedditText is the text of Reddit's Markdown, whose <, > and & are escaped.
func RedditText(md string) string { return markup.Markdown(html.UnescapeString(md)) }

// discourseCount takes the number of posts, of which the first is no comment, and of those that
// aren't in the file.
func discourseCount(p *page, v *jsonlite.Value) {
	posts, all := 0, 0
	at("post_stream.posts[]").each(v, func(*jsonlite.Value) { posts++ })
	at("post_stream.stream[]").each(v, func(*jsonlite.Value) { all++ })
	p.Top("1")
	if missing := all - posts; missing > 0 {
		p.Absent += missing
		p.DeclaredComments = all - 1
	} else if n, ok := scalar.Count(at("posts_count").word(v)); ok && n > 0 {
		p.DeclaredComments = n - 1
	}
}

// paragraphs marks up the lines of a text as WordPress does when it shows it.
func paragraphs(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	if strings.Contains(text, "<p>") {
		return text
	}
	text = strings.ReplaceAll(text, "\n\n", "</p><p>")
	return "<p>" + strings.ReplaceAll(text, "\n", "<br>") + "</p>"
}
