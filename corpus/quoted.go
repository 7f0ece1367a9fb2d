package corpus

import "strings"

// Quotes reports whether a line repeats another reader's words: it begins with ">".
func Quotes(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), ">") }

// Own tells a comment's own words from those that it quotes, in lines that Quotes tells. In
// own, of the same length as the comment, blanks stand for these; it is the comment where nothing
// else is left. Quoted are the words of these lines.
func Own(comment string) (own, quoted string) {
	if !strings.Contains(comment, ">") {
		return comment, ""
	}
	var o, q strings.Builder
	for line := range strings.Lines(comment) {
		if Quotes(line) {
			o.WriteString(strings.Repeat(" ", len(line)))
			q.WriteString(strings.TrimLeft(line, "> \t"))
			continue
		}
		o.WriteString(line)
	}
	if strings.TrimSpace(o.String()) == "" {
		return comment, ""
	}
	return o.String(), strings.TrimSpace(q.String())
}
