// Package sentiment measures the feeling a comment expresses, whatever it is
// about. Several engines stand behind one method, listed in Engines.
package sentiment

import (
	"stance/analysis/text"
	"stance/corpus"
)

// Decision is the feeling of one comment.
type Decision struct {
	Polarity corpus.Polarity
	// Valence is in [-1, 1], from wholly negative to wholly positive.
	Valence  float64
	Evidence []text.Evidence
}
