package reports

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
)

// Question is a comment to be labelled by a person, with what it stands under.
type Question struct {
	Number, Of        int // its place in the sample, from 1, and the sample's size
	Labelled, Skipped int // so far
	Article           *corpus.Article
	Whole             bool            // show the article's text as a whole
	Parent            *corpus.Comment // nil if it isn't in the thread
	Comment           *corpus.Comment
	Sentiment         *corpus.Polarity // that was given, nil for none
	Guess             *corpus.Stance   // of the program, nil if it is to stay hidden
	Codebook          string           // what the labels mean, "" if it isn't to be shown
	Message           string           // to show above the keys, "" for none
}

// articleLines is how many lines of the article's text are shown unless the whole was
// asked for.
const articleLines = 6

// questionKeys are what can be pressed.
var questionKeys = []string{
	"k skeptical · r relativist · p supportive · n none",
	"before it, if wanted: - negative · 0 neutral · + positive",
	"x skip · u undo · a article · ? codebook · g guess · q quit",
}

// Ask writes a question for a terminal.
func Ask(w io.Writer, q *Question, o Options) error {
	t := newText(w, o).(*textWriter)
	t.paragraph(fmt.Sprintf("%d of %d · %d labelled, %d skipped", q.Number, q.Of, q.Labelled, q.Skipped), 0, unmarked)
	t.rule()
	t.article(q)
	t.rule()
	switch c := q.Comment; {
	case q.Parent != nil && !q.Parent.Removed:
		t.quoted(byline("In reply to", q.Parent), q.Parent.Text)
	case c.ParentText != "":
		t.quoted("In reply to", c.ParentText)
	case c.Parent != "":
		t.paragraph("In reply to a comment that was removed", 0, unmarked)
		t.w.WriteByte('\n')
	}
	t.paragraph(byline("", q.Comment), 0, emphasised)
	t.body(q.Comment.Text, "", unlimited)
	t.rule()
	if q.Codebook != "" {
		t.codebook(q.Codebook)
		t.rule()
	}
	if q.Sentiment != nil && q.Message == "" {
		t.paragraph("Sentiment: "+q.Sentiment.String(), 0, unmarked)
	}
	if q.Guess != nil {
		t.paragraph("The program guesses: "+q.Guess.String(), 0, unmarked)
	}
	if q.Message != "" {
		t.paragraph(q.Message, 0, emphasised)
	}
	for _, keys := range questionKeys {
		t.paragraph(keys, 0, unmarked)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// item begins a point of a list in Markdown.
var item = regexp.MustCompile(`^(- |[0-9]+\. )`)

// codebook shows Markdown as it is, each paragraph and each point wrapped.
func (t *textWriter) codebook(markdown string) {
	var lines []string
	for _, l := range strings.Split(strings.TrimSpace(markdown), "\n") {
		if last := len(lines) - 1; last >= 0 && l != "" && lines[last] != "" && !item.MatchString(l) {
			lines[last] += " " + strings.TrimSpace(l)
			continue
		}
		lines = append(lines, l)
	}
	t.body(strings.Join(lines, "\n"), "", unlimited)
}

// article shows the headline, the case and the beginning of the text.
func (t *textWriter) article(q *Question) {
	a := q.Article
	t.paragraph(clean.Line(a.Title), 0, emphasised)
	if a.Case != "" && a.Case != a.Title {
		t.paragraph("Case: "+clean.Line(a.Case), 2, unmarked)
	}
	limit := articleLines
	if q.Whole {
		limit = unlimited
	}
	t.body(strings.TrimSpace(a.Description+"\n\n"+a.Text), "", limit)
}

// byline names a comment's author and time after a word.
func byline(word string, c *corpus.Comment) string {
	parts := []string{word, author(c.Author).text}
	if c.PostedAs != "" {
		parts = append(parts, "·", clean.Line(c.PostedAs))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// quoted shows what a comment answers.
func (t *textWriter) quoted(head, text string) {
	t.paragraph(head, 0, unmarked)
	t.body(text, "> ", unlimited)
	t.w.WriteByte('\n')
}

const unlimited = -1

// body writes a text paragraph by paragraph, each line behind a prefix, and at most so
// many lines.
func (t *textWriter) body(text, prefix string, limit int) {
	for _, paragraph := range strings.Split(text, "\n") {
		for _, l := range wrap(clean.Line(paragraph), t.width-len(prefix), 0) {
			if limit == 0 {
				t.w.WriteString("…\n")
				return
			}
			limit--
			t.w.WriteString(prefix + l + "\n")
		}
	}
}

// rule writes a line across the page.
func (t *textWriter) rule() {
	t.w.WriteString(strings.Repeat("─", t.width) + "\n")
}
