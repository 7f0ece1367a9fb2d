package plaintext

import (
	"strconv"
	"strings"
	"time"
)

// absoluteTime is the time of writing if the tokens state a date with its year
// without doubt, in UTC because pages don't say their zone; otherwise zero.
func absoluteTime(tokens []token) time.Time {
	var day, month, year int
	hour, minute := -1, 0
	for i := range tokens {
		w := tokens[i].word
		switch {
		case tokens[i].class == 'I':
			return isoMoment(w)
		case tokens[i].class == 'C':
			hour, minute = clock(w)
		case tokens[i].class == 'P' || w == "am" && hour >= 0:
			hour = halfDay(hour, w)
		case w == "h" && hour < 0 && i > 0 && tokens[i-1].class == 'N': // "9 h 12"
			hour, _ = strconv.Atoi(tokens[i-1].word)
			if i+1 < len(tokens) {
				minute, _ = strconv.Atoi(tokens[i+1].word)
			}
		case monthOf(w) > 0 && month == 0:
			month = monthOf(w)
		case tokens[i].class == 'N':
			n, _ := strconv.Atoi(w)
			switch {
			case len(w) == 4 && year == 0:
				year = n
			case n >= 1 && n <= 31 && day == 0:
				day = n
			}
		case tokens[i].class == 'D':
			day, month, year = figures(w)
		}
	}
	if day == 0 || month == 0 || year < 1980 || year > 2100 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, max(hour, 0), minute, 0, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}
	}
	return t
}

func isoMoment(word string) time.Time {
	word = strings.ToUpper(word)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, word); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func clock(word string) (hour, minute int) {
	parts := strings.FieldsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) < 2 {
		return -1, 0
	}
	hour, _ = strconv.Atoi(parts[0])
	minute, _ = strconv.Atoi(parts[1])
	if hour > 23 || minute > 59 {
		return -1, 0
	}
	return hour, minute
}

// halfDay applies a.m. or p.m.
func halfDay(hour int, word string) int {
	switch {
	case hour < 0:
		return hour
	case word[0] == 'p' && hour < 12:
		return hour + 12
	case word[0] == 'a' && hour == 12:
		return 0
	}
	return hour
}

// figures reads a date in figures where the order is without doubt: year first, or
// dots between, or a day above twelve.
func figures(word string) (day, month, year int) {
	parts := strings.FieldsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) != 3 {
		return 0, 0, 0
	}
	var n [3]int
	for i, part := range parts {
		n[i], _ = strconv.Atoi(part)
	}
	switch {
	case len(parts[0]) == 4:
		return n[2], n[1], n[0]
	case len(parts[2]) != 4:
		return 0, 0, 0
	case strings.Contains(word, ".") || n[0] > 12:
		return n[0], n[1], n[2]
	case n[1] > 12:
		return n[1], n[0], n[2]
	}
	return 0, 0, 0
}
