package account

import "strings"

// opening says who wrote how much, and about what.
func (t *teller) opening() {
	s, article := &t.r.Summary, &t.r.Thread.Article
	comments := t.count("comments", "comment")
	switch {
	case s.Comments == 0:
		t.say("Nobody has written a comment.")
		return
	case s.Authors == 0:
		t.say("There "+are(s.Comments)+" %s, by readers who aren't named.", comments)
	case s.Unknown > 0:
		t.say("There "+are(s.Comments)+" %s, by %s and others who aren't named.", comments, t.count("readers", "named reader"))
	case s.Authors > mostSpelled: // a sentence doesn't begin with digits
		t.say("The %s are by %s.", comments, t.count("readers", "reader"))
	default:
		t.say("%s wrote %s.", t.count("readers", "reader"), comments)
	}
	if t.length == Short {
		return
	}
	if strings.TrimSpace(t.r.Case) != "" && t.r.Case != article.Title {
		begin := "The case they take a stance on is this: %s"
		if t.r.Model != nil && t.r.Model.Stated {
			begin = "The case they take a stance on, in the words of the language model, is this: %s"
		}
		t.say(begin, Statement{{Kind: Case, Text: t.r.Case}})
	}
	if d := t.r.Thread.DeclaredComments; d > 0 && d != s.Comments {
		t.say("The page itself announces %s.", t.figure("announced", Count, ""))
	}
}

// agreeing is the form of a verb that so many things have.
func agreeing(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

func are(n int) string { return agreeing(n, "is", "are") }
