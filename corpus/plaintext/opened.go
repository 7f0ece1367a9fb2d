package plaintext

import (
	"slices"
	"strings"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/scalar"
)

// opener is an author line that its form gives away.
type opener struct {
	at     int // the line of the name
	mark   commentline.Mark
	behind int // the first line behind the author and the time
	votes  *int
}

// readOpened reads a section whose author lines are marked: "Ada says:", "Ada ·
// 3 hours ago", or a name with a time on the next line.
func (p *page) readOpened() bool {
	openers := p.chooseStart(p.openers())
	if len(openers) == 0 || len(openers) == 1 && p.declared != 1 {
		return false
	}
	openers = p.beforeEnd(openers)
	for k, o := range openers {
		end := len(p.lines)
		if k+1 < len(openers) {
			end = openers[k+1].at
		}
		p.readBlock(o, end)
	}
	p.cutLast()
	p.dropLeadingArticle()
	p.dropEmpty()
	p.end = p.lastLine() + 1
	return len(p.blocks) > 0
}

// openers finds all marked author lines of the page.
func (p *page) openers() []opener {
	stamps := map[int]int{}   // the lines of times, by the plain line that each stands right behind
	timed := map[string]int{} // how often each plain line has one
	for i := range p.lines {
		if l := &p.lines[i]; l.Kind == commentline.Plain && l.Folded != "" {
			if stamp, ok := p.stampBehind(i); ok {
				stamps[i] = stamp
				timed[l.Clean]++
			}
		}
	}
	var found []opener
	for i := range p.lines {
		l := &p.lines[i]
		if l.Kind == commentline.Opener && isAuthor(l.Mark) {
			found = append(found, opener{at: i, mark: *l.Mark, behind: i + 1, votes: l.Votes})
		}
		stamp, ok := stamps[i]
		if !ok || !l.Mark.Costly && commentline.NameCost(l.Clean) >= mostCost(l, timed[l.Clean]) {
			continue
		}
		m := *p.lines[stamp].Mark
		m.Name, m.Family = l.Clean, commentline.Dated
		if l.Mark.Costly {
			m.Name, m.Family = l.Mark.Name, commentline.Says
		}
		if isAuthor(&m) {
			found = append(found, opener{at: i, mark: m, behind: stamp + 1})
		}
	}
	return p.agreeing(found)
}

// mostCost is what a name with a time behind it may cost. Pictures and bullets vouch
// for names that have the form of words, and so does coming twice with a time.
func mostCost(l *commentline.Line, timed int) float64 {
	if l.Avatar || l.Item || timed > 1 {
		return 2.2
	}
	return 1.2
}

// isAuthor refuses what has the form of an author line but heads an article: a
// byline, a picture's source, a month of an archive.
func isAuthor(m *commentline.Mark) bool {
	if m.Name == "" || strings.HasPrefix(m.Name, "(") {
		return false
	}
	if m.Family == commentline.Says {
		return true
	}
	return !m.Month && !commentline.IsByline(scalar.Fold(m.Name))
}

// stampBehind returns the line of the time right behind a name, badges and the
// like between them allowed.
func (p *page) stampBehind(i int) (int, bool) {
	for k := i + 1; k < len(p.lines) && k <= i+4; k++ {
		switch p.lines[k].Kind {
		case commentline.Stamp:
			return k, true
		case commentline.Blank, commentline.Badge, commentline.Avatar, commentline.Number, commentline.Votes:
		default:
			return 0, false
		}
	}
	return 0, false
}

// agreeing keeps the openers of the prevailing form, where one prevails: a date in
// the midst of a comment makes no author where all others "say", and neither does a
// sentence that ends in "he says:" where a time stands under all others.
func (p *page) agreeing(openers []opener) []opener {
	const least = 3
	forms := []struct {
		has   func(opener) bool
		share float64 // of the others, from which the form prevails
	}{
		{func(o opener) bool { return o.mark.Family == commentline.Says }, 0},
		{func(o opener) bool { return p.lines[o.at].Avatar }, 0.75},
		{func(o opener) bool { return p.lines[o.at].Item }, 0.75},
		{p.timed, 0.75},
	}
	for _, f := range forms {
		if n := count(openers, f.has); n >= least && float64(n) >= f.share*float64(len(openers)) {
			openers = slices.DeleteFunc(openers, func(o opener) bool { return !f.has(o) })
		}
	}
	return openers
}

