package exports

import (
	"html"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// Discourse is a topic of a Discourse forum as JSON, a part of its posts, or the
// latest posts of the forum. The first post of a topic is the article.
var Discourse = Form{
	shapes: []shape{
		{"post_stream.posts[].cooked"},
		{"latest_posts[].cooked"},
		{"[].post_stream.posts"},
		{"cooked", "post_number", "topic_id"},
		{"[].cooked", "[].post_number"},
	},
	read: each(addDiscourse),
}

type discourseTopic struct {
	discoursePost
	Title      string `json:"title"`
	Slug       string `json:"slug"`
	PostsCount int    `json:"posts_count"`
	PostStream struct {
		Posts  []discoursePost `json:"posts"`
		Stream []word          `json:"stream"`
	} `json:"post_stream"`
	Latest []discoursePost `json:"latest_posts"`
}

type discoursePost struct {
	ID          word   `json:"id"`
	TopicID     word   `json:"topic_id"`
	TopicTitle  string `json:"topic_title"`
	Number      int    `json:"post_number"`
	Type        int    `json:"post_type"`
	Name        word   `json:"name"`
	Username    word   `json:"username"`
	CreatedAt   word   `json:"created_at"`
	Cooked      string `json:"cooked"`
	ReplyTo     word   `json:"reply_to_post_number"`
	UserDeleted yes    `json:"user_deleted"`
	DeletedAt   word   `json:"deleted_at"`
	Hidden      yes    `json:"hidden"`
	Actions     []struct {
		ID    int `json:"id"`
		Count int `json:"count"`
	} `json:"actions_summary"`
	ReactionCount count `json:"reaction_users_count"`
}

func addDiscourse(t *discourseTopic, b *book) {
	switch posts := t.PostStream.Posts; {
	case posts != nil:
		id := string(t.ID)
		if id == "" && len(posts) > 0 {
			id = string(posts[0].TopicID)
		}
		p := b.page(id)
		p.Article.Title = html.UnescapeString(t.Title)
		b.addDiscourse(p, posts)
		if missing := len(t.PostStream.Stream) - len(posts); missing > 0 {
			p.absent += missing
			p.DeclaredComments = len(t.PostStream.Stream) - 1
		} else if t.PostsCount > 0 {
			p.DeclaredComments = t.PostsCount - 1
		}
	case t.Latest != nil:
		b.addDiscourse(nil, t.Latest)
	default:
		b.addDiscourse(nil, []discoursePost{t.discoursePost})
	}
}

// addDiscourse adds posts to the page or, if it is nil, to those of their topics.
// A reply names the number of the other post, so the numbers are the IDs.
func (b *book) addDiscourse(topic *page, posts []discoursePost) {
	for i := range posts {
		d := &posts[i]
		p := topic
		if p == nil {
			p = b.page(string(d.TopicID))
		}
		set(&p.Article.Title, html.UnescapeString(d.TopicTitle))
		p.isTop("1")
		switch {
		case d.Number == 1 && p.Article.Text == "":
			p.Article.Text, p.Article.Published = markup.HTML(d.Cooked), dated(d.CreatedAt)
			continue
		case d.Type > 2:
			p.ignored++ // "closed this topic", whispers of the staff
			continue
		}
		c := corpus.Comment{
			ID: numbered(d.Number, d.ID), Parent: d.ReplyTo.id(), Author: first(string(d.Username), string(d.Name)), Votes: d.likes(),
			Text: markup.HTML(d.Cooked), Removed: bool(d.UserDeleted || d.Hidden) || d.DeletedAt != "",
		}
		when(&c, d.CreatedAt)
		b.add(p, c)
	}
}

func (d *discoursePost) likes() *int {
	for i := range d.Actions {
		if d.Actions[i].ID == 2 {
			return &d.Actions[i].Count
		}
	}
	return d.ReactionCount.n
}
