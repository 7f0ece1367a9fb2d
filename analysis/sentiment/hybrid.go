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
	total := h.add(doc, topic, s)
	return decide(doc, &total, s)
}

// sums are the scores of the polarities and of sarcasm.
type sums [corpus.NumPolarities + 1]float64

// sarcastic is the index of sarcasm in sums.
const sarcastic = corpus.NumPolarities

// add fills s.lean and returns the sums over the comment, the model's bias included.
func (h *Hybrid) add(doc *text.Document, topic *Topic, s *scratch) sums {
	s.features.extract(h.words, doc, topic)
	s.lean = zeroed(s.lean, len(doc.Tokens))
	u := h.unitsOf(placeOf(topic))
	total := h.addWords(doc, u, s)
	for i, v := range s.features.vector {
		row := h.model.Row(v.ID)
		if row == nil {
			continue
		}
		var whole columns
		whole.add(row)
		w := u.of(&whole)
		for c := range w {
			w[c] *= float64(v.Value) * u.scale[c]
			total[c] += w[c]
		}
		m := s.features.marks[i]
		for t := m.from; t < m.to; t++ {
			s.lean[t] += (w[corpus.Positive] - w[corpus.Negative]) / float64(m.to-m.from)
		}
	}
	bias := h.model.Bias()
	for c := range corpus.NumPolarities {
		total[c] += bias[u.first+c]
	}
	total[sarcastic] += bias[sarcasmColumn]
	return total
}

func (s *sums) add(other sums) {
	for c, v := range other {
		s[c] += v
	}
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

// of returns the sums of a row of weights.
func (u *units) of(c *columns) sums {
	return sums{float64(c[u.first]), float64(c[u.first+1]), float64(c[u.first+2]), float64(c[sarcasmColumn])}
}

// addWords sums up the words, pairs and runs of letters that features.addWords would
// list, and adds what they come to per token to s.lean. The weights are added as the
// whole numbers they were rounded to, so that no order matters.
func (h *Hybrid) addWords(doc *text.Document, u units, s *scratch) sums {
	f, unit := &s.features, float64(s.features.unit)
	f.findPairs(doc)
	f.rows = h.model.AppendRows(f.rows[:0], f.pairs)
	var total sums
	rows, before := f.rows, -1
	for i, x := range f.words {
		if !f.own[i] || f.given[i] {
			continue
		}
		own := u.of(&x.weights)
		if f.denied[i] {
			own.add(u.of(&x.denied))
		}
		total.add(own)
		s.lean[i] += unit * u.lean(&own)
		if row := rows[0]; row != nil {
			var whole columns
			whole.add(row)
			pair, from := u.of(&whole), max(before, 0)
			total.add(pair)
			share := unit * u.lean(&pair) / float64(i+1-from)
			for t := from; t <= i; t++ {
				s.lean[t] += share
			}
		}
		rows, before = rows[1:], i
	}
	for c := range total {
		total[c] *= unit * u.scale[c]
	}
	return total
}

// lean is the log-odds of positive against negative of a sum of rounded weights.
func (u *units) lean(w *sums) float64 {
	return w[corpus.Positive]*u.scale[corpus.Positive] - w[corpus.Negative]*u.scale[corpus.Negative]
}

// decide reads the decision off the sums.
func decide(doc *text.Document, total *sums, s *scratch) Decision {
	d := Decision{Sarcasm: 1 / (1 + math.Exp(-total[sarcastic])), Given: s.features.terms}
	copy(d.Probabilities[:], total[:])
	linear.Softmax(d.Probabilities[:])
	d.Polarity = corpus.Polarity(linear.Best(d.Probabilities[:]))
	d.Valence = d.Probabilities[corpus.Positive] - d.Probabilities[corpus.Negative]
	d.Evidence = s.gather(doc)
	d.Base = total[corpus.Positive] - total[corpus.Negative]
	for i := range d.Evidence {
		d.Base -= d.Evidence[i].Weight
	}
	return d
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
