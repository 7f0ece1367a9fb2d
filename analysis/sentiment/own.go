package sentiment

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"

	"stance/analysis/text"
)

// Term is a word or phrase that a user of the program rates.
type Term struct {
	// Words are in lower case and split as the parser splits them: "ca", "n't",
	// "stand".
	Words []string
	// Weight is the feeling, from -4 to 4; 0 says that the term tells none.
	Weight float64
}

// maxTermWeight bounds the weights, as VADER's raters were.
const maxTermWeight = 4

// ReadTerms reads a user's ratings: on each line a term, a tab or comma, and a weight
// from -4 to 4. Empty lines, lines that begin with "#" and a heading whose second
// column is "weight" are passed over. The parser splits the terms. An error begins
// with the number of its line.
func ReadTerms(r io.Reader, p *text.Parser) ([]Term, error) {
	var terms []Term
	seen := map[string]int{}
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(s.Text(), "\uFEFF"))
		if line == "" || line[0] == '#' {
			continue
		}
		t, err := parseTerm(line, p)
		if errors.Is(err, errHeading) && n == 1 {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%d: %w", n, err)
		}
		key := strings.Join(t.Words, " ")
		if first := seen[key]; first > 0 {
			return nil, fmt.Errorf("%d: the term %q stands in line %d already", n, key, first)
		}
		seen[key] = n
		terms = append(terms, t)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("%d: %w", len(seen)+1, err)
	}
	if len(terms) == 0 {
		return nil, errors.New("1: no term")
	}
	return terms, nil
}

// errHeading is the error of a line whose weight is the word "weight".
var errHeading = errors.New(`the weight is "weight", not a number`)

func parseTerm(line string, p *text.Parser) (Term, error) {
	at := strings.LastIndexByte(line, '\t')
	if at < 0 {
		at = strings.LastIndexByte(line, ',')
	}
	if at < 0 {
		return Term{}, errors.New("no tab or comma between term and weight")
	}
	value := strings.TrimSpace(line[at+1:])
	if strings.EqualFold(value, "weight") {
		return Term{}, errHeading
	}
	weight, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(weight) {
		return Term{}, fmt.Errorf("the weight %q is no number", value)
	}
	if math.Abs(weight) > maxTermWeight {
		return Term{}, fmt.Errorf("the weight %v lies outside of %d to %d", weight, -maxTermWeight, maxTermWeight)
	}
	t := Term{Weight: weight}
	doc := p.Parse(strings.Trim(strings.TrimSpace(line[:at]), `"`))
	for i := range doc.Tokens {
		t.Words = append(t.Words, doc.Tokens[i].Lower)
	}
	if len(t.Words) == 0 || strings.IndexFunc(strings.Join(t.Words, ""), unicode.IsControl) >= 0 {
		return Term{}, errors.New("an empty term")
	}
	return t, nil
}
