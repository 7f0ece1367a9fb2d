package exports

import (
	"strings"

	"stance/corpus"
	"stance/corpus/markup"
)

// Lemmy is the replies of Lemmy's interface that list comments, or give a post.
var Lemmy = Form{
	shapes: []shape{{"comments[].comment.path"}, {"[].comment.path", "[].post"}, {"post_view.post", "post_view.counts"}},
	read:   each(addLemmy),
}

type lemmyFile struct {
	lemmyView
	Comments []lemmyView `json:"comments"`
	PostView *lemmyView  `json:"post_view"`
}

type lemmyView struct {
	Comment struct {
		ID        word   `json:"id"`
		Content   string `json:"content"`
		Published word   `json:"published"`
		Path      string `json:"path"`
		Removed   yes    `json:"removed"`
		Deleted   yes    `json:"deleted"`
		PostID    word   `json:"post_id"`
	} `json:"comment"`
	Creator struct {
		Name        string `json:"name"`
		DisplayName string `json:"display_name"`
	} `json:"creator"`
	Counts struct {
		Score    count `json:"score"`
		Comments count `json:"comments"`
	} `json:"counts"`
	Post struct {
		ID        word   `json:"id"`
		Name      string `json:"name"`
		Body      string `json:"body"`
		URL       string `json:"url"`
		ActorID   string `json:"ap_id"`
		Published word   `json:"published"`
	} `json:"post"`
}

func addLemmy(f *lemmyFile, b *book) {
	if f.PostView != nil {
		b.lemmyPost(f.PostView).DeclaredComments = f.PostView.Counts.Comments.value()
		return
	}
	views := f.Comments
	if views == nil {
		views = []lemmyView{f.lemmyView}
	}
	for i := range views {
		b.addLemmy(&views[i])
	}
}

func (b *book) lemmyPost(v *lemmyView) *page {
	p := b.page(string(first(v.Post.ID, v.Comment.PostID)))
	set(&p.Article.Title, v.Post.Name)
	set(&p.Article.Text, markup.Markdown(v.Post.Body))
	set(&p.Article.URL, first(v.Post.URL, v.Post.ActorID))
	set(&p.Article.Published, dated(v.Post.Published))
	return p
}

// addLemmy adds a comment. Its path, "0.12.34", is the IDs from the top to it.
func (b *book) addLemmy(v *lemmyView) {
	c := corpus.Comment{
		ID: string(v.Comment.ID), Author: first(v.Creator.DisplayName, v.Creator.Name), Votes: v.Counts.Score.n,
		Text: markup.Markdown(v.Comment.Content), Removed: bool(v.Comment.Removed || v.Comment.Deleted),
	}
	if above := strings.Split(v.Comment.Path, "."); len(above) > 2 {
		c.Parent = above[len(above)-2]
	}
	when(&c, v.Comment.Published)
	b.add(b.lemmyPost(v), c)
}
