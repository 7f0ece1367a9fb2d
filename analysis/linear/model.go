package linear

import (
	"maps"
	"math"
	"math/bits"
	"slices"
)

// Model is a trained classifier. It is immutable and safe for concurrent use.
type Model struct {
	// Passport says how the model was made.
	Passport Passport

	ids     []uint32  // sorted feature hashes
	weights []int8    // one row of classes per feature, in the order of ids
	scale   []float64 // per class: weight = scale × byte
	bias    []float64
	index   []place // open-addressed table
	mask    uint32
	shift   int // a hash without so many low bits is its slot in the table
	// maybe has a bit for the hash of every feature, of sixteen or more bits each. It
	// fits the cache where the table doesn't, and most look-ups end at it.
	maybe     []uint64
	maybeMask uint32
}

// place is an entry of the look-up table. A feature's weights stand beside its hash, so
// that a look-up touches one place in memory; only those of more than nearClasses
// classes have to be fetched from elsewhere.
type place struct {
	id   uint32
	at   uint32 // its position in ids, plus one; 0 where the entry is free
	near [nearClasses]int8
}

const nearClasses = 8

// Passport is what a model says of itself. It holds no date, so that the same
// training gives the same bytes.
type Passport struct {
	// Labels are the classes, in the order of the probabilities.
	Labels []string `json:"labels"`
	// Options are how it was trained and which features it reads, by name.
	Options map[string]string `json:"options,omitempty"`
	// Sources are the training files.
	Sources []Source `json:"sources,omitempty"`
	// Temperature divides the scores before the softmax; it was fitted on
	// predictions for threads the model had not seen. 1 leaves them as they are.
	Temperature float64 `json:"temperature"`
	// Shares is how the classes' probabilities tell their shares in a new thread;
	// nil if it wasn't fitted.
	Shares *Shares `json:"shares,omitempty"`
}

// Shares are the parameters that aggregate.Reliability explains, for K classes.
type Shares struct {
	Weights   [][]float64 `json:"weights"` // K rows of K+1
	Spread    []float64   `json:"spread"`
	Prior     []float64   `json:"prior"`
	Confusion [][]float64 `json:"confusion"` // K rows of K
}

// Source is one training file.
type Source struct {
	Name     string `json:"name"`
	SHA256   string `json:"sha256"`
	Threads  int    `json:"threads"`
	Examples int    `json:"examples"`
	Terms    string `json:"terms,omitempty"`
}

// newModel quantises the parameters x, laid out as in problem. Features whose
// weights all round to zero are dropped.
func newModel(labels []string, ids []uint32, x []float64) *Model {
	classes := len(labels)
	m := &Model{
		Passport: Passport{Labels: labels, Temperature: 1},
		scale:    make([]float64, classes),
		bias:     slices.Clone(x[len(ids)*classes:]),
	}
	for i := range len(ids) * classes {
		m.scale[i%classes] = max(m.scale[i%classes], math.Abs(x[i])/math.MaxInt8)
	}
	row := make([]int8, classes)
	for i, id := range ids {
		used := false
		for c := range classes {
			row[c] = 0
			if m.scale[c] > 0 {
				row[c] = int8(math.Round(x[i*classes+c] / m.scale[c]))
			}
			used = used || row[c] != 0
		}
		if used {
			m.ids = append(m.ids, id)
			m.weights = append(m.weights, row...)
		}
	}
	m.buildIndex()
	return m
}

// Corrected returns the model with the weights of a second one, which was trained on
// top of its log-odds (see Example.Base), for features that it doesn't know itself.
// The second one's biases plus shift become the weights of the feature constant, so
// that without this feature the model is still the first. Labels and passport are
// those of the first.
func (m *Model) Corrected(second *Model, constant uint32, shift []float64) *Model {
	classes := m.Classes()
	weights := map[uint32][]float64{}
	for _, part := range []*Model{m, second} {
		for i, id := range part.ids {
			w := make([]float64, classes)
			for c := range w {
				w[c] = part.scale[c] * float64(part.weights[i*classes+c])
			}
			weights[id] = w
		}
	}
	own := make([]float64, classes)
	for c := range own {
		own[c] = second.bias[c] + shift[c]
	}
	weights[constant] = own
	ids := slices.Sorted(maps.Keys(weights))
	x := make([]float64, 0, (len(ids)+1)*classes)
	for _, id := range ids {
		x = append(x, weights[id]...)
	}
	corrected := newModel(m.Passport.Labels, ids, append(x, m.bias...))
	corrected.Passport = m.Passport
	return corrected
}

