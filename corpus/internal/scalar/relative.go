package scalar

import (
	"strings"
	"time"
)

// Relative returns the moment that a time such as "2 hours ago", "vor einem Tag", "i går
// kl. 14.05", "Friday 5 pm" or "March 5" means when it is read at a time: the latest such
// moment up to then. It is as coarse as it is told. It is false for anything else, an
// absolute time among them.
func Relative(at time.Time, s string) (time.Time, bool) {
	if at.IsZero() {
		return time.Time{}, false
	}
	for p := range readings(strings.TrimSpace(s), UnknownOrder) {
		if t, ok := p.backFrom(at); ok && Plausible(t) {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// backFrom is the moment that the parts mean at a time, if they are relative to it.
func (p *parts) backFrom(at time.Time) (time.Time, bool) {
	year, month, day := at.Date()
	switch dated := p.day > 0 || p.month > 0 || p.year > 0; {
	case p.year > 0:
	case len(p.spans) > 0 && !dated && !p.clock && !p.shifted:
		for _, s := range p.spans {
			at = s.unit.before(at, s.n)
		}
		return at, true
	case p.now && !dated && !p.clock && !p.shifted && len(p.spans) == 0:
		return at, true
	case p.shifted && !dated && len(p.spans) == 0:
		if !p.clock {
			return at.AddDate(0, 0, -p.shift), true
		}
		return p.date(year, int(month), day-p.shift, at.Location()), true
	case p.weekday >= 0 && !dated && p.clock && len(p.spans) == 0:
		back := (int(at.Weekday()) - p.weekday + 7) % 7
		t := p.date(year, int(month), day-back, at.Location())
		if t.After(at) {
			t = t.AddDate(0, 0, -7)
		}
		return t, true
	case p.month > 0 && p.day > 0 && !p.relative():
		t := p.date(year, p.month, p.day, at.Location())
		if t.After(at.AddDate(0, 0, 1)) {
			t = p.date(year-1, p.month, p.day, at.Location())
		}
		return t, t.Day() == p.day
	}
	return time.Time{}, false
}
