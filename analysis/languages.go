package analysis

import (
	"fmt"
	"strings"

	"stance/analysis/language"
)

// leastForeign is the number of comments in other languages from which they are worth a
// note, where they make one in language.OneIn. Of 1,224 English threads none gets it.
const leastForeign = 2

// languageNotes warn of comments in other languages than English.
func languageNotes(l language.Languages) []string {
	foreign := l.Foreign()
	switch {
	case foreign < leastForeign || foreign*language.OneIn < l.Told:
		return nil
	case 2*l.Others[0].Comments > l.Told:
		return []string{fmt.Sprintf("Most comments are in %s (%d of the %d whose language shows), but all are judged by what was learned from English ones.",
			l.Others[0].Name, l.Others[0].Comments, l.Told)}
	}
	var named []string
	for _, o := range l.Others {
		named = append(named, fmt.Sprintf("%s %d", o.Name, o.Comments))
	}
	return []string{fmt.Sprintf("%d of the %d comments whose language shows are not in English (%s), but all are judged by what was learned from English ones.",
		foreign, l.Told, strings.Join(named, ", "))}
}