// timed reports whether a time stands on the author line or right behind it.
func (p *page) timed(o opener) bool {
	if o.mark.PostedAs != "" {
		return true
	}
	_, ok := p.stampBehind(o.at)
	return ok
}

// chooseStart finds the line that announces the comments: the last count line that
// loses no more than a tenth of the openers before it, or else the one that loses
// fewest. Openers before it are dropped. Without a count line the section begins at
// the first opener.
func (p *page) chooseStart(openers []opener) []opener {
	if len(openers) == 0 {
		return nil
	}
	best, least := -1, len(openers)
	for _, i := range p.countLines() {
		if i > openers[len(openers)-1].at {
			continue
		}
		if lost := p.lostBefore(i, openers); lost < least {
			best, least = i, lost
		}
		if least <= len(openers)/10 {
			break
		}
	}
	if best < 0 {
		p.start = openers[0].at
		p.assume(p.start, "no line announces the comments; they are read from here on")
		return openers
	}
	p.start = best
	if p.announce(best); p.declared == 0 {
		p.findNumber(best)
	}
	return slices.DeleteFunc(openers, func(o opener) bool { return o.at < best })
}

// articleFrom is the bytes of text from which an author line heads an article, not a
// comment.
const articleFrom = 600

// lostBefore counts the openers before a line that head comments. One that heads
// an article is its byline and no loss.
func (p *page) lostBefore(line int, openers []opener) int {
	lost := 0
	for k, o := range openers {
		if o.at > line {
			break
		}
		end := line
		if k+1 < len(openers) {
			end = min(end, openers[k+1].at)
		}
		size := 0
		for i := o.behind; i < end; i++ {
			size += len(p.lines[i].Clean)
		}
		if size < articleFrom {
			lost++
		}
	}
	return lost
}

// findNumber looks for the number of comments on a count line shortly before a bare
// heading.
func (p *page) findNumber(heading int) {
	text := 0
	for i := heading - 1; i >= 0 && text < 3; i-- {
		switch l := &p.lines[i]; {
		case l.Kind == commentline.Count && l.Count > 0:
			p.announce(i)
			return
		case isParagraph(l):
			text++
		}
	}
}

// readBlock makes a comment of the lines behind an opener.
func (p *page) readBlock(o opener, end int) {
	b := block{
		author: o.mark.Name, replyTo: o.mark.ReplyTo, posted: o.mark.PostedAs,
		votes: o.votes, removed: o.mark.Removed, first: o.at, column: p.lines[o.at].ItemColumn,
	}
	p.used[o.at] = true
	p.used[o.behind-1] = true // the time, where it stands on a line of its own
	for i := p.skipHeader(&b, o.behind, end); i < end && !endsText(p.lines[i].Kind); i++ {
		if p.lines[i].Kind == commentline.Removed && len(b.text) == 0 {
			b.removed = true
		}
		b.text = append(b.text, i)
	}
	p.readTail(&b, end)
	p.blocks = append(p.blocks, b)
}

// cutLast ends the last comment where the others end. Behind it comes the rest of the
// page, and nothing but the votes or the time under the text may tell them apart.
func (p *page) cutLast() {
	last := len(p.blocks) - 1
	if last < 1 {
		return
	}
	closed := 0
	for k := range p.blocks[:last] {
		if i := p.behind(&p.blocks[k]); i < len(p.lines) && closesText(p.lines[i].Kind) {
			closed++
		}
	}
	if 3*closed < 2*last {
		return
	}
	b := &p.blocks[last]
	for k, i := range b.text {
		if !closesText(p.lines[i].Kind) {
			continue
		}
		end := b.text[len(b.text)-1] + 1
		b.text = b.text[:k+1]
		p.readTail(b, end)
		return
	}
}

// behind is the first line behind the text of a block that isn't blank.
func (p *page) behind(b *block) int {
	i := b.first + 1
	if n := len(b.text); n > 0 {
		i = b.text[n-1] + 1
	}
	for i < len(p.lines) && p.lines[i].Kind == commentline.Blank {
		i++
	}
	return i
}

