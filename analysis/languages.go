package analysis

import (
	"fmt"
	"strings"

	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
)

// leastForeign is the number of comments in other languages from which they are worth a
// note, where they make one in language.OneIn. Of 1,224 English threads none gets it.
const leastForeign = 2

// languageNotes warn of comments in other languages than English. A language model knows
// them; the embedded engine doesn't.
func languageNotes(l language.Languages, model *llm.Account) []string {
	foreign := l.Foreign()
	if foreign < leastForeign || foreign*language.OneIn < l.Told {
		return nil
	}
	but := ", but all are judged by what was learned from English ones."
	if model != nil {
		but = "."
	}
	if first := l.Others[0]; 2*first.Comments > l.Told {
		return []string{fmt.Sprintf("Most comments are in %s (%d of the %d whose language shows)%s", first.Name, first.Comments, l.Told, but)}
	}
	var named []string
	for _, o := range l.Others {
		named = append(named, fmt.Sprintf("%s %d", o.Name, o.Comments))
	}
	return []string{fmt.Sprintf("%d of the %d comments whose language shows are not in English (%s)%s", foreign, l.Told, strings.Join(named, ", "), but)}
}
