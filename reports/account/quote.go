package account

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
)

// longestQuote is how many bytes of a comment are quoted at most.
const longestQuote = 170

// byHand is how sure a label by hand is.
const byHand = "by hand"

// surely is how sure the stance of a comment is.
func surely(j *analysis.Judgement) string {
	if j.Annotated {
		return byHand
	}
	return strconv.FormatFloat(j.Probabilities[j.Stance], 'f', 2, 64)
}

// voice is the part of a comment that says most for its stance, with how sure that is. It
// reports false for a comment that isn't sure enough, or without words of its own.
func (t *teller) voice(i int) (Statement, bool) {
	j := &t.r.Judgements[i]
	if !t.r.Sure(i) {
		return nil, false
	}
	s, ok := t.quote(i, j.Evidence)
	if ok {
		s[0].Stance, s[0].Sure = j.Stance.String(), surely(j)
	}
	return s, ok
}

// quote is the part of a comment with the most of the evidence. It reports false for a
// comment without words of its own.
func (t *teller) quote(i int, evidence []text.Evidence) (Statement, bool) {
	c := &t.r.Thread.Comments[i]
	words, cut := mostTelling(c.Text, evidence)
	if words == "" {
		return nil, false
	}
	t.quoted[i] = true
	return Statement{{Kind: Quote, Text: words, Cut: cut, ID: c.ID, Author: c.Author}}, true
}

// mostTelling returns the sentence of a comment with the most evidence for the
// decision, with its neighbours as far as there is room, or cut at a word if it is
// long by itself.
func mostTelling(comment string, evidence []text.Evidence) (quote string, cut bool) {
	list := sentences(comment)
	if len(list) == 0 {
		return "", false
	}
	best := 0
	for i := range list {
		if cmp.Compare(weight(list[i], evidence), weight(list[best], evidence)) > 0 {
			best = i
		}
	}
	s := extended(list, best)
	if quote = s.In(comment); len(quote) <= longestQuote {
		return quote, false
	}
	end := strings.LastIndexFunc(quote[:longestQuote], unicode.IsSpace)
	if end < longestQuote/2 { // a word as long as that is no word
		for end = longestQuote; !utf8.RuneStart(quote[end]); end-- {
		}
	}
	return strings.TrimRightFunc(quote[:end], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }), true
}

// extended adds to a sentence the next ones, then those before, while all of it is
// short enough to quote.
func extended(list []text.Span, best int) text.Span {
	s := list[best]
	for _, next := range list[best+1:] {
		if next.End-s.Start > longestQuote {
			break
		}
		s.End = next.End
	}
	for _, before := range slices.Backward(list[:best]) {
		if s.End-before.Start > longestQuote {
			break
		}
		s.Start = before.Start
	}
	return s
}

// weight is the evidence for the decision that lies in a span.
func weight(s text.Span, evidence []text.Evidence) float64 {
	sum := 0.0
	for _, e := range evidence {
		if e.Start >= s.Start && e.End <= s.End {
			sum += e.Weight
		}
	}
	return sum
}

// sentences returns the sentences of a comment, as far as its punctuation and lines
// tell. Those after a line that quotes somebody else are left out, so that a quote
// never runs over one.
func sentences(comment string) []text.Span {
	var list []text.Span
	for start := 0; start < len(comment); {
		end := sentenceEnd(comment, start)
		s := trimmed(comment, text.Span{Start: start, End: end})
		start = end
		switch foreign := strings.HasPrefix(s.In(comment), ">"); {
		case foreign && len(list) > 0:
			return list
		case !foreign && s.Start < s.End:
			list = append(list, s)
		}
	}
	return list
}

// sentenceEnd is the end of the sentence that begins at start: behind a final mark
// that white space follows, or at the end of the line.
func sentenceEnd(comment string, start int) int {
	ended := false
	for i, r := range comment[start:] {
		switch {
		case r == '\n':
			return start + i + 1
		case ended && unicode.IsSpace(r):
			return start + i
		case strings.ContainsRune(".!?…", r):
			ended = true
		case !strings.ContainsRune(`"'”’)`, r):
			ended = false
		}
	}
	return len(comment)
}

// trimmed is the span without white space at its ends.
func trimmed(comment string, s text.Span) text.Span {
	inner := strings.TrimLeftFunc(s.In(comment), unicode.IsSpace)
	start := s.End - len(inner)
	return text.Span{Start: start, End: start + len(strings.TrimRightFunc(inner, unicode.IsSpace))}
}
