package charset

import (
	"cmp"
	"fmt"
	"slices"

	"stance.example/stance/corpus"
)

// finding is a way in which bytes are not plain UTF-8.
type finding uint8

const (
	sound finding = iota
	windows1252
	cesu8
	damaged
	zeroByte
	mojibake
	escapes
	numFindings
)

// remark is what to say about a finding: a level, and a message for one and for
// many occurrences.
type remark struct {
	level corpus.Level
	one   string
	many  string
}

var remarks = [numFindings]remark{
	windows1252: {corpus.Assumption, "1 byte is not UTF-8: read as Windows-1252", "%d bytes are not UTF-8: read as Windows-1252"},
	cesu8:       {corpus.Assumption, "1 character written as two surrogates (CESU-8): joined", "%d characters written as two surrogates each (CESU-8): joined"},
	damaged: {corpus.Warning, "1 character was lost before the text was saved, or can't be decoded: shown as U+FFFD",
		"%d characters were lost before the text was saved, or can't be decoded: shown as U+FFFD"},
	zeroByte: {corpus.Warning, "1 zero byte in the text: shown as U+FFFD", "%d zero bytes in the text: shown as U+FFFD"},
	mojibake: {corpus.Warning, "1 place looks like UTF-8 that was read as Windows-1252 (mojibake): left as it is",
		"%d places look like UTF-8 that was read as Windows-1252 (mojibake): left as they are"},
	escapes: {corpus.Assumption, "1 character of which each byte is an escape of its own, as in Facebook's downloads: joined",
		"%d characters of which each byte is an escape of its own, as in Facebook's downloads: joined"},
}

func (m remark) message(count int) string {
	if count == 1 {
		return m.one
	}
	return fmt.Sprintf(m.many, count)
}

// Problems returns what was assumed or found odd in the bytes read so far, one
// problem for each kind, by the line of its first occurrence. Lines end with a
// line feed. A kind that was returned by an earlier call isn't returned again.
//
// Before the end of the input the counts are those so far, and the messages say
// "at least".
func (r *Reader) Problems() []corpus.Problem {
	var all []corpus.Problem
	if message := r.how.remark(); message != "" && !r.told[sound] {
		r.told[sound] = true
		all = append(all, corpus.Problem{File: r.name, Level: corpus.Assumption, Message: message})
	}
	for what, t := range r.fix.found {
		if t.count == 0 || r.told[what] {
			continue
		}
		r.told[what] = true
		m := remarks[what]
		message := m.message(t.count)
		if !r.ended {
			message = "at least " + message
		}
		all = append(all, corpus.Problem{File: r.name, Line: t.line, Level: m.level, Message: message})
	}
	slices.SortStableFunc(all, func(a, b corpus.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return all
}
