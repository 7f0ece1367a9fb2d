package account

import (
	"fmt"
	"strings"

	"stance.example/stance/corpus"
)

// voices lets a stance speak: comments that stand for it, then its distinctive words.
func (t *teller) voices(k corpus.Stance) {
	if t.r.Summary.Stance[k].Count == 0 || t.r.Examination == nil {
		return
	}
	most := 2
	if t.length == Long {
		most = 3
	}
	chosen := t.r.Examination.Exemplars[k]
	var said []Statement
	for _, i := range chosen[:min(len(chosen), most)] {
		if quote, ok := t.voice(i); ok {
			said = append(said, compose("%s "+saying(quote)+" %s", t.author(i), quote))
		}
	}
	if len(said) > 0 {
		t.say(stances[k].of+"%s.", clauses(said))
		t.voiced = true
	}
	if keys := t.distinctive(k); len(keys) > 0 {
		t.say(stances[k].side+" use %s more than the others do.", listed(keys))
	}
}

// rest says that no comment is sure enough to be quoted for a stance, and shows what
// readers voted for.
func (t *teller) rest() {
	if !t.voiced && t.r.Summary.Judged() > 1 && t.r.Examination != nil {
		t.say("No comment is judged surely enough to be quoted for a side.")
	}
	t.liked()
}

// distinctive are the words that set a stance apart.
func (t *teller) distinctive(k corpus.Stance) []Statement {
	const most = 5
	list := t.r.Examination.Distinctive[k]
	var keys []Statement
	for i, w := range list[:min(len(list), most)] {
		keys = append(keys, Statement{{Kind: Key, Text: w.Text, Source: fmt.Sprintf("words.%s.%d", k, i)}})
	}
	return keys
}

// author names the writer of a comment.
func (t *teller) author(i int) Statement {
	c := &t.r.Thread.Comments[i]
	if strings.TrimSpace(c.Author) == "" {
		return words("a reader")
	}
	return Statement{{Kind: Name, Text: c.Author, ID: c.ID, Author: c.Author}}
}

// possessive names the writer as the owner of a comment.
func (t *teller) possessive(i int) Statement { return compose("%s's", t.author(i)) }

// reference points to a comment that is quoted elsewhere.
func (t *teller) reference(i int) Statement {
	c := &t.r.Thread.Comments[i]
	return Statement{{Kind: Reference, ID: c.ID, Author: c.Author}}
}

// saying is the verb before a quote.
func saying(quote Statement) string {
	if q := quote[0]; !q.Cut && strings.HasSuffix(q.Text, "?") {
		return "asks:"
	}
	return "writes:"
}
