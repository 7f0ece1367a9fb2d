package encoder

import (
	"cmp"
	"strings"

	"stance.example/stance/analysis/encoder/internal/wordpiece"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// part names what may be left out of an input, to see what it did.
type part uint8

const (
	articlePart part = 1 << iota
	parentPart
)

// sequence is what the network reads of one comment:
//
//	[CLS] article [SEP] parent [SEP] comment [SEP]
//
// The article is its headline and lead, or its case where one is stated. The parent is
// read where the comment is too short to speak for itself, and left out, with its [SEP],
// elsewhere; where it isn't known, what the comment quotes stands for it. Of comments and
// parents the lines that quote others aren't read. Each is cut at a budget of its own.
// The segment is 0 up to and with the first [SEP] and 1 behind it.
type sequence struct {
	comment  int // index in the thread
	ids      []int32
	segments []uint8
	// tokens are those of the comment, which the network's output is read at:
	// ids[first : first+len(tokens)]. A comment without any is read at the last [SEP].
	first  int
	tokens []wordpiece.Token
}

// rows is the number of places that the output is read at.
func (s *sequence) rows() int { return max(1, len(s.tokens)) }

// shortReply is the number of tokens from which a reply speaks for itself. Below it the
// parent is read: "exactly" says nothing alone. With the parents of all replies read, twice
// as many labels hang on whether a link to the parent was saved (docs/model.md).
const shortReply = 24

// How many characters are read of an article's lead and of a parent, and how many of a text
// without a headline are searched for its first sentence.
const (
	leadLength    = 260
	parentLength  = 300
	openingLength = 1000
)

// articleText is what is read of an article: the case if one is stated, with its
// parties, else the headline and the lead, and of an article without a headline the first
// sentence, which is also what is shown as its case. It fails if the model of sentences
// can't be loaded, which only such an article needs.
func articleText(a *corpus.Article) (string, error) {
	if a.Case != "" && a.Case != a.Title {
		s := a.Case
		if len(a.For) > 0 {
			s += " For: " + strings.Join(a.For, ", ") + "."
		}
		if len(a.Against) > 0 {
			s += " Against: " + strings.Join(a.Against, ", ") + "."
		}
		return s, nil
	}
	title, lead := strings.TrimSpace(a.Title), strings.TrimSpace(a.Description)
	if lead == "" {
		lead = strings.TrimSpace(a.Text)
	}
	switch {
	case lead == "":
		return title, nil
	case title == "":
		parser, err := text.NewParser()
		if err != nil {
			return "", err
		}
		return parser.FirstSentence(cut(lead, openingLength)), nil
	}
	return title + " | " + cut(lead, leadLength), nil
}

// cut returns the first n characters of s.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// reader makes the inputs of a thread's comments.
type reader struct {
	e       *Encoder
	thread  *corpus.Thread
	without part
	article []wordpiece.Token
	above   []int             // the comment that each answers, -1 for none
	parent  []wordpiece.Token // scratch
}

func (e *Encoder) reader(t *corpus.Thread, without part) (*reader, error) {
	r := &reader{e: e, thread: t, without: without, above: corpus.Answered(t.Comments)}
	if without&articlePart == 0 {
		read, err := articleText(&t.Article)
		if err != nil {
			return nil, err
		}
		r.article = e.vocabulary.Append(nil, read, e.budget.Article)
	}
	return r, nil
}

// comment makes the input of comment i.
func (r *reader) comment(i int) sequence {
	c := &r.thread.Comments[i]
	e := r.e
	own, quoted := corpus.Own(c.Text)
	tokens := e.vocabulary.Append(nil, own, e.budget.Comment)
	r.parent = r.parent[:0]
	if r.without&parentPart == 0 && len(tokens) < shortReply {
		said := cmp.Or(c.ParentText, quoted)
		if k := r.above[i]; k >= 0 {
			said, _ = corpus.Own(r.thread.Comments[k].Text)
			said = strings.TrimSpace(said)
		}
		r.parent = e.vocabulary.Append(r.parent, cut(said, parentLength), e.budget.Parent)
	}
	return e.sequence(i, r.article, r.parent, tokens)
}

// sequence puts one input together.
func (e *Encoder) sequence(comment int, article, parent, tokens []wordpiece.Token) sequence {
	s := sequence{comment: comment, tokens: tokens, ids: make([]int32, 0, len(article)+len(parent)+len(tokens)+4)}
	add := func(list []wordpiece.Token) {
		for _, t := range list {
			s.ids = append(s.ids, t.ID)
		}
	}
	s.ids = append(s.ids, e.vocabulary.Classify)
	add(article)
	s.ids = append(s.ids, e.vocabulary.Separate)
	behind := len(s.ids)
	if len(parent) > 0 {
		add(parent)
		s.ids = append(s.ids, e.vocabulary.Separate)
	}
	s.first = len(s.ids)
	add(tokens)
	s.ids = append(s.ids, e.vocabulary.Separate)
	s.segments = make([]uint8, len(s.ids))
	for k := behind; k < len(s.ids); k++ {
		s.segments[k] = 1
	}
	return s
}
