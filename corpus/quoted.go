package corpus

import "strings"

// Own tells a comment's own words from those that it quotes, in lines that begin with ">". In
// own, of the same length as the comment, blanks stand for these; it is the comment where nothing
// else is left. Quoted are the words of these lines.
func Own(comment string) (own, quoted string) {
	if !strings.Contains(comment, ">") {
		return comment, ""
	}
	var o, q strings.Builder
	for line := range strings.Lines(comment) {
		if said := strings.TrimLeft(line, " \t"); strings.HasPrefix(said, ">") {
			o.WriteString(strings.Repeat(" ", len(line)))
			q.WriteString(strings.TrimLeft(said, "> \t"))
			continue
		}
		o.WriteString(line)
	}
	if strings.TrimSpace(o.String()) == "" {
		return comment, ""
	}
	return o.String(), strings.TrimSpace(q.String())
}
