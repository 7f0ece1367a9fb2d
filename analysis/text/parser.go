package text

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/jdkato/prose/v3/ner"
	"github.com/jdkato/prose/v3/segment"
	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/tokenize"
)

// Parser parses texts. It is safe for concurrent use; its models are loaded once
// per process and shared.
type Parser struct {
	tokenizer *tokenize.Tokenizer
	segmenter *segment.Segmenter
}

var loadSegmenter = sync.OnceValues(segment.New)

// NewParser returns a parser for English.
func NewParser() (*Parser, error) {
	s, err := loadSegmenter()
	if err != nil {
		return nil, fmt.Errorf("loading the sentence model: %w", err)
	}
	return &Parser{tokenizer: tokenize.New(), segmenter: s}, nil
}

// Parse splits src into sentences and tokens. Invalid UTF-8 is kept as it is.
func (p *Parser) Parse(src string) Document {
	d := Document{Source: src, Sentences: p.sentences(src), Tokens: Tokens(src)}
	sentence := 0
	for i := range d.Tokens {
		for sentence+1 < len(d.Sentences) && d.Tokens[i].Start >= d.Sentences[sentence+1].Start {
			sentence++
		}
		d.Tokens[i].Sentence = sentence
	}
	return d
}

// FirstSentence returns the first sentence of src, "" if it has none.
func (p *Parser) FirstSentence(src string) string {
	if s := p.sentences(src); len(s) > 0 {
		return s[0].In(src)
	}
	return ""
}

// sentences segments each line on its own: in comments a line break ends a sentence
// whether or not a full stop stands before it, which the segmenter's model, trained on
// wrapped prose, doesn't know.
func (p *Parser) sentences(src string) []Span {
	var list []Span
	for start := 0; start < len(src); {
		end := len(src)
		if i := strings.IndexAny(src[start:], "\r\n"); i >= 0 {
			end = start + i
		}
		for _, s := range p.segmenter.Segment(src[start:end]) {
			list = append(list, Span{start + s.Start, start + s.End()})
		}
		start = end + 1
	}
	return list
}

// Tokens splits src into tokens that know no sentence.
func Tokens(src string) []Token {
	var list []Token
	at := 0
	for _, link := range links.FindAllStringIndex(src, -1) {
		list = append(appendWords(list, src, at, link[0]), newToken(src, link[0], link[1]))
		at = link[1]
	}
	return appendWords(list, src, at, len(src))
}

// links are single tokens.
var links = regexp.MustCompile(`https?://\S+`)

// appendWords appends the words and marks of src[from:to].
func appendWords(list []Token, src string, from, to int) []Token {
	for w := words.FromString(src[from:to]); w.Next(); {
		if first, _ := utf8.DecodeRuneInString(w.Value()); !unicode.IsSpace(first) {
			list = append(list, newToken(src, from+w.Start(), from+w.End()))
		}
	}
	return list
}

func newToken(src string, start, end int) Token {
	word := src[start:end]
	lower := strings.ToLower(word)
	if strings.ContainsAny(lower, apostrophes) { // a replacer copies the words that have none, too
		lower = plainApostrophes.Replace(lower)
	}
	return Token{Span: Span{start, end}, Text: word, Lower: lower}
}

const apostrophes = "’ʼ"

var plainApostrophes = strings.NewReplacer("’", "'", "ʼ", "'")

// Entities returns the names in the first words of a text, at most so many, in the order
// of the text. It costs milliseconds per hundred words, so it is meant for articles, not
// for comments.
func (p *Parser) Entities(d *Document, words int) ([]Entity, error) {
	tagger, err := tag.Open(tag.Default)
	if err != nil {
		return nil, fmt.Errorf("loading the tagger: %w", err)
	}
	extracter, err := ner.New()
	if err != nil {
		return nil, fmt.Errorf("loading the entity model: %w", err)
	}
	var found []Entity
	for _, s := range d.Sentences {
		tokens := p.tokenizer.Tokenize(s.In(d.Source))
		if words -= len(tokens); words < 0 {
			tokens = tokens[:len(tokens)+words]
		}
		tagger.TagTokens(tokens)
		extracter.Label(tokens)
		for _, e := range extracter.Chunk(s.In(d.Source), tokens) {
			found = append(found, Entity{Span: Span{s.Start + e.Start, s.Start + e.End()}, Text: e.Text, Label: e.Label})
		}
		if words <= 0 {
			break
		}
	}
	return found, nil
}
