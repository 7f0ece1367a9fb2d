package exports

import (
	"encoding/json"
	"strings"

	"stance.example/stance/corpus"
)

// Bluesky is what getPostThread gives, as a tree or, in its second version, as a list.
// The post that the thread begins with is the article.
var Bluesky = Form{
	shapes: []shape{{"thread.post.uri"}, {"thread.post.record"}, {"thread[].uri", "thread[].depth"}, {"thread[].value.post"}},
	read:   whole(addBluesky),
}

type bskyFile struct {
	tree *bskyNode
	list []bskyItem
	more bool
}

// UnmarshalJSON takes both versions.
func (f *bskyFile) UnmarshalJSON(b []byte) error {
	var v struct {
		Thread  json.RawMessage `json:"thread"`
		HasMore bool            `json:"hasOtherReplies"`
	}
	if err := json.Unmarshal(b, &v); err != nil || len(v.Thread) == 0 {
		return err
	}
	f.more = v.HasMore
	if v.Thread[0] == '[' {
		return json.Unmarshal(v.Thread, &f.list)
	}
	f.tree = new(bskyNode)
	return json.Unmarshal(v.Thread, f.tree)
}

// bskyNode is a post with what is above and below it. One that is blocked or not found
// has only its address.
type bskyNode struct {
	URI     string     `json:"uri"`
	Post    *bskyPost  `json:"post"`
	Parent  *bskyNode  `json:"parent"`
	Replies []bskyNode `json:"replies"`
}

// bskyItem is a post in a list.
type bskyItem struct {
	URI   string `json:"uri"`
	Depth int    `json:"depth"`
	Value struct {
		Post        *bskyPost `json:"post"`
		MoreReplies int       `json:"moreReplies"`
	} `json:"value"`
}

type bskyPost struct {
	URI    string `json:"uri"`
	Author struct {
		Handle      string `json:"handle"`
		DisplayName string `json:"displayName"`
	} `json:"author"`
	Record struct {
		Text      string `json:"text"`
		CreatedAt word   `json:"createdAt"`
		Reply     struct {
			Root   bskyRef `json:"root"`
			Parent bskyRef `json:"parent"`
		} `json:"reply"`
	} `json:"record"`
	IndexedAt  word  `json:"indexedAt"`
	LikeCount  count `json:"likeCount"`
	ReplyCount int   `json:"replyCount"`
}

type bskyRef struct {
	URI string `json:"uri"`
}

func addBluesky(f *bskyFile, b *book) {
	if f.tree == nil {
		b.addBlueskyList(f)
		return
	}
	var above []*bskyNode // from the post upwards
	for n := f.tree; n != nil; n = n.Parent {
		above = append(above, n)
	}
	root := above[len(above)-1]
	p := b.blueskyArticle(root.Post, root.URI)
	for i := len(above) - 1; i >= 0; i-- {
		up := ""
		if i+1 < len(above) {
			up = above[i+1].uri()
			b.addBlueskyPost(p, above[i].Post, above[i].URI, up)
		}
	}
	b.addBlueskyReplies(p, f.tree)
}

func (n *bskyNode) uri() string {
	if n.Post != nil {
		return n.Post.URI
	}
	return n.URI
}

// addBlueskyReplies adds what is below a node. Of the replies that the post counts,
// those that are not there are missing.
func (b *book) addBlueskyReplies(p *page, n *bskyNode) {
	if n.Post != nil {
		p.absent += max(0, n.Post.ReplyCount-len(n.Replies))
	}
	for i := range n.Replies {
		r := &n.Replies[i]
		b.addBlueskyPost(p, r.Post, r.URI, n.uri())
		b.addBlueskyReplies(p, r)
	}
}

func (b *book) addBlueskyList(f *bskyFile) {
	if len(f.list) == 0 {
		return
	}
	p := b.blueskyArticle(f.list[0].Value.Post, f.list[0].URI)
	var above []string // the post of each depth on the way to the item
	start := f.list[0].Depth
	for i := range f.list {
		item := &f.list[i]
		depth := max(0, min(item.Depth-start, len(above)))
		above = append(above[:depth], item.URI)
		p.absent += item.Value.MoreReplies
		if i > 0 {
			parent := ""
			if depth > 0 {
				parent = above[depth-1]
			}
			b.addBlueskyPost(p, item.Value.Post, item.URI, parent)
		}
	}
	if f.more {
		p.more = "the site has other replies that it hides"
	}
}

func (b *book) blueskyArticle(post *bskyPost, uri string) *page {
	if post == nil {
		p := b.page(uri)
		p.isTop(uri)
		return p
	}
	p := b.page(post.URI)
	p.isTop(post.URI)
	b.texts.note(post.Record.Text)
	p.Article = corpus.Article{Text: post.Record.Text, Published: dated(first(post.Record.CreatedAt, post.IndexedAt)), Site: "bsky.app"}
	if at := strings.LastIndexByte(post.URI, '/'); at >= 0 && post.Author.Handle != "" {
		p.Article.URL = "https://bsky.app/profile/" + post.Author.Handle + "/post" + post.URI[at:]
	}
	return p
}

func (b *book) addBlueskyPost(p *page, post *bskyPost, uri, parent string) {
	if post == nil {
		b.add(p, corpus.Comment{ID: uri, Parent: parent, Removed: true})
		return
	}
	b.texts.note(post.Record.Text)
	c := corpus.Comment{
		ID: post.URI, Parent: first(post.Record.Reply.Parent.URI, parent), Author: first(post.Author.DisplayName, post.Author.Handle),
		Votes: post.LikeCount.n, Text: post.Record.Text,
	}
	when(&c, first(post.Record.CreatedAt, post.IndexedAt))
	b.add(p, c)
}
