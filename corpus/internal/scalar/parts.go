package scalar

import (
	"iter"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// parts are what a cell says of a time.
type parts struct {
	lang                       int   // in which it is read
	order                      Order // of the column, and then of this date
	year, month, day           int   // 0 for unknown
	clock                      bool
	hour, minute, second, nano int
	zone                       *time.Location // nil for unknown
	weekday                    int            // -1 for unknown
	spans                      []spans
	shifted                    bool // "yesterday", or "today"
	shift                      int  // in days back
	now                        bool
}

// spans is a number of units.
type spans struct {
	n    int
	unit span
}

// readings returns what a cell may say in each of the languages that have all its words,
// or in all together if none has.
func readings(s string, o Order) iter.Seq[parts] {
	return func(yield func(parts) bool) {
		const longest = 120
		if len(s) > longest {
			return
		}
		tokens := Tokens(strings.Join(strings.Fields(directionMarks.Replace(s)), " "))
		in := languages(tokens)
		if in == 0 || in == ^uint32(0) {
			if p := (parts{lang: everyLanguage, order: o, weekday: -1}); p.read(tokens) {
				yield(p)
			}
			return
		}
		for ; in != 0; in &= in - 1 {
			if p := (parts{lang: bits.TrailingZeros32(in), order: o, weekday: -1}); p.read(tokens) && !yield(p) {
				return
			}
		}
	}
}

var directionMarks = strings.NewReplacer("\u200e", "", "\u200f", "")

// read takes from tokens what they say in the language, by the role of each in the grammar.
func (p *parts) read(tokens []Token) bool {
	for _, pattern := range []pattern{whole(), unitAgo()} {
		groups := pattern.match(tokens, p.lang)
		if groups == nil {
			continue
		}
		for i, role := range pattern.roles {
			if take := roles[role]; take != nil && groups[2*i] >= 0 && !take(p, &tokens[groups[2*i]]) {
				return false
			}
		}
		return true
	}
	return false
}

// roles take what a token says in its role. They return false for what can't be.
var roles = map[string]func(*parts, *Token) bool{
	"figures": (*parts).figures,
	"clock":   (*parts).timeOfDay,
	"year":    func(p *parts, t *Token) bool { return p.setYear(t.Word) },
	"month":   func(p *parts, t *Token) bool { p.month = t.value(p.lang, Month); return true },
	"weekday": func(p *parts, t *Token) bool { p.weekday = t.value(p.lang, Weekday); return true },
	"day":     func(p *parts, t *Token) bool { p.day = t.number(); return true },
	"hour":    func(p *parts, t *Token) bool { p.clock, p.hour = true, t.number(); return p.hour < 24 },
	"minute":  func(p *parts, t *Token) bool { p.minute = t.number(); return p.minute < 60 },
	"half": func(p *parts, t *Token) bool {
		if p.hour <= 12 {
			p.hour = p.hour%12 + t.value(everyLanguage, HalfDay)
		}
		return true
	},
	"zone":  (*parts).setZone,
	"shift": func(p *parts, t *Token) bool { p.shifted, p.shift = true, t.value(p.lang, Day); return true },
	"now":   func(p *parts, _ *Token) bool { p.now = true; return true },
	"n": func(p *parts, t *Token) bool {
		const most = 9999
		p.spans = append(p.spans, spans{n: t.number()})
		return 0 < t.number() && t.number() <= most
	},
	"unit": func(p *parts, t *Token) bool {
		if len(p.spans) == 0 { // "an hour"
			p.spans = []spans{{n: 1}}
		}
		s, _ := t.sense(p.lang, Unit)
		p.spans[len(p.spans)-1].unit = s.span
		return true
	},
}

// number is the value of digits, at most nine of them.
func (t *Token) number() int {
	n, _ := strconv.Atoi(t.Word[:min(9, len(t.Word))])
	return n
}

// value is the value of what the token means in a language.
func (t *Token) value(lang int, kind Kind) int {
	s, _ := t.sense(lang, kind)
	return s.value
}

// setYear takes a year of four or two digits.
func (p *parts) setYear(digits string) bool {
	p.year, _ = strconv.Atoi(digits)
	switch {
	case len(digits) == 4:
	case len(digits) != 2:
		return false
	case 1900+p.year >= firstYear:
		p.year += 1900
	default:
		p.year += 2000
	}
	return true
}

// numbers returns the digits of a text that stand together.
func numbers(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !('0' <= r && r <= '9') })
}

// figures reads a date in figures: the year first, or the day before or behind the month.
func (p *parts) figures(t *Token) bool {
	f := numbers(t.Word)
	if strings.Contains(t.Word, "月") || len(f[0]) == 4 {
		if len(f[0]) == 4 {
			p.setYear(f[0])
			f = f[1:]
		}
		p.month, _ = strconv.Atoi(f[0])
		p.day, _ = strconv.Atoi(f[1])
		return true
	}
	first, _ := strconv.Atoi(f[0])
	second, _ := strconv.Atoi(f[1])
	return p.setYear(f[2]) && p.dayAndMonth(first, second, strings.Contains(t.Word, "."))
}

