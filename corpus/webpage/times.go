package webpage

import (
	"strings"
	"time"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/scalar"
)

// parseTime reads a time that a page states for programs. Hacker News writes it twice:
// "2024-05-01T10:00:00 1714557600". It returns the zero time for anything else.
func parseTime(s string) time.Time {
	s, _, _ = strings.Cut(s, ", License")
	if first, rest, ok := strings.Cut(s, " "); ok && strings.Contains(first, "T") && len(rest) >= 9 && strings.Trim(rest, "0123456789") == "" {
		s = first
	}
	at, _ := scalar.Time(s)
	return at
}

// figure reads a text that is a number and at most a word or a sign with it.
func figure(s string) (int, bool) {
	const longest = 24
	s = strings.Trim(s, " ()[]+▲▼△▽👍👎♥❤·|")
	if s == "" || len(s) > longest {
		return 0, false
	}
	if r := commentline.Read(s); r.Votes != nil {
		return *r.Votes, true
	}
	number, _, _ := strings.Cut(s, " ")
	return scalar.Count(number)
}
