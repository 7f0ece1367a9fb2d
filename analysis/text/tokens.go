package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The tokens are prose's, found faster. Prose cuts each run of characters between
// white space as follows, as long as something is left of it:
//
//  1. A special run, an emoticon or an abbreviation such as "U.S." or "Dr.", stays
//     whole.
//  2. Otherwise an opening mark at its beginning becomes a token,
//  3. or else what stands before a contraction's ending, as in "do" and "n't",
//  4. or else a closing mark at its end.
//  5. If none of these applies the run is a token.
//
// Most runs are plain words, for which a look at their bytes tells that nothing
// applies or what does. Only where an emoticon can't be ruled out is prose asked.
// TestTokensAreProses compares the two over all short runs, FuzzTokens over any.

// byteClass says what a byte may be in a run.
type byteClass uint8

const (
	opens      byteClass = 1 << iota // "$", "(", the quotation mark and "["
	closes                           // one of the marks that end a run
	apostrophe                       // "'", or the first byte of a curly quote
	blank                            // white space in ASCII
	wide                             // part of a character outside ASCII
	upper                            // an ASCII capital
	letter                           // an ASCII letter
	stops                            // ".", "?" or "!", which may end a sentence
)

var classes = func() (table [256]byteClass) {
	mark := func(bytes string, c byteClass) {
		for i := 0; i < len(bytes); i++ {
			table[bytes[i]] |= c
		}
	}
	mark(`$("[`, opens)
	mark(`,)"]!;.?:'`, closes)
	mark("'", apostrophe)
	mark(".?!", stops)
	mark("\t\n\v\f\r ", blank)
	for b := utf8.RuneSelf; b < len(table); b++ {
		table[b] |= wide
	}
	for b := byte('a'); b <= 'z'; b++ {
		table[b] |= letter
		table[b-'a'+'A'] |= letter | upper
	}
	// “, ”, ‘ and ’ are all e2 80 and one more byte, and all of them cut.
	table[0xe2] |= apostrophe | opens | closes
	return table
}()

// Curly quotes that prose cuts off.
const (
	leftDouble, rightDouble = "“", "”"
	leftSingle, rightSingle = "‘", "’"
)

// contractions are the endings that become tokens of their own.
var contractions = [...]string{
	"'ll", "'s", "'re", "'m", "n't",
	"’ll", "’s", "’re", "’m", "n’t",
}

// appendTokens appends the tokens of src to dst, without their Word and their
// sentence.
func (p *Parser) appendTokens(dst []Token, src string) []Token {
	for i := 0; i < len(src); {
		n := spaceAt(src[i:])
		if n > 0 {
			i += n
			continue
		}
		end, kinds := runEnd(src, i)
		dst = p.cut(dst, src, i, end, kinds)
		i = end
	}
	return dst
}

// runEnd is the end of the run of other characters than white space that begins at
// i, and the classes of its bytes.
func runEnd(src string, i int) (end int, kinds byteClass) {
	for i < len(src) {
		c := classes[src[i]]
		if c&blank != 0 || c&wide != 0 && spaceAt(src[i:]) > 0 {
			break
		}
		kinds |= c
		i++
	}
	return i, kinds
}

// spaceAt is the number of bytes of the white space that s begins with, 0 if it
// begins with something else.
func spaceAt(s string) int {
	if c := s[0]; c < utf8.RuneSelf {
		return int(classes[c] & blank / blank)
	}
	if r, n := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		return n
	}
	return 0
}

// cut appends the tokens of the run src[start:end], whose bytes are of these
// classes.
func (p *Parser) cut(dst []Token, src string, start, end int, kinds byteClass) []Token {
	if kinds&(opens|closes|apostrophe) == 0 {
		return append(dst, newToken(src, start, end))
	}
	var closing [8]int // the starts of closing marks, from the last
	marks := closing[:0]
	last := end
	dotted := dottedLetters(src[start:end])
	for start < end {
		run := src[start:end]
		at, kind := cutAt(run, kinds)
		if kind == whole {
			dst = append(dst, newToken(src, start, end))
			break
		}
		if isAbbreviation(run, dotted) {
			dst = append(dst, newToken(src, start, end))
			break
		}
		if mayBeEmoticon(run) {
			for _, t := range p.tokenizer.Tokenize(run) {
				dst = append(dst, newToken(src, start+t.Start, start+t.End()))
			}
			break
		}
		if kind == before {
			dst = append(dst, newToken(src, start, start+at))
			start += at
			dotted = dottedLetters(src[start:end])
		} else {
			end = start + at
			marks = append(marks, end)
			kinds &^= apostrophe // there was no contraction, and a shorter run has none either
		}
	}
	for i := len(marks) - 1; i >= 0; i-- {
		next := last
		if i > 0 {
			next = marks[i-1]
		}
		dst = append(dst, newToken(src, marks[i], next))
	}
	return dst
}

