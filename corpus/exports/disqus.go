package exports

import (
	"encoding/json"
	"html"

	"stance/corpus"
	"stance/corpus/markup"
)

// Disqus is the replies of Disqus's interface that list posts.
var Disqus = Form{
	shapes: []shape{{"response[].message", "response[].createdAt"}, {"response[].raw_message"}},
	read:   whole(addDisqus),
}

type disqusReply struct {
	Cursor struct {
		HasNext yes `json:"hasNext"`
	} `json:"cursor"`
	Response []struct {
		ID     word `json:"id"`
		Parent word `json:"parent"`
		Author struct {
			Name     string `json:"name"`
			Username string `json:"username"`
		} `json:"author"`
		Message   *string      `json:"message"`
		Raw       string       `json:"raw_message"`
		CreatedAt word         `json:"createdAt"`
		Points    count        `json:"points"`
		Likes     count        `json:"likes"`
		Dislikes  count        `json:"dislikes"`
		IsDeleted yes          `json:"isDeleted"`
		IsSpam    yes          `json:"isSpam"`
		Thread    disqusThread `json:"thread"`
	} `json:"response"`
}

// disqusThread is a thread's ID, or the thread where "related=thread" was asked for.
type disqusThread struct {
	ID         word   `json:"id"`
	Title      string `json:"title"`
	CleanTitle string `json:"clean_title"`
	Link       string `json:"link"`
	Message    string `json:"message"`
	Posts      count  `json:"posts"`
	CreatedAt  word   `json:"createdAt"`
}

// UnmarshalJSON takes an ID or an object.
func (t *disqusThread) UnmarshalJSON(b []byte) error {
	if b[0] != '{' {
		return t.ID.UnmarshalJSON(b)
	}
	type plain disqusThread
	return json.Unmarshal(b, (*plain)(t))
}

func addDisqus(r *disqusReply, b *book) {
	for _, d := range r.Response {
		p := b.page(string(d.Thread.ID))
		t := d.Thread
		set(&p.Article.Title, html.UnescapeString(first(t.CleanTitle, t.Title)))
		set(&p.Article.URL, t.Link)
		set(&p.Article.Text, markup.HTML(t.Message))
		set(&p.Article.Published, dated(t.CreatedAt))
		p.DeclaredComments = max(p.DeclaredComments, t.Posts.value())
		if r.Cursor.HasNext {
			p.more = "the reply of the interface has a next page"
		}
		c := corpus.Comment{
			ID: string(d.ID), Parent: d.Parent.id(), Author: first(d.Author.Name, d.Author.Username), Votes: d.Points.n,
			Removed: bool(d.IsDeleted || d.IsSpam),
		}
		if c.Votes == nil {
			c.Votes = net(d.Likes, d.Dislikes)
		}
		when(&c, d.CreatedAt)
		if d.Message != nil {
			c.Text = markup.HTML(*d.Message)
		} else {
			c.Text = d.Raw
		}
		b.add(p, c)
	}
}
