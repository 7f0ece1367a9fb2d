package language

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// scripts are those that comments are written in, Latin first.
var scripts = [...]*unicode.RangeTable{
	unicode.Latin, unicode.Cyrillic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Arabic,
	unicode.Hebrew, unicode.Greek, unicode.Devanagari, unicode.Bengali, unicode.Thai, unicode.Georgian, unicode.Armenian,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Gujarati, unicode.Gurmukhi, unicode.Sinhala,
	unicode.Ethiopic, unicode.Khmer, unicode.Myanmar, unicode.Lao, unicode.Tibetan,
}

// nameOfScript are the languages that have a script of their own, as far as comments go.
// Those in Cyrillic, Arabic and Devanagari letters are compared.
var nameOfScript = map[*unicode.RangeTable]string{
	unicode.Han: "Chinese", unicode.Hiragana: "Japanese", unicode.Hangul: "Korean", unicode.Hebrew: "Hebrew",
	unicode.Greek: "Greek", unicode.Bengali: "Bengali", unicode.Thai: "Thai", unicode.Georgian: "Georgian",
	unicode.Armenian: "Armenian", unicode.Tamil: "Tamil", unicode.Telugu: "Telugu", unicode.Kannada: "Kannada",
	unicode.Malayalam: "Malayalam", unicode.Gujarati: "Gujarati", unicode.Gurmukhi: "Punjabi", unicode.Sinhala: "Sinhala",
	unicode.Ethiopic: "Amharic", unicode.Khmer: "Khmer", unicode.Myanmar: "Burmese", unicode.Lao: "Lao", unicode.Tibetan: "Tibetan",
}

// inScript are the languages that are told apart where a script is that of several.
var inScript = map[*unicode.RangeTable]map[whatlanggo.Lang]bool{
	unicode.Cyrillic:   {whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bel: true, whatlanggo.Bul: true, whatlanggo.Srp: true, whatlanggo.Mkd: true},
	unicode.Arabic:     {whatlanggo.Arb: true, whatlanggo.Pes: true, whatlanggo.Urd: true},
	unicode.Devanagari: {whatlanggo.Hin: true, whatlanggo.Mar: true, whatlanggo.Nep: true},
}

// mostLetters bounds the letters that tell a script.
const mostLetters = 200

// script is that of at least half of a text's letters; nil if it has fewer than two or no
// script has as many. A text with kana is in that of Japanese, whatever its other letters.
func script(s string) *unicode.RangeTable {
	var counts [len(scripts)]int
	letters, kana := 0, 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		if letters++; letters > mostLetters {
			break
		}
		if r < unicode.MaxLatin1 {
			counts[0]++
			continue
		}
		if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			kana++
			continue
		}
		for k, table := range scripts {
			if unicode.Is(table, r) {
				counts[k]++
				break
			}
		}
	}
	best := 0
	for k, n := range counts {
		if n > counts[best] {
			best = k
		}
	}
	switch {
	case letters < 2:
		return nil
	case kana > 0 && kana+counts[2] >= counts[best]:
		return unicode.Hiragana
	case 2*counts[best] >= letters:
		return scripts[best]
	}
	return nil
}

// renamed are names that are said otherwise than whatlanggo does.
var renamed = map[whatlanggo.Lang]string{
	whatlanggo.Nob: "Norwegian", whatlanggo.Nno: "Norwegian", whatlanggo.Cmn: "Chinese", whatlanggo.Pes: "Persian",
	whatlanggo.Azj: "Azerbaijani", whatlanggo.Ydd: "Yiddish", whatlanggo.Srp: "Serbian", whatlanggo.Hrv: "Croatian",
}

func nameOf(l whatlanggo.Lang) string {
	if name, ok := renamed[l]; ok {
		return name
	}
	return l.String()
}

// Names are the English names of the languages that can be told, in alphabetical order.
func Names() []string {
	names := append(slices.Clone(vocabulary().names), English)
	for l := range whatlanggo.Langs {
		names = append(names, nameOf(l))
	}
	for _, name := range nameOfScript {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Parse returns the English name of the language that a person names by it or by its code
// of ISO 639-1, such as "German" or "de".
func Parse(name string) (string, error) {
	for _, own := range Names() {
		if strings.EqualFold(name, own) {
			return own, nil
		}
	}
	for l := range whatlanggo.Langs {
		if code := l.Iso6391(); code != "" && strings.EqualFold(name, code) {
			return nameOf(l), nil
		}
	}
	if strings.EqualFold(name, "no") {
		return nameOf(whatlanggo.Nob), nil
	}
	return "", fmt.Errorf("unknown language %q: want its name in English or its code, such as German or de", name)
}
