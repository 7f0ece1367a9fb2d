package scalar

import (
	"regexp"
	"strings"
	"sync"
)

// A time is told by its grammar, not by one pattern per site or program: every token has a
// class letter, and a line or a cell is a time if its letters match.
//
//	D date in figures   C time of day       n number of one or two digits
//	Y four digits       N other number
//	M month             W weekday           P a.m., p.m.       p "am" (also a preposition)
//	m month or weekday ("mar")              w weekday or unit ("mo")
//	U unit              G "ago"             B "vor", "hace", "il y a"
//	u unit or "uhr"     g "ago" or month    b "for", "för": as B, with G behind the unit
//	Q "a", "einer", "about"                 q "um", "a": Q or a connector
//	R "yesterday"       O "just now"        E "edited"         Z time zone
//	h "Uhr"             c connectors and marks                 x anything else
//
// In the patterns, <role:letters> says what the tokens in a place are to the time, and _
// stands for connectors. Of several alternatives the first that fits is taken.
const (
	zone    = `(?:c?<zone:Z>)?`
	clock   = `(?:[Uu]?<clock:C><half:[Pp]>?[hu]?|<hour:n>(?:<half:[Pp]>|[hu]<minute:n>?))` + zone
	weekday = `(?:<weekday:[Wwm]>_)?`
	date    = weekday + `(?:<figures:D>|` +
		`<day:n>_<month:[Mmg]>_<year:[Yn]>|<month:[Mm]>_<day:n>_<year:[Yn]>|<year:Y>_<month:[Mm]>_<day:n>|` +
		`<day:n>_<month:[Mm]>|<month:[Mm]>_<day:n>|<month:[Mm]>_<year:Y>)(?:_W)?`
	absolute = weekday + `(?:<month:[Mm]>_<day:n>|<day:n>_<month:[Mm]>)_<clock:C>` + zone + `_<year:Y>|` +
		date + `(?:_` + clock + `|` + zone + `)|` + clock + `_` + date
	onADay = `(?:<shift:R>|<weekday:[Wwm]>)_` + clock + `|<shift:R>|<clock:C><half:[Pp]>?_<shift:R>`
	more   = `(?:_<n:[nYN]><unit:[Uuw]>)?`
	back   = `[QqB]*B[Qqc]*<n:[nYN]>?<unit:[Uuw]>` + more + more + `(?:_[Gg])?`
	ago    = `b?(?:(?:[Qq][Qqc]*)?<n:[nYN]>|[Qq]+)<unit:[Uuw]>` + more + more + `_[Gg]`
	strong = `<strong:` + absolute + `|` + onADay + `|` + back + `|` + ago + `|<now:O>O*>`
	weak   = `<weak:<clock:C><half:[Pp]>?[hu]?` + zone + `|<hour:n>[hu]|<n:[nYN]><unit:[Uw]>>`
	either = `(?:` + strong + `|` + weak + `)`
	tail   = `_(?:[EW]_)*$`
)

// The patterns of a whole line or cell, and of the end and the beginning of a line.
var (
	whole  = grammar(`^_(?:E_)?` + either + tail)
	suffix = grammar(either + tail)
	prefix = grammar(`^_` + strong + `(?:_E_)?`)
	// "tunti sitten", which ends sentences too: "That was years ago"
	unitAgo = grammar(`^_<unit:[Uuw]>_[Gg]_$`)
)

// pattern is a pattern over class letters, and the role of each of its groups.
type pattern struct {
	letters *regexp.Regexp
	roles   []string
}

// grammar gives the pattern that a text describes, made at its first use.
func grammar(text string) func() pattern {
	return sync.OnceValue(func() pattern {
		p := pattern{roles: []string{""}}
		text := place.ReplaceAllStringFunc(strings.ReplaceAll(text, "_", "[cpq]*"), func(s string) string {
			if s == ">" {
				return ")"
			}
			p.roles = append(p.roles, strings.Trim(s, "<:"))
			return "("
		})
		p.letters = regexp.MustCompile(text)
		return p
	})
}

var place = regexp.MustCompile(`<[a-z]+:|>`)

// Strength says how surely some tokens are a time of writing.
type Strength uint8

// The strengths.
const (
	NoTime Strength = iota
	Weak            // "21:00", "2h": a time, if its neighbours say so
	Strong          // a date, or something "ago"
)

