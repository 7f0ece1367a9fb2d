package stance

import (
	"math"
	"strings"

	"stance/analysis/linear"
	"stance/analysis/text"
)

// features collects the active features of one comment. Its slices are used
// again for the next one.
type features struct {
	vector linear.Vector
	// marks are parallel to vector: where in the comment each feature was found.
	marks []mark
	// from is where the current group of n-grams begins in vector.
	from int
	// group is the one whose features are being added.
	group Groups
	// explaining makes features without a place carry their names, which costs time.
	explaining bool
	// sums are the n-grams, nil if they are to be listed in vector.
	sums *ngrams
}

// mark is the place of a feature: the tokens [from, to) of the comment, none for
// a feature that has no place, and its cue group, noCue if it is a bare n-gram.
type mark struct {
	from, to int32
	cue      int16
	group    Groups
	name     string // of a feature without a place, if it is to be explained
}

const noCue = -1

func (f *features) reset() {
	f.vector, f.marks = f.vector[:0], f.marks[:0]
	if f.sums != nil {
		f.sums.tokens = nil
	}
}

// score writes the scores by a model; see linear.Model.Scores.
func (f *features) score(m *linear.Model, scores []float64) {
	m.Scores(f.vector, scores)
	if f.sums != nil {
		f.sums.add(m, scores)
	}
}

// flag is a feature that has no place and the value 1.
type flag struct {
	id   uint32
	name string
}

func newFlag(name string) flag { return flag{linear.Hash(name), name} }

// flag appends a flag.
func (f *features) flag(is flag) {
	f.add(is.id, 1, mark{cue: noCue, name: is.name})
}

// sizes are flags that say how large a number is.
type sizes [len(bucketNames)]flag

// newSizes returns the flags of a number by its name.
func newSizes(name string) *sizes {
	var s sizes
	for i, bucket := range bucketNames {
		s[i] = newFlag(name + bucket)
	}
	return &s
}

// count appends the flag of n.
func (f *features) count(s *sizes, n int) { f.flag(s[bucket(n)]) }

// add appends a feature.
func (f *features) add(id uint32, value float32, m mark) {
	f.vector = append(f.vector, linear.Feature{ID: id, Value: value})
	m.group = f.group
	f.marks = append(f.marks, m)
}

// begin starts a group whose values end will scale.
func (f *features) begin() { f.from = len(f.vector) }

// end scales the group's values so that its Euclidean length is length: a long
// comment has more n-grams, not more stance.
func (f *features) end(length float64) {
	sum := 0.0
	for _, v := range f.vector[f.from:] {
		sum += float64(v.Value) * float64(v.Value)
	}
	if sum == 0 {
		return
	}
	scale := float32(length / math.Sqrt(sum))
	for i := f.from; i < len(f.vector); i++ {
		f.vector[i].Value *= scale
	}
}

// bucketNames are the orders of magnitude that are told apart.
var bucketNames = [...]string{"0", "1", "2-3", "4-10", "11-30", "31-100", "101-"}

// bucket is the order of magnitude of n, an index into bucketNames.
func bucket(n int) int {
	switch {
	case n <= 1:
		return n
	case n <= 3:
		return 2
	case n <= 10:
		return 3
	case n <= 30:
		return 4
	case n <= 100:
		return 5
	default:
		return 6
	}
}

// isWord reports whether a token holds a letter or digit.
func isWord(t *text.Token) bool {
	c := t.Text[0]
	return c >= 0x80 || c == '\'' && len(t.Text) > 1 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isClauseEnd reports whether a token ends a clause, and with it a negation.
func isClauseEnd(token string) bool {
	switch token {
	case ".", ",", ";", ":", "!", "?", "...", "…", "but", "however", "though", "although":
		return true
	}
	return false
}

// isNegator reports whether a word turns what follows into its contrary.
func isNegator(word string) bool {
	switch word {
	case "n't", "not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "without", "hardly", "barely", "cannot", "dont", "doesnt", "didnt", "isnt", "cant", "wont":
		return true
	}
	return false
}

// negationReach is the number of words a negation covers unless its clause ends;
// three to five are usual.
const negationReach = 4

// negated marks the tokens in the scope of a negation, into scope's storage.
func negated(tokens []*lexeme, scope []bool) []bool {
	scope = scope[:0]
	left := 0
	for _, x := range tokens {
		switch {
		case x.negator:
			left = negationReach
			scope = append(scope, false)
			continue
		case x.endsClause:
			left = 0
		}
		scope = append(scope, left > 0)
		if left > 0 {
			left--
		}
	}
	return scope
}

// isLink reports whether a token in lower case is a web address.
func isLink(token string) bool {
	return strings.HasPrefix(token, "http://") || strings.HasPrefix(token, "https://") || strings.HasPrefix(token, "www.")
}
