package scalar

import (
	"iter"
	"math/bits"
)

// parts are what a cell says of a time.
type parts struct {
	year, month, day           int // 0 for unknown
	order                      Order
	clock                      bool
	hour, minute, second, nano int
	zoned                      bool
	offset                     int // of the zone, in minutes
	weekday                    int // -1 for unknown
	spans                      []spans
	shifted                    bool // "yesterday", or "today"
	shift                      int  // in days back
	now, back                  bool
}

// spans is a number of units.
type spans struct {
	n    int
	unit span
}

// relative reports whether the parts count from the moment of reading.
func (p *parts) relative() bool { return len(p.spans) > 0 || p.shifted || p.now || p.back }

// readings returns what a cell may say in each of the languages that have all its words,
// or in all together if none has.
func readings(s string, o Order) iter.Seq[parts] {
	return func(yield func(parts) bool) {
		tokens, ok := tokenize(s)
		if !ok || len(tokens) == 0 {
			return
		}
		in := languages(tokens)
		if in == 0 || in == ^uint32(0) {
			r := reader{tokens: tokens, lang: everyLanguage, order: o}
			if p, ok := r.read(); ok {
				yield(p)
			}
			return
		}
		for ; in != 0; in &= in - 1 {
			r := reader{tokens: tokens, lang: bits.TrailingZeros32(in), order: o}
			if p, ok := r.read(); ok && !yield(p) {
				return
			}
		}
	}
}

// reader reads tokens into parts, from left to right.
type reader struct {
	tokens []token
	lang   int
	order  Order
	at     int
	parts  parts
	dotted bool // a clock was announced, so "14.05" is one
}

// read returns the parts of all tokens, false if one doesn't fit.
func (r *reader) read() (parts, bool) {
	r.parts.weekday = -1
	for r.at < len(r.tokens) {
		n := 0
		switch r.tokens[r.at].class {
		case digits:
			n = r.figures()
		case word:
			n = r.word()
		default:
			n = r.mark()
		}
		if n == 0 {
			return parts{}, false
		}
		r.at += n
	}
	return r.parts, true
}

// peek returns the token i places on, an empty mark behind the end.
func (r *reader) peek(i int) *token {
	if r.at+i < len(r.tokens) {
		return &r.tokens[r.at+i]
	}
	return &token{}
}

// is reports whether the token i places on is this mark or word.
func (r *reader) is(i int, text string) bool { return r.peek(i).text == text }

// number reports whether the token i places on is digits, at most so many.
func (r *reader) number(i, most int) bool {
	t := r.peek(i)
	return t.class == digits && len(t.text) <= most
}

// mark reads a mark or the offset of a zone.
func (r *reader) mark() int {
	t := r.peek(0)
	if !r.parts.clock || r.parts.zoned && r.parts.offset != 0 || t.text != "+" && t.text != "-" && t.text != "−" || !r.peek(1).glued || !r.number(1, 4) {
		if t.text == "+" {
			return 0
		}
		return 1
	}
	sign, hours := 1, r.peek(1)
	if t.text != "+" {
		sign = -1
	}
	n, minutes := 2, 0
	switch {
	case len(hours.text) == 4:
		minutes = hours.number/100*60 + hours.number%100
	case len(hours.text) == 2 && r.is(2, ":") && r.number(3, 2):
		n, minutes = 4, hours.number*60+r.peek(3).number
	case len(hours.text) == 2 || r.parts.zoned:
		minutes = hours.number * 60
	default:
		return 1
	}
	if minutes > 15*60 {
		return 0
	}
	r.parts.zoned, r.parts.offset = true, sign*minutes
	return n
}

// word reads a word.
func (r *reader) word() int {
	t, p := r.peek(0), &r.parts
	if t.text == "t" && t.glued && r.peek(1).class == digits && p.day > 0 {
		return 1
	}
	if s, ok := t.sense(r.lang, One); ok && s.kind == One {
		if unit, ok := r.peek(1).sense(r.lang, Unit); ok {
			p.spans = append(p.spans, spans{1, unit.span})
			return 2
		}
	}
	switch s, _ := t.sense(r.lang, Month|Weekday|Day|Now|Zone|Ago|Back|Clock|HalfDay); s.kind {
	case Month, Weekday:
		return r.named()
	case Day:
		p.shifted, p.shift = true, s.value
	case Now:
		p.now = true
	case Zone:
		p.zoned, p.offset = true, s.value
	case Ago, Back:
		p.back = true
	case Clock:
		r.dotted = true
	case HalfDay:
		if !p.clock || p.hour > 12 {
			return 0
		}
		p.hour = p.hour%12 + s.value
	default:
		return r.lesser()
	}
	return 1
}

// named reads a month or a weekday, which some languages shorten alike.
func (r *reader) named() int {
	t, p := r.peek(0), &r.parts
	month, isMonth := t.sense(r.lang, Month)
	day, isDay := t.sense(r.lang, Weekday)
	switch {
	case isMonth && isDay && r.monthFollows():
		p.weekday = day.value
	case isMonth && p.month == 0:
		p.month = month.value
	case isDay && p.weekday < 0:
		p.weekday = day.value
	default:
		return 0
	}
	return 1
}

// monthFollows reports whether a later token is a month.
func (r *reader) monthFollows() bool {
	for i := r.at + 1; i < len(r.tokens); i++ {
		if _, ok := r.tokens[i].sense(r.lang, Month); ok {
			return true
		}
	}
	return false
}

// lesser reads the words that carry nothing. A unit alone stands for one if it is said to
// be ago, as in Finnish.
func (r *reader) lesser() int {
	t := r.peek(0)
	if unit, ok := t.sense(r.lang, Unit); ok {
		if _, ago := r.peek(1).sense(r.lang, Ago); ago || r.parts.back {
			r.parts.spans = append(r.parts.spans, spans{1, unit.span})
			return 1
		}
	}
	if _, ok := t.sense(r.lang, Link|Label|About|Edited|One); ok {
		return 1
	}
	return 0
}
