package sentiment

import (
	"math"
	"slices"
	"strings"

	"stance/analysis/evaluate"
	"stance/analysis/linear"
	"stance/analysis/text"
	"stance/corpus"
)

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
		f.extract(l.words, &s.Doc, s.Topic)
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
		switch {
		case strings.HasSuffix(s.Collection, alone):
			w = t.o.Alone
		case !ok:
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

func index(v bool) int {
	if v {
		return 1
	}
	return 0
}
