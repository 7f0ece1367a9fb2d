package corpus

import (
	"fmt"
	"slices"
	"strings"
)

// Stance is what a comment does with the case its article puts forward.
type Stance uint8

// The stances, in the order in which ties are broken and tables are printed.
const (
	Skeptical  Stance = iota // doubts, denies or opposes the case
	Relativist               // normalises, compares, deflects or shifts the blame
	Supportive               // accepts, endorses or amplifies the case
	None                     // takes no stance that can be told
	NumStances = 4
)

var stanceNames = [NumStances]string{"skeptical", "relativist", "supportive", "none"}

// String returns the lower-case English name.
func (s Stance) String() string {
	if int(s) < len(stanceNames) {
		return stanceNames[s]
	}
	return fmt.Sprintf("Stance(%d)", uint8(s))
}

// StanceNames are the names of the stances in their order.
func StanceNames() []string { return slices.Clone(stanceNames[:]) }

// ParseStance returns the stance of that name, in British or American spelling and in
// capitals or not.
func ParseStance(name string) (Stance, error) {
	lower := strings.ToLower(strings.TrimSpace(name))
	if american, british := strings.CutPrefix(lower, "sc"); british {
		lower = "sk" + american
	}
	for i, n := range stanceNames {
		if n == lower {
			return Stance(i), nil
		}
	}
	return None, fmt.Errorf("unknown stance %q: want skeptical, relativist, supportive or none", name)
}

// StanceLabel is a label as written, or the name of the stance that it spells otherwise.
func StanceLabel(label string) string {
	if s, err := ParseStance(label); err == nil {
		return s.String()
	}
	return label
}

// Polarity is the class of the feeling that a text expresses.
type Polarity uint8

// The polarities, in the order in which tables are printed.
const (
	Negative Polarity = iota
	Neutral
	Positive
	NumPolarities = 3
)

var polarityNames = [NumPolarities]string{"negative", "neutral", "positive"}

// String returns the lower-case English name.
func (p Polarity) String() string {
	if int(p) < len(polarityNames) {
		return polarityNames[p]
	}
	return fmt.Sprintf("Polarity(%d)", uint8(p))
}

// PolarityNames are the names of the polarities in their order.
func PolarityNames() []string { return slices.Clone(polarityNames[:]) }

// ParsePolarity returns the polarity of that lower-case name.
func ParsePolarity(name string) (Polarity, error) {
	for i, n := range polarityNames {
		if n == name {
			return Polarity(i), nil
		}
	}
	return Neutral, fmt.Errorf("unknown polarity %q: want negative, neutral or positive", name)
}

// Annotation is what a person decided about a comment. It never mixes with what
// the program judged.
type Annotation struct {
	// Label is the stance as written in the input. It is free text because a
	// model can be trained on any label set; ParseStance reads the usual four.
	Label string `json:"stance"`
	// Sentiment is the polarity as written, "" if it was not annotated.
	Sentiment string `json:"sentiment,omitempty"`
	// Sarcasm is set where the comment means another thing than it says.
	Sarcasm bool `json:"sarcasm,omitempty"`
	// Certainty is 3 for a clear case, 2 likely, 1 a guess, 0 not stated.
	Certainty int `json:"certainty,omitempty"`
}
