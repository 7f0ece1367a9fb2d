package plaintext

import (
	"math"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus/internal/commentline"
)

// readAlternating reads names and texts in turn, as the clipboard of many sites
// gives them: an author line, then one or more lines of text, without any mark.
// Which lines are names is decided for all together: the cheapest reading by
// nameCost and textCost, found by dynamic programming (Viterbi). So a comment of
// several paragraphs, or one that looks like a name, shifts nothing behind it.
func (p *page) readAlternating() bool {
	start := p.alternationStart()
	if start < 0 {
		return false
	}
	if p.lines[start].Kind == commentline.Count {
		p.start = start
		p.declared = p.lines[start].Count
		p.roles[start] = ofCount
	} else {
		p.start = start + 1
		p.assume(p.start, "no line announces the comments; they are read from here on")
	}
	seq := p.alternation(start)
	names := seq.fit(p.declared)
	p.makeBlocks(seq, names)
	p.assume(p.blocks[0].first, "authors and texts are told apart by their form and order only")
	return true
}

// alternationStart is the last count line with two lines or more behind it that
// read well as names and texts, -1 if there is none.
func (p *page) alternationStart() int {
	for _, i := range p.countLines() {
		seq := p.alternation(i)
		if len(seq.lines) < 2 {
			continue
		}
		if names := seq.fit(p.lines[i].Count); seq.plausible(names, p.lines[i].Count) {
			return i
		}
	}
	return p.unannounced()
}

// mostTries is how many paragraphs unannounced looks behind: each look reads the rest
// of the page.
const mostTries = 10

// unannounced is the last line of the article where no line announces the comments:
// the first paragraph behind which names and texts follow in turn, among them an
// author who writes twice. The subheadings of an article look like names too, but
// none comes twice. It is -1 if there is none.
func (p *page) unannounced() int {
	tries := 0
	for i := range p.lines {
		if !isParagraph(&p.lines[i]) || !p.nameFollows(i) {
			continue
		}
		if tries++; tries > mostTries {
			break
		}
		seq := p.alternation(i)
		if len(seq.lines) < 4 {
			continue
		}
		if names := seq.fit(0); seq.plausible(names, 0) && seq.recurs(p, names) {
			return i
		}
	}
	return -1
}

// nameFollows reports whether the next line behind i that isn't blank looks like a
// name.
func (p *page) nameFollows(i int) bool {
	for i++; i < len(p.lines); i++ {
		if l := &p.lines[i]; l.Kind != commentline.Blank && l.Kind != commentline.Count {
			return l.Kind == commentline.Plain && l.Folded != "" && commentline.NameCost(l.Clean) <= 0.6
		}
	}
	return false
}

