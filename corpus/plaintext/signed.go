package plaintext

import (
	"slices"

	"stance.example/stance/corpus/internal/commentline"
)

// readSigned reads a section whose comments end in their author: "Comment by Ada –
// May 3, 2020", or "Posted by Ada at 5 pm".
func (p *page) readSigned() bool {
	var signatures []int
	for i := range p.lines {
		if p.lines[i].Kind == commentline.Signature && p.lines[i].Mark.Name != "" {
			signatures = append(signatures, i)
		}
	}
	start := p.signedStart(signatures)
	if start < 0 {
		return false
	}
	p.start = start
	p.announce(start)
	from := start + 1
	for _, at := range signatures {
		if at > start {
			p.readSignedBlock(from, at)
			from = at + 1
		}
	}
	p.end = p.lastLine() + 1
	return true
}

// signedStart is the last count line with two signatures or more behind it and a
// text before the first of them, -1 if there is none.
func (p *page) signedStart(signatures []int) int {
	for _, i := range p.countLines() {
		first := slices.IndexFunc(signatures, func(at int) bool { return at > i })
		if first < 0 || len(signatures)-first < 2 {
			continue
		}
		isText := func(l commentline.Line) bool { return l.Kind == commentline.Plain }
		if slices.ContainsFunc(p.lines[i+1:signatures[first]], isText) {
			return i
		}
	}
	return -1
}

// readSignedBlock makes a comment of the lines before a signature.
func (p *page) readSignedBlock(from, at int) {
	l := &p.lines[at]
	b := block{author: l.Mark.Name, replyTo: l.Mark.ReplyTo, posted: l.Mark.PostedAs, votes: l.Votes, first: from}
	p.used[at] = true
	from = p.skipHeader(&b, from, at)
	b.first, b.column = from, p.lines[min(from, at)].ItemColumn
	for i := from; i < at; i++ {
		b.text = append(b.text, i)
	}
	if first := &p.lines[from]; first.Ordinal {
		p.lines[from] = first.WithText(first.Body) // the list's number is not the reader's
	}
	p.readTail(&b, at)
	p.blocks = append(p.blocks, b)
}
