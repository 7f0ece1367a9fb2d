package sentiment

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"stance/analysis/evaluate"
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
}

// TrainOptions say how Train works. DefaultTraining has what the embedded model was
// made with.
type TrainOptions struct {
	// Polarity and Sarcasm are the options of the two fits.
	Polarity, Sarcasm linear.OnlineOptions
	// Weights are those of the samples of a collection; 1 for one not named.
	Weights map[string]float64
	// Foreign are the collections whose texts are unlike comments. They teach what
	// words mean everywhere, but not how texts by themselves differ.
	Foreign []string
	// Balance weighs a polarity of frequency p within a place by (1/3p)^Balance.
	Balance float64
	// Folds is the number of parts of the cross-validation.
	Folds int
}

// DefaultTraining returns the options chosen on the parts of the collections that are
// kept out of training, and on news threads by cross-validation.
func DefaultTraining() TrainOptions {
	return TrainOptions{
		Polarity: linear.OnlineOptions{Rate: 0.05, Last: 0.2, Epochs: 4, L2: 1e-5, MinExamples: 3},
		Sarcasm:  linear.OnlineOptions{Rate: 0.05, Last: 0.2, Epochs: 4, L2: 1e-5, MinExamples: 3},
		Weights:  map[string]float64{},
		Foreign:  []string{"films", "products"},
		Balance:  0.5,
		Folds:    5,
	}
}

// Validation is what cross-validation measured: every sample was judged by a model
// that had seen no sample of its group.
type Validation struct {
	// Collections are the confusions of the polarities by collection.
	Collections map[string]*evaluate.Confusion
	// ECE is the expected calibration error of the polarities by collection.
	ECE map[string]float64
	// Sarcasm has the probability of the likelier answer for each sample that was
	// asked for it, and whether it was right; SarcasmFound counts the answers.
	Sarcasm      []evaluate.Judged
	SarcasmFound *evaluate.Confusion
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
	t := newTrainer(l, samples, o)
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
	m.Passport.Options = o.passport(c)
	return m, t.measure(polarities, sarcasms, c), nil
}