// dayAndMonth tells the day from the month, if that is without doubt: one can be no month,
// both are the same, dots stand between, or the column tells.
func (p *parts) dayAndMonth(first, second int, dotted bool) bool {
	column := p.order
	p.order = UnknownOrder
	switch {
	case first > 12:
		p.order, column = DayFirst, DayFirst
	case second > 12:
		p.order, column = MonthFirst, MonthFirst
	case dotted || first == second:
		column = DayFirst
	}
	p.day, p.month = first, second
	if column == MonthFirst {
		p.month, p.day = first, second
	}
	return column != UnknownOrder
}

// timeOfDay reads a time of day in figures, with the offset of its zone.
func (p *parts) timeOfDay(t *Token) bool {
	figures, offset := t.Word, ""
	if at := strings.IndexAny(figures, "+−-"); at > 0 {
		figures, offset = figures[:at], figures[at:]
	}
	f := numbers(figures)
	into := []*int{&p.hour, &p.minute, &p.second, &p.nano}
	if len(f) == len(into) {
		f[3] = (f[3] + "00000000")[:9]
	}
	for i := range f {
		*into[i], _ = strconv.Atoi(f[i])
	}
	p.clock = true
	return p.hour < 24 && p.minute < 60 && p.second < 60 && (offset == "" || p.setOffset(offset))
}

// setZone takes the name of a zone, the offset behind it, or both.
func (p *parts) setZone(t *Token) bool {
	if at := strings.IndexAny(t.Word, "+−-"); at > 0 {
		return p.setOffset(t.Word[at:])
	}
	p.zone = time.FixedZone("", t.value(everyLanguage, Zone)*60)
	return true
}

// setOffset takes an offset such as "+02:00", "-0500" or "+2".
func (p *parts) setOffset(s string) bool {
	const most = 15 * 60
	digits := strings.Join(numbers(s), "")
	minutes, _ := strconv.Atoi(digits)
	if len(digits) > 2 {
		minutes = minutes/100*60 + minutes%100
	} else {
		minutes *= 60
	}
	sign := 60
	if s[0] != '+' {
		sign = -60
	}
	p.zone = time.FixedZone("", sign*minutes)
	return minutes <= most
}

// absolute is the moment that the parts name, if they do.
func (p *parts) absolute() (time.Time, bool) {
	if p.year == 0 || p.month == 0 || p.day == 0 {
		return time.Time{}, false
	}
	t, ok := p.date(p.year, p.month, p.day, time.UTC)
	return t.UTC(), ok && Plausible(t)
}

// backFrom is the moment that the parts mean at a time, if they are relative to it.
func (p *parts) backFrom(at time.Time) (t time.Time, ok bool) {
	year, month, day := at.Date()
	switch {
	case p.now:
		return at, true
	case len(p.spans) > 0:
		for _, s := range p.spans {
			at = s.unit.before(at, s.n)
		}
		return at, true
	case p.shifted && !p.clock:
		return at.AddDate(0, 0, -p.shift), true
	case p.shifted:
		return p.moment(year, int(month), day-p.shift, at.Location()), true
	case p.year > 0:
	case p.month > 0 && p.day > 0:
		if t, ok = p.date(year, p.month, p.day, at.Location()); t.After(at.AddDate(0, 0, 1)) {
			t, ok = p.date(year-1, p.month, p.day, at.Location())
		}
		return t, ok
	case p.weekday >= 0 && p.clock:
		back := (int(at.Weekday()) - p.weekday + 7) % 7
		if t = p.moment(year, int(month), day-back, at.Location()); t.After(at) {
			t = t.AddDate(0, 0, -7)
		}
		return t, true
	}
	return time.Time{}, false
}

// date is as moment, for a day that has to be one of the calendar.
func (p *parts) date(year, month, day int, place *time.Location) (time.Time, bool) {
	t := p.moment(year, month, day, place)
	return t, t.Day() == day && int(t.Month()) == month
}

// moment is the time of day of the parts on a day, midnight without one. A zone of the parts
// wins over the place.
func (p *parts) moment(year, month, day int, place *time.Location) time.Time {
	if p.zone != nil {
		place = p.zone
	}
	return time.Date(year, time.Month(month), day, p.hour, p.minute, p.second, p.nano, place)
}

// languages returns the bits of the languages that have all the words.
func languages(tokens []Token) uint32 {
	all := ^uint32(0)
	for i := range tokens {
		if len(tokens[i].senses) == 0 || tokens[i].IsNumber() {
			continue
		}
		var in uint32
		for _, s := range tokens[i].senses {
			if s.lang == everyLanguage {
				in = ^uint32(0)
			} else {
				in |= 1 << s.lang
			}
		}
		all &= in
	}
	return all
}
