package plaintext

import "stance.example/stance/corpus/internal/commentline"

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
	p.declared = p.lines[start].Count
	p.roles[start] = ofCount
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
		var behind []int
		for _, at := range signatures {
			if at > i {
				behind = append(behind, at)
			}
		}
		if len(behind) >= 2 && p.hasText(i+1, behind[0]) {
			return i
		}
	}
	return -1
}

// hasText reports whether one of the lines [from, to) is running text.
func (p *page) hasText(from, to int) bool {
	for i := from; i < to; i++ {
		if p.lines[i].Kind == commentline.Plain {
			return true
		}
	}
	return false
}

// readSignedBlock makes a comment of the lines before a signature.
func (p *page) readSignedBlock(from, at int) {
	l := &p.lines[at]
	b := block{author: l.Mark.Name, replyTo: l.Mark.ReplyTo, posted: l.Mark.PostedAs, votes: l.Votes, first: from}
	p.take(at)
	from = p.skipHeader(&b, from, at)
	b.first, b.column = from, p.replyColumn(min(from, at))
	for i := from; i < at; i++ {
		b.text = append(b.text, i)
	}
	if first := &p.lines[from]; first.Ordinal {
		p.lines[from] = first.WithText(first.Body) // the list's number is not the reader's
	}
	p.readTail(&b, at)
	p.blocks = append(p.blocks, b)
}
