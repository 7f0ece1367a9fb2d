package plaintext

import (
	"math"
	"slices"
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
		p.announce(start)
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
		if len(seq) >= 2 && seq.plausible(seq.fit(p.lines[i].Count), p.lines[i].Count) {
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
		if len(seq) < 4 {
			continue
		}
		if names := seq.fit(0); seq.plausible(names, 0) && p.recurs(seq, names) {
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
func (p *page) recurs(s sequence, names []bool) bool {
	seen := map[string]bool{}
	for k, is := range names {
		name := p.lines[s[k].line].Clean
		if is && seen[name] {
			return true
		}
		seen[name] = seen[name] || is
	}
	return false
}

// sequence is the lines of a section that may be names or texts.
type sequence []either

// either is a line that may be a name or a text.
type either struct {
	line       int     // its index
	name, text float64 // the costs of its being one
	apart      bool    // a button or a time stands between it and the line before
	spaced     bool    // a blank line does
	item       bool    // it is an item of a list
	ended      bool    // it ends as a sentence
}

// alternation collects the plain lines behind a line up to the end of the thread. What
// looks like the end is none before half of the declared comments can have come, or
// if an author of the thread comes again shortly behind it.
func (p *page) alternation(start int) sequence {
	var s sequence
	declared := 0
	if p.lines[start].Kind == commentline.Count {
		declared = p.lines[start].Count
	}
	seen := map[string]int{}
	var next either
	for i := start + 1; i < len(p.lines); i++ {
		l := &p.lines[i]
		switch l.Kind {
		case commentline.Plain, commentline.Removed, commentline.Opener, commentline.Number, commentline.Expand, commentline.Signature:
			next.line = i
			s = append(s, next)
			next = either{}
			seen[l.Clean]++
		case commentline.Blank:
			next.spaced = true
		case commentline.End:
			if n := len(s) / 2; n >= 1 && 2*n >= declared && !p.returns(i, seen) {
				return p.weighed(s, seen)
			}
		default:
			next.apart = true
		}
	}
	return p.weighed(s, seen)
}

// returnReach is how many lines behind an apparent end are searched for an author.
const returnReach = 10

// returns reports whether one of the lines shortly behind line i was seen before.
func (p *page) returns(i int, seen map[string]int) bool {
	near := p.lines[i+1 : min(len(p.lines), i+1+returnReach)]
	return slices.ContainsFunc(near, func(l commentline.Line) bool { return l.Kind == commentline.Plain && seen[l.Clean] > 0 })
}

// weighed sets the costs of lines, which were seen so often: one that recurs is the likelier
// a name.
func (p *page) weighed(s sequence, seen map[string]int) sequence {
	for k := range s {
		e, l := &s[k], &p.lines[s[k].line]
		e.name, e.text = commentline.NameCost(l.Clean), commentline.TextCost(l.Clean)
		if l.Folded == "" {
			e.name = 5
		}
		if seen[l.Clean] > 1 && e.name < 1.5 {
			e.name -= 0.5
			e.text += 0.8
		}
		if l.Kind == commentline.Removed {
			e.name, e.text = 5, 0
		}
		last, _ := utf8.DecodeLastRuneInString(l.Clean)
		e.item = l.Item && !l.Avatar
		e.ended = !unicode.IsLetter(last) && !unicode.IsNumber(last)
	}
	return s
}

// Costs of the ways to go on.
const (
	furtherParagraph = 0.45 // a text goes on with another line
	noButton         = 0.8  // against what a button between the lines says
	blankBetween     = 0.1
)

// names returns, for each line, whether the cheapest reading takes it for a name,
// when every name costs bias more.
func (s sequence) names(bias float64) []bool {
	// asName and asText are the cheapest readings of the lines so far that end so; fromName
	// tells whether the text at i follows a name.
	asName, asText := s[0].name+bias, math.Inf(1)
	fromName := make([]bool, len(s))
	for i, e := range s[1:] {
		further := asText + furtherParagraph
		if e.apart {
			further += noButton
		}
		if e.spaced {
			further += blankBetween
		}
		fromName[i+1] = asName <= further
		asName, asText = asText+e.name+bias, min(asName, further)+e.text
	}
	is := make([]bool, len(s))
	for i := len(s) - 1; i > 0; i-- {
		if fromName[i] {
			is[i-1] = true
			i--
		}
	}
	return is
}

// The biases on names that fit tries.
const (
	biasStep = 0.2
	mostBias = 0.8
)

// fit reads the sequence so that the number of names is the declared one, if a
// small bias on names achieves that; otherwise as it is cheapest.
func (s sequence) fit(declared int) []bool {
	plain := s.names(0)
	if declared == 0 || count(plain, isTrue) == declared {
		return plain
	}
	for bias := biasStep; bias <= mostBias; bias += biasStep {
		for _, signed := range [...]float64{-bias, bias} {
			if names := s.names(signed); count(names, isTrue) == declared {
				return names
			}
		}
	}
	return plain
}

func isTrue(is bool) bool { return is }

// plausible reports whether the reading looks like names and texts on average. A
// heading without a number, or with one far from what was read, proves less than one
// that agrees, and asks for more.
func (s sequence) plausible(names []bool, declared int) bool {
	var nameCosts, textCosts float64
	n := count(names, isTrue)
	for i, is := range names {
		if is {
			nameCosts += s[i].name
		} else {
			textCosts += s[i].text
		}
	}
	nameCosts /= float64(n)
	textCosts /= float64(len(names) - n)
	// Items of a list without pictures are a menu.
	if n == 0 || 2*count(s, func(e either) bool { return e.item }) > len(s) {
		return false
	}
	if 2*n >= declared && 4*n <= 5*declared+8 && declared > 0 {
		return nameCosts < 1 && textCosts < 0.6
	}
	return n > 1 && nameCosts < 0.6 && textCosts < 0.3 && 2*s.sentences(names) >= n
}

// sentences counts the names whose text ends as a sentence does. Teasers of other
// articles have names and texts too, but their texts are headlines.
func (s sequence) sentences(names []bool) int {
	n := 0
	for i, is := range names {
		last := i+1 == len(names) || names[i+1]
		if !is && last && s[i].ended {
			n++
		}
	}
	return n
}

// makeBlocks turns the reading into comments; what stands between the plain lines
// gives times and votes.
func (p *page) makeBlocks(s sequence, names []bool) {
	for k, e := range s {
		i := e.line
		l := &p.lines[i]
		if names[k] || len(p.blocks) == 0 {
			p.used[i] = true
			p.blocks = append(p.blocks, block{author: l.Clean, first: i, column: l.ItemColumn})
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
