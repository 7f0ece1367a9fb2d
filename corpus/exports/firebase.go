package exports

import (
	"html"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// Firebase is items of Hacker News as its own interface gives them: one item a file,
// a line, or an element of an array, in any order.
var Firebase = Form{
	shapes: []shape{{"by", "id", "time", "type"}, {"[].by", "[].id", "[].time", "[].type"}},
	read: func(in *input) error {
		f := &firebase{items: map[word]*fbItem{}, book: in.book}
		err := in.values(false, decoded(func(i *fbItem, _ *book) { f.add(i) }))
		if err == nil {
			f.gather(in.book)
		}
		return err
	},
}

type fbItem struct {
	ID          word    `json:"id"`
	Type        string  `json:"type"`
	By          word    `json:"by"`
	Time        word    `json:"time"`
	Text        *string `json:"text"`
	Parent      word    `json:"parent"`
	Kids        []word  `json:"kids"`
	Descendants count   `json:"descendants"`
	Title       string  `json:"title"`
	URL         string  `json:"url"`
	Dead        yes     `json:"dead"`
	Deleted     yes     `json:"deleted"`
}

// firebase is the items of a file. Which thread an item belongs to is known when all
// are there.
type firebase struct {
	order   []*fbItem
	items   map[word]*fbItem
	stories []*fbItem
	book    *book
}

func (f *firebase) add(i *fbItem) {
	if i.ID == "" {
		return // the interface gives null for an item that doesn't exist
	}
	if i.Text != nil {
		f.book.texts.note(*i.Text)
	}
	f.order = append(f.order, i)
	if f.items[i.ID] == nil {
		f.items[i.ID] = i
	}
	if i.Type != "comment" {
		f.stories = append(f.stories, i)
	}
}

func (f *firebase) gather(b *book) {
	for _, i := range f.order {
		if i.Type == "pollopt" {
			continue
		}
		p := b.page(string(f.root(i)))
		p.isTop(p.ID)
		for _, kid := range i.Kids {
			if f.items[kid] == nil {
				p.absent++
			}
		}
		if i.Type != "comment" {
			p.Article = corpus.Article{
				Title: html.UnescapeString(i.Title), URL: first(i.URL, "https://news.ycombinator.com/item?id="+string(i.ID)), Site: "news.ycombinator.com", Published: dated(i.Time),
			}
			if i.Text != nil {
				p.Article.Text = markup.HTML(*i.Text)
			}
			p.DeclaredComments = i.Descendants.value()
			continue
		}
		c := corpus.Comment{ID: string(i.ID), Parent: string(i.Parent), Author: string(i.By), Removed: bool(i.Deleted || i.Dead) || i.Text == nil}
		when(&c, i.Time)
		if i.Text != nil {
			c.Text = markup.HTML(*i.Text)
		}
		b.add(p, c)
	}
}

// root is the story above an item. Where the items between are not in the file, it is
// the only story of the file or else the first item that is missing.
func (f *firebase) root(i *fbItem) word {
	at := i
	for steps := 0; at.Type == "comment"; steps++ {
		up := f.items[at.Parent]
		switch {
		case up == nil && len(f.stories) == 1:
			return f.stories[0].ID
		case up == nil:
			return at.Parent
		case steps > len(f.order):
			return at.ID // a circle
		}
		at = up
	}
	return at.ID
}
