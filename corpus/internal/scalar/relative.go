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
