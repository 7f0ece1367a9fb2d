package text

import "strings"

// Quoted tells which tokens stand in a line that begins with ">", which repeats another
// reader's words. The result is parallel to d.Tokens.
func (d *Document) Quoted() []bool {
	quoted := make([]bool, len(d.Tokens))
	line, last, inQuote := 0, 0, false // where the line of the last token begins
	for i := range d.Tokens {
		start := d.Tokens[i].Start
		if at := strings.LastIndexByte(d.Source[last:start], '\n'); at >= 0 || i == 0 {
			line = last + at + 1
			inQuote = strings.HasPrefix(strings.TrimLeft(d.Source[line:], " \t"), ">")
		}
		quoted[i], last = inQuote, start
	}
	return quoted
}
