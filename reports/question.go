package reports

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
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
	t := newTextLayout(w, o)
	width := t.Width()
	rule := layout.Verbatim{strings.Repeat("─", width)}
	d := layout.Document{layout.Says(fmt.Sprintf("%d of %d · %d labelled, %d skipped", q.Number, q.Of, q.Labelled, q.Skipped)), rule}
	d = append(append(d, asked(q, width)...), rule)
	switch c := q.Comment; {
	case q.Parent != nil && !q.Parent.Removed:
		d = append(d, quoted(byline("In reply to", q.Parent), q.Parent.Text, width)...)
	case c.ParentText != "":
		d = append(d, quoted("In reply to", c.ParentText, width)...)
	case c.Parent != "":
		d = append(d, layout.Says("In reply to a comment that was removed"), layout.Blank{})
	}
	d = append(d, layout.Heading{Text: byline("", q.Comment)}, body(q.Comment.Text, "", width, unlimited), rule)
	if q.Codebook != "" {
		d = append(d, codebook(q.Codebook, width), rule)
	}
	if q.Sentiment != nil && q.Message == "" {
		d = append(d, layout.Says("Sentiment: "+q.Sentiment.String()))
	}
	if q.Guess != nil {
		d = append(d, layout.Says("The program guesses: "+q.Guess.String()))
	}
	if q.Message != "" {
		d = append(d, layout.Heading{Text: q.Message})
	}
	for _, keys := range questionKeys {
		d = append(d, layout.Says(keys))
	}
	return t.Write(d)
}

// item begins a point of a list in Markdown.
var item = regexp.MustCompile(`^(- |[0-9]+\. )`)

// codebook shows Markdown as it is, each paragraph and each point wrapped.
func codebook(markdown string, width int) layout.Block {
	var lines []string
	for _, l := range strings.Split(strings.TrimSpace(markdown), "\n") {
		if last := len(lines) - 1; last >= 0 && l != "" && lines[last] != "" && !item.MatchString(l) {
			lines[last] += " " + strings.TrimSpace(l)
			continue
		}
		lines = append(lines, l)
	}
	return body(strings.Join(lines, "\n"), "", width, unlimited)
}

// asked is the headline, the case and the beginning of the text.
func asked(q *Question, width int) layout.Document {
	a := q.Article
	d := layout.Document{layout.Heading{Text: clean.Line(a.Title)}}
	if a.Case != "" && a.Case != a.Title {
		d = append(d, layout.Paragraph{Parts: []layout.Part{{Text: "Case: " + clean.Line(a.Case)}}, Indent: 2})
	}
	limit := articleLines
	if q.Whole {
		limit = unlimited
	}
	return append(d, body(strings.TrimSpace(a.Description+"\n\n"+a.Text), "", width, limit))
}

// byline names a comment's author and time after a word.
func byline(word string, c *corpus.Comment) string {
	parts := []string{word, author(c.Author).Text}
	if when := c.When(); when != "" {
		parts = append(parts, "·", clean.Line(when))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// quoted is what a comment answers.
func quoted(head, text string, width int) layout.Document {
	return layout.Document{layout.Says(head), body(text, "> ", width, unlimited), layout.Blank{}}
}

const unlimited = -1

// body is a text paragraph by paragraph, each line behind a prefix, and at most so many lines.
func body(text, prefix string, width, limit int) layout.Verbatim {
	var lines layout.Verbatim
	for _, paragraph := range strings.Split(text, "\n") {
		for _, l := range layout.Wrap(clean.Line(paragraph), width-len(prefix), 0) {
			if limit == 0 {
				return append(lines, "…")
			}
			limit--
			lines = append(lines, prefix+l)
		}
	}
	return lines
}
