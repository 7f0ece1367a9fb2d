// Package scalar reads the single values of a record as people and programs write them:
// a time, a count, a truth value. Every saved form reads its cells, fields and attributes
// here, so that the same cell has the same value in each.
//
// What has several meanings has none: a date such as 03/04/2024 is read only when the
// column it stands in tells the order of day and month, and "7.5" is no count. A value
// that isn't understood is reported as such and never guessed.
//
// The words of times (months, weekdays, units, "ago") are data, one file a language.
package scalar

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// The years in which a comment of the Web can have been written: from firstYear until
// the beginning of endYear.
const (
	firstYear = 1985
	endYear   = 2100
)

// Plausible reports whether t is a time at which a comment can have been written.
func Plausible(t time.Time) bool { return firstYear <= t.Year() && t.Year() < endYear }

// Absent reports whether a cell says that there is no value, as programs for statistics
// and databases write it.
func Absent(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "none", "null", "nil", "nan", "na", "n/a", "<na>", "nat", "undefined", `\n`:
		return true
	}
	return false
}

// Truth reads a truth value. It is false, false for anything that isn't one.
func Truth(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "1.0", "true", "yes", "y", "t", "on":
		return true, true
	case "0", "0.0", "false", "no", "n", "f", "off":
		return false, true
	}
	return false, false
}

// countMarks are the ways to write signs and to group digits, as the usual ones. Spaces
// group digits in much of Europe, apostrophes in Switzerland.
var countMarks = strings.NewReplacer("−", "-", "–", "-", "\u00a0", " ", "\u202f", " ", "\u2009", " ", "’", "'")

// scales are the words and letters by which counts are shortened.
var scales = map[string]float64{
	"k": 1e3, "mil": 1e3, "tsd": 1e3, "тыс": 1e3, "tys": 1e3, "tn": 1e3,
	"m": 1e6, "mio": 1e6, "mln": 1e6, "млн": 1e6, "mn": 1e6,
}

// Count reads a whole number of votes, comments or the like: "12", "-3", "+1", "1,234",
// "1.234", "1 234", "7.0" and, as sites shorten it, "1.2K" and "1,2 Mio". Three digits
// behind a mark are thousands. A fraction is no count, and neither is one beyond 2³¹.
func Count(s string) (int, bool) {
	const longest = 24
	if len(s) > 2*longest {
		return 0, false
	}
	s = strings.ToLower(strings.TrimSpace(countMarks.Replace(s)))
	number := strings.TrimRight(s, "kmiolnstdyтысмлн. ")
	scale := strings.Trim(s[len(number):], ". ")
	sign := 1.0
	switch {
	case strings.HasPrefix(number, "-"):
		sign, number = -1, number[1:]
	case strings.HasPrefix(number, "+"):
		number = number[1:]
	}
	number = strings.TrimSpace(number)
	if number == "" || len(number) > longest || strings.Trim(number, "0123456789., '") != "" {
		return 0, false
	}
	factor := 1.0
	if scale != "" {
		known := false
		if factor, known = scales[scale]; !known {
			return 0, false
		}
	}
	f, ok := decimal(number, factor > 1)
	f = sign * math.Round(f*factor*100) / 100
	if !ok || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		return 0, false
	}
	return int(f), true
}

// decimal reads digits with marks between them. The last mark is the decimal one if it
// is another than those before or doesn't have three digits behind it; in a shortened
// number a single mark always is.
func decimal(s string, shortened bool) (float64, bool) {
	const marks = "., '"
	last := strings.LastIndexAny(s, marks)
	if last < 0 {
		f, err := strconv.ParseFloat(s, 64)
		return f, err == nil
	}
	whole, tail := s[:last], s[last+1:]
	mark := s[last]
	first := strings.IndexAny(s, marks)
	thousands := len(tail) == 3 && s[first] == mark && !(shortened && first == last) && s[0] != '0'
	if thousands {
		whole, tail = s, ""
	} else if mark == ' ' || mark == '\'' {
		return 0, false
	}
	digits, ok := grouped(whole)
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(digits+"."+tail, 64)
	return f, err == nil
}

// grouped returns the digits of a number whose groups, but for the first, have three.
func grouped(s string) (string, bool) {
	at := strings.IndexAny(s, "., '")
	if at < 0 {
		return s, s != ""
	}
	if at == 0 || at > 3 {
		return "", false
	}
	groups := strings.Split(s, s[at:at+1])
	for _, g := range groups[1:] {
		if len(g) != 3 || strings.Trim(g, "0123456789") != "" {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
