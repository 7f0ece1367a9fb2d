package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// A name alone may mislead: Jigsaw's "target" is a number, a "label" is mostly another
// classifier's, and a "source" may be a person or a client. The values of some rows decide.

// weigh gives up the columns whose values aren't those of their field.
func (c *columns) weigh(sample [][]string) {
	if c.has(Text) {
		c.entities = escaped(valuesOf(sample, c.at[Text]))
		c.titled = c.either(Title, Text, sample)
	}
	if c.has(Sentiment) {
		c.signed = signed(valuesOf(sample, c.at[Sentiment]))
	}
	for _, f := range []Field{Case, Stance, Source, Parent} {
		if c.fixed(f) || !c.has(f) {
			continue
		}
		values := valuesOf(sample, c.at[f])
		if f == Source {
			c.weighSource(values, sample)
		} else if why := c.unfit(f, values, sample); why != "" {
			c.refused = append(c.refused, refusal{c.at[f], f, why})
			c.at[f] = -1
		}
	}
}

// either reports whether each row has one of two fields and never both, and some have the first.
func (c *columns) either(first, second Field, sample [][]string) bool {
	n := 0
	for _, row := range sample {
		has := !scalar.Absent(c.cell(row, first))
		if has == !scalar.Absent(c.cell(row, second)) {
			return false
		}
		if has {
			n++
		}
	}
	return n > 0 && n < len(sample)
}

// unfit says why the values of a column aren't those of its field, "" if they may be.
func (c *columns) unfit(f Field, values []string, sample [][]string) string {
	name := c.names[c.at[f]]
	switch f {
	case Case:
		if len(values) > 0 && !slices.ContainsFunc(values, worded) {
			return "its values are no claims"
		}
	case Stance:
		if parts := nameParts(name); slices.Contains(parts, "label") && !slices.Contains(parts, "stance") && !mostly(values, isStanceWord) {
			return "its values are no stances"
		}
	case Parent:
		ids := valuesOf(sample, max(c.at[ID], 0))
		if known().odd[strings.ToLower(name)] == Parent && !(c.has(ID) && answer(values, ids)) {
			return "its values are no IDs of comments"
		}
	}
	return ""
}

// answer reports whether values are IDs, or "0" for none.
func answer(values, ids []string) bool {
	known := map[string]bool{"0": true}
	for _, id := range ids {
		known[id] = true
	}
	return mostly(values, func(v string) bool { return known[v] })
}

// weighSource gives up a source that differs from row to row of one thread: it is the
// person where there is no other, or the client.
func (c *columns) weighSource(values []string, sample [][]string) {
	if len(values) < 2 || !slices.ContainsFunc(values, func(v string) bool { return v != values[0] }) {
		return
	}
	in := map[string]string{}
	for _, row := range sample {
		thread := c.cell(row, Thread) + "\x00" + c.cell(row, URL) + "\x00" + c.cell(row, Title)
		source := strings.TrimSpace(c.cell(row, Source))
		if known, met := in[thread]; met && known != source {
			at := c.at[Source]
			c.at[Source] = -1
			if !c.fixed(Author) && !c.has(Author) && mostly(values, isPersonal) {
				c.at[Author] = at
				return
			}
			c.refused = append(c.refused, refusal{at, Source, "it differs within a thread"})
			return
		}
		in[thread] = source
	}
}

// valuesOf returns the values in a column of some rows, without the empty ones.
func valuesOf(sample [][]string, column int) []string {
	var values []string
	for _, row := range sample {
		if column < len(row) && !scalar.Absent(row[column]) {
			values = append(values, strings.TrimSpace(row[column]))
		}
	}
	return values
}

// mostly reports whether nine of ten values are so, and there is one.
func mostly(values []string, is func(string) bool) bool {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n > 0 && n*10 >= len(values)*9
}

