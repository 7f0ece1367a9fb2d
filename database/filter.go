package database

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Filter chooses threads. The zero value chooses all.
type Filter struct {
	// Where holds conditions that must all hold, but of several on one field only
	// one must.
	Where []Condition
	// Since and Until bound the day of a thread, YYYY-MM-DD, both included; "" is no
	// bound. With a bound, threads whose day isn't known are left out.
	Since, Until string
	// Key chooses the one thread of that key, 0 any; see Key.
	Key int64
}

// Condition holds for threads whose field is the value, or matches it where the
// value has *, ? or [ of a glob.
type Condition struct{ Field, Value string }

// fields are what a condition can be about, and the column of each.
var fields = []struct{ name, column string }{
	{"site", "t.site"},
	{"format", "t.format"},
	{"source", "t.source"},
	{"path", "i.path"},
	{"thread", "t.thread"},
	{"title", "t.title"},
	{"url", "t.url"},
}

// Fields returns the names that a condition can have.
func Fields() []string {
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	return names
}

// ParseCondition reads FIELD=VALUE.
func ParseCondition(s string) (Condition, error) {
	field, value, ok := strings.Cut(s, "=")
	if !ok {
		return Condition{}, fmt.Errorf("want FIELD=VALUE, not %q", s)
	}
	if !slices.Contains(Fields(), field) {
		return Condition{}, fmt.Errorf("unknown field %q: want one of %s", field, strings.Join(Fields(), ", "))
	}
	return Condition{field, value}, nil
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (string, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("want a day as YYYY-MM-DD, not %q", s)
	}
	return s, nil
}

// clause is the WHERE clause over threads t and inputs i, with its arguments.
func (f Filter) clause() (string, []any) {
	terms := []string{"TRUE"}
	var args []any
	for _, field := range fields {
		var either []string
		for _, c := range f.Where {
			if c.Field != field.name {
				continue
			}
			operator := "="
			if strings.ContainsAny(c.Value, "*?[") {
				operator = "GLOB"
			}
			either = append(either, fmt.Sprintf("coalesce(%s, '') %s ?", field.column, operator))
			args = append(args, c.Value)
		}
		if either != nil {
			terms = append(terms, "("+strings.Join(either, " OR ")+")")
		}
	}
	if f.Key != 0 {
		terms = append(terms, "t.id = ?")
		args = append(args, f.Key)
	}
	for _, bound := range []struct{ operator, day string }{{">=", f.Since}, {"<=", f.Until}} {
		if bound.day != "" {
			terms = append(terms, "t.dated "+bound.operator+" ?")
			args = append(args, bound.day)
		}
	}
	return "WHERE " + strings.Join(terms, " AND "), args
}
