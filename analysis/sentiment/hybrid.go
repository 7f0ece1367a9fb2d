package sentiment

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"stance/analysis/linear"
	"stance/analysis/sentiment/model"
	"stance/analysis/text"
	"stance/corpus"
)

// Hybrid measures feeling by a trained model over the words of a comment and over
// what [Lexicon] found in them. It is safe for concurrent use.
//
// The weights of its evidence are log-odds of positive against negative. With
// Decision.Base, what no single word did, they add up to the log-odds of the
// decision.
type Hybrid struct {
	model   *linear.Model
	words   *vocabulary
	usual   probabilities // under an article
	scratch sync.Pool     // of *scratch
}

// The columns of a model: the three polarities under an article, the same for a text
// by itself, and sarcasm.
const (
	sarcasmColumn = numPlaces * corpus.NumPolarities
	numColumns    = sarcasmColumn + 1
)

// place is where a text stands. A word speaks a little differently under an article
// than by itself, so the model has a column for each place.
type place int

const (
	underArticle place = iota
	byItself
	numPlaces = 2
)

var placeNames = [numPlaces]string{"under an article", "by itself"}

func placeOf(topic *Topic) place {
	if topic == nil {
		return byItself
	}
	return underArticle
}

// Labels are the columns of a sentiment model.
func Labels() []string {
	var labels []string
	for _, place := range placeNames {
		for p := range corpus.NumPolarities {
			labels = append(labels, corpus.Polarity(p).String()+" "+place)
		}
	}
	return append(labels, "sarcasm")
}

// scratch is what a measurement needs and the next can use again.
type scratch struct {
	features features
	lean     []float64 // per token: what it adds to the log-odds of positive against negative
	evidence []text.Evidence
}

// optionFeatures names the version of the features in a passport.
const optionFeatures = "features"

// embedded decodes the model in the binary, once per process.
var embedded = sync.OnceValues(func() (*linear.Model, error) { return linear.ReadModel(model.Bytes) })

// NewHybrid returns the engine with the model in the binary. The terms of its user
// override the lexicon and the model alike.
func NewHybrid(terms []Term) (*Hybrid, error) {
	m, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("the embedded sentiment model: %w", err)
	}
	return newHybrid(m, terms)
}

func newHybrid(m *linear.Model, terms []Term) (*Hybrid, error) {
	if !slices.Equal(m.Passport.Labels, Labels()) {
		return nil, fmt.Errorf("the model has the labels %q, a sentiment model has %q", m.Passport.Labels, Labels())
	}
	if v := m.Passport.Options[optionFeatures]; v != featureVersion {
		return nil, fmt.Errorf("the sentiment model was made for features of version %q, this program has %q", v, featureVersion)
	}
	l, err := NewLexicon(terms)
	if err != nil {
		return nil, err
	}
	h := &Hybrid{model: m, words: newVocabulary(l, m)}
	if h.usual, err = parseUsual(m.Passport.Options[optionUsual]); err != nil {
		return nil, err
	}
	h.scratch.New = func() any { return &scratch{} }
	return h, nil
}

// Passport says how the model was made.
func (h *Hybrid) Passport() linear.Passport { return h.model.Passport }

// Measure decides by the sum of what the words add.
func (h *Hybrid) Measure(doc *text.Document, topic *Topic) Decision {
	s := h.scratch.Get().(*scratch)
	defer h.scratch.Put(s)
	return h.decide(doc, topic, s)
}

// Justify is Measure with the words that add the most.
func (h *Hybrid) Justify(doc *text.Document, topic *Topic) Decision {
	s := h.scratch.Get().(*scratch)
	defer h.scratch.Put(s)
	d := h.decide(doc, topic, s)
	h.divide(placeOf(topic), s)
	d.Evidence = s.gather(doc)
	for i := range d.Evidence {
		d.Base -= d.Evidence[i].Weight
	}
	return d
}

// decide decides, without evidence, and leaves the features of the comment and their
// rows of the model in s.
func (h *Hybrid) decide(doc *text.Document, topic *Topic, s *scratch) Decision {
	s.features.extract(h.words, doc, topic)
	total := h.total(placeOf(topic), &s.features)
	d := Decision{Sarcasm: 1 / (1 + math.Exp(-total[sarcastic])), Given: s.features.terms}
	d.Base = total[corpus.Positive] - total[corpus.Negative]
	copy(d.Probabilities[:], total[:])
	linear.Softmax(d.Probabilities[:])
	d.Polarity = corpus.Polarity(linear.Best(d.Probabilities[:]))
	d.Valence = d.Probabilities[corpus.Positive] - d.Probabilities[corpus.Negative]
	return d
}

// sums are the scores of the polarities and of sarcasm.
type sums [corpus.NumPolarities + 1]float64

// sarcastic is the index of sarcasm in sums.
const sarcastic = corpus.NumPolarities

