package reports

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"stance/analysis"
	"stance/reports/account"
)

// Summaries returns the outputs of the written summary in the order in which help
// lists them.
func Summaries() []Output {
	return []Output{
		{"text", "paragraphs for reading in a terminal", newSummaryText},
		{"html", "one page of paragraphs; opens from disk", newSummaryHTML},
		{"markdown", "the same paragraphs in Markdown", newSummaryMarkdown},
		{"json", "one JSON object per thread, one line each: every statement with its figures and quotes", newSummaryJSON},
	}
}

// withheldNote says that statements were left out.
func withheldNote(a *account.Account) string {
	if len(a.Withheld) == 0 {
		return ""
	}
	return counted(len(a.Withheld), "statement") + " left out, because what was said isn't what its source says."
}

// summaryText writes paragraphs, each thread under its title.
type summaryText struct {
	w       *bufio.Writer
	width   int
	style   style
	length  account.Length
	started bool
}

// widestProse is the width from which lines of prose are no easier to read.
const widestProse = 88

func newSummaryText(w io.Writer, o Options) Writer {
	t := newText(w, o).(*textWriter)
	return &summaryText{w: t.w, width: min(t.width, widestProse), style: t.style, length: o.Length}
}

// Write implements Writer.
func (s *summaryText) Write(r *analysis.Result) error {
	if s.started {
		s.w.WriteString("\n\n")
	}
	s.started = true
	s.paragraph(title(r.Thread), emphasised)
	told := account.Of(r, s.length)
	for _, p := range told.Paragraphs {
		s.w.WriteByte('\n')
		s.paragraph(proseOf(p), unmarked)
	}
	if note := withheldNote(&told); note != "" {
		s.w.WriteByte('\n')
		s.paragraph(note, unmarked)
	}
	if err := s.w.Flush(); err != nil {
		return fmt.Errorf("writing the summary: %w", err)
	}
	return nil
}

// Close implements Writer.
func (s *summaryText) Close() error { return nil }

func (s *summaryText) paragraph(text string, m mark) {
	for _, l := range wrap(text, s.width, 0) {
		s.w.WriteString(s.style(l, m) + "\n")
	}
}

// proseOf joins the statements of a paragraph in one clean line.
func proseOf(p account.Paragraph) string {
	list := make([]string, len(p.Statements))
	for i, s := range p.Statements {
		list[i] = cleanLine(withNames(s).String())
	}
	return strings.Join(list, " ")
}

// withNames returns the statement with words for the names that show nothing.
func withNames(s account.Statement) account.Statement {
	s = slices.Clone(s)
	for i := range s {
		if s[i].Kind == account.Name && cleanLine(s[i].Text) == "" {
			s[i].Text = "a reader"
		}
	}
	return s
}

// summaryMarkdown writes the same in Markdown.
type summaryMarkdown struct {
	w       *bufio.Writer
	length  account.Length
	started bool
}

func newSummaryMarkdown(w io.Writer, o Options) Writer {
	return &summaryMarkdown{w: bufio.NewWriter(w), length: o.Length}
}

// Write implements Writer.
func (s *summaryMarkdown) Write(r *analysis.Result) error {
	if s.started {
		s.w.WriteByte('\n')
	}
	s.started = true
	fmt.Fprintf(s.w, "## %s\n", escapeMarkdown(title(r.Thread)))
	told := account.Of(r, s.length)
	for _, p := range told.Paragraphs {
		fmt.Fprintf(s.w, "\n%s\n", escapeMarkdown(proseOf(p)))
	}
	if note := withheldNote(&told); note != "" {
		fmt.Fprintf(s.w, "\n%s\n", note)
	}
	if err := s.w.Flush(); err != nil {
		return fmt.Errorf("writing the summary: %w", err)
	}
	return nil
}

// Close implements Writer.
func (s *summaryMarkdown) Close() error { return nil }

// summaryHTML writes all summaries on one page.
type summaryHTML struct {
	w      io.Writer
	length account.Length
	titles []string
	views  []summaryView
}

type (
	// summaryView is the written summary of a thread.
	summaryView struct {
		Title      string
		Paragraphs []paragraphView
		Withheld   string
	}
	paragraphView struct {
		Topic string
		Parts []partView
	}
	// partView is a part of a sentence, or the blank between two.
	partView struct {
		Text   string
		Quoted bool
		Theirs bool   // a reader's or the article's, whose direction of writing may differ
		ID     string // of the comment that is quoted or pointed to
		Href   string // of the comment on the page, "" if it isn't there
	}
)

func newSummaryHTML(w io.Writer, o Options) Writer { return &summaryHTML{w: w, length: o.Length} }

// Write implements Writer.
func (s *summaryHTML) Write(r *analysis.Result) error {
	s.views = append(s.views, newSummaryView(r, s.length, ""))
	return nil
}

