package table

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// parseVotes returns the number of votes in a cell: "12", "-3", "+1", "1,204",
// "7.0" and, as sites shorten it, "1.2K".
func parseVotes(s string) (int, bool) {
	factor := 1.0
	switch last := s[len(s)-1]; last {
	case 'K', 'k':
		s, factor = s[:len(s)-1], 1e3
	case 'M', 'm':
		s, factor = s[:len(s)-1], 1e6
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	f = math.Round(f*factor*100) / 100
	if err != nil || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		return 0, false
	}
	return int(f), true
}

// timeLayouts are the ways to write a time that have one meaning only. Without a
// zone the time is taken as UTC.
var timeLayouts = []string{
	time.RFC3339,
	"2006-01-02 15:04:05",
	"2006-01-02",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05-0700",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04",
	"2006/01/02 15:04:05",
	"2006/01/02 15:04",
	"2006/01/02",
	"20060102",
	time.RubyDate,
	time.RFC1123,
	time.RFC1123Z,
	time.ANSIC,
	"Jan 2, 2006",
	"January 2, 2006",
	"Jan 2, 2006 3:04 PM",
	"January 2, 2006 3:04 PM",
	"January 2, 2006 at 3:04 pm",
	"2 Jan 2006",
	"2 January 2006",
	"2 Jan 2006 15:04",
	"2.1.2006",
	"2.1.2006 15:04",
	"2.1.2006 15:04:05",
}

// slashTimes are the times of day behind a date with slashes.
var slashTimes = []string{"", " 15:04", " 15:04:05", " 3:04 PM", " 3:04:05 PM"}

// clock reads the times of one column. It tries the layout of the time before
// first, since all are written alike.
type clock struct{ layout string }

// parse returns the time that a cell names beyond doubt.
func (c *clock) parse(s string) (time.Time, bool) {
	if !hasYear(s) {
		return time.Time{}, false
	}
	if t, ok := unixTime(s); ok {
		return t, true
	}
	if t, ok := parseLayout(c.layout, s); ok {
		return t, true
	}
	for _, layout := range timeLayouts {
		if t, ok := parseLayout(layout, s); ok {
			c.layout = layout
			return t, true
		}
	}
	return slashDate(s)
}

// hasYear reports whether four digits stand together, as in every time that is
// not relative.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

func parseLayout(layout, s string) (time.Time, bool) {
	t, err := time.ParseInLocation(layout, s, time.UTC)
	return t, err == nil && inRange(t) && zoned(t, layout)
}

// zoned reports whether a zone given by its letters is one that has one meaning
// only. Package time reads any other as if it were UTC.
func zoned(t time.Time, layout string) bool {
	name, _ := t.Zone()
	return !strings.Contains(layout, "MST") || name == "UTC" || name == "GMT"
}

// slashDate reads a date whose first two numbers are month and day, or day and
// month, if only one of both is possible or both mean the same.
func slashDate(s string) (time.Time, bool) {
	month, okMonth := parseFirst("1/2/2006", s)
	day, okDay := parseFirst("2/1/2006", s)
	switch {
	case okMonth && (!okDay || month.Equal(day)):
		return month, true
	case okDay && !okMonth:
		return day, true
	}
	return time.Time{}, false
}

func parseFirst(date, s string) (time.Time, bool) {
	for _, clock := range slashTimes {
		if t, ok := parseLayout(date+clock, s); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// unixTime reads seconds or milliseconds since 1970, whole or with a fraction,
// if they fall into the years of the Web: any other number means something else.
func unixTime(s string) (time.Time, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return time.Time{}, false
	}
	for _, perSecond := range []int64{1, 1000} {
		if f < 1e8*float64(perSecond) || f >= 1e10*float64(perSecond) {
			continue
		}
		t := time.UnixMilli(int64(math.Round(f * float64(1000/perSecond)))).UTC()
		return t, inRange(t)
	}
	return time.Time{}, false
}

// inRange reports whether t is a time at which a comment can have been written.
func inRange(t time.Time) bool { return 1985 <= t.Year() && t.Year() < 2100 }
