package sentiment

import "stance/analysis/text"

const (
	// maxLead is how many tokens before a feeling word its evidence can begin.
	maxLead = 3
	// degreeReach is how many words on a degree can still strengthen: "so very
	// good", "such a good man".
	degreeReach = 2
	// scareQuoteWords is the most words that quotes around praise make doubtful.
	// Longer quotations are somebody's words, not a sneer.
	scareQuoteWords = 3
)

// scope is what the words read so far in a sentence do to the next feeling word.
type scope struct {
	negated   int     // words that the last negator still reaches
	degree    float64 // factor of the degrees read, 1 if none
	strength  int     // words that the degrees still reach
	conceded  bool    // until the clause ends
	doubted   bool    // until the clause ends
	contrast  bool    // until the sentence ends
	quoteEnd  int     // the token that closes a scare quote, 0 if none is open
	modifier  int     // the first token of the modifiers at work
	modifiers bool    // whether any are
}

// feeling is a word that tells one or phrase after all rules: tokens [from, to) of the
// document, where from may be a word that modifies it.
type feeling struct {
	from, to int32
	at       int32 // the first token of the word itself
	cue      cue
	given    bool // rated by the user of the program
	weight   float64
}

// sentence appends the feeling words of one sentence, whose tokens and words these
// are; the first of them is token base of the document.
func (l *Lexicon) sentence(dst []feeling, v *voice, tokens []text.Token, words []*lexeme, base int) []feeling {
	first := len(dst)
	s := scope{degree: 1}
	for i := 0; i < len(tokens); {
		if words[i].ends {
			s.endClause()
			if isDoubleQuote(tokens[i].Text) {
				s.openQuote(tokens, i)
			}
		}
		r := words[i].read(v, tokens[i:])
		if r.term == nil {
			s.pass()
			i++
			continue
		}
		if r.term.weight != 0 || r.term.given {
			w := l.weigh(&s, r, i, lastEnd(dst[first:], base))
			w.from, w.at, w.to = w.from+int32(base), w.at+int32(base), w.to+int32(base)
			dst = append(dst, w)
		}
		if r.term.joint != noJoint {
			s.join(r.term.joint)
			if r.term.joint == contrast {
				scale(dst[first:], l.rules.beforeContrast)
			}
		}
		s.modify(r.term, i)
		i += r.width
	}
	scale(dst[first:], l.tone(tokens))
	return dst
}

// weigh weighs the feeling word r at token i of its sentence. What modifies it can
// begin no earlier than floor.
func (l *Lexicon) weigh(s *scope, r reading, i, floor int) feeling {
	w := r.term.weight
	c := feelingCue(w)
	if r.stressed {
		w *= l.rules.stress
	}
	if s.strength > 0 {
		w *= s.degree
		s.strength = 0
	}
	if s.negated > 0 || i < s.quoteEnd && w > 0 {
		w, c = l.negate(w), negatedCue(w)
	}
	if s.conceded {
		w *= l.rules.beforeContrast
	}
	if s.doubted {
		w *= l.rules.condition
	}
	if s.contrast {
		w *= l.rules.afterContrast
	}
	from := i
	if at := s.modifier; s.modifiers && i-at <= maxLead && at >= floor {
		from = at
	}
	return feeling{from: int32(from), at: int32(i), to: int32(i + r.width), cue: c, given: r.term.given, weight: w}
}

func (l *Lexicon) negate(w float64) float64 {
	if w > 0 {
		return w * l.rules.negatedPositive
	}
	return w * l.rules.negatedNegative
}

// tone is the factor of the marks at the end of a sentence. "Really?!" exclaims,
// it doesn't ask.
func (l *Lexicon) tone(tokens []text.Token) float64 {
	marks, asks := 0, false
	for i := len(tokens) - 1; i >= 0; i-- {
		switch tokens[i].Text {
		case "!":
			marks++
			continue
		case "?":
			asks = true
			continue
		case ")", "\"", "”", "'", "’":
			continue
		}
		break
	}
	switch {
	case marks > 0:
		return 1 + l.rules.exclamation*float64(min(marks, 3))
	case asks:
		return l.rules.question
	}
	return 1
}

// pass counts down the reach of the modifiers over a word that none of them is.
func (s *scope) pass() {
	if s.negated > 0 {
		s.negated--
	}
	if s.strength > 0 {
		s.strength--
	}
	if s.negated == 0 && s.strength == 0 {
		s.modifiers, s.degree = false, 1
	}
}

// modify lets the term at token i, which was just read, work on the next words.
func (s *scope) modify(t *term, i int) {
	if t.reach == 0 && t.degree == 0 {
		s.pass()
		return
	}
	if !s.modifiers {
		s.modifier, s.modifiers = i, true
	}
	if t.reach > 0 {
		s.negated = t.reach
	} else if s.negated > 0 {
		s.negated--
	}
	if t.degree != 0 {
		if s.strength == 0 {
			s.degree = 1
		}
		s.degree *= 1 + t.degree
		s.strength = degreeReach
	}
}

// endClause ends what holds only within a clause.
func (s *scope) endClause() {
	s.negated, s.strength, s.degree = 0, 0, 1
	s.modifiers, s.conceded, s.doubted = false, false, false
}

func (s *scope) join(j joint) {
	s.endClause()
	switch j {
	case contrast:
		s.contrast = true
	case concession:
		s.conceded = true
	case condition:
		s.doubted = true
	}
}

// openQuote notes where a short quotation that begins at token i closes.
func (s *scope) openQuote(tokens []text.Token, i int) {
	if i < s.quoteEnd {
		return
	}
	if i == s.quoteEnd && i > 0 {
		s.quoteEnd = 0
		return
	}
	for j := i + 2; j < len(tokens) && j <= i+1+scareQuoteWords; j++ {
		if isDoubleQuote(tokens[j].Text) {
			s.quoteEnd = j
			return
		}
	}
}

func endsClause(token string) bool {
	switch token {
	case ",", ";", ":", ".", "…", "!", "?", "(", ")", "[", "]", "-", "–", "—", "--", "\"", "“", "”", "``", "''":
		return true
	}
	return false
}

func isDoubleQuote(token string) bool {
	switch token {
	case "\"", "“", "”", "``", "''":
		return true
	}
	return false
}

func scale(found []feeling, factor float64) {
	if factor == 1 {
		return
	}
	for i := range found {
		found[i].weight *= factor
	}
}

// lastEnd is the token of the sentence, which begins at token base, after the last
// found.
func lastEnd(found []feeling, base int) int {
	if len(found) == 0 {
		return 0
	}
	return int(found[len(found)-1].to) - base
}

// cue is what kind of feeling was found.
type cue uint8

const (
	good cue = iota
	bad
	goodDenied
	badDenied
	numCues
)

var cueNames = [numCues]string{"good feeling", "bad feeling", "good feeling denied", "bad feeling denied"}

func feelingCue(w float64) cue {
	if w > 0 {
		return good
	}
	return bad
}

// negatedCue is the cue of a word of weight w before its negation.
func negatedCue(w float64) cue {
	if w > 0 {
		return goodDenied
	}
	return badDenied
}
