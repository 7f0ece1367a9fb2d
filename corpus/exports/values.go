package exports

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"stance/corpus"
)

// word is a string that may be written as a number, a boolean or null. Objects and
// arrays are "".
type word string

// UnmarshalJSON takes any value.
func (w *word) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		return json.Unmarshal(b, (*string)(w))
	case 'n', '{', '[':
		*w = ""
	default:
		*w = word(b)
	}
	return nil
}

// id is the word as an identifier: JavaScript's null and zero are none.
func (w word) id() string {
	if w == "0" || w == "false" || w == "null" {
		return ""
	}
	return string(w)
}

// first returns the first word that isn't empty.
func first[S ~string](words ...S) S {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// count is a number of votes or comments, nil if there is none. Sites shorten it:
// "1.2K".
type count struct{ n *int }

// UnmarshalJSON takes a number, a string that is one, or anything else for none.
func (c *count) UnmarshalJSON(b []byte) error {
	var w word
	if err := w.UnmarshalJSON(b); err != nil {
		return err
	}
	if n, ok := number(string(w)); ok {
		c.n = &n
	}
	return nil
}

// value is the number, 0 for none.
func (c count) value() int {
	if c.n == nil {
		return 0
	}
	return *c.n
}

// net is up minus down, nil if there is neither.
func net(up, down count) *int {
	if up.n == nil && down.n == nil {
		return nil
	}
	n := up.value() - down.value()
	return &n
}

func number(s string) (int, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", "")
	factor := 1.0
	switch {
	case strings.HasSuffix(s, "K"), strings.HasSuffix(s, "k"):
		s, factor = s[:len(s)-1], 1e3
	case strings.HasSuffix(s, "M"):
		s, factor = s[:len(s)-1], 1e6
	}
	f, err := strconv.ParseFloat(s, 64)
	f = math.Round(f * factor)
	if err != nil || math.IsNaN(f) || math.Abs(f) > math.MaxInt32 {
		return 0, false
	}
	return int(f), true
}

// yes is a boolean that may be written as a number or a string.
type yes bool

// UnmarshalJSON takes true, 1, "1" and "true" for true.
func (y *yes) UnmarshalJSON(b []byte) error {
	var w word
	err := w.UnmarshalJSON(b)
	*y = w == "true" || w == "1"
	return err
}

// layouts are the ways in which exports write an absolute time. One without a zone
// is in UTC, as their documentations say.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05-0700",
	"01-02-2006 15:04:05", // Universal Reddit Scraper
	"2006-01-02",
	"20060102", // yt-dlp
}

// absolute returns the time that s names: seconds or milliseconds since 1970, or one
// of the layouts.
func absolute(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil {
			return t, 1985 <= t.Year() && t.Year() < 2100
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
	case 1e8 <= f && f < 1e10:
		return time.UnixMilli(int64(math.Round(f * 1000))).UTC(), true
	case 1e11 <= f && f < 1e13:
		return time.UnixMilli(int64(f)).UTC(), true
	}
	return time.Time{}, false
}

// when sets the time of a comment. One that isn't absolute is kept as written.
func when(c *corpus.Comment, written word) {
	if t, ok := absolute(string(written)); ok {
		c.Posted = t
		return
	}
	c.PostedAs = string(written)
}

// dated is the time of an article in the way all are written, or as it is. A day has
// no time.
func dated(written word) string {
	for _, day := range []string{"2006-01-02", "20060102"} {
		if t, err := time.Parse(day, string(written)); err == nil {
			return t.Format("2006-01-02")
		}
	}
	if t, ok := absolute(string(written)); ok {
		return date(t)
	}
	return string(written)
}

// numbered is a number as an identifier, or the other one if it is zero.
func numbered(n int, otherwise word) string {
	if n == 0 {
		return string(otherwise)
	}
	return strconv.Itoa(n)
}
