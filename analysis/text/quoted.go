package text

import (
	"strings"

	"stance.example/stance/corpus"
)

// Quoted tells which tokens stand in a line that corpus.Quotes tells to repeat another reader's
// words. The result is parallel to d.Tokens.
func (d *Document) Quoted() []bool {
	quoted := make([]bool, len(d.Tokens))
	line, last, inQuote := 0, 0, false // where the line of the last token begins
	for i := range d.Tokens {
		start := d.Tokens[i].Start
		if at := strings.LastIndexByte(d.Source[last:start], '\n'); at >= 0 || i == 0 {
			line = last + at + 1
			inQuote = corpus.Quotes(d.Source[line:])
		}
		quoted[i], last = inQuote, start
	}
	return quoted
}
