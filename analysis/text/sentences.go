package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/segment"
	"gopkg.in/neurosnap/sentences.v1"
	"gopkg.in/neurosnap/sentences.v1/data"
)

// The sentences are prose's, which are those of Punkt (Kiss and Strunk,
// Computational Linguistics 32, 2006) with rules for quotes and dots. Whether a
// sentence ends at a word depends on that word and on those behind it, up to the
// next without a full stop, question or exclamation mark. For most words a look at
// them settles it:
//
//   - A word without any of the three ends nothing.
//   - Nor does a word with a single full stop inside.
//   - A word ends a sentence if its last mark is a question or exclamation mark, or
//     a full stop with a bracket or quote behind it. Is the last character a bracket
//     or quote, and the next word small, then it depends.
//   - A word with one full stop, at its end, ends a sentence unless the model knows
//     the word as an abbreviation or as the first of a fixed pair, or it is short or
//     holds a digit: then it depends.
//
// Where it depends, prose is asked about these few words. TestSentencesAreProses and
// FuzzParses hold the two together.

// splitter cuts lines into sentences. It is immutable.
type splitter struct {
	segmenter *segment.Segmenter
	// odd are the words, in lower case and without their full stop, of which the
	// model knows more than their form tells.
	odd map[string]bool
}

// supervised are the abbreviations that prose adds to the model's.
var supervised = [...]string{"sgt", "gov", "no", "mt"}

// newSplitter loads the sentence model for English.
func newSplitter() (*splitter, error) {
	raw, err := data.Asset("data/english.json")
	if err != nil {
		return nil, fmt.Errorf("loading the sentence model: %w", err)
	}
	training, err := sentences.LoadTraining(raw)
	if err != nil {
		return nil, fmt.Errorf("loading the sentence model: %w", err)
	}
	for _, word := range supervised {
		training.AbbrevTypes.Add(word)
	}
	s := &splitter{segmenter: segment.WithTraining(training), odd: map[string]bool{}}
	for word := range training.AbbrevTypes {
		s.odd[word] = true
	}
	for pair := range training.Collocations {
		first, _, _ := strings.Cut(pair, ",")
		s.odd[first] = true
	}
	return s, nil
}

// verdict is what a word tells of a sentence's end behind it.
type verdict uint8

const (
	goesOn verdict = iota
	ends
	depends // on the model
)

// appendSentences appends the sentences of a line that begins at offset in the
// source.
func (s *splitter) appendSentences(dst []Span, line string, offset int) []Span {
	known, start := len(dst), 0
	for i := 0; i < len(line); {
		if n := spaceAt(line[i:]); n > 0 {
			i += n
			continue
		}
		from := i
		end, kinds := runEnd(line, i)
		i = end
		if kinds&stops == 0 {
			continue
		}
		v := s.judge(line[from:i], line[i:])
		if v == depends {
			reach := reachOf(line[from:], i-from)
			if line[from:i] == "." || reach > mostReach {
				// Two full stops in a row count as one, whatever stands behind.
				return s.ask(dst[:known], line, offset)
			}
			v = s.askOf(line[from:from+reach], line[from+reach:] == "", i-from)
		}
		if v == ends {
			dst = appendTrimmed(dst, line, start, i, offset)
			start = i
		}
	}
	return appendTrimmed(dst, line, start, len(line), offset)
}

// ask leaves a line to prose.
func (s *splitter) ask(dst []Span, line string, offset int) []Span {
	for _, found := range s.segmenter.Segment(line) {
		dst = append(dst, Span{offset + found.Start, offset + found.End()})
	}
	return dst
}

// mostReach is the number of bytes behind which so many words depend on each other that
// prose is better asked about the whole line, once.
const mostReach = 100

