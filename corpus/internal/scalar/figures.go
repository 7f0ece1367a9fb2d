package scalar

// figures reads what begins with digits: a date, a time of day, a number of units, a day,
// a year.
func (r *reader) figures() int {
	for _, read := range []func() int{r.figureDate, r.timeOfDay, r.span} {
		if n := read(); n > 0 {
			return n
		}
	}
	t, p := r.peek(0), &r.parts
	switch {
	case r.is(1, "年") && len(t.text) == 4:
		p.year = t.number
	case r.is(1, "月") && len(t.text) <= 2:
		p.month = t.number
	case len(t.text) == 4 && p.year == 0:
		p.year = t.number
	case len(t.text) <= 2 && p.day == 0 && t.number >= 1 && t.number <= 31:
		p.day = t.number
	case len(t.text) == 2 && p.day > 0 && p.month > 0 && p.year == 0:
		p.year = century(t.number)
	default:
		return 0
	}
	return 1
}

// century completes a year of two digits.
func century(year int) int {
	if 1900+year >= firstYear {
		return 1900 + year
	}
	return 2000 + year
}

// figureDate reads a date in figures and returns the number of its tokens: the year first,
// or the day before or behind the month.
func (r *reader) figureDate() int {
	p := &r.parts
	sep := r.peek(1).text
	spaced := sep == "." // "1. 5. 2024"
	if p.day > 0 || p.month > 0 || sep != "-" && sep != "/" && sep != "." || !r.is(3, sep) || !r.number(0, 4) || !r.number(2, 2) || !r.number(4, 4) {
		return 0
	}
	for i := 1; i <= 4; i++ {
		if !r.peek(i).glued && !(spaced && i%2 == 0) {
			return 0
		}
	}
	first, second, third := r.peek(0), r.peek(2), r.peek(4)
	switch {
	case len(first.text) == 4 && len(third.text) <= 2:
		p.year, p.month, p.day = first.number, second.number, third.number
	case len(first.text) > 2 || len(third.text) != 4 && len(third.text) != 2:
		return 0
	default:
		if p.year = third.number; len(third.text) == 2 {
			p.year = century(third.number)
		}
		if !r.dayAndMonth(first.number, second.number, sep) {
			return 0
		}
	}
	if p.month < 1 || p.month > 12 || p.day < 1 || p.day > 31 {
		return 0
	}
	return 5
}

// dayAndMonth tells the day from the month, if that is without doubt: one can be no month,
// both are the same, dots stand between, or the column tells.
func (r *reader) dayAndMonth(first, second int, sep string) bool {
	p := &r.parts
	order := r.order
	switch {
	case first > 12:
		order = DayFirst
		p.order = order
	case second > 12:
		order = MonthFirst
		p.order = order
	case sep == "." || first == second:
		order = DayFirst
	}
	switch order {
	case DayFirst:
		p.day, p.month = first, second
	case MonthFirst:
		p.month, p.day = first, second
	default:
		return false
	}
	return true
}

// timeOfDay reads "10:03", "10:03:41.98", "9 h 12", "14.05" where a clock was announced or
// the date stands before, and an hour with its half of the day. It returns the number of
// tokens, half day included.
func (r *reader) timeOfDay() int {
	p := &r.parts
	if p.clock || !r.number(0, 2) {
		return 0
	}
	hour, n := r.peek(0).number, 0
	sep := r.peek(1).text
	minutes := r.number(2, 2) && len(r.peek(2).text) == 2 && r.peek(2).glued && r.peek(1).glued
	switch {
	case minutes && (sep == ":" || sep == "h"):
		n = 3
	case minutes && sep == "." && (r.dotted || p.day > 0 && p.month > 0 || r.announcedBehind(3)):
		n = 3
	case sep == "h" && r.number(2, 2) && p.day > 0:
		n = 3
	case sep == "h" && p.day > 0 && p.month > 0:
		n = 2
	}
	if n == 3 {
		p.minute = r.peek(2).number
		n += r.seconds(n, sep)
	}
	half, isHalf := r.peek(max(n, 1)).sense(r.lang, HalfDay)
	switch {
	case isHalf && hour <= 12 && hour > 0:
		n = max(n, 1) + 1
		hour = hour%12 + half.value
	case n == 0 && r.announcedBehind(1) && !r.agoBehind(2):
		n = 2
	}
	if n == 0 || hour > 23 || p.minute > 59 || p.second > 59 {
		p.minute, p.second, p.nano = 0, 0, 0
		return 0
	}
	p.clock, p.hour = true, hour
	return n
}

// seconds reads the seconds n places on and their fraction, and returns the number of tokens.
func (r *reader) seconds(n int, sep string) int {
	if sep == "h" || !r.is(n, sep) || !r.number(n+1, 2) || !r.peek(n).glued || !r.peek(n+1).glued {
		return 0
	}
	r.parts.second = r.peek(n + 1).number
	point := r.peek(n + 2)
	if point.text != "." && point.text != "," && point.text != ":" || !point.glued || !r.number(n+3, 9) || !r.peek(n+3).glued {
		return 2
	}
	fraction := r.peek(n + 3)
	r.parts.nano = fraction.number
	for range 9 - len(fraction.text) {
		r.parts.nano *= 10
	}
	return 4
}

// announcedBehind reports whether the token n places on says that a time of day stands
// before it, as "Uhr" does.
func (r *reader) announcedBehind(n int) bool {
	t := r.peek(n)
	return t.text == "uhr" || t.text == "uur"
}

// agoBehind reports whether the token n places on says that units stand before it.
func (r *reader) agoBehind(n int) bool {
	_, ago := r.peek(n).sense(r.lang, Ago)
	return ago
}

// span reads a number of units.
func (r *reader) span() int {
	const most = 9999
	t := r.peek(0)
	unit, ok := r.peek(1).sense(r.lang, Unit)
	n := 2
	if !ok && r.is(1, ".") && !r.peek(1).glued {
		return 0
	}
	if _, month := r.peek(1).sense(r.lang, Month); !ok || month && r.parts.month == 0 || t.number == 0 || t.number > most {
		return 0
	}
	r.parts.spans = append(r.parts.spans, spans{t.number, unit.span})
	return n
}
