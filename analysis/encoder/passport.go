package encoder

import (
	"slices"

	"stance.example/stance/analysis/aggregate"
)

// Passport says how a model was made: what it began with, what it was trained on, and
// what was measured of it.
type Passport struct {
	// Base is the pretrained model whose weights were the beginning.
	Base Base `json:"base"`
	// Labels are the classes of the stance head, in the order of the probabilities.
	Labels []string `json:"labels"`
	// Options are how it was trained, by name.
	Options map[string]string `json:"options,omitempty"`
	// Sources are the training files.
	Sources []Source `json:"sources,omitempty"`
	// Figures are what was measured of it on sources left out, by name.
	Figures map[string]float64 `json:"figures,omitempty"`
	// SureFrom is the probability of the label shown below which a decision is unsure.
	SureFrom float64 `json:"sure_from"`
	// Reliability is how the probabilities tell the shares of a thread of a source that
	// the model hasn't seen; the zero value if that wasn't measured.
	Reliability aggregate.Reliability `json:"reliability"`
}

// Base is a pretrained model, where it came from and on what terms.
type Base struct {
	Name    string `json:"name"`
	Package string `json:"package"`
	SHA256  string `json:"sha256"` // of its file of weights
	Licence string `json:"licence"`
	Notice  string `json:"notice,omitempty"`
}

// Source is one training file.
type Source struct {
	Name     string `json:"name"`
	SHA256   string `json:"sha256"`
	Threads  int    `json:"threads"`
	Examples int    `json:"examples"`
	Terms    string `json:"terms,omitempty"`
}

// TrainedOn reports whether a file of that hash was one of the training files.
func (e *Encoder) TrainedOn(sum string) bool {
	return slices.ContainsFunc(e.Passport().Sources, func(s Source) bool { return s.SHA256 == sum })
}
