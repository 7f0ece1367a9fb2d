package account

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says where the text of a part comes from.
type Kind uint8

const (
	Words     Kind = iota // of this package; holds no number
	Figure                // an aggregate
	Name                  // of a comment's author
	Quote                 // a part of a comment
	Reference             // to a comment that is quoted elsewhere
	Key                   // a distinctive word, or the name of an actor
	Case                  // of the article
	Note                  // a sentence of the aggregates themselves
	Command               // that the reader may run
)

// Part is a piece of a statement.
type Part struct {
	Kind Kind
	Text string
	// Source names the aggregate of a Figure or a Key, such as
	// "stance.skeptical.count".
	Source string
	// Value is that of a Figure, and Form and Noun how Text writes it.
	Value float64
	Form  Form
	Noun  string
	// ID is that of the comment of a Name, a Quote or a Reference, and Author who wrote it.
	ID, Author string
	// Cut is set where a Quote ends before its sentence does.
	Cut bool
	// Stance is what a Quote stands for, "" if it stands for none, and Sure how sure that
	// is: the probability, or that it was labelled by hand.
	Stance, Sure string
}

// Statement is a sentence.
type Statement []Part

// String returns the sentence as plain text, its quotes in quotation marks with the
// ID of the comment behind them. Texts of readers are as they were written.
func (s Statement) String() string {
	var b strings.Builder
	for _, p := range s {
		b.WriteString(p.Shown())
	}
	return b.String()
}

// Shown is the part as it stands in the sentence.
func (p Part) Shown() string {
	switch p.Kind {
	case Quote:
		return "“" + p.Quoted() + "” [" + p.ID + p.sureness() + "]"
	case Reference:
		return "[" + p.ID + "]"
	case Command:
		return "`" + p.Text + "`"
	case Key, Case:
		return "“" + p.Text + "”"
	}
	return p.Text
}

// Quoted is what stands between the quotation marks.
func (p Part) Quoted() string {
	if p.Cut {
		return p.Text + "…"
	}
	return p.Text
}

// sureness is how sure the stance of a quote is, behind its ID.
func (p Part) sureness() string {
	if p.Sure == "" {
		return ""
	}
	return ", " + p.Sure
}

// compose puts the statements in the place of each %s of the format.
func compose(format string, in ...Statement) Statement {
	var s Statement
	for i, literal := range strings.Split(format, "%s") {
		if i > 0 {
			s = append(s, in[i-1]...)
		}
		if literal != "" {
			s = append(s, Part{Text: literal})
		}
	}
	return s
}

// words are plain words to compose with.
func words(s string) Statement { return Statement{{Text: s}} }

// capitalised begins the sentence with a capital. Names and quotes stay as they are.
func (s Statement) capitalised() Statement {
	if len(s) > 0 && (s[0].Kind == Words || s[0].Kind == Figure) {
		first, size := utf8.DecodeRuneInString(s[0].Text)
		s[0].Text = string(unicode.ToUpper(first)) + s[0].Text[size:]
	}
	return s
}

// listed joins the statements as "a, b and c".
func listed(list []Statement) Statement { return joined(list, " and ") }

// clauses joins whole sentences as "a, b, and c".
func clauses(list []Statement) Statement { return joined(list, ", and ") }

func joined(list []Statement, last string) Statement {
	var s Statement
	for i, item := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			s = append(s, words(last)...)
		default:
			s = append(s, words(", ")...)
		}
		s = append(s, item...)
	}
	return s
}
