package stance

import (
	"strings"

	"stance/analysis/text"
)

// This file holds the features of the article alone. They are equal for all
// comments of a thread and tell what kind of case is put forward: the readers of a
// debate's claim, of a report and of a video divide differently.

// article adds the shape of the headline.
func (s *scene) article(f *features) {
	for _, is := range s.kind {
		f.flag(is)
	}
}

// kindOf returns the flags of an article, none if it has no headline.
func kindOf(in *Input) []flag {
	title, tokens := in.Thread.Article.Title, in.Headline.Tokens
	if len(tokens) == 0 {
		return nil
	}
	words, capital := 0, 0
	for i := range tokens {
		if isWord(&tokens[i]) {
			words++
			if tokens[i].Text != tokens[i].Lower {
				capital++
			}
		}
	}
	flags := []flag{
		newFlag("headline length=" + bucketNames[bucket(words)]),
		newFlag("headline capitals=" + capitalShare(capital, words)),
	}
	for _, c := range []struct {
		name string
		is   bool
	}{
		{"headline asks", strings.Contains(title, "?")},
		{"headline ends in a question", tokens[len(tokens)-1].Text == "?"},
		{"headline has a colon", strings.Contains(title, ":")},
		{"headline quotes", strings.ContainsAny(title, `"'“‘`)},
	} {
		if c.is {
			flags = append(flags, newFlag(c.name))
		}
	}
	return flags
}

// capitalShare names the part of a headline's words that begin with a capital: few
// in a sentence, most in a headline set in title case.
func capitalShare(capital, words int) string {
	switch {
	case 10*capital < 3*words:
		return "few"
	case 10*capital < 6*words:
		return "some"
	case 10*capital < 8*words:
		return "most"
	case capital < words:
		return "nearly all"
	}
	return "all"
}

// isSource reports whether a document is the headline itself: in threads of posts
// the first one is what the others answer.
func (s *scene) isSource(doc *text.Document) bool {
	return len(doc.Source) > 0 && strings.TrimSpace(doc.Source) == strings.TrimSpace(s.in.Thread.Article.Title)
}