// buildIndex makes the look-up table, at most half full. Its slots are in the order of
// the hashes, so that it is filled from one end to the other.
func (m *Model) buildIndex() {
	size := uint32(16)
	for int(size) < 2*len(m.ids) {
		size *= 2
	}
	m.index = make([]place, size)
	m.mask = size - 1
	m.shift = bits.LeadingZeros32(m.mask)
	m.maybe = make([]uint64, size/8)
	m.maybeMask = 8*size - 1
	for i, id := range m.ids {
		bit := bitOf(id) & m.maybeMask
		m.maybe[bit/64] |= 1 << (bit % 64)
		slot := id >> m.shift
		for m.index[slot].at != 0 {
			slot = (slot + 1) & m.mask
		}
		p := &m.index[slot]
		p.id, p.at = id, uint32(i)+1
		copy(p.near[:], m.weights[i*len(m.scale):(i+1)*len(m.scale)])
	}
}

// bitOf spreads a hash over the bits of maybe.
func bitOf(id uint32) uint32 { return id ^ id>>13 }

// row returns the quantised weights of a feature, nil if it has none.
func (m *Model) row(id uint32) []int8 {
	if m.mayKnow(id) == 0 {
		return nil
	}
	return m.find(id)
}

// mayKnow is 0 if a feature is certainly unknown, otherwise 1.
func (m *Model) mayKnow(id uint32) int {
	bit := bitOf(id) & m.maybeMask
	return int(m.maybe[bit/64] >> (bit % 64) & 1)
}

// find looks a feature up in the table.
func (m *Model) find(id uint32) []int8 {
	for slot := id >> m.shift; ; slot = (slot + 1) & m.mask {
		p := &m.index[slot]
		if p.at == 0 {
			return nil
		}
		if p.id == id {
			k := len(m.scale)
			if k <= nearClasses {
				return p.near[:k]
			}
			return m.weights[int(p.at-1)*k : int(p.at)*k]
		}
	}
}

// Classes is the number of labels.
func (m *Model) Classes() int { return len(m.scale) }

// Features is the number of features with a weight.
func (m *Model) Features() int { return len(m.ids) }

// Weight is the weight of a feature for a class, in log-odds per unit of value
// before the temperature; 0 for a feature the model doesn't know.
func (m *Model) Weight(id uint32, class int) float64 {
	if r := m.row(id); r != nil {
		return m.scale[class] * float64(r[class])
	}
	return 0
}

// Row returns the rounded weights of a feature, one per class, nil for a feature the
// model doesn't know. Each times its Scale is a Weight. It must not be changed.
func (m *Model) Row(id uint32) []int8 { return m.row(id) }

// rowsAtOnce is how many features AppendRows looks up together.
const rowsAtOnce = 64

// AppendRows appends the Row of each feature to dst. It takes a fraction of the time of
// as many calls of Row: a large table doesn't fit the cache, and the waits for memory
// overlap here.
func (m *Model) AppendRows(dst [][]int8, ids []uint32) [][]int8 {
	var maybe [rowsAtOnce]uint32 // the features that may be known
	for len(ids) > 0 {
		some := ids[:min(len(ids), rowsAtOnce)]
		n := 0
		for _, id := range some {
			maybe[n] = id
			n += m.mayKnow(id)
		}
		fetched := uint32(0)
		for _, id := range maybe[:n] {
			fetched |= m.index[id>>m.shift].at
		}
		for _, id := range some {
			if fetched == 0 || m.mayKnow(id) == 0 {
				dst = append(dst, nil)
			} else {
				dst = append(dst, m.find(id))
			}
		}
		ids = ids[len(some):]
	}
	return dst
}

// Scale has, for each class, the weight of a unit of Row. It must not be changed.
func (m *Model) Scale() []float64 { return m.scale }

// Bias has what each class scores without any feature. It must not be changed.
func (m *Model) Bias() []float64 { return m.bias }

// Lead is how much more a feature's weight speaks for a class than for the others
// on average, in the unit of Weight.
func (m *Model) Lead(id uint32, class int) float64 {
	r := m.row(id)
	if r == nil {
		return 0
	}
	own, others := 0.0, 0.0
	for c, w := range r {
		if v := m.scale[c] * float64(w); c == class {
			own = v
		} else {
			others += v
		}
	}
	return own - others/float64(len(r)-1)
}

// Predict writes the class probabilities of x into p, which has Classes elements.
func (m *Model) Predict(x Vector, p []float64) {
	m.Scores(x, p)
	for c := range p {
		p[c] /= m.Passport.Temperature
	}
	Softmax(p)
}

// Scores writes the linear scores of x into s, which has Classes elements:
// log-odds up to a constant, before the temperature.
func (m *Model) Scores(x Vector, s []float64) {
	copy(s, m.bias)
	m.Add(x, s)
}

// Add adds to s, which has Classes elements, what x adds to the scores: all but the
// biases.
func (m *Model) Add(x Vector, s []float64) {
	for _, f := range x {
		for c, w := range m.row(f.ID) {
			s[c] += m.scale[c] * float64(w) * float64(f.Value)
		}
	}
}
