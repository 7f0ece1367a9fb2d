package scalar

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Order is the order of day and month in the dates of a column that are figures only.
type Order uint8

// The orders.
const (
	UnknownOrder Order = iota
	DayFirst
	MonthFirst
)

// Time reads a time that has one meaning: seconds or milliseconds since 1970, an ISO time
// or date, or a date and a time of day as people write them, in any language known. One
// without a zone is taken as UTC, one without a time of day as its midnight. The result is
// in UTC.
func Time(s string) (time.Time, bool) { return UnknownOrder.Time(s) }

// Time is as the function, for a column whose order of day and month is known.
func (o Order) Time(s string) (time.Time, bool) {
	t, _ := o.read(s)
	return t, !t.IsZero()
}

// Published returns the time of an article in the way all are written: an RFC 3339 time in
// UTC, a date if the cell has no time of day, and the cell itself if it isn't understood.
func Published(s string) string {
	s = strings.TrimSpace(s)
	t, p := UnknownOrder.read(s)
	switch {
	case t.IsZero():
		return s
	case p.clock:
		return t.Format(time.RFC3339)
	}
	return t.Format(time.DateOnly)
}

// Column reads the times of one column, and learns from those that can be read in one way
// only in which order the others have day and month. The zero value is ready.
type Column struct{ dayFirst, monthFirst int }

// Time is as the function Time. A cell with two meanings isn't read: Order tells more when
// the whole column was seen.
func (c *Column) Time(s string) (time.Time, bool) {
	t, p := UnknownOrder.read(s)
	if !t.IsZero() {
		switch p.order {
		case DayFirst:
			c.dayFirst++
		case MonthFirst:
			c.monthFirst++
		}
	}
	return t, !t.IsZero()
}

// Order is the order of day and month that all cells seen so far allow.
func (c *Column) Order() Order {
	switch {
	case c.dayFirst > 0 && c.monthFirst == 0:
		return DayFirst
	case c.monthFirst > 0 && c.dayFirst == 0:
		return MonthFirst
	}
	return UnknownOrder
}

// read returns the time that a cell names, the zero time if there is none, and its parts.
func (o Order) read(s string) (time.Time, parts) {
	s = strings.TrimSpace(s)
	if in, ok := strings.CutPrefix(s, "/Date("); ok { // milliseconds of programs in .NET; the zone behind them changes nothing
		in, _, _ = strings.Cut(in, ")")
		s, _, _ = strings.Cut(in, "+")
	}
	if t, ok := compact(s); ok {
		return t, parts{clock: len(s) != len("20060102")}
	}
	if t, ok := exported(s); ok {
		return t, parts{clock: true}
	}
	if !hasYear(s) {
		return time.Time{}, parts{}
	}
	// Programs in JavaScript name the zone again, in words.
	if at := strings.LastIndexByte(s, '('); at > 0 && strings.HasSuffix(s, ")") && strings.Contains(s[:at], "GMT") {
		s = s[:at]
	}
	for p := range readings(s, o) {
		if t, ok := p.absolute(); ok {
			return t, p
		}
	}
	return time.Time{}, parts{}
}

// exported reads a time as most exports write it, which package time does far faster.
func exported(s string) (time.Time, bool) {
	var layouts []string
	switch {
	case len(s) >= len(time.DateTime) && s[4] == '-':
		layouts = []string{time.RFC3339, time.DateTime}
	case len(s) == len(time.RubyDate):
		layouts = []string{time.RubyDate} // Twitter's
	case len(s) > len("Mon, ") && s[3] == ',':
		layouts = []string{"Mon, 02 Jan 2006 15:04:05 GMT", time.RFC1123Z} // of feeds
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && Plausible(t) {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// hasYear reports whether two digits stand together, as in every date.
func hasYear(s string) bool {
	for i := 1; i < len(s); i++ {
		if isDigit(s[i]) && isDigit(s[i-1]) {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// compact reads a number alone: a date of eight digits, or seconds, milliseconds or
// microseconds since 1970, whole or with a fraction, if they fall into the years of the
// Web. Any other number means something else.
func compact(s string) (time.Time, bool) {
	if len(s) < 8 || len(s) > 24 || strings.Trim(s, "0123456789.eE+") != "" {
		return time.Time{}, false
	}
	if len(s) == 8 {
		t, err := time.Parse("20060102", s)
		return t, err == nil && Plausible(t)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return time.Time{}, false
	}
	for _, perSecond := range []float64{1, 1e3, 1e6} {
		if f < 1e8*perSecond || f >= 1e10*perSecond {
			continue
		}
		t := time.UnixMicro(int64(math.Round(f * (1e6 / perSecond)))).UTC()
		return t, Plausible(t)
	}
	return time.Time{}, false
}
