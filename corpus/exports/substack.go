package exports

import (
	"encoding/json"
	"strings"

	"stance/corpus"
)

// Substack is the comments under a post as Substack's pages load them.
var Substack = Form{
	shapes: []shape{{"comments[].ancestor_path"}, {"[].ancestor_path", "[].body"}},
	read:   whole(addSubstack),
}

type substackFile struct {
	Post struct {
		ID    word   `json:"id"`
		Title string `json:"title"`
		URL   string `json:"canonical_url"`
	} `json:"post"`
	Comments []substackComment `json:"comments"`
}

// UnmarshalJSON takes the reply or its comments alone.
func (f *substackFile) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, &f.Comments)
	}
	type plain substackFile
	return json.Unmarshal(b, (*plain)(f))
}

type substackComment struct {
	ID            word              `json:"id"`
	PostID        word              `json:"post_id"`
	Body          *string           `json:"body"`
	Date          word              `json:"date"`
	Name          word              `json:"name"`
	Path          string            `json:"ancestor_path"`
	Deleted       yes               `json:"deleted"`
	ReactionCount count             `json:"reaction_count"`
	Reactions     map[string]int    `json:"reactions"`
	Children      []substackComment `json:"children"`
	ChildrenCount int               `json:"children_count"`
}

func addSubstack(f *substackFile, b *book) {
	id := f.Post.ID
	if id == "" && len(f.Comments) > 0 {
		id = f.Comments[0].PostID
	}
	p := b.page(string(id))
	p.Article = corpus.Article{Title: f.Post.Title, URL: f.Post.URL}
	b.addSubstack(p, f.Comments)
}

func (b *book) addSubstack(p *page, comments []substackComment) {
	for i := range comments {
		s := &comments[i]
		above := strings.Split(s.Path, ".")
		c := corpus.Comment{
			ID: string(s.ID), Parent: above[len(above)-1], Author: string(s.Name), Votes: s.votes(), Removed: bool(s.Deleted) || s.Body == nil,
		}
		when(&c, s.Date)
		if s.Body != nil {
			c.Text = *s.Body
		}
		b.add(p, c)
		b.addSubstack(p, s.Children)
		if s.Children == nil {
			p.absent += s.ChildrenCount
		}
	}
}

func (s *substackComment) votes() *int {
	if s.ReactionCount.n != nil || s.Reactions == nil {
		return s.ReactionCount.n
	}
	n := 0
	for _, some := range s.Reactions {
		n += some
	}
	return &n
}
