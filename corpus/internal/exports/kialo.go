package exports

import (
	"bufio"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
)

// kialoStart is how an export begins.
var kialoStart = regexp.MustCompile(`(?i)^\s*Discussion (?:Name|Title):`)

// kialoThesis is the number of the thesis.
var kialoThesis = regexp.MustCompile(`(?m)^\s*1\.\s`)

// kialoClaim is the line that begins a claim, or the thesis.
var kialoClaim = regexp.MustCompile(`^\s*((?:\d+\.)+)\s+(?:(?i:(Thesis|Pro|Con)):\s*)?(.*)$`)

// kialoLink is a claim that only points to another.
var kialoLink = regexp.MustCompile(`^(?:->|→)\s*(?:See|Discussed)\b`)

// isKialo reports whether a text is a discussion of Kialo: its name, its thesis, and the claims for and against,
// numbered by their places in the tree.
func isKialo(head []byte) bool {
	return kialoStart.Match(head) && kialoThesis.Match(head)
}

// readKialo reads the thesis as the article's text, and what a claim is to the one above it as its label: "pro" or
// "con".
func readKialo(in *input) error {
	k := &kialo{book: in.book, page: in.book.page("")}
	lines := bufio.NewScanner(in.r)
	lines.Buffer(nil, in.max)
	for number := 1; lines.Scan(); number++ {
		k.line(number, lines.Text())
	}
	k.end()
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return in.options().Problem(0, true, "a line longer than %d MB: the rest is not read", in.max>>20)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", in.name, err)
	}
	return nil
}

// kialo is an export that is being read.
type kialo struct {
	book    *book
	page    *page
	claim   corpus.Comment // the last one
	named   bool           // the name of the discussion comes next, or is there
	sources bool           // the list of sources has begun
	text    []string
}

func (k *kialo) line(number int, line string) {
	line = strings.TrimSpace(line)
	m := kialoClaim.FindStringSubmatch(line)
	switch {
	case line == "Sources:":
		k.end()
		k.sources = true
	case k.sources || line == "" && len(k.text) == 0:
	case !k.named:
		k.named = true
		_, name, _ := strings.Cut(line, ":")
		k.page.Article.Title = strings.TrimSpace(name)
	case m != nil && (m[2] != "" || k.claim.ID == ""):
		k.end()
		k.begin(number, m)
	case k.claim.ID == "":
		gather.Fill(&k.page.Article.Title, line)
	default:
		k.text = append(k.text, line)
	}
}

func (k *kialo) begin(number int, m []string) {
	id := strings.TrimSuffix(m[1], ".")
	k.claim = corpus.Comment{ID: id}
	if above := strings.LastIndexByte(id, '.'); above > 0 {
		k.claim.Parent = id[:above]
	}
	if label := strings.ToLower(m[2]); label == "pro" || label == "con" {
		k.claim.Annotation = &corpus.Annotation{Label: label}
	}
	if m[3] != "" {
		k.text = append(k.text, m[3])
	}
	k.book.line = number
}

// end adds the claim whose lines were read.
func (k *kialo) end() {
	c := k.claim
	c.Text = strings.TrimSpace(strings.Join(k.text, "\n"))
	k.text, k.claim = nil, corpus.Comment{}
	switch {
	case c.ID == "":
	case c.Parent == "" && k.page.Article.Text == "":
		k.page.Article.Text = c.Text
		k.page.Top(c.ID)
	case kialoLink.MatchString(c.Text):
		k.page.Ignored++
	default:
		k.book.add(k.page, c)
	}
}
