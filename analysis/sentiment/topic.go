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
// the subject there, "war" or "cancer", before they tell a feeling.
type Topic struct {
	words map[string]bool
}

// TopicOf returns the topic of an article, nil if nothing is known of it. The words
// are those of its headline and lead.
func TopicOf(p *text.Parser, a *corpus.Article) *Topic {
	if strings.TrimSpace(a.Title+a.Description+a.Text) == "" {
		return nil
	}
	t := &Topic{words: map[string]bool{}}
	for _, part := range []string{a.Title, a.Description} {
		doc := p.Parse(part)
		for i := range doc.Tokens {
			t.words[doc.Tokens[i].Lower] = true
		}
	}
	return t
}

// names reports whether the word stands in the headline or lead.
func (t *Topic) names(word string) bool { return t != nil && t.words[word] }