func newToken(src string, start, end int) Token {
	return Token{Span: Span{start, end}, Text: src[start:end]}
}

// piece says which part of a run is cut off.
type piece uint8

const (
	whole  piece = iota // none
	before              // what stands before the place
	behind              // what stands behind it, a closing mark
)

// cutAt is where a run that isn't special is cut next.
func cutAt(run string, kinds byteClass) (int, piece) {
	if n := openingMark(run); n > 0 && n < len(run) {
		return n, before
	}
	if kinds&apostrophe != 0 {
		if i := contraction(run); i > 0 {
			return i, before
		}
	}
	if n := closingMark(run); n > 0 && n < len(run) {
		return len(run) - n, behind
	}
	return len(run), whole
}

// openingMark is the length of the opening mark that the run begins with.
func openingMark(run string) int {
	c := run[0]
	switch {
	case classes[c]&opens == 0:
		return 0
	case c < utf8.RuneSelf:
		return 1
	case strings.HasPrefix(run, leftDouble), strings.HasPrefix(run, leftSingle):
		return len(leftDouble)
	}
	return 0
}

// closingMark is the length of the closing mark that the run ends with.
func closingMark(run string) int {
	c := run[len(run)-1]
	switch {
	case c < utf8.RuneSelf:
		return int(classes[c] & closes / closes)
	case strings.HasSuffix(run, rightDouble), strings.HasSuffix(run, rightSingle):
		return len(rightDouble)
	}
	return 0
}

// contraction is the place of the earliest contraction's ending in a run, of those
// that don't also begin it; -1 if there is none.
func contraction(run string) int {
	var begins [len(contractions)]bool
	for k, c := range contractions {
		begins[k] = hasPrefixFold(run, c)
	}
	for i := 1; i < len(run); i++ {
		if classes[run[i]]&apostrophe == 0 && run[i]|0x20 != 'n' {
			continue
		}
		for k, c := range contractions {
			if !begins[k] && hasPrefixFold(run[i:], c) {
				return i
			}
		}
	}
	return -1
}

// hasPrefixFold reports whether s begins with a lower-case part, whatever the case of
// its ASCII letters.
func hasPrefixFold(s, part string) bool {
	if len(s) < len(part) {
		return false
	}
	for k := 0; k < len(part); k++ {
		if c := s[k]; c != part[k] && (classes[c]&upper == 0 || c+'a'-'A' != part[k]) {
			return false
		}
	}
	return true
}

// isAbbreviation reports whether a run is one as prose sees it: two or more letters
// each with a full stop, or a capital, one or two small letters and a full stop. dotted
// is that of the run, or of a longer one that begins as it does.
func isAbbreviation(run string, dotted int) bool {
	n := len(run)
	if n < 3 || run[n-1] != '.' {
		return false
	}
	if n <= 4 && classes[run[0]]&upper != 0 && isSmall(run[1]) && (n == 3 || isSmall(run[2])) {
		return true
	}
	return n%2 == 0 && n <= dotted
}

// dottedLetters is the length of the letters, each with a full stop, that a run begins
// with.
func dottedLetters(run string) int {
	n := 0
	for n+1 < len(run) && classes[run[n]]&letter != 0 && run[n+1] == '.' {
		n += 2
	}
	return n
}

func isSmall(c byte) bool { return classes[c]&(letter|upper) == letter }

const (
	longestWord     = 4  // ASCII letters in a row that no emoticon has
	longestEmoticon = 32 // bytes that none is longer than
)

// mayBeEmoticon reports whether a run isn't plainly something else than an emoticon:
// none has a word in it, and none that begins with a letter or a digit ends with one
// of the usual marks.
func mayBeEmoticon(run string) bool {
	if len(run) > longestEmoticon {
		return false
	}
	first, last := run[0], run[len(run)-1]
	if (classes[first]&letter != 0 || '0' <= first && first <= '9') && strings.IndexByte(`,.!?"`, last) >= 0 {
		return false
	}
	letters := 0
	for i := 0; i < len(run); i++ {
		if classes[run[i]]&letter == 0 {
			letters = 0
			continue
		}
		if letters++; letters == longestWord {
			return false
		}
	}
	return true
}