// total returns the sums over the comment, the model's bias included. The weights of
// words, their letters and pairs, of which each counts the same, are added as the whole
// numbers they were rounded to, so that no order matters.
func (h *Hybrid) total(p place, f *features) sums {
	f.find(h.model)
	u := h.unitsOf(p)
	var words whole
	for i := range f.words {
		if f.own[i] && !f.given[i] {
			words.addWord(f, i, u.first)
		}
	}
	pairs, others := f.rows[:len(f.pairs)], f.rows[len(f.pairs):]
	for _, row := range pairs {
		addRow(&words, row, u.first)
	}
	total := u.weigh(&words, float64(f.unit))
	for k, v := range f.vector {
		var one whole
		addRow(&one, others[k], u.first)
		for c, w := range u.weigh(&one, float64(v.Value)) {
			total[c] += w
		}
	}
	bias := h.model.Bias()
	for c := range corpus.NumPolarities {
		total[c] += bias[u.first+c]
	}
	total[sarcastic] += bias[sarcasmColumn]
	return total
}

// divide sets s.lean to what the features come to per token. The features must be those
// that total has just seen.
func (h *Hybrid) divide(p place, s *scratch) {
	f, u := &s.features, h.unitsOf(p)
	s.lean = zeroed(s.lean, len(f.words))
	pairs, before := f.rows[:len(f.pairs)], -1
	for i := range f.words {
		if !f.own[i] || f.given[i] {
			continue
		}
		var own, pair whole
		own.addWord(f, i, u.first)
		s.lean[i] += u.lean(&own, float64(f.unit))
		addRow(&pair, pairs[0], u.first)
		s.share(max(before, 0), i+1, u.lean(&pair, float64(f.unit)))
		pairs, before = pairs[1:], i
	}
	for k, row := range f.rows[len(f.pairs):] {
		var one whole
		addRow(&one, row, u.first)
		s.share(int(f.marks[k].from), int(f.marks[k].to), u.lean(&one, float64(f.vector[k].Value)))
	}
}

// share divides what a feature adds among the tokens [from, to).
func (s *scratch) share(from, to int, lean float64) {
	for t := from; t < to; t++ {
		s.lean[t] += lean / float64(to-from)
	}
}

// whole is a sum of rounded weights: of the polarities of a place, and of sarcasm.
type whole [corpus.NumPolarities + 1]int

// addWord adds the weights of word i.
func (w *whole) addWord(f *features, i, first int) {
	addRow(w, f.words[i].weights[:], first)
	if f.denied[i] {
		addRow(w, f.words[i].denied[:], first)
	}
}

// addRow adds a row of rounded weights, which may be nil; first is the column of the
// place's first polarity.
func addRow[T int8 | int16](w *whole, row []T, first int) {
	if row == nil {
		return
	}
	for k, v := range row[first : first+corpus.NumPolarities] {
		w[k] += int(v)
	}
	w[sarcastic] += int(row[sarcasmColumn])
}

// units are what a unit of the rounded weights is worth in the sums of a place.
type units struct {
	first int // the column of the place's first polarity
	scale sums
}

func (h *Hybrid) unitsOf(p place) units {
	u := units{first: int(p) * corpus.NumPolarities}
	copy(u.scale[:], h.model.Scale()[u.first:u.first+corpus.NumPolarities])
	u.scale[sarcastic] = h.model.Scale()[sarcasmColumn]
	return u
}

// weigh returns what rounded weights add where their features have this value.
func (u *units) weigh(w *whole, value float64) sums {
	var s sums
	for c := range s {
		s[c] = float64(w[c]) * (value * u.scale[c])
	}
	return s
}

// lean is what they add to the log-odds of positive against negative.
func (u *units) lean(w *whole, value float64) float64 {
	s := u.weigh(w, value)
	return s[corpus.Positive] - s[corpus.Negative]
}

// leastWeight is the weight, in log-odds, from which a word is evidence.
const leastWeight = 0.1

// wording is the cue of a word that weighs by itself, not by a rating.
const wording = "wording"

// gather cuts the comment into what the lexicon found and, between, single words.
func (s *scratch) gather(doc *text.Document) []text.Evidence {
	s.evidence = s.evidence[:0]
	rated := s.features.rated
	for from := 0; from < len(doc.Tokens); {
		to, cue := from+1, wording
		if len(rated) > 0 && int(rated[0].from) == from {
			to, cue, rated = int(rated[0].to), cueNames[rated[0].cue], rated[1:]
		}
		w := 0.0
		for _, l := range s.lean[from:to] {
			w += l
		}
		if math.Abs(w) >= leastWeight {
			span := text.Span{Start: doc.Tokens[from].Start, End: doc.Tokens[to-1].End}
			s.evidence = append(s.evidence, text.Evidence{Span: span, Cue: cue, Weight: w})
		}
		from = to
	}
	return append([]text.Evidence(nil), s.evidence...)
}
