package commentline

import (
	"strings"

	"stance.example/stance/corpus/internal/scalar"
)

// A time on a page is recognised by its grammar, not by one pattern per site:
// every token gets a class letter, and a line is a time if its letters match.
//
//	I ISO time       D date in figures   C clock time    N number
//	M month          W weekday           P a.m., p.m.    p "am" (also a preposition)
//	m month or weekday ("mar")           w weekday or unit ("mo")
//	U unit           G "ago"             B "vor", "hace", "il y a"
//	b "for", "för": as B, with G behind the unit
//	Q "a", "einer", "about"              q "um", "a": Q or a connector
//	R "yesterday"    O "just now"        E "edited"      Z time zone
//	c connectors and punctuation         x anything else
const (
	connectors = `[cpq]*`
	clockTime  = `(?:U?C[Pp]?|N[Pp]|N[U]N?)(?:c?Z)?`
	dayMonth   = `(?:[Wwm]` + connectors + `)?(?:I|D|N` + connectors + `[MmG]` + connectors + `N|` +
		`N` + connectors + `[Mm]|[Mm]` + connectors + `N(?:` + connectors + `N)?)`
	absolute   = `(?:` + dayMonth + `(?:` + connectors + clockTime + `)?|` + clockTime + connectors + dayMonth + `)`
	dayRelated = `(?:(?:R|[Wwm])` + connectors + `(?:C[Pp]?|N[Pp])(?:c?Z)?|R|C[Pp]?` + connectors + `R)`
	relative   = `(?:[QqB]*B[Qqc]*N?[Uw](?:` + connectors + `N[Uw])?|b?(?:[Qqc]*N|[Qq]+)[Uw](?:` + connectors + `N[Uw])?G|O+)`
	weak       = `(?:C[Pp]?(?:c?Z)?|N[Uw])`
	edited     = `(?:` + connectors + `E` + connectors + `)?`
	strong     = `(?:` + absolute + `|` + dayRelated + `|` + relative + `)`
)

var (
	wholeTime  = Pattern(`^` + edited + connectors + strong + connectors + edited + connectors + `$`)
	wholeWeak  = Pattern(`^` + connectors + weak + connectors + edited + connectors + `$`)
	timeSuffix = Pattern(strong + connectors + edited + connectors + `$`)
	weakSuffix = Pattern(weak + connectors + edited + `$`)
	timePrefix = Pattern(`^` + connectors + strong + edited)
)

// strength says how surely some text is a time of writing.
type strength uint8

const (
	notTime    strength = iota
	weakTime            // "21:00", "2h": a time, if its neighbours say so
	strongTime          // a date, or something "ago"
)

// classes returns the class letters of tokens.
func classes(tokens []token) string {
	b := make([]byte, len(tokens))
	for i := range tokens {
		b[i] = tokens[i].class
	}
	return string(b)
}

// isTime says whether the tokens are a time and nothing else.
func isTime(tokens []token) strength {
	if len(tokens) == 0 || len(tokens) > 24 {
		return notTime
	}
	letters := classes(tokens)
	switch {
	case wholeTime().MatchString(letters):
		return strongTime
	case wholeWeak().MatchString(letters):
		return weakTime
	}
	return notTime
}

// endsInTime returns the index of the token at which a time begins that
// reaches to the end of tokens.
func endsInTime(tokens []token) (int, strength) {
	letters := classes(tokens)
	if at := timeSuffix().FindStringIndex(letters); at != nil {
		return at[0], strongTime
	}
	if at := weakSuffix().FindStringIndex(letters); at != nil {
		return at[0], weakTime
	}
	return 0, notTime
}

// timeClass returns the class letter of a folded token.
func timeClass(word string) byte {
	bare := strings.TrimSuffix(word, ".")
	if kind := scalar.KindOf(bare); kind != 0 {
		return classOf(bare, kind)
	}
	first := word[0]
	switch {
	case first >= '0' && first <= '9':
		return figureClass(word)
	case (first == 'a' || first == 'p') && strings.Contains(word, "."):
		return 'P'
	case strings.Contains(",.·•|-–—()/@:[]#~«»", word):
		return 'c'
	}
	return 'x'
}

// kindClasses are the class letters of words by what they can be in a time, in the order
// that decides between several.
var kindClasses = []struct {
	kinds scalar.Kind // all of them
	class byte
}{
	{scalar.Ago, 'G'}, {scalar.Back, 'B'}, {scalar.One | scalar.Clock, 'q'}, {scalar.One | scalar.Link, 'q'}, {scalar.One, 'Q'},
	{scalar.Month | scalar.Weekday, 'm'}, {scalar.Weekday | scalar.Unit, 'w'}, {scalar.HalfDay | scalar.Link, 'p'}, {scalar.HalfDay, 'P'},
	{scalar.Month, 'M'}, {scalar.Weekday, 'W'}, {scalar.Unit, 'U'}, {scalar.Edited, 'E'}, {scalar.Link, 'c'}, {scalar.Clock, 'c'}, {scalar.Label, 'c'},
	{scalar.About, 'Q'}, {scalar.Day, 'R'}, {scalar.Now, 'O'}, {scalar.Zone, 'Z'},
}

// classOf is the class letter of a word that has these kinds.
func classOf(word string, kind scalar.Kind) byte {
	if beforeAgo()[word] {
		return 'b'
	}
	if neverTimes()[word] {
		kind &^= scalar.Month | scalar.Weekday | scalar.Unit | scalar.Ago
	}
	for _, c := range kindClasses {
		if kind&c.kinds == c.kinds {
			return c.class
		}
	}
	return 'x'
}

// figureClass tells apart the tokens that begin with a digit.
func figureClass(word string) byte {
	switch {
	case strings.Trim(word, "0123456789") == "":
		return 'N'
	case isoTime().MatchString(word):
		return 'I'
	case strings.ContainsAny(word, ":h") || strings.Contains(word, " ") && strings.Count(word, ".") == 1 && !figureDate().MatchString(word):
		return 'C'
	}
	return 'D'
}

var (
	isoTime    = Pattern(`^\d{4}-\d{2}-\d{2}[t ]`)
	figureDate = Pattern(`^(\d{1,4})[./-]\s?(\d{1,2})(?:[./-]|\.?,? )(\d{2,4})$`)
)
