package scalar

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"stance.example/stance/corpus/internal/wordfile"
)

// Kind is what a word can be in a time. Some words are several: "mar" is a month and a
// weekday.
type Kind uint32

// The kinds of words.
const (
	Month     Kind = 1 << iota // "March"
	Weekday                    // "Monday"
	Unit                       // "hours"
	Ago                        // "ago", behind a unit
	Back                       // "vor", "il y a", before a unit
	One                        // "a", "einem"
	About                      // "about"
	Day                        // "today", "yesterday"
	Now                        // "just now"
	HalfDay                    // "am", "pm"
	Clock                      // "at", "kl.": a time of day follows
	ClockWord                  // "Uhr": a time of day stands before
	Around                     // "for", "för", before a unit that has "ago" behind it
	Rare                       // of a language in which the word is far more often something else
	Link                       // "of", "the", "th"
	Label                      // "posted", "date"
	Edited                     // "edited"
	Zone                       // "UTC", "CEST"
)

// KindOf returns what a word in lower case can be in a time, in any of the languages known;
// 0 if nothing.
func KindOf(word string) Kind {
	return kindIn(vocabulary()[word], everyLanguage)
}

// kindIn returns all that senses are in a language, or in any if that is everyLanguage.
func kindIn(senses []sense, lang int) Kind {
	var all Kind
	for i := range senses {
		if senses[i].in(lang) {
			all |= senses[i].kind
		}
	}
	return all
}

// sense is one meaning of a word in one language.
type sense struct {
	lang uint8
	kind Kind
	span span
	// value is the number of the month or the weekday, the days back, the hours of the
	// half day, or the minutes east of Greenwich.
	value int
}

// in reports whether the meaning is one in a language; every one is in everyLanguage.
func (s *sense) in(lang int) bool {
	return lang == everyLanguage || s.lang == everyLanguage || int(s.lang) == lang
}

// span is a length of time as calendars count it.
type span struct {
	years, months, days int
	length              time.Duration
}

// before returns the moment n spans before t.
func (s span) before(t time.Time, n int) time.Time {
	return t.AddDate(-n*s.years, -n*s.months, -n*s.days).Add(-time.Duration(n) * s.length)
}

// The rows of a language's file: a word of this list, and the words for it.
var rows = map[string]sense{
	"second": {kind: Unit, span: span{length: time.Second}},
	"minute": {kind: Unit, span: span{length: time.Minute}},
	"hour":   {kind: Unit, span: span{length: time.Hour}},
	"day":    {kind: Unit, span: span{days: 1}},
	"week":   {kind: Unit, span: span{days: 7}},
	"month":  {kind: Unit, span: span{months: 1}},
	"year":   {kind: Unit, span: span{years: 1}},
	"ago":    {kind: Ago}, "before": {kind: Back}, "one": {kind: One}, "about": {kind: About}, "now": {kind: Now},
	"today": {kind: Day}, "yesterday": {kind: Day, value: 1}, "eve": {kind: Day, value: 2},
	"am": {kind: HalfDay}, "pm": {kind: HalfDay, value: 12},
	"clock": {kind: Clock}, "clockword": {kind: ClockWord}, "around": {kind: Around}, "rare": {kind: Rare},
	"link": {kind: Link}, "label": {kind: Label}, "edited": {kind: Edited},
}

// zones are the names of zones with one meaning, in minutes east of Greenwich: those of
// RFC 5322, section 4.3, and those of Europe. Others mean different zones on different
// continents.
var zones = map[string]int{
	"utc": 0, "gmt": 0, "z": 0, "ut": 0,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"wet": 0, "bst": 60, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "aest": 600, "aedt": 660,
}

//go:embed words/*.txt
var files embed.FS

// everyLanguage marks what is no word of one language.
const everyLanguage = 255

// vocabulary returns the senses of all words, by the word in lower case. The words of a
// phrase are joined by "-".
var vocabulary = sync.OnceValue(func() map[string][]sense {
	all := map[string][]sense{}
	for name, minutes := range zones {
		all[name] = []sense{{lang: everyLanguage, kind: Zone, value: minutes}}
	}
	languages := map[string]uint8{}
	wordfile.Each(files, func(language, row string, words []string) {
		if _, known := languages[language]; !known {
			languages[language] = uint8(len(languages))
		}
		s := rowSense(row)
		if s.lang = languages[language]; s.kind == HalfDay {
			s.lang = everyLanguage
		}
		for _, word := range words {
			all[word] = append(all[word], s)
		}
	})
	return all
})

// rowSense is what the words of a row mean.
func rowSense(name string) sense {
	if s, ok := rows[name]; ok {
		return s
	}
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(m.String(), name) {
			return sense{kind: Month, value: int(m)}
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), name) {
			return sense{kind: Weekday, value: int(d)}
		}
	}
	panic(fmt.Sprintf("unknown row %q in a file of words", name)) // a test reads them all
}
