package sentiment

import (
	"fmt"
	"strings"
)

// Default is the name of the engine to use unless another is asked for.
const Default = "hybrid"

// EngineInfo describes an engine that [Open] can make.
type EngineInfo struct {
	// Name is lower case and has no spaces: it is given on the command line.
	Name string
	// Doc is one line on what it does and where it fails.
	Doc string
	// TakesTerms says that its user can rate terms for it.
	TakesTerms bool
	// New makes the engine with the terms that its user rates. It may take a while, so
	// it is called only for the engine that was chosen. It fails if there are terms and
	// the engine can't take any.
	New func(terms []Term) (Engine, error)
}

// Engines lists the engines, the default first.
func Engines() []EngineInfo {
	return []EngineInfo{
		{
			Name:       "hybrid",
			Doc:        "a trained model over the words and over what the lexicon engine finds in them; calibrated, says which words weighed",
			TakesTerms: true,
			New:        func(terms []Term) (Engine, error) { return NewHybrid(terms) },
		},
		{
			Name:       "lexicon",
			Doc:        "rated words and phrases with the scope of negation, degree and contrast; says which words weighed",
			TakesTerms: true,
			New:        func(terms []Term) (Engine, error) { return NewLexicon(terms) },
		},
		{
			Name: "vader",
			Doc:  "VADER as ported by govader, for comparison; calls too many comments positive",
			New:  withoutTerms("vader", func() (Engine, error) { return NewVader(), nil }),
		},
		{
			Name: "cdipaolo",
			Doc:  "naive Bayes trained on film reviews, for comparison; never neutral, knows no negation",
			New:  withoutTerms("cdipaolo", func() (Engine, error) { return NewCdipaolo() }),
		},
	}
}

// withoutTerms is for engines whose lists can't be changed.
func withoutTerms(name string, open func() (Engine, error)) func([]Term) (Engine, error) {
	return func(terms []Term) (Engine, error) {
		if len(terms) > 0 {
			return nil, fmt.Errorf("the sentiment engine %s takes no lexicon", name)
		}
		return open()
	}
}

// Open makes the engine of that name with the terms that its user rates, if any. The
// error for an unknown name lists the known ones.
func Open(name string, terms []Term) (Engine, error) {
	var known []string
	for _, e := range Engines() {
		if e.Name == name {
			return e.New(terms)
		}
		known = append(known, e.Name)
	}
	return nil, fmt.Errorf("unknown sentiment engine %q: want one of %s", name, strings.Join(known, ", "))
}
