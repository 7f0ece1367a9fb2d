package sentiment

import (
	"slices"
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
	words    map[string]bool
	standing standing
}

// standing is where a comment stands in its thread.
type standing uint8

const (
	unknownStanding standing = iota // in a thread without replies, which many pages don't show
	topLevel
	reply
)

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

// Of returns the topic of each comment of a thread under the article. Where the thread
// has replies, comments that speak to the article are told from those that answer.
func (t *Topic) Of(comments []corpus.Comment) []*Topic {
	topics := slices.Repeat([]*Topic{t}, len(comments))
	if t == nil || !slices.ContainsFunc(comments, func(c corpus.Comment) bool { return c.IsReply() }) {
		return topics
	}
	top, below := &Topic{t.words, topLevel}, &Topic{t.words, reply}
	for i := range comments {
		topics[i] = top
		if comments[i].IsReply() {
			topics[i] = below
		}
	}
	return topics
}

// names reports whether the word stands in the headline or lead.
func (t *Topic) names(word string) bool { return t != nil && t.words[word] }
