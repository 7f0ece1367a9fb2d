package sentiment

import (
	"math"

	"stance/analysis/text"
)

// Lexicon measures feeling by rated words and the rules of their scope. The
// ratings are VADER's, corrected and completed for readers' comments by the lists
// under terms; the rules are our own.
//
// Weights of its evidence are on VADER's scale, about -4 to 4 for a word. Their
// sum x over a text of n tokens gives the valence x/√(x²+n+5).
type Lexicon struct {
	terms terms
	emoji map[rune]*term
	rules rules
}

// NewLexicon returns the engine with its built-in lists. It fails only if one of
// them is malformed.
func NewLexicon() (*Lexicon, error) {
	ts, err := loadTerms(lists)
	if err != nil {
		return nil, err
	}
	emoji, err := loadEmoji(lists)
	if err != nil {
		return nil, err
	}
	return &Lexicon{terms: ts, emoji: emoji, rules: defaultRules()}, nil
}

// Measure adds up the evidence. A comment without any is neutral with valence 0.
func (l *Lexicon) Measure(doc *text.Document) Decision {
	evidence := l.Evidence(nil, doc)
	sum := 0.0
	for i := range evidence {
		sum += evidence[i].Weight
	}
	valence := squash(sum, len(doc.Tokens))
	return Decision{
		Polarity: classify(valence, l.rules.negativeBelow, l.rules.positiveAbove),
		Valence:  valence,
		Evidence: evidence,
	}
}

// Evidence appends to dst the words of doc that carry feeling, in the order of
// the text, each with its weight after all rules. A span begins at the word that
// modifies it where that stands close: "not very good" is one piece.
func (l *Lexicon) Evidence(dst []text.Evidence, doc *text.Document) []text.Evidence {
	tokens, v := doc.Tokens, voice{tokens: doc.Tokens}
	for start := 0; start < len(tokens); {
		end := start + 1
		for end < len(tokens) && tokens[end].Sentence == tokens[start].Sentence {
			end++
		}
		// A line that begins with ">" repeats another reader's words.
		if tokens[start].Text != ">" {
			dst = l.sentence(dst, &v, tokens[start:end])
		}
		start = end
	}
	return dst
}

// squash maps a sum of weights into (-1, 1), or to ±1 where it is too large for
// the difference to be told. The longer a text, the more feeling it takes: chance
// mentions add up to about the root of their number.
func squash(sum float64, tokens int) float64 {
	const softness = 5 // so that one mild word alone doesn't decide
	return sum / math.Sqrt(sum*sum+float64(tokens)+softness)
}
