package sentiment

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"stance/analysis/linear"
	"stance/analysis/text"
	"stance/corpus"
)

// Sample is a text whose feeling people rated.
type Sample struct {
	Doc      text.Document
	Topic    *Topic // nil for a text by itself
	Polarity corpus.Polarity
	Sarcasm  *bool // nil where nobody was asked
	// Collection is where it comes from; the options weigh it by that.
	Collection string
	// Group names what must not be parted between training and test, such as a thread.
	Group string
	// Ties are those of its thread, in which it is the comment At; nil for a text without
	// a thread.
	Ties *Ties
	At   int
}

// TrainOptions say how Train works. DefaultTraining has what the embedded model was
// made with.
type TrainOptions struct {
	// Polarity and Sarcasm are the options of the two fits.
	Polarity, Sarcasm linear.OnlineOptions
	// Weights are those of the samples of a collection; 1 for one not named. Comments
	// weigh more than their number where most texts by themselves are of another kind.
	Weights map[string]float64
	// Foreign are the collections whose texts are unlike comments. They teach what
	// words mean everywhere, but not how texts by themselves differ.
	Foreign []string
	// Alone is the weight of a comment of a thread once more as a text by itself, as
	// which it is judged where the article wasn't saved; 0 for not at all.
	Alone float64
	// Balance weighs a polarity of frequency p within a place by (1/3p)^Balance.
	Balance float64
	// Folds is the number of parts of the cross-validation.
	Folds int
}

// DefaultTraining returns the options chosen on the parts of the collections that are
// kept out of training, and on news threads by cross-validation.
func DefaultTraining() TrainOptions {
	return TrainOptions{
		Polarity: linear.OnlineOptions{Rate: 0.03, Last: 0.1, Epochs: 3, L2: 1e-5, MinExamples: 3, Orders: 3},
		Sarcasm:  linear.OnlineOptions{Rate: 0.03, Last: 0.1, Epochs: 3, L2: 1e-5, MinExamples: 3},
		Weights:  map[string]float64{"reddit-trump": 3, "tiktok-trump": 3, "campuslife": 3},
		Alone:    0.2,
		Foreign:  []string{"films", "products"},
		Balance:  0.5,
		Folds:    5,
	}
}

// Train makes a model from the samples and measures it by cross-validation, which
// also calibrates it.
func Train(samples []Sample, o TrainOptions) (*linear.Model, *Validation, error) {
	if o.Folds < 2 || len(samples) < o.Folds {
		return nil, nil, fmt.Errorf("%d samples don't make %d folds", len(samples), o.Folds)
	}
	l, err := NewLexicon(nil)
	if err != nil {
		return nil, nil, err
	}
	t := newTrainer(l, withAlone(samples, o.Alone), o)
	if len(t.sarcasm) == 0 {
		return nil, nil, errors.New("no sample was asked for sarcasm")
	}
	polarities, sarcasms, err := t.validate()
	if err != nil {
		return nil, nil, fmt.Errorf("cross-validating: %w", err)
	}
	c := t.calibrate(polarities, sarcasms)
	j, err := t.fit(-1, c)
	if err != nil {
		return nil, nil, err
	}
	j.fold(t.letters)
	m := linear.NewModel(Labels(), j.w)
	judged, usual := t.settle(polarities, c)
	m.Passport.Options = o.passport(c)
	m.Passport.Options[optionUsual] = formatUsual(usual)
	return m, t.measure(judged, sarcasms, c), nil
}

// alone ends the name of a collection whose comments are taken without their
// article.
const alone = ", without the article"

// withAlone adds the comments of threads as texts by themselves.
func withAlone(samples []Sample, weight float64) []Sample {
	all := slices.Clone(samples)
	for _, s := range samples {
		if weight > 0 && s.Topic != nil {
			s.Topic, s.Sarcasm, s.Collection = nil, nil, s.Collection+alone
			all = append(all, s)
		}
	}
	return all
}

// passport writes the options and the calibration down.
func (o TrainOptions) passport(c calibration) map[string]string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }
	options := map[string]string{
		optionFeatures:        featureVersion,
		"rate":                number(o.Polarity.Rate),
		"epochs":              strconv.Itoa(o.Polarity.Epochs),
		"orders":              strconv.Itoa(o.Polarity.Orders),
		"l2":                  number(o.Polarity.L2),
		"min-examples":        strconv.Itoa(o.Polarity.MinExamples),
		"balance":             number(o.Balance),
		"alone":               number(o.Alone),
		"folds":               strconv.Itoa(o.Folds),
		"temperature sarcasm": number(c.sarcasm),
	}
	for p, name := range placeNames {
		options["temperature "+name] = number(c.places[p])
	}
	for name, w := range o.Weights {
		options["weight "+name] = number(w)
	}
	return options
}