// Close implements Writer.
func (s *summaryHTML) Close() error {
	p := newPages()
	var b strings.Builder
	for _, v := range s.views {
		if err := p.templates.ExecuteTemplate(&b, "summary.html", v); err != nil {
			return fmt.Errorf("rendering a summary: %w", err)
		}
	}
	d := page{Title: "Stance summary", Body: template.HTML(b.String())}
	switch len(s.views) {
	case 0:
		d.Index = &indexView{}
	case 1:
		d.Title = s.views[0].Title
	}
	return p.write(s.w, d)
}

// newSummaryView is the summary of a thread whose comments have anchors that begin
// with id, or aren't on the page if id is "".
func newSummaryView(r *analysis.Result, length account.Length, id string) summaryView {
	told := account.Of(r, length)
	v := summaryView{Title: title(r.Thread), Withheld: withheldNote(&told)}
	hrefs := map[string]string{}
	for i := range r.Thread.Comments {
		if id != "" {
			hrefs[r.Thread.Comments[i].ID] = "#" + anchor(id, i)
		}
	}
	for _, p := range told.Paragraphs {
		paragraph := paragraphView{Topic: string(p.Topic)}
		for i, s := range p.Statements {
			if i > 0 {
				paragraph.Parts = append(paragraph.Parts, partView{Text: " "})
			}
			for _, part := range withNames(s) {
				paragraph.Parts = append(paragraph.Parts, viewPart(part, hrefs))
			}
		}
		v.Paragraphs = append(v.Paragraphs, paragraph)
	}
	return v
}

func viewPart(p account.Part, hrefs map[string]string) partView {
	switch p.Kind {
	case account.Quote:
	case account.Reference:
		return partView{ID: cleanLine(p.ID), Href: hrefs[p.ID]}
	default:
		return partView{Text: cleanPart(p.Shown()), Theirs: p.Kind != account.Words && p.Kind != account.Figure}
	}
	text := cleanLine(p.Text)
	if p.Cut {
		text += ellipsis
	}
	return partView{Text: text, Quoted: true, ID: cleanLine(p.ID), Href: hrefs[p.ID]}
}

// cleanPart cleans a part of a sentence without the blanks at its ends.
func cleanPart(s string) string {
	clean := cleanLine(s)
	if strings.HasPrefix(s, " ") && clean != "" {
		clean = " " + clean
	}
	if strings.HasSuffix(s, " ") {
		clean += " "
	}
	return clean
}

// summaryJSON writes one object per thread.
type summaryJSON struct {
	w      *bufio.Writer
	length account.Length
}

type (
	summarisedDoc struct {
		Source     string         `json:"source,omitempty"`
		Thread     string         `json:"thread,omitempty"`
		Title      string         `json:"title,omitempty"`
		Statements []statementDoc `json:"statements"`
		Withheld   []string       `json:"withheld,omitempty"`
	}
	statementDoc struct {
		Topic   string      `json:"topic"`
		Text    string      `json:"text"`
		Figures []figureDoc `json:"figures,omitempty"`
		Quotes  []quoteDoc  `json:"quotes,omitempty"`
	}
	figureDoc struct {
		Source string  `json:"source"`
		Value  float64 `json:"value"`
	}
	quoteDoc struct {
		ID     string `json:"id"`
		Author string `json:"author,omitempty"`
		Text   string `json:"text"`
	}
)

func newSummaryJSON(w io.Writer, o Options) Writer {
	return &summaryJSON{w: bufio.NewWriter(w), length: o.Length}
}

// Write implements Writer.
func (s *summaryJSON) Write(r *analysis.Result) error {
	told := account.Of(r, s.length)
	doc := summarisedDoc{Source: r.Thread.Source, Thread: r.Thread.ID, Title: r.Thread.Article.Title, Statements: []statementDoc{}}
	for _, p := range told.Paragraphs {
		for _, statement := range p.Statements {
			doc.Statements = append(doc.Statements, newStatementDoc(p.Topic, statement))
		}
	}
	for _, err := range told.Withheld {
		doc.Withheld = append(doc.Withheld, err.Error())
	}
	return writeObject(s.w, doc)
}

// Close implements Writer.
func (s *summaryJSON) Close() error { return nil }

func newStatementDoc(topic account.Topic, s account.Statement) statementDoc {
	d := statementDoc{Topic: string(topic), Text: s.String()}
	for _, p := range s {
		switch p.Kind {
		case account.Figure:
			d.Figures = append(d.Figures, figureDoc{p.Source, rounded(p.Value)})
		case account.Quote:
			d.Quotes = append(d.Quotes, quoteDoc{p.ID, p.Author, p.Text})
		}
	}
	return d
}
