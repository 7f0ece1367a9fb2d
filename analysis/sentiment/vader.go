package sentiment

import (
	"strings"

	"github.com/jonreiter/govader"

	"stance/analysis/text"
)

// Vader is VADER (Hutto and Gilbert, ICWSM 2014) as ported to Go by
// github.com/jonreiter/govader. Its valence is VADER's compound value, and the
// polarity is cut at ±0.05 as its authors advise. It gives no evidence: the
// library doesn't tell which words it counted.
//
// Two things are put right before it reads, since they aren't its method but its
// table's gaps: a curly apostrophe hides a negation from it, and a skin tone or
// variation selector hides an emoji.
type Vader struct {
	analyzer *govader.SentimentIntensityAnalyzer
	cleaner  *strings.Replacer
}

// NewVader loads the lexicon, which takes some 15 ms.
func NewVader() *Vader {
	return &Vader{
		analyzer: govader.NewSentimentIntensityAnalyzer(),
		cleaner: strings.NewReplacer("’", "'", "\uFE0F", "",
			"\U0001F3FB", "", "\U0001F3FC", "", "\U0001F3FD", "", "\U0001F3FE", "", "\U0001F3FF", ""),
	}
}

// Measure gives the source of doc to VADER.
func (v *Vader) Measure(doc *text.Document, _ *Topic) Decision {
	const bound = 0.05
	valence := v.analyzer.PolarityScores(v.cleaner.Replace(doc.Source)).Compound
	return Decision{Polarity: classify(valence, -bound, bound), Valence: valence}
}