// closesText reports whether a line may stand under the text of a comment.
func closesText(k commentline.Kind) bool {
	return endsText(k) || k == commentline.Votes || k == commentline.Number || k == commentline.Stamp || k == commentline.Expand
}

// endsText reports whether a line stands behind the text of a comment.
func endsText(k commentline.Kind) bool {
	switch k {
	case commentline.Action, commentline.End, commentline.Field, commentline.Count, commentline.Pingback, commentline.Signature, commentline.Page:
		return true
	}
	return false
}

// skipHeader passes what stands between the author and the text.
func (p *page) skipHeader(b *block, from, end int) int {
	for i := from; i < end; i++ {
		switch p.lines[i].Kind {
		case commentline.Stamp, commentline.Votes:
			p.annotate(b, i)
		case commentline.Blank, commentline.Badge, commentline.Avatar, commentline.Number, commentline.Action, commentline.Field, commentline.Page:
		default:
			return i
		}
	}
	return end
}

// annotate gives a block the time or the votes of line i, if it has none.
func (p *page) annotate(b *block, i int) {
	l := &p.lines[i]
	switch {
	case l.Kind == commentline.Stamp && b.posted == "":
		b.posted = l.Mark.PostedAs
		p.used[i] = true
	case l.Votes != nil && b.votes == nil:
		b.votes = l.Votes
		p.used[i] = true
	}
}

// readTail takes times and votes off the end of the text.
func (p *page) readTail(b *block, end int) {
	for len(b.text) > 0 {
		i := b.text[len(b.text)-1]
		switch p.lines[i].Kind {
		case commentline.Stamp, commentline.Votes:
			p.annotate(b, i)
		case commentline.Blank, commentline.Badge, commentline.Avatar, commentline.Number, commentline.Expand:
		default:
			p.readVotesBehind(b, end)
			return
		}
		b.text = b.text[:len(b.text)-1]
	}
}

// readVotesBehind looks for votes among the buttons behind the text.
func (p *page) readVotesBehind(b *block, end int) {
	for i := b.text[len(b.text)-1] + 1; i < end && b.votes == nil; i++ {
		switch p.lines[i].Kind {
		case commentline.Votes, commentline.Action:
			p.annotate(b, i)
		case commentline.Blank, commentline.Number, commentline.Stamp:
		default:
			return
		}
	}
}

// beforeEnd drops the openers behind the line that ends the thread: the comment form
// or the related articles. A line of that kind that comes between many comments is
// a button under each of them and ends nothing.
func (p *page) beforeEnd(openers []opener) []opener {
	var ends []int
	for k := 1; k < len(openers); k++ {
		for i := openers[k-1].behind; i < openers[k].at; i++ {
			if p.lines[i].Kind == commentline.End {
				ends = append(ends, k)
				break
			}
		}
	}
	if len(ends) == 0 || len(ends) > 2+len(openers)/5 {
		return openers
	}
	first := ends[0]
	if 5*first >= 3*len(openers) || p.declared > 0 && 5*first >= 4*p.declared {
		return openers[:first]
	}
	return openers
}

// dropEmpty gives back the blocks without any text that aren't removed comments: a
// name and a date in a list of articles, not a comment.
func (p *page) dropEmpty() {
	p.blocks = slices.DeleteFunc(p.blocks, func(b block) bool {
		if len(b.text) > 0 || b.removed {
			return false
		}
		p.used[b.first] = false
		return true
	})
}

// dropLeadingArticle gives back a first block that is the article under its
// byline: far longer than any other comment and of many paragraphs.
func (p *page) dropLeadingArticle() {
	if len(p.blocks) < 3 || p.start != p.blocks[0].first {
		return
	}
	longest := 0
	for _, b := range p.blocks[1:] {
		longest = max(longest, len(b.text))
	}
	if len(p.blocks[0].text) < 2*longest+6 {
		return
	}
	clear(p.used[p.blocks[0].first:p.blocks[1].first])
	p.blocks = p.blocks[1:]
	p.start = p.blocks[0].first
}

// lastLine is the index of the last line that a comment uses.
func (p *page) lastLine() int {
	last := p.start
	for i := p.start; i < len(p.lines); i++ {
		if p.used[i] {
			last = i
		}
	}
	for _, b := range p.blocks {
		if n := len(b.text); n > 0 {
			last = max(last, b.text[n-1])
		}
	}
	return last
}