// passport writes the options and the calibration down.
func (o TrainOptions) passport(c calibration) map[string]string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }
	options := map[string]string{
		optionFeatures:        featureVersion,
		"rate":                number(o.Polarity.Rate),
		"epochs":              strconv.Itoa(o.Polarity.Epochs),
		"l2":                  number(o.Polarity.L2),
		"min-examples":        strconv.Itoa(o.Polarity.MinExamples),
		"balance":             number(o.Balance),
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

// calibration has the divisors of the scores that make them log-odds.
type calibration struct {
	places  [numPlaces]float64
	sarcasm float64
}

// trainer holds the samples as examples.
type trainer struct {
	o       TrainOptions
	samples []Sample
	base    []linear.Vector // the features of each sample
	names   map[uint32]bool // the features of all
	alone   []linear.Vector // those of the lexicon only
	weights []float64
	folds   []int
	sarcasm []int               // the samples that were asked for it
	letters map[uint32][]uint32 // the runs of letters of each word
}

func newTrainer(l *Lexicon, samples []Sample, o TrainOptions) *trainer {
	t := &trainer{o: o, samples: samples, names: map[uint32]bool{}, letters: map[uint32][]uint32{}}
	var f features
	groups := make([]string, len(samples))
	for i := range samples {
		s := &samples[i]
		f.extract(l, &s.Doc, s.Topic, func(uint32) bool { return false })
		t.base = append(t.base, slices.Clone(f.vector))
		for _, x := range f.vector {
			t.names[x.ID] = true
		}
		t.alone = append(t.alone, f.ratings())
		t.noteLetters(&s.Doc)
		if s.Sarcasm != nil {
			t.sarcasm = append(t.sarcasm, i)
		}
		groups[i] = s.Group
	}
	t.folds = foldsOf(groups, o.Folds)
	t.weights = t.weigh()
	return t
}

// ratings are the features of the lexicon alone, under the names of those that a
// user rates: what a rating is worth where no other word is known.
func (f *features) ratings() linear.Vector {
	var v linear.Vector
	for i, m := range f.marks {
		if m.kind == ratedKind {
			c := slices.Index(ratedNames(seedRated), f.vector[i].ID)
			v = append(v, linear.Feature{ID: ratedNames(seedGiven)[c], Value: f.vector[i].Value})
		}
	}
	return v
}

// ratedNames are the features of the cues.
func ratedNames(seed uint32) []uint32 {
	var names []uint32
	for c := range numCues {
		names = append(names, linear.HashByte(seed, byte(c)))
	}
	return names
}

// noteLetters remembers the letters of the words, to be added up in the end.
func (t *trainer) noteLetters(doc *text.Document) {
	for i := range doc.Tokens {
		id := linear.HashString(seedWord, doc.Tokens[i].Lower)
		if _, ok := t.letters[id]; !ok {
			var runs []uint32
			eachRun(doc.Tokens[i].Lower, func(run uint32) { runs = append(runs, run) })
			t.letters[id] = runs
		}
	}
}

// foldsOf keeps the samples of a group together.
func foldsOf(groups []string, k int) []int {
	names := slices.Compact(slices.Sorted(slices.Values(groups)))
	fold := map[string]int{}
	for i, f := range evaluate.Folds(names, k) {
		fold[names[i]] = f
	}
	folds := make([]int, len(groups))
	for i, g := range groups {
		folds[i] = fold[g]
	}
	return folds
}

// register is the place of a sample, numPlaces for a foreign one.
func (t *trainer) register(i int) place {
	if slices.Contains(t.o.Foreign, t.samples[i].Collection) {
		return numPlaces
	}
	return placeOf(t.samples[i].Topic)
}

// weigh gives each sample the weight of its collection, balanced by polarity within
// its register.
func (t *trainer) weigh() []float64 {
	weights := make([]float64, len(t.samples))
	var mass [numPlaces + 1][corpus.NumPolarities]float64
	for i, s := range t.samples {
		w, ok := t.o.Weights[s.Collection]
		if !ok {
			w = 1
		}
		weights[i] = w
		mass[t.register(i)][s.Polarity] += w
	}
	for i, s := range t.samples {
		m := mass[t.register(i)]
		total := m[0] + m[1] + m[2]
		weights[i] *= math.Pow(total/(corpus.NumPolarities*m[s.Polarity]), t.o.Balance)
	}
	return weights
}

// validate returns the scores of every sample, and of every one asked for sarcasm,
// from models that were trained without its fold.
func (t *trainer) validate() (polarities, sarcasms []evaluate.Prediction, err error) {
	polarities = make([]evaluate.Prediction, len(t.samples))
	sarcasms = make([]evaluate.Prediction, len(t.samples))
	plain := calibration{places: [numPlaces]float64{1, 1}, sarcasm: 1}
	for k := range t.o.Folds {
		j, err := t.fit(k, plain)
		if err != nil {
			return nil, nil, err
		}
		for i, fold := range t.folds {
			if fold != k {
				continue
			}
			s := &t.samples[i]
			scores := j.w.Scores(t.base[i])
			first := int(placeOf(s.Topic)) * corpus.NumPolarities
			polarities[i] = evaluate.Prediction{Scores: scores[first : first+corpus.NumPolarities], Truth: int(s.Polarity)}
			if s.Sarcasm != nil {
				sarcasms[i] = evaluate.Prediction{Scores: []float64{0, scores[sarcasmColumn]}, Truth: index(*s.Sarcasm)}
			}
		}
	}
	return polarities, sarcasms, nil
}

func index(v bool) int {
	if v {
		return 1
	}
	return 0
}

// fit trains on all folds but one, -1 for none, and joins the weights to the columns
// of a model, divided by their temperatures.
func (t *trainer) fit(without int, c calibration) (*join, error) {
	polarity, err := linear.TrainOnline(t.polarityExamples(without, t.base), corpus.NumPolarities, t.o.Polarity)
	if err != nil {
		return nil, err
	}
	given, err := linear.TrainOnline(t.polarityExamples(without, t.alone), corpus.NumPolarities, t.o.Polarity)
	if err != nil {
		return nil, err
	}
	sarcasm, err := linear.TrainOnline(t.sarcasmExamples(without), 2, t.o.Sarcasm)
	if err != nil {
		return nil, err
	}
	j := newJoin(c)
	j.polarity(polarity, t.names)
	j.polarity(given, setOf(ratedNames(seedGiven)))
	j.bias(polarity)
	j.sarcasm(sarcasm)
	return j, nil
}

func (t *trainer) polarityExamples(without int, vectors []linear.Vector) []linear.Example {
	var examples []linear.Example
	for i := range t.samples {
		if t.folds[i] != without {
			x := withCopies(vectors[i], t.register(i), t.samples[i].Collection)
			examples = append(examples, linear.Example{X: x, Y: int(t.samples[i].Polarity), Weight: t.weights[i]})
		}
	}
	return examples
}

func (t *trainer) sarcasmExamples(without int) []linear.Example {
	var examples []linear.Example
	for _, i := range t.sarcasm {
		if t.folds[i] != without {
			examples = append(examples, linear.Example{X: t.base[i], Y: index(*t.samples[i].Sarcasm), Weight: 1})
		}
	}
	return examples
}

func setOf(ids []uint32) map[uint32]bool {
	set := map[uint32]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// calibrate fits a temperature for each place and for sarcasm. Foreign texts don't
// count: nobody asks the program about them.
func (t *trainer) calibrate(polarities, sarcasms []evaluate.Prediction) calibration {
	var byPlace [numPlaces][]evaluate.Prediction
	for i, p := range polarities {
		if r := t.register(i); r < numPlaces {
			byPlace[r] = append(byPlace[r], p)
		}
	}
	var asked []evaluate.Prediction
	for _, i := range t.sarcasm {
		asked = append(asked, sarcasms[i])
	}
	c := calibration{sarcasm: evaluate.FitTemperature(asked)}
	for r, list := range byPlace {
		c.places[r] = evaluate.FitTemperature(list)
	}
	return c
}

// measure sums up the cross-validated predictions.
func (t *trainer) measure(polarities, sarcasms []evaluate.Prediction, c calibration) *Validation {
	v := &Validation{
		Collections:  map[string]*evaluate.Confusion{},
		ECE:          map[string]float64{},
		SarcasmFound: evaluate.NewConfusion(2),
	}
	judged := map[string][]evaluate.Judged{}
	for i, s := range t.samples {
		name := s.Collection
		if v.Collections[name] == nil {
			v.Collections[name] = evaluate.NewConfusion(corpus.NumPolarities)
		}
		best, probability := likeliest(polarities[i].Scores, c.places[placeOf(s.Topic)])
		v.Collections[name].Add(polarities[i].Truth, best)
		judged[name] = append(judged[name], evaluate.Judged{Probability: probability, Right: best == polarities[i].Truth})
	}
	for name, list := range judged {
		v.ECE[name] = evaluate.ECE(list)
	}
	for _, i := range t.sarcasm {
		best, probability := likeliest(sarcasms[i].Scores, c.sarcasm)
		v.SarcasmFound.Add(sarcasms[i].Truth, best)
		v.Sarcasm = append(v.Sarcasm, evaluate.Judged{Probability: probability, Right: best == sarcasms[i].Truth})
	}
	return v
}

// likeliest is the class of the highest score and its probability.
func likeliest(scores []float64, temperature float64) (int, float64) {
	p := slices.Clone(scores)
	for c := range p {
		p[c] /= temperature
	}
	linear.Softmax(p)
	best := linear.Best(p)
	return best, p[best]
}
