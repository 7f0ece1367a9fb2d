// Package text turns a comment or an article into tokens, sentences and entities that
// know where they stand.
//
// Every one of them is a byte span of the untouched source, so that
//
//	src[x.Start:x.End] == x.Text
//
// holds for whatever is shown later as evidence; FuzzParse enforces it. Nothing
// is normalised before parsing: a copy with straight quotes or decoded entities
// would shift every span after the first change.
//
// Tokens are the words of Unicode's text segmentation (UAX #29) and whole links;
// sentences and names come from prose. Comments get tokens and sentences only;
// [Parser.Entities] costs more and serves where the article pays for it. English is what
// the models of sentences and entities know; tokens are usable in any language.
package text

// Span is a half-open range of bytes of a source text.
type Span struct {
	Start, End int
}

// In returns the text of the span in src. The span must lie within src.
func (s Span) In(src string) string { return src[s.Start:s.End] }

// Token is a word, number, punctuation mark, emoji or link of a text.
type Token struct {
	Span
	// Text is the source's own bytes at Span.
	Text string
	// Lower is Text in lower case with curly apostrophes made straight. It is for
	// look-ups only; its length may differ from the token's.
	Lower string
	// Sentence is the index of the token's sentence in Document.Sentences.
	Sentence int
}

// Document is a parsed text.
type Document struct {
	Source    string
	Tokens    []Token
	Sentences []Span
}

// Entity is a name found in a text.
type Entity struct {
	Span
	Text  string
	Label string // PERSON, GPE, ORGANIZATION…
}

// Evidence is a span of a comment's own text that moved a decision.
type Evidence struct {
	Span
	// Cue names what was found there: the words themselves, or more than they say.
	Cue string
	// Weight is signed: positive speaks for the decision taken, negative against. Its
	// unit is the log-odds of the deciding model; 0 from one that has no weights.
	Weight float64
}
