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
	words *vocabulary
}

// NewLexicon returns the engine with its built-in lists, in which the given terms
// override those of the same words. It fails only if a list is malformed.
func NewLexicon(given []Term) (*Lexicon, error) {
	ts, err := loadTerms(lists, given)
	if err != nil {
		return nil, err
	}
	emoji, err := loadEmoji(lists)
	if err != nil {
		return nil, err
	}
	l := &Lexicon{terms: ts, emoji: emoji, rules: defaultRules()}
	l.words = newVocabulary(l, nil)
	return l, nil
}

// Measure adds up the rated words. A comment without any is neutral with valence 0.
// What the article is about doesn't matter to it.
func (l *Lexicon) Measure(doc *text.Document, _ *Topic) Decision {
	return l.decide(doc, l.ratedIn(doc))
}

// Justify is Measure with the rated words.
func (l *Lexicon) Justify(doc *text.Document, _ *Topic) Decision {
	rated := l.ratedIn(doc)
	d := l.decide(doc, rated)
	for _, r := range rated {
		d.Evidence = append(d.Evidence, r.evidence(doc))
	}
	return d
}

func (l *Lexicon) ratedIn(doc *text.Document) []feeling {
	return l.rate(nil, doc, l.words.known.Append(nil, doc.Tokens))
}

// decide decides by the rated words of a comment.
func (l *Lexicon) decide(doc *text.Document, rated []feeling) Decision {
	var d Decision
	sum := 0.0
	for _, r := range rated {
		sum += r.weight
		if r.given {
			d.Given++
		}
	}
	d.Valence = squash(sum, len(doc.Tokens))
	d.Polarity = classify(d.Valence, l.rules.negativeBelow, l.rules.positiveAbove)
	return d
}

// rate appends to dst the words of doc that carry feeling, in the order of the
// text, each with its weight after all rules. One begins at the word that modifies
// it where that stands close: "not very good" is one piece. Quoted lines hold none.
// words are parallel to the tokens.
func (l *Lexicon) rate(dst []feeling, doc *text.Document, words []*lexeme) []feeling {
	tokens, v := doc.Tokens, voice{tokens: doc.Tokens}
	for start := 0; start < len(tokens); {
		end := start + 1
		for end < len(tokens) && tokens[end].Sentence == tokens[start].Sentence {
			end++
		}
		if !doc.Quoted(start) {
			dst = l.sentence(dst, &v, tokens[start:end], words[start:end], start)
		}
		start = end
	}
	return dst
}

// evidence is the piece as a span of the comment.
func (r feeling) evidence(doc *text.Document) text.Evidence {
	return text.Evidence{
		Span:   text.Span{Start: doc.Tokens[r.from].Start, End: doc.Tokens[r.to-1].End},
		Cue:    cueNames[r.cue],
		Weight: r.weight,
	}
}

// squash maps a sum of weights into (-1, 1), or to ±1 where it is too large for
// the difference to be told. The longer a text, the more feeling it takes: chance
// mentions add up to about the root of their number.
func squash(sum float64, tokens int) float64 {
	const softness = 5 // so that one mild word alone doesn't decide
	return sum / math.Sqrt(sum*sum+float64(tokens)+softness)
}
