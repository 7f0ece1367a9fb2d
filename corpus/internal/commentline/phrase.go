package commentline

import (
	"strings"

	"stance.example/stance/corpus/internal/scalar"
)

// longestPhrase is the number of words in the longest phrase of the vocabulary.
const longestPhrase = 14

// key joins the words of tokens as the vocabulary writes them: one space
// between, numbers as #, punctuation left out.
func key(tokens []scalar.Token) string {
	var b strings.Builder
	for i := range tokens {
		t := &tokens[i]
		word := t.Word
		switch {
		case t.IsNumber():
			word = "#"
		case t.IsMark():
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// allPhrases is the kind of a line that is phrases of the vocabulary and punctuation
// only, as in "Like · Reply · 12" or the glued "ReplyDelete", by the weightiest of them;
// Plain for any other.
func allPhrases(tokens []scalar.Token) Kind {
	found := Plain
	for i := 0; i < len(tokens); {
		if tokens[i].IsMark() && tokens[i].Word != "#" {
			i++
			continue
		}
		n, means := longestPhraseAt(tokens[i:])
		switch {
		case n > 0:
			if found == Plain || means == Action {
				found = means
			}
			i += n
		case tokens[i].IsDigits():
			i++
		default:
			return Plain
		}
	}
	return found
}

// longestPhraseAt returns the length in tokens of the longest phrase at the
// start of tokens, end phrases excluded.
func longestPhraseAt(tokens []scalar.Token) (int, Kind) {
	for n := min(len(tokens), longestPhrase); n > 0; n-- {
		if tokens[n-1].IsMark() {
			continue
		}
		if means := phrases()[key(tokens[:n])]; means != Plain && means != End && means != Removed {
			return n, means
		}
	}
	return 0, Plain
}

// trimTail cuts buttons, badges, votes and punctuation off the end of tokens
// and returns what is left. It stops before the first word it doesn't know.
func trimTail(tokens []scalar.Token) []scalar.Token {
	for len(tokens) > 0 {
		last := len(tokens) - 1
		if tokens[last].IsMark() && !strings.ContainsAny(tokens[last].Word, `"'”’»)!?_`) {
			tokens = tokens[:last]
			continue
		}
		n := phraseLenBefore(tokens)
		if n == 0 {
			return tokens
		}
		tokens = tokens[:len(tokens)-n]
	}
	return tokens
}

// phraseLenBefore returns the length of the longest phrase that ends tokens.
func phraseLenBefore(tokens []scalar.Token) int {
	for n := min(len(tokens), longestPhrase); n > 0; n-- {
		from := tokens[len(tokens)-n:]
		if from[0].IsMark() {
			continue
		}
		switch phrases()[key(from)] {
		case Action, Badge, Votes, Expand:
			return n
		}
	}
	return 0
}

var (
	bareNumber = Pattern(`^[+−–-]?\d[\d.,]*\s?(?:[kKmM]|Mio|mil)?\.?$`)
	upAndDown  = Pattern(`^\+\s?(\d+)\s*[/|]?\s*[−–-]\s?(\d+)$`)
	votesIn    = Pattern(`([+−–-]?\d[\d.,]*\d|[+−–-]?\d)\s?([km])?\s*(?:{voted})(?:$|[^\p{L}])`)
)

// votesOn returns the votes that a folded line states with a word, as in
// "42 points" or "Liked by 21 people", or as "+3 -1".
func votesOn(folded string) *int {
	if !strings.ContainsAny(folded, "0123456789") {
		return nil
	}
	if m := upAndDown().FindStringSubmatch(folded); m != nil {
		up, ok1 := scalar.Count(m[1])
		down, ok2 := scalar.Count(m[2])
		if net := up - down; ok1 && ok2 {
			return &net
		}
	}
	if m := votesIn().FindStringSubmatch(folded); m != nil {
		if n, ok := scalar.Count(m[1] + m[2]); ok {
			return &n
		}
	}
	return nil
}

// removedBracket reports whether the folded inside of a bracket says that a
// comment was taken away.
func removedBracket(inside string) bool {
	return inside == "dead" || inside == "flagged" || phrases()[inside] == Removed
}

// isRemovedNote reports whether the line only says that a comment was taken away.
func isRemovedNote(l *Line) bool {
	k := key(l.tokens)
	// A single word such as "removed" is a note only in brackets.
	return phrases()[k] == Removed && (strings.Contains(k, " ") || strings.ContainsAny(l.Clean[:1], "[(<"))
}

// isEnd reports whether the line begins the comment form or what follows the
// thread. One word must be the whole line; longer phrases may have a tail.
func isEnd(l *Line) bool {
	if strings.HasPrefix(l.Clean, "©") || phrases()[key(l.tokens)] == End {
		return true
	}
	for n := min(len(l.tokens), longestPhrase); n > 1; n-- {
		if k := key(l.tokens[:n]); strings.Contains(k, " ") && phrases()[k] == End {
			return endsBehind(k, l.tokens[n:])
		}
	}
	return false
}

// endsBehind reports whether an end phrase with this tail still ends the thread. A
// short phrase may begin a comment, as "about us" does in "About us nobody cared".
func endsBehind(phrase string, tail []scalar.Token) bool {
	const longPhrase, shortTail = 4, 3
	return len(tail) <= shortTail || tail[0].IsMark() || strings.Count(phrase, " ")+1 >= longPhrase
}
