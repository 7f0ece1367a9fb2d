package commentline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus/internal/scalar"
)

// NameCost says how unlike a name some clean text is: 0 for a sure handle, 0.1
// for "Ada Weber", above 2 for a sentence. It judges the form only; that a
// line recurs, is mentioned with @ or stands before a time is weighed elsewhere.
func NameCost(s string) float64 {
	words := strings.Fields(s)
	if len(words) == 0 {
		return 4
	}
	runes := utf8.RuneCountInString(s)
	if runes > 90 || strings.Contains(s, "://") || strings.Contains(s, "www.") {
		return 5
	}
	cost := max(0, float64(runes-32)/20) + endCost(s, words)
	if len(words) == 1 {
		return cost + wordCost(words[0])
	}
	cost += 0.1
	if interjections()[strings.Trim(scalar.Fold(s), ".!?… ")] {
		cost += 2
	}
	cost += max(0, 0.4*float64(len(words)-4))
	for i, word := range words {
		cost += partCost(word, i == 0)
	}
	if strings.ContainsAny(strings.TrimRight(s, ","), ",;") {
		cost += 0.5
	}
	return cost
}

// endCost weighs the mark that ends the text. Sentences end with one, names
// only after an initial or an abbreviation.
func endCost(s string, words []string) float64 {
	last, _ := utf8.DecodeLastRuneInString(s)
	switch last {
	case '.':
		if n := utf8.RuneCountInString(words[len(words)-1]); n <= 3 {
			return 0.1
		}
		return 1.2
	case '!', '?', '…', ',', ';', '"', '”', '»':
		return 1.4
	case ':':
		return 0.4
	}
	return 0
}

// wordCost weighs a name of one word.
func wordCost(word string) float64 {
	folded := strings.Trim(scalar.Fold(word), ".!?…")
	switch {
	case interjections()[folded]:
		return 2
	case strings.HasPrefix(word, "@") && len(word) > 1:
		return 0
	case functionWords()[folded]:
		return 1.5
	}
	letters, digits, joints := 0, 0, 0
	for _, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case r == '_' || r == '-':
			joints++
		}
	}
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case letters == 0:
		return 1.2
	case digits > 0 || joints > 0:
		return 0.05
	case unicode.IsUpper(first):
		return 0.15
	}
	return 0.35
}

// partCost weighs one word of several.
func partCost(word string, first bool) float64 {
	folded := strings.Trim(scalar.Fold(word), ".,!?…:;\"“”()'")
	if nameParticles()[folded] {
		return 0.05
	}
	if functionWords()[folded] {
		if first {
			return 0.6
		}
		return 0.7
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "\"“„(@'#"))
	switch {
	case unicode.IsUpper(r), unicode.IsDigit(r):
		return 0
	case unicode.IsLetter(r):
		if unicode.IsLower(r) {
			return 0.35
		}
		return 0.1 // scripts without capitals
	}
	return 0.15
}

// TextCost says how unlike a comment's text some clean text is: 0 for a
// sentence, 0.8 for what might as well be a name or the word of a menu.
func TextCost(s string) float64 {
	words := strings.Fields(s)
	if len(s) > shortLine || len(words) >= 7 {
		return 0
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?…", last) || interjections()[strings.Trim(scalar.Fold(s), ".!?… ")] {
		return 0.05
	}
	known := 0
	for _, w := range words {
		if functionWords()[strings.Trim(scalar.Fold(w), ".,!?…:;\"“”()'")] {
			known++
		}
	}
	switch {
	case !strings.ContainsFunc(s, unicode.IsLetter):
		return 0.15 // emoji, figures
	case known >= 2 || strings.ContainsAny(s, ",;") || strings.Contains(s, "://"):
		return 0.1
	case known == 1:
		return 0.25
	case len(words) >= 4:
		return 0.3
	}
	return 0.65
}

// EndsSentence reports whether a text ends in the mark of a sentence or in a quotation
// mark.
func EndsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(`.!?…:"”“»)`, last)
}
