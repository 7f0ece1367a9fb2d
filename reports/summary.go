package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
)

// Summaries returns the outputs of the written summary in the order in which help
// lists them.
func Summaries() []Output {
	return []Output{
		{"text", "paragraphs for reading in a terminal", analysis.AllParts, newSummaryText},
		{"html", "one page of paragraphs; opens from disk", analysis.AllParts, newSummaryHTML},
		{"markdown", "the same paragraphs in Markdown", analysis.AllParts, newSummaryMarkdown},
		{"json", "one JSON object per thread, one line each: every statement with its figures and quotes", analysis.AllParts, newSummaryJSON},
	}
}

// comparisonTitle stands over the comparison of several threads.
const comparisonTitle = "Taken together"

// together collects the threads of a summary that are compared with each other.
type together struct {
	analysis.Overview
	titles []string
}

func (t *together) Add(r *analysis.Result, title string) {
	t.Overview.Add(r)
	t.titles = append(t.titles, title)
}

// account compares the threads.
func (t *together) account() account.Account {
	t.Complete()
	return account.Together(&t.Overview, t.titles)
}

// withheldNote says that statements were left out.
func withheldNote(a *account.Account) string {
	if len(a.Withheld) == 0 {
		return ""
	}
	return Counted(len(a.Withheld), "statement") + " left out, because what was said isn't what its source says."
}

// summaryText writes paragraphs, each thread under its title.
type summaryText struct {
	w       *bufio.Writer
	width   int
	style   style
	length  account.Length
	all     together
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
	s.all.Add(r, title(r.Thread))
	return s.account(title(r.Thread), account.Of(r, s.length))
}

// Close implements Writer. It compares the threads if there were several.
func (s *summaryText) Close() error {
	told := s.all.account()
	if len(told.Paragraphs) == 0 {
		return nil
	}
	s.w.WriteString("\n\n")
	return s.account(comparisonTitle, told)
}

func (s *summaryText) account(title string, told account.Account) error {
	s.paragraph(title, emphasised)
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
	all     together
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
	s.all.Add(r, title(r.Thread))
	return s.account(title(r.Thread), account.Of(r, s.length))
}

// Close implements Writer. It compares the threads if there were several.
func (s *summaryMarkdown) Close() error {
	told := s.all.account()
	if len(told.Paragraphs) == 0 {
		return nil
	}
	s.w.WriteByte('\n')
	return s.account(comparisonTitle, told)
}

func (s *summaryMarkdown) account(title string, told account.Account) error {
	fmt.Fprintf(s.w, "## %s\n", escapeMarkdown(title))
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
