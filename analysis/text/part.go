package text

import "strings"

// Part returns tokens [from, to) as a document of one sentence, with spans into its
// own source.
func (d *Document) Part(from, to int) Document {
	if from >= to {
		return Document{}
	}
	start, end := d.Tokens[from].Start, d.Tokens[to-1].End
	p := Document{Source: d.Source[start:end], Tokens: make([]Token, to-from), Sentences: []Span{{0, end - start}}}
	for i, t := range d.Tokens[from:to] {
		t.Start, t.End, t.Sentence = t.Start-start, t.End-start, 0
		p.Tokens[i] = t
	}
	return p
}

// Quoted reports whether a token stands in a line that begins with ">", which repeats
// another reader's words.
func (d *Document) Quoted(token int) bool {
	start := d.Tokens[token].Start
	line := d.Source[strings.LastIndexByte(d.Source[:start], '\n')+1 : d.Tokens[token].End]
	return strings.HasPrefix(strings.TrimLeft(line, " \t"), ">")
}
