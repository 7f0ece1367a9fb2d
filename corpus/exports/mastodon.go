package exports

import (
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/markup"
)

// Mastodon is the context of a post (what is above and below it, without the post), or
// a post.
var Mastodon = Form{
	shapes: []shape{
		{"ancestors", "descendants"},
		{"ancestors[].account"},
		{"account.acct", "content", "created_at"},
		{"[].account.acct", "[].content", "[].in_reply_to_id"},
	},
	read: each(addMastodon),
}

type mastodonContext struct {
	mastodonStatus
	Ancestors   []mastodonStatus `json:"ancestors"`
	Descendants []mastodonStatus `json:"descendants"`
}

type mastodonStatus struct {
	ID        word  `json:"id"`
	ReplyTo   word  `json:"in_reply_to_id"`
	CreatedAt word  `json:"created_at"`
	Content   *word `json:"content"`
	Account   struct {
		DisplayName string `json:"display_name"`
		Acct        string `json:"acct"`
	} `json:"account"`
	Spoiler    string `json:"spoiler_text"`
	Favourites count  `json:"favourites_count"`
	Replies    count  `json:"replies_count"`
	URL        string `json:"url"`
	URI        string `json:"uri"`
}

func addMastodon(m *mastodonContext, b *book) {
	all := append(m.Ancestors, m.Descendants...)
	for _, s := range append(all, m.mastodonStatus) {
		if s.Content != nil {
			b.texts.note(string(*s.Content))
		}
	}
	switch {
	case m.Ancestors == nil && m.Descendants == nil && m.ReplyTo.id() == "":
		b.addMastodonRoot(&m.mastodonStatus)
	case m.Ancestors == nil && m.Descendants == nil:
		b.addMastodonReply(b.page(string(m.ReplyTo)), &m.mastodonStatus)
	case len(m.Ancestors) > 0 && m.Ancestors[0].ReplyTo.id() == "":
		p := b.addMastodonRoot(&m.Ancestors[0])
		for i := range all[1:] {
			b.addMastodonReply(p, &all[1+i])
		}
		p.absent, p.why = p.absent+1, "the post whose context this is"
	default:
		b.addOrphans(all)
	}
}

// addMastodonRoot takes the post that a thread begins with for the article.
func (b *book) addMastodonRoot(m *mastodonStatus) *page {
	p := b.page(string(m.ID))
	p.isTop(p.ID)
	p.DeclaredComments = m.Replies.value()
	p.Article = corpus.Article{Text: m.text(), URL: first(m.URL, m.URI), Published: dated(m.CreatedAt)}
	return p
}

// addOrphans adds the context of a post that begins the thread, and that isn't in the
// file: the first post that others reply to and that isn't there.
func (b *book) addOrphans(all []mastodonStatus) {
	there := map[word]bool{}
	for i := range all {
		there[all[i].ID] = true
	}
	root := word("")
	for i := range all {
		if r := all[i].ReplyTo; root == "" && !there[r] {
			root = r
		}
	}
	p := b.page(string(root))
	p.isTop(p.ID)
	p.note(b, "the post that the thread begins with is not in a file of its context")
	for i := range all {
		b.addMastodonReply(p, &all[i])
	}
}

func (b *book) addMastodonReply(p *page, m *mastodonStatus) {
	p.isTop(p.ID)
	c := corpus.Comment{
		ID: string(m.ID), Parent: m.ReplyTo.id(), Author: first(m.Account.DisplayName, m.Account.Acct), Votes: m.Favourites.n,
		Text: m.text(), Removed: m.Content == nil,
	}
	when(&c, m.CreatedAt)
	b.add(p, c)
}

// text is the post with the warning before it, if there is one.
func (m *mastodonStatus) text() string {
	if m.Content == nil {
		return ""
	}
	text := markup.HTML(string(*m.Content))
	if m.Spoiler != "" {
		text = m.Spoiler + "\n\n" + text
	}
	return text
}
