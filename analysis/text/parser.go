package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/ner"
	"github.com/jdkato/prose/v3/segment"
	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/token"
	"github.com/jdkato/prose/v3/tokenize"
)

// Parser parses texts. It is safe for concurrent use; its models are loaded once
// per process and shared.
type Parser struct {
	tokenizer *tokenize.Tokenizer
	segmenter *segment.Segmenter
}

// NewParser returns a parser for English.
func NewParser() (*Parser, error) {
	s, err := segment.New()
	if err != nil {
		return nil, fmt.Errorf("loading the sentence model: %w", err)
	}
	return &Parser{tokenizer: tokenize.New(), segmenter: s}, nil
}

// Parse splits src into sentences and tokens. Invalid UTF-8 is kept as it is.
func (p *Parser) Parse(src string) Document {
	d := Document{Source: src, Sentences: p.sentences(src)}
	raw := p.tokenizer.Tokenize(src)
	d.Tokens = make([]Token, len(raw))
	lower := make([]byte, 0, len(src))
	sentence := 0
	for i, t := range raw {
		for sentence+1 < len(d.Sentences) && t.Start >= d.Sentences[sentence+1].Start {
			sentence++
		}
		d.Tokens[i] = Token{Span: Span{t.Start, t.End()}, Text: t.Text, Sentence: sentence}
		lower = appendLower(lower, t.Text)
	}
	shareLower(d.Tokens, string(lower))
	return d
}

// sentences segments each line on its own: in comments a line break ends a
// sentence whether or not a full stop stands before it, which the segmenter's
// model, trained on wrapped prose, doesn't know.
func (p *Parser) sentences(src string) []Span {
	var spans []Span
	for start := 0; start < len(src); {
		end := len(src)
		if i := strings.IndexByte(src[start:], '\n'); i >= 0 {
			end = start + i
		}
		for _, s := range p.segmenter.Segment(src[start:end]) {
			spans = append(spans, Span{start + s.Start, start + s.End()})
		}
		start = end + 1
	}
	return spans
}

// shareLower points each token's Lower into one shared string, the appended
// appendLower of all tokens, so that a document costs one allocation for them.
func shareLower(tokens []Token, lower string) {
	at := 0
	for i := range tokens {
		n := lowerLen(tokens[i].Text)
		tokens[i].Lower = lower[at : at+n]
		at += n
	}
}

// appendLower appends s in lower case, with the curly apostrophe made straight.
func appendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = utf8.AppendRune(dst, lowerRune(r))
		i += n
	}
	return dst
}

// lowerLen is the number of bytes that appendLower appends for s.
func lowerLen(s string) int {
	n := 0
	for _, r := range s {
		n += utf8.RuneLen(lowerRune(r))
	}
	return n
}

func lowerRune(r rune) rune {
	if r == '’' || r == 'ʼ' {
		return '\''
	}
	return unicode.ToLower(r)
}

// Tag fills in the part of speech of every token, sentence by sentence.
func (p *Parser) Tag(d *Document) error {
	tagger, err := tag.Open(tag.Default)
	if err != nil {
		return fmt.Errorf("loading the tagger: %w", err)
	}
	for _, run := range sentenceRuns(d.Tokens) {
		ts := proseTokens(run)
		tagger.TagTokens(ts)
		for i := range run {
			run[i].Tag = ts[i].Tag
		}
	}
	return nil
}

// Entities returns the names in d, in the order of the text. It tags d if it
// hasn't been tagged. It costs milliseconds per hundred words, so it is meant
// for articles, not for comments.
func (p *Parser) Entities(d *Document) ([]Entity, error) {
	if len(d.Tokens) > 0 && d.Tokens[0].Tag == "" {
		if err := p.Tag(d); err != nil {
			return nil, err
		}
	}
	extracter, err := ner.New()
	if err != nil {
		return nil, fmt.Errorf("loading the entity model: %w", err)
	}
	var found []Entity
	for _, run := range sentenceRuns(d.Tokens) {
		ts := proseTokens(run)
		extracter.Label(ts)
		for _, e := range extracter.Chunk(d.Source, ts) {
			found = append(found, Entity{Span: Span{e.Start, e.End()}, Text: e.Text, Label: e.Label})
		}
	}
	return found, nil
}

// sentenceRuns cuts tokens into the runs that share a sentence.
func sentenceRuns(tokens []Token) [][]Token {
	var runs [][]Token
	for start := 0; start < len(tokens); {
		end := start + 1
		for end < len(tokens) && tokens[end].Sentence == tokens[start].Sentence {
			end++
		}
		runs = append(runs, tokens[start:end])
		start = end
	}
	return runs
}

// proseTokens converts to the library's type, which its models fill in place.
func proseTokens(run []Token) []token.Token {
	ts := make([]token.Token, len(run))
	for i, t := range run {
		ts[i] = token.Token{Text: t.Text, Tag: t.Tag, Start: t.Start}
	}
	return ts
}
