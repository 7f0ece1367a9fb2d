package webpage

import (
	"strconv"
	"strings"
	"time"

	"stance/corpus/plaintext"
)

// timeLayouts are the ways in which attributes write times.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
	time.RFC1123, time.RFC1123Z, "Mon Jan 2 15:04:05 2006 MST", time.ANSIC, "Mon, Jan 2, 2006, 3:04 PM", "2 January 2006 15:04:05",
}

// parseTime reads a time that a page states for programs: one of the usual layouts,
// or seconds or milliseconds since 1970. Without a zone it is taken as UTC. It
// returns the zero time for anything else.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	s, _, _ = strings.Cut(s, ", License")
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil && plausible(t) {
			return t.UTC()
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 9 {
		for n > 1e11 {
			n /= 1000
		}
		if t := time.Unix(n, 0).UTC(); plausible(t) {
			return t
		}
	}
	// Hacker News writes both forms: "2024-05-01T10:00:00 1714557600".
	if first, rest, ok := strings.Cut(s, " "); ok && strings.Contains(first, "T") && !strings.Contains(rest, " ") {
		return parseTime(first)
	}
	return plaintext.ReadLine(s).Posted
}

// plausible reports whether a reader of a web page can have written then.
func plausible(t time.Time) bool { return t.Year() >= 1990 && t.Year() <= 2100 }

// figure reads a text that is a number and at most a word or a sign with it.
func figure(s string) (int, bool) {
	s = strings.Trim(s, " ()[]+▲▼△▽👍👎♥❤·|")
	if s == "" || len(s) > 24 {
		return 0, false
	}
	if r := plaintext.ReadLine(s); r.Votes != nil {
		return *r.Votes, true
	}
	number, _, _ := strings.Cut(s, " ")
	number = strings.NewReplacer(",", "", "−", "-").Replace(number)
	if n, err := strconv.Atoi(number); err == nil {
		return n, true
	}
	if f, err := strconv.ParseFloat(strings.TrimRight(number, "kK"), 64); err == nil && strings.ContainsAny(number, "kK") && f < 1e6 {
		return int(f*1000 + 0.5), true
	}
	return 0, false
}