// WholeTime returns the time that the tokens are, without the connectors and the "edited"
// around it.
func WholeTime(tokens []Token) ([]Token, Strength) {
	const most = 24
	if len(tokens) > most {
		return nil, NoTime
	}
	_, at, _, s := whole().find(tokens)
	return at, s
}

// TimeSuffix returns the tokens before a time that reaches to the end, and the time.
func TimeSuffix(tokens []Token) (before, at []Token, s Strength) {
	before, at, _, s = suffix().find(tokens)
	return before, at, s
}

// TimePrefix returns a time at the start of tokens and the tokens behind it; ok is false for
// a weak one.
func TimePrefix(tokens []Token) (at, after []Token, ok bool) {
	_, at, after, s := prefix().find(tokens)
	return at, after, s == Strong
}

// find returns the tokens before a match of the pattern, those of the time in it, and those
// behind the match.
func (p pattern) find(tokens []Token) (before, at, after []Token, s Strength) {
	groups := p.match(tokens, everyLanguage)
	if groups == nil {
		return nil, nil, nil, NoTime
	}
	for i, role := range p.roles {
		if from, to := groups[2*i], groups[2*i+1]; from >= 0 && (role == "strong" || role == "weak") {
			at, s = tokens[from:to], Weak
			if role == "strong" {
				s = Strong
			}
			for to < groups[1] && tokens[to].Start == tokens[to-1].End && !tokens[to].IsMark() {
				to++ // "January 19th"
				at = tokens[from:to]
			}
		}
	}
	return tokens[:groups[0]], at, tokens[groups[1]:], s
}

// match returns the groups of the pattern, as places among the tokens; nil for no match.
func (p pattern) match(tokens []Token, lang int) []int {
	if len(tokens) == 0 {
		return nil
	}
	letters := make([]byte, len(tokens))
	for i := range tokens {
		t := &tokens[i]
		if letters[i] = t.class; lang != everyLanguage && t.senses != nil {
			letters[i] = classOfKind(kindIn(t.senses, lang))
		}
	}
	return p.letters.FindSubmatchIndex(letters)
}

// classes are the class letters of words by what they can be in a time, in the order that
// decides between several.
var classes = []struct {
	kinds Kind // all of them
	class byte
}{
	{Around, 'b'}, {Ago | Month, 'g'}, {Ago, 'G'}, {Back, 'B'}, {One | Clock, 'q'}, {One | Link, 'q'}, {One, 'Q'},
	{Month | Weekday, 'm'}, {Weekday | Unit, 'w'}, {HalfDay | Link, 'p'}, {HalfDay, 'P'}, {Month, 'M'}, {Weekday, 'W'},
	{Unit | ClockWord, 'u'}, {Unit, 'U'}, {ClockWord, 'h'}, {Edited, 'E'}, {Link, 'c'}, {Clock, 'c'}, {Label, 'c'},
	{About, 'Q'}, {Day, 'R'}, {Now, 'O'}, {Zone, 'Z'},
}

// classOf is the class letter of a folded token in any language.
func classOf(word string, senses []sense) byte {
	if kind := kindIn(senses, everyLanguage); kind != 0 {
		if kind&Rare != 0 {
			kind &^= Month | Weekday | Unit | Ago
		}
		return classOfKind(kind)
	}
	switch first := word[0]; {
	case isDigit(first):
		return classOfFigures(word)
	case (first == 'g' || first == 'u') && isDigit(word[len(word)-1]):
		return 'Z'
	case strings.Contains(",.·•|-–—()/@:[]#~«»", word):
		return 'c'
	}
	return 'x'
}

// classOfKind is the class letter of a word that is of these kinds.
func classOfKind(kind Kind) byte {
	for _, c := range classes {
		if kind&c.kinds == c.kinds {
			return c.class
		}
	}
	return 'x'
}

// classOfFigures tells apart the tokens that begin with a digit.
func classOfFigures(word string) byte {
	switch figures := strings.Trim(word, "0123456789"); {
	case figures == "" && len(word) <= 2:
		return 'n'
	case figures == "" && len(word) == 4:
		return 'Y'
	case figures == "":
		return 'N'
	case strings.IndexByte(":h", figures[0]) >= 0:
		return 'C'
	}
	return 'D'
}
