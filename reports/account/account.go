// Package account writes what readers made of an article, in words.
//
//	analysis.Result → statements → check → paragraphs
//
// A [Statement] is a sentence in parts: plain words, figures that name the aggregate
// they come from, names and quotes that point into a comment. Every statement passes
// one gate before it gets into a [Paragraph] (check.go): a figure must be the value of
// its aggregate, a quote an exact substring of its comment, a name that of its author,
// and plain words may hold no number. What fails is left out and counted.
//
// One file writes one paragraph: opening.go who wrote how much, verdict.go which
// stance leads, voices.go what each side says, replies.go how the comments answer each
// other, feeling.go how they feel, limits.go what limits the reading, and comparison.go
// what several threads have in common. What can't be told is said to be so or not
// mentioned; nothing is asserted more surely than its interval allows.
//
// Texts of readers are in the parts as they were written. Whoever prints them cleans
// them.
package account

import (
	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// Length is how much is told.
type Length uint8

// The lengths. A short account is the verdict and its limits, a normal one a page, a
// long one adds what is there but proves nothing.
const (
	Short Length = iota
	Normal
	Long
)

// Lengths are the names of the lengths in their order.
func Lengths() []string { return []string{"short", "normal", "long"} }

// Topic is what a paragraph is about.
type Topic string

// The topics in the order in which they are told.
const (
	Opening    Topic = "opening"
	Verdict    Topic = "verdict"
	Skeptics   Topic = "skeptical"
	Relativism Topic = "relativist"
	Supporters Topic = "supportive"
	Voices     Topic = "voices" // that there is none to quote
	Replies    Topic = "replies"
	Feeling    Topic = "feeling"
	Limits     Topic = "limits"
	Comparison Topic = "comparison"
)

// Paragraph is a few sentences about one topic.
type Paragraph struct {
	Topic      Topic
	Statements []Statement
}

// Account is what is told of one thread.
type Account struct {
	Paragraphs []Paragraph
	// Withheld are the statements that failed the check, with the reason of each. A
	// value in it is a fault of this package, not of the thread.
	Withheld []error
}

// Of tells of a thread. The aggregates of an examination are used if it has one.
func Of(r *analysis.Result, length Length) Account {
	t := newTeller(r, length)
	if r.Few() {
		t.tell(Verdict, t.small)
		t.tell(Limits, t.limits)
		return t.account
	}
	t.tell(Opening, t.opening)
	t.tell(Verdict, t.verdict)
	if length > Short && r.Summary.Judged() > 0 {
		t.tell(Skeptics, func() { t.voices(corpus.Skeptical) })
		t.tell(Relativism, func() { t.voices(corpus.Relativist) })
		t.tell(Supporters, func() { t.voices(corpus.Supportive) })
		t.tell(Voices, t.rest)
		t.tell(Replies, t.replies)
		t.tell(Feeling, t.feeling)
	}
	t.tell(Limits, t.limits)
	return t.account
}

// teller collects the statements about one thread.
type teller struct {
	*sources
	length    Length
	quoted    map[int]bool // comments by their index
	voiced    bool         // one of them for its stance
	account   Account
	paragraph *Paragraph
}

func newTeller(r *analysis.Result, length Length) *teller {
	return &teller{sources: newSources(r), length: length, quoted: map[int]bool{}}
}

// tell writes a paragraph. One without a statement is left out.
func (t *teller) tell(topic Topic, write func()) {
	t.paragraph = &Paragraph{Topic: topic}
	write()
	if len(t.paragraph.Statements) > 0 {
		t.account.Paragraphs = append(t.account.Paragraphs, *t.paragraph)
	}
}

// say adds a sentence to the paragraph if it passes the check.
func (t *teller) say(format string, parts ...Statement) {
	s := compose(format, parts...).capitalised()
	if err := t.check(s); err != nil {
		t.account.Withheld = append(t.account.Withheld, err)
		return
	}
	t.paragraph.Statements = append(t.paragraph.Statements, s)
}