// reachOf is the length of what it depends on whether a sentence ends behind the first n
// bytes of text, a word: the word and those behind it, up to the next without a stop.
func reachOf(text string, n int) int {
	end := n
	for kinds := byteClass(stops); end < len(text) && kinds&stops != 0 && end <= mostReach; {
		for end < len(text) && spaceAt(text[end:]) > 0 {
			end += spaceAt(text[end:])
		}
		if end < len(text) {
			end, kinds = runEnd(text, end)
		}
	}
	return end
}

// askOf asks prose whether a sentence ends behind the first n bytes of text, a word; last
// says that text is the end of its line.
func (s *splitter) askOf(text string, last bool, n int) verdict {
	if !last && text[len(text)-1] >= utf8.RuneSelf {
		// Prose overlooks a last word whose last character isn't ASCII, and here
		// the word isn't the last.
		text += " a"
	}
	if found := s.segmenter.Segment(text); len(found) > 1 && found[0].End() == n {
		return ends
	}
	return goesOn
}

// appendTrimmed appends the span from start to end without the white space around
// it, if anything is left.
func appendTrimmed(dst []Span, line string, start, end, offset int) []Span {
	part := strings.TrimLeftFunc(line[start:end], unicode.IsSpace)
	start = end - len(part)
	end = start + len(strings.TrimRightFunc(part, unicode.IsSpace))
	if start == end {
		return dst
	}
	return append(dst, Span{offset + start, offset + end})
}

// judge says whether a sentence ends behind a word; rest is the line behind it.
func (s *splitter) judge(word, rest string) verdict {
	last := word[len(word)-1]
	switch dots := strings.Count(word, "."); {
	case dots > 1 || strings.Contains(word, "Yahoo!"):
		return depends
	case last == '.':
		return s.judgeDot(word, rest)
	case last == '?' || last == '!':
		return ends
	case !endsQuoted(word) && !opensBehindStop(word):
		return goesOn
	case looksInternal(word):
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, unicode.IsSpace)); unicode.IsLower(r) {
			return depends
		}
	}
	return ends
}

// endsQuoted reports whether a word ends with a stop and a bracket or quote.
func endsQuoted(word string) bool {
	mark := closingMark(word)
	if mark == 0 || mark == len(word) {
		return false
	}
	switch word[len(word)-mark-1] {
	case '?', '!':
		return strings.IndexByte(`"')`, word[len(word)-1]) >= 0 || mark > 1
	case '.':
		return strings.IndexByte(`")`, word[len(word)-1]) >= 0 || mark > 1
	}
	return false
}

// opensBehindStop reports whether a bracket opens right behind a stop in a word, or
// a straight quote behind a full stop.
func opensBehindStop(word string) bool {
	for i := 1; i < len(word); i++ {
		if c := word[i]; classes[word[i-1]]&stops != 0 && (c == '[' || c == '(' || c == '"' && word[i-1] == '.') {
			return true
		}
	}
	return false
}

// looksInternal reports whether a word's last character may stand inside a sentence
// behind a stop.
func looksInternal(word string) bool {
	return strings.IndexByte(`)"'`, word[len(word)-1]) >= 0 || closingMark(word) > 1
}

// judgeDot judges a word whose only full stop is its last character.
func (s *splitter) judgeDot(word, rest string) verdict {
	if len(word) < len("ab.") || strings.ContainsAny(word, ",0123456789") {
		return depends
	}
	if next := strings.TrimLeftFunc(rest, unicode.IsSpace); next != "" && next[0] == '.' {
		return depends
	}
	var room [32]byte
	known := appendLower(room[:0], word[:len(word)-1])
	if s.odd[string(known)] || s.odd[string(known[bytes.LastIndexByte(known, '-')+1:])] {
		return depends
	}
	if runes := utf8.RuneCountInString(word); runes < len(word) {
		// Punkt takes the stem's length in characters for one in bytes.
		known = appendLower(room[:0], word[:runes-1])
		if s.odd[string(known)] || s.odd[string(known[bytes.LastIndexByte(known, '-')+1:])] {
			return depends
		}
	}
	return ends
}
