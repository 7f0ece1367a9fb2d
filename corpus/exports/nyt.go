package exports

import (
	"encoding/json"

	"stance/corpus"
	"stance/corpus/markup"
)

// NYT is the replies of the New York Times' interface to its comments.
var NYT = Form{
	shapes: []shape{{"results.comments[].commentBody"}, {"comments[].commentBody"}, {"[].commentBody", "[].userDisplayName"}},
	read:   whole(addNYT),
}

type nytFile struct {
	Results  nytResults   `json:"results"`
	Comments []nytComment `json:"comments"`
}

type nytResults struct {
	Comments []nytComment `json:"comments"`
	Found    int          `json:"totalCommentsFound"`
	AssetID  word         `json:"assetID"`
	URL      string       `json:"assetURL"`
}

type nytComment struct {
	ID              word         `json:"commentID"`
	ParentID        word         `json:"parentID"`
	Author          word         `json:"userDisplayName"`
	Body            *string      `json:"commentBody"`
	CreateDate      word         `json:"createDate"`
	Recommendations count        `json:"recommendations"`
	Replies         []nytComment `json:"replies"`
	ReplyCount      int          `json:"replyCount"`
}

// UnmarshalJSON takes the reply or its comments alone.
func (f *nytFile) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, &f.Comments)
	}
	type plain nytFile
	return json.Unmarshal(b, (*plain)(f))
}

func addNYT(f *nytFile, b *book) {
	p := b.page(string(f.Results.AssetID))
	p.Article.URL, p.Article.Site = f.Results.URL, "nytimes.com"
	p.DeclaredComments = max(p.DeclaredComments, f.Results.Found)
	b.addNYT(p, f.Results.Comments)
	b.addNYT(p, f.Comments)
}

func (b *book) addNYT(p *page, comments []nytComment) {
	for i := range comments {
		n := &comments[i]
		c := corpus.Comment{ID: string(n.ID), Parent: n.ParentID.id(), Author: string(n.Author), Votes: n.Recommendations.n, Removed: n.Body == nil}
		when(&c, n.CreateDate)
		if n.Body != nil {
			c.Text = markup.HTML(*n.Body)
		}
		b.add(p, c)
		b.addNYT(p, n.Replies)
		p.absent += max(0, n.ReplyCount-len(n.Replies))
	}
}
