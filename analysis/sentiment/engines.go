package sentiment

import (
	"fmt"
	"strings"
)

// Default is the name of the engine to use unless another is asked for.
const Default = "lexicon"

// EngineInfo describes an engine that [Open] can make.
type EngineInfo struct {
	// Name is lower case and has no spaces: it is given on the command line.
	Name string
	// Doc is one line on what it does and where it fails.
	Doc string
	// New makes the engine. It may take a while, so it is called only for the
	// engine that was chosen.
	New func() (Engine, error)
}

// Engines lists the engines, the default first.
func Engines() []EngineInfo {
	return []EngineInfo{
		{
			Name: "lexicon",
			Doc:  "rated words and phrases with the scope of negation, degree and contrast; says which words weighed",
			New:  func() (Engine, error) { return NewLexicon() },
		},
		{
			Name: "vader",
			Doc:  "VADER as ported by govader, for comparison; calls too many comments positive",
			New:  func() (Engine, error) { return NewVader(), nil },
		},
		{
			Name: "cdipaolo",
			Doc:  "naive Bayes trained on film reviews, for comparison; never neutral, knows no negation",
			New:  func() (Engine, error) { return NewCdipaolo() },
		},
	}
}

// Open makes the engine of that name. The error for an unknown name lists the
// known ones.
func Open(name string) (Engine, error) {
	var known []string
	for _, e := range Engines() {
		if e.Name == name {
			return e.New()
		}
		known = append(known, e.Name)
	}
	return nil, fmt.Errorf("unknown sentiment engine %q: want one of %s", name, strings.Join(known, ", "))
}
