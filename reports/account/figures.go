package account

import (
	"fmt"
	"maps"
	"math"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/structure"
	"stance.example/stance/corpus"
)

// Form is how a figure is written.
type Form uint8

const (
	Count   Form = iota // "nine", "44", "none"
	Counted             // a count with its noun: "nine comments", "no comment"
	Percent             // "44 per cent"
	Bare                // percent without the words: "44"
	Decimal             // "2.4"
)

// write returns a figure in its form.
func (f Form) write(value float64, noun string) string {
	switch f {
	case Counted:
		return spelled(value) + " " + plural(noun, value != 1)
	case Percent:
		return strconv.Itoa(int(math.Round(100*value))) + " per cent"
	case Bare:
		return strconv.Itoa(int(math.Round(100 * value)))
	case Decimal:
		return strconv.FormatFloat(value, 'f', 1, 64)
	}
	if value == 0 {
		return "none"
	}
	return spelled(value)
}

// plural is the noun in its number. Nouns that don't end in s in the plural are given
// as both: "reply/replies".
func plural(noun string, many bool) string {
	one, more, both := strings.Cut(noun, "/")
	switch {
	case !many:
		return one
	case both:
		return more
	}
	return noun + "s"
}

// mostSpelled is the largest count that is written in words.
const mostSpelled = 12

// spelled writes a count as newspapers do: in words up to twelve, with commas from a
// thousand.
func spelled(value float64) string {
	n := int(value)
	if n >= 0 && n <= mostSpelled {
		return [mostSpelled + 1]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}[n]
	}
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// figures are the aggregates of a thread by name.
func figures(r *analysis.Result) map[string]float64 {
	s := &r.Summary
	f := map[string]float64{
		"comments": float64(s.Comments), "readers": float64(s.Authors), "removed": float64(s.Removed),
		"judged": float64(s.Judged()), "unsure": float64(s.Unsure), "unknown": float64(s.Unknown),
		"announced": float64(r.Thread.DeclaredComments), "label.size": float64(labelSize(r)),
	}
	if i := mostLiked(r); i >= 0 {
		f["votes"] = float64(*r.Thread.Comments[i].Votes)
	}
	shareFigures(f, "", s.Stance)
	for k := range s.Stance {
		name := "stance." + corpus.Stance(k).String()
		for p, n := range s.Cross[k] {
			f[name+"."+corpus.Polarity(p).String()] = float64(n)
		}
	}
	for p, n := range s.Polarity {
		f["polarity."+corpus.Polarity(p).String()] = float64(n)
	}
	for i, a := range r.Actors {
		f[fmt.Sprintf("actor.%d", i)] = float64(a.All.Comments)
	}
	if x := r.Examination; x != nil {
		maps.Copy(f, structureFigures(&x.Structure))
		for k, list := range x.Distinctive {
			for i, w := range list {
				name := fmt.Sprintf("words.%s.%d", corpus.Stance(k), i)
				f[name+".with"], f[name+".without"] = float64(w.With), float64(w.Without)
			}
		}
	}
	return f
}

// shareFigures adds the shares by name.
func shareFigures(f map[string]float64, prefix string, shares [corpus.NumStances]aggregate.Share) {
	for k, share := range shares {
		name := prefix + "stance." + corpus.Stance(k).String()
		f[name+".count"], f[name+".share"] = float64(share.Count), share.Share
		f[name+".low"], f[name+".high"] = share.Low, share.High
	}
}

func structureFigures(s *structure.Structure) map[string]float64 {
	f := map[string]float64{
		"replies.pairs": float64(s.Replies.Pairs), "replies.opposing": float64(s.Replies.Opposing),
		"replies.expected": s.Replies.Expected,
	}
	for given, row := range s.Replies.Table {
		for to, n := range row {
			f[fmt.Sprintf("replies.%s.%s", corpus.Stance(given), corpus.Stance(to))] = float64(n)
		}
	}
	for half, counts := range s.Drift.Halves {
		for k, n := range counts {
			f[fmt.Sprintf("half.%d.%s", half+1, corpus.Stance(k))] = float64(n)
		}
	}
	return f
}

// figure is an aggregate in its form.
func (s *sources) figure(source string, form Form, noun string) Statement {
	value := s.figures[source]
	return Statement{{Kind: Figure, Source: source, Value: value, Form: form, Noun: noun, Text: form.write(value, noun)}}
}

// count is an aggregate with its noun: "nine comments".
func (s *sources) count(source, noun string) Statement { return s.figure(source, Counted, noun) }

// bounds is the interval of a stance's share: "from 10 to 83 per cent".
func (s *sources) bounds(k corpus.Stance, format string) Statement {
	name := "stance." + k.String()
	return compose(format, s.figure(name+".low", Bare, ""), s.figure(name+".high", Percent, ""))
}