// recurs reports whether an author writes more than once.
func (s *sequence) recurs(p *page, names []bool) bool {
	seen := map[string]bool{}
	for k, is := range names {
		if !is {
			continue
		}
		name := p.lines[s.lines[k]].Clean
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// sequence is the lines of a section that may be names or texts.
type sequence struct {
	lines      []int     // indices
	name, text []float64 // the costs of each being one
	apart      []bool    // a button or a time stands between it and the line before
	spaced     []bool    // a blank line does
	item       []bool    // it is an item of a list
	ended      []bool    // it ends as a sentence
}

// alternation collects the plain lines behind a line up to the end of the thread. What
// looks like the end is none before half of the declared comments can have come, or
// if an author of the thread comes again shortly behind it.
func (p *page) alternation(start int) *sequence {
	s := &sequence{}
	declared := 0
	if p.lines[start].Kind == commentline.Count {
		declared = p.lines[start].Count
	}
	seen := map[string]bool{}
	apart, spaced := false, false
	for i := start + 1; i < len(p.lines); i++ {
		l := &p.lines[i]
		switch l.Kind {
		case commentline.Plain, commentline.Removed, commentline.Opener, commentline.Number, commentline.Expand, commentline.Signature:
			s.lines = append(s.lines, i)
			seen[l.Clean] = true
			s.apart = append(s.apart, apart)
			s.spaced = append(s.spaced, spaced)
			apart, spaced = false, false
		case commentline.Blank:
			spaced = true
		case commentline.End:
			if n := len(s.lines) / 2; n >= 1 && 2*n >= declared && !p.returns(i, seen) {
				s.weigh(p)
				return s
			}
		default:
			apart = true
		}
	}
	s.weigh(p)
	return s
}

// returnReach is how many lines behind an apparent end are searched for an author.
const returnReach = 10

// returns reports whether one of the lines shortly behind line i was seen before.
func (p *page) returns(i int, seen map[string]bool) bool {
	for k := i + 1; k < len(p.lines) && k <= i+returnReach; k++ {
		if l := &p.lines[k]; l.Kind == commentline.Plain && seen[l.Clean] {
			return true
		}
	}
	return false
}

// weigh sets the costs. A line that recurs, or that others mention with @, is the
// likelier a name.
func (s *sequence) weigh(p *page) {
	count := map[string]int{}
	mentions := map[string]bool{}
	for _, i := range s.lines {
		l := &p.lines[i]
		count[l.Clean]++
		if len(l.Clean) > 1 && l.Clean[0] == '@' {
			mentions[l.Folded] = true
		}
	}
	for _, i := range s.lines {
		l := &p.lines[i]
		name, text := commentline.NameCost(l.Clean), commentline.TextCost(l.Clean)
		if l.Folded == "" {
			name = 5
		}
		if count[l.Clean] > 1 && name < 1.5 {
			name -= 0.5
			text += 0.8
		}
		if l.Kind == commentline.Removed {
			name, text = 5, 0
		}
		last, _ := utf8.DecodeLastRuneInString(l.Clean)
		s.item = append(s.item, l.Item && !l.Avatar)
		s.ended = append(s.ended, !unicode.IsLetter(last) && !unicode.IsNumber(last))
		s.name = append(s.name, name)
		s.text = append(s.text, text)
	}
}

// Costs of the ways to go on.
const (
	furtherParagraph = 0.45 // a text goes on with another line
	noButton         = 0.8  // against what a button between the lines says
	blankBetween     = 0.1
)

// names returns, for each line, whether the cheapest reading takes it for a name,
// when every name costs bias more, and what that reading costs.
func (s *sequence) names(bias float64) ([]bool, float64) {
	n := len(s.lines)
	// asName and asText are the cheapest readings of the lines up to i that end so;
	// fromName tells whether the text at i follows a name.
	asName, asText := make([]float64, n), make([]float64, n)
	fromName := make([]bool, n)
	for i := range n {
		if i == 0 {
			asName[i], asText[i] = s.name[i]+bias, math.Inf(1)
			continue
		}
		asName[i] = asText[i-1] + s.name[i] + bias
		further := asText[i-1] + furtherParagraph
		if s.apart[i] {
			further += noButton
		}
		if s.spaced[i] {
			further += blankBetween
		}
		asText[i] = min(asName[i-1], further) + s.text[i]
		fromName[i] = asName[i-1] <= further
	}
	is := make([]bool, n)
	for i := n - 1; i > 0; i-- {
		if fromName[i] {
			is[i-1] = true
			i--
		}
	}
	return is, asText[n-1]
}

// The biases on names that fit tries.
const (
	biasStep = 0.2
	mostBias = 0.8
)

// fit reads the sequence so that the number of names is the declared one, if a
// small bias on names achieves that; otherwise as it is cheapest.
func (s *sequence) fit(declared int) []bool {
	plain, _ := s.names(0)
	if declared == 0 || count(plain) == declared {
		return plain
	}
	for bias := biasStep; bias <= mostBias; bias += biasStep {
		for _, signed := range [...]float64{-bias, bias} {
			if names, _ := s.names(signed); count(names) == declared {
				return names
			}
		}
	}
	return plain
}

// plausible reports whether the reading looks like names and texts on average. A
// heading without a number, or with one far from what was read, proves less than one
// that agrees, and asks for more.
func (s *sequence) plausible(names []bool, declared int) bool {
	var nameCosts, textCosts float64
	n := count(names)
	for i, is := range names {
		if is {
			nameCosts += s.name[i]
		} else {
			textCosts += s.text[i]
		}
	}
	nameCosts /= float64(n)
	textCosts /= float64(len(names) - n)
	if n == 0 || s.listed() {
		return false
	}
	if 2*n >= declared && 4*n <= 5*declared+8 && declared > 0 {
		return nameCosts < 1 && textCosts < 0.6
	}
	return n > 1 && nameCosts < 0.6 && textCosts < 0.3 && 2*s.sentences(names) >= n
}

// listed reports whether most lines are items of a list without pictures: a menu.
func (s *sequence) listed() bool { return 2*count(s.item) > len(s.item) }

// sentences counts the names whose text ends as a sentence does. Teasers of other
// articles have names and texts too, but their texts are headlines.
func (s *sequence) sentences(names []bool) int {
	n := 0
	for i, is := range names {
		last := i+1 == len(names) || names[i+1]
		if !is && last && s.ended[i] {
			n++
		}
	}
	return n
}

func count(flags []bool) int {
	n := 0
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

// makeBlocks turns the reading into comments; what stands between the plain lines
// gives times and votes.
func (p *page) makeBlocks(s *sequence, names []bool) {
	for k, i := range s.lines {
		l := &p.lines[i]
		if names[k] || len(p.blocks) == 0 {
			b := block{author: l.Clean, first: i, column: p.replyColumn(i)}
			p.take(i)
			p.blocks = append(p.blocks, b)
			continue
		}
		b := &p.blocks[len(p.blocks)-1]
		if len(b.text) > 0 {
			for between := b.text[len(b.text)-1] + 1; between < i; between++ {
				if p.lines[between].Kind == commentline.Blank {
					b.text = append(b.text, between)
				}
			}
		}
		if l.Kind == commentline.Removed && len(b.text) == 0 {
			b.removed = true
		}
		b.text = append(b.text, i)
		p.end = i + 1
	}
	for k := range p.blocks {
		p.readBetween(k)
	}
}

// readBetween takes times and votes that stand between a block and the next.
func (p *page) readBetween(k int) {
	b := &p.blocks[k]
	end := p.end
	if k+1 < len(p.blocks) {
		end = p.blocks[k+1].first
	}
	for i := b.first; i < end; i++ {
		if k := p.lines[i].Kind; k == commentline.Stamp || k == commentline.Votes {
			p.annotate(b, i)
		}
	}
}
