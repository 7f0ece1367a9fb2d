package sentiment

import (
	"strings"

	"stance/analysis/text"
	"stance/corpus"
)

// Topic is what a comment was written about, as far as it matters to the feeling
// in it. A nil Topic stands for a text by itself.
//
// Readers under an article praise seldom, one comment in ten, where a text without
// one is as likely to be a greeting or a review; and the words of the headline name
// the subject there, "war" or "cancer", before they tell a feeling. Readers who answer
// each other are calmer than those who speak to the article.
type Topic struct {
	words map[string]bool
	reply bool   // of a comment that answers another one
	below *Topic // that of such comments under the article
}

// TopicOf returns the topic of an article, nil if nothing is known of it. The words
// are those of its headline and lead.
func TopicOf(p *text.Parser, a *corpus.Article) *Topic {
	if strings.TrimSpace(a.Title+a.Description+a.Text) == "" {
		return nil
	}
	t := &Topic{words: map[string]bool{}}
	t.below = &Topic{words: t.words, reply: true}
	t.below.below = t.below
	for _, part := range []string{a.Title, a.Description} {
		doc := p.Parse(part)
		for i := range doc.Tokens {
			t.words[doc.Tokens[i].Lower] = true
		}
	}
	return t
}

// For is the topic of a comment under the article, which may answer another one.
func (t *Topic) For(c *corpus.Comment) *Topic {
	if t != nil && c.IsReply() {
		return t.below
	}
	return t
}

// names reports whether the word stands in the headline or lead.
func (t *Topic) names(word string) bool { return t != nil && t.words[word] }
