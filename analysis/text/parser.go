package text

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/ner"
	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/token"
	"github.com/jdkato/prose/v3/tokenize"
)

// Parser parses texts. It is safe for concurrent use; its models are loaded once
// per process and shared.
type Parser struct {
	tokenizer *tokenize.Tokenizer
	splitter  *splitter
	scratch   sync.Pool // of *scratch
}

// scratch is what a parse needs until its size is known.
type scratch struct {
	tokens    []Token
	sentences []Span
	lower     []byte
}

var loadSplitter = sync.OnceValues(newSplitter)

// NewParser returns a parser for English.
func NewParser() (*Parser, error) {
	s, err := loadSplitter()
	if err != nil {
		return nil, err
	}
	return &Parser{
		tokenizer: tokenize.New(),
		splitter:  s,
		scratch:   sync.Pool{New: func() any { return new(scratch) }},
	}, nil
}

// Parse splits src into sentences and tokens. Invalid UTF-8 is kept as it is.
func (p *Parser) Parse(src string) Document {
	s := p.scratch.Get().(*scratch)
	defer p.scratch.Put(s)
	s.sentences = p.appendSentences(s.sentences[:0], src)
	s.tokens = p.appendTokens(s.tokens[:0], src)
	d := Document{Source: src, Sentences: slices.Clone(s.sentences), Tokens: slices.Clone(s.tokens)}
	place(d.Tokens, d.Sentences)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		t.Word, s.lower = wordOf(t.Text, s.lower)
	}
	clear(s.tokens) // so that the scratch doesn't keep the source alive
	return d
}

// appendSentences segments each line on its own: in comments a line break ends a
// sentence whether or not a full stop stands before it, which the segmenter's
// model, trained on wrapped prose, doesn't know.
func (p *Parser) appendSentences(dst []Span, src string) []Span {
	for start := 0; start < len(src); {
		end := len(src)
		if i := strings.IndexByte(src[start:], '\n'); i >= 0 {
			end = start + i
		}
		dst = p.splitter.appendSentences(dst, src[start:end], start)
		start = end + 1
	}
	return dst
}

// place gives each token its sentence.
func place(tokens []Token, sentences []Span) {
	sentence := 0
	for i := range tokens {
		for sentence+1 < len(sentences) && tokens[i].Start >= sentences[sentence+1].Start {
			sentence++
		}
		tokens[i].Sentence = sentence
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

func lowerRune(r rune) rune {
	if r == '’' || r == 'ʼ' {
		return '\''
	}
	return unicode.ToLower(r)
}

// Entities returns the names in d, in the order of the text. The tokens' parts of speech
// are tagged for it. It costs milliseconds per hundred words, so it is meant for articles,
// not for comments.
func (p *Parser) Entities(d *Document) ([]Entity, error) {
	tagger, err := tag.Open(tag.Default)
	if err != nil {
		return nil, fmt.Errorf("loading the tagger: %w", err)
	}
	extracter, err := ner.New()
	if err != nil {
		return nil, fmt.Errorf("loading the entity model: %w", err)
	}
	var found []Entity
	for _, run := range sentenceRuns(d.Tokens) {
		ts := proseTokens(run)
		tagger.TagTokens(ts)
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
		ts[i] = token.Token{Text: t.Text, Start: t.Start}
	}
	return ts
}
