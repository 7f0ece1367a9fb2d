package main

import (
	"fmt"
	"os"

	"stance/analysis/sentiment"
	"stance/analysis/text"
)

// readLexicon reads the user's ratings for a sentiment engine. Ratings for an engine
// that takes none are a usage error.
func readLexicon(name, engine string) ([]sentiment.Term, error) {
	if !takesTerms(engine) {
		return nil, usageError{fmt.Errorf("the sentiment engine %s takes no --lexicon", engine)}
	}
	parser, err := text.NewParser()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, reason(err))
	}
	defer f.Close()
	terms, err := sentiment.ReadTerms(f, parser)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	return terms, nil
}

func takesTerms(engine string) bool {
	for _, e := range sentiment.Engines() {
		if e.Name == engine {
			return e.TakesTerms
		}
	}
	return false
}