// worded reports whether a value has a word, not only a number.
func worded(v string) bool {
	_, err := strconv.ParseFloat(v, 64)
	return err != nil && strings.ContainsFunc(v, unicode.IsLetter)
}

// isStanceWord reports whether a value is a stance, in the words of this program or of
// published collections.
func isStanceWord(v string) bool {
	if _, err := corpus.ParseStance(strings.ToLower(v)); err == nil {
		return true
	}
	return lists("position", strings.TrimPrefix(strings.ToLower(v), "in "))
}

// isPersonal reports whether a value could be a person's name: a few words, the first with
// a capital, and neither an address nor a number in it.
func isPersonal(v string) bool {
	const most = 4
	first, _ := utf8.DecodeRuneInString(v)
	return unicode.IsUpper(first) && len(strings.Fields(v)) <= most && !strings.ContainsAny(v, "/.<>0123456789:")
}

// refers reports whether the values of a column are IDs of other rows: nine of ten, or half of them where
// some are to be expected. Short ones, which may be counts, must be those of earlier rows. What the first
// row has may be what all are about.
func refers(rows [][]string, column int, ids []string, expected bool) bool {
	const short = 3
	n, known := 0, 0
	first := valuesOf(rows[:min(1, len(rows))], column)
	for i := range ids {
		values := valuesOf(rows[i:i+1], column)
		if len(values) == 0 || slices.Contains([]string{"0", "-1", "root"}, values[0]) {
			continue
		}
		at := max(slices.Index(ids, values[0]), slices.Index(ids, strings.TrimSuffix(values[0], ".0")))
		if at < 0 && slices.Equal(values, first) {
			continue
		}
		n++
		if at >= 0 && at != i && (at < i || len(values[0]) > short) {
			known++
		}
	}
	return known > 0 && (10*known >= 9*n || expected && 2*known >= n)
}

// handle is a name as people choose one for a site.
var handle = regexp.MustCompile(`^@?\p{L}[\p{L}\d._-]{1,30}$`)

// isHandle reports whether a value could be such a name, and no identifier.
func isHandle(v string) bool {
	const most = 4 // digits of a name
	return handle.MatchString(v) && strings.Count(v, "-") < most && len(strings.FieldsFunc(v, func(r rune) bool { return !unicode.IsDigit(r) })) < most
}

// signs are the polarities as numbers, in a column that has no others and a negative one.
var signs = map[string]corpus.Polarity{
	"-1": corpus.Negative, "-1.0": corpus.Negative, "0": corpus.Neutral, "0.0": corpus.Neutral, "1": corpus.Positive, "1.0": corpus.Positive,
}

// signed reports whether the values are the polarities as numbers.
func signed(values []string) bool {
	negative := false
	for _, v := range values {
		p, ok := signs[v]
		if !ok {
			return false
		}
		negative = negative || p == corpus.Negative
	}
	return negative
}

// feeling is a sentiment in the program's word for it. It is false for any other value.
func (c *columns) feeling(v string) (string, bool) {
	lower := strings.ToLower(v)
	if _, err := corpus.ParsePolarity(lower); err == nil {
		return lower, true
	}
	for _, p := range []corpus.Polarity{corpus.Negative, corpus.Neutral, corpus.Positive} {
		if lists(p.String(), lower) {
			return p.String(), true
		}
	}
	if p, ok := signs[lower]; c.signed && ok {
		return p.String(), true
	}
	return v, false
}

// likelyText names the column with the longest texts, for a message; "" if there is
// none with sentences.
func likelyText(names []string, sample [][]string) string {
	best, longest := "", 0
	for i, name := range names {
		n, spaces := 0, 0
		for _, v := range valuesOf(sample, i) {
			n += len(v)
			spaces += strings.Count(v, " ")
		}
		if n > longest && spaces >= 2*len(sample) {
			best, longest = name, n
		}
	}
	if strings.ContainsAny(best, " '\"") {
		best = fmt.Sprintf("%q", best)
	}
	return best
}
