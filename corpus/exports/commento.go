package exports

import (
	"stance/corpus"
	"stance/corpus/markup"
)

// Commento is the exports of Commento and of its successor Comentario.
var Commento = Form{
	shapes: []shape{
		{"comments[].parentHex", "comments[].commenterHex"},
		{"commenters[].commenterHex"},
		{"comments[].markdown", "comments[].pageId"},
		{"pages[].domainId", "version"},
	},
	read: whole(addCommento),
}

type commentoFile struct {
	Comments []struct {
		Hex          word   `json:"commentHex"`
		ID           word   `json:"id"`
		Domain       string `json:"domain"`
		URL          string `json:"url"`
		PageID       word   `json:"pageId"`
		CommenterHex word   `json:"commenterHex"`
		UserCreated  word   `json:"userCreated"`
		AuthorName   string `json:"authorName"`
		Markdown     string `json:"markdown"`
		HTML         string `json:"html"`
		ParentHex    word   `json:"parentHex"`
		ParentID     word   `json:"parentId"`
		Score        count  `json:"score"`
		State        string `json:"state"`
		CreationDate word   `json:"creationDate"`
		CreatedTime  word   `json:"createdTime"`
		Deleted      yes    `json:"deleted"`
		IsDeleted    yes    `json:"isDeleted"`
	} `json:"comments"`
	Commenters []struct {
		Hex  word   `json:"commenterHex"`
		ID   word   `json:"id"`
		Name string `json:"name"`
	} `json:"commenters"`
	Pages []struct {
		ID    word   `json:"id"`
		Path  string `json:"path"`
		Title string `json:"title"`
	} `json:"pages"`
}

func addCommento(f *commentoFile, b *book) {
	names := map[word]string{}
	for _, c := range f.Commenters {
		names[first(c.Hex, c.ID)] = c.Name
	}
	for _, s := range f.Pages {
		p := b.page(string(s.ID))
		p.Article.Title, p.Article.URL = s.Title, s.Path
	}
	for i := range f.Comments {
		s := &f.Comments[i]
		p := b.page(first(string(s.PageID), s.Domain+s.URL))
		set(&p.Article.URL, s.Domain+s.URL)
		set(&p.Article.Site, s.Domain)
		c := corpus.Comment{
			ID: string(first(s.Hex, s.ID)), Parent: string(first(s.ParentHex, s.ParentID)), Votes: s.Score.n,
			Author: first(names[first(s.CommenterHex, s.UserCreated)], s.AuthorName), Text: markup.Markdown(s.Markdown),
			Removed: bool(s.Deleted || s.IsDeleted) || s.State != "" && s.State != "approved",
		}
		if c.Text == "" {
			c.Text = markup.HTML(s.HTML)
		}
		if c.Parent == "root" {
			c.Parent = ""
		}
		when(&c, first(s.CreationDate, s.CreatedTime))
		b.add(p, c)
	}
}
