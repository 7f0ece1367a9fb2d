package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/clean"
)

// Summaries returns the outputs of the written summary in the order in which help
// lists them.
func Summaries() []Output {
	return []Output{
		{"text", "paragraphs for reading in a terminal", byDefault, newSummaryText},
		{"html", "one page of paragraphs; opens from disk", byDefault, newSummaryHTML},
		{"markdown", "the same paragraphs in Markdown", byDefault, newSummaryMarkdown},
		{"json", "one JSON object per thread, one line each: every statement with its figures and quotes", analysis.AllParts, newSummaryJSON},
	}
}

// comparisonTitle stands over the comparison of several threads.
const comparisonTitle = "Taken together"

// together collects the threads of a summary: all of them in outline, and what is told of
// each while they are few or much is to be told.
type together struct {
	overview analysis.Overview
	titles   []string
	told     []account.Account // nil once there are too many
	length   account.Length
}

// mostTold is how many threads are told of one by one before the table of all of them is
// all that is read.
const mostTold = 6

func (t *together) add(r *analysis.Result) {
	t.overview.Add(r)
	t.titles = append(t.titles, Title(r.Thread))
	if t.told = append(t.told, account.Of(r, t.length)); len(t.titles) > mostTold && t.length < account.Long {
		t.told = nil
	}
}

// account tells what several threads come to together.
func (t *together) account() account.Account {
	t.overview.Complete()
	return account.Together(&t.overview, t.titles)
}

// several reports whether there are threads to put together.
func (t *together) several() bool { return len(t.titles) > 1 }

// withheldNote says that statements were left out.
func withheldNote(a *account.Account) string {
	if len(a.Withheld) == 0 {
		return ""
	}
	return Counted(len(a.Withheld), "statement") + " left out, because what was said isn't what its source says."
}

// teller writes the parts of a summary.
type teller interface {
	account(title string, told account.Account)
	overview(o *analysis.Overview, tables []table, limit int) error
}

// tell writes what several threads come to together, if there are several, and then the
// account of each, after that much room.
func (t *together) tell(to teller, w *bufio.Writer, room string) error {
	if t.several() {
		to.account(comparisonTitle, t.account())
		w.WriteByte('\n')
		if err := to.overview(&t.overview, overviewTables(&t.overview, 0)[:1], 0); err != nil {
			return err
		}
	}
	for i, told := range t.told {
		if i > 0 || t.several() {
			w.WriteString(room)
		}
		to.account(t.titles[i], told)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing the summary: %w", err)
	}
	return nil
}

// summaryText writes paragraphs: of several threads first what they come to together, a
// row for each and then, while they are few, each under its title.
type summaryText struct {
	*textWriter
	prose int // the width of a line of prose
	all   together
}

// widestProse is the width from which lines of prose are no easier to read.
const widestProse = 88

func newSummaryText(w io.Writer, o Options) Writer {
	t := newText(w, o).(*textWriter)
	return &summaryText{textWriter: t, prose: min(t.width, widestProse), all: together{length: o.Length}}
}

// Write implements Writer.
func (s *summaryText) Write(r *analysis.Result) error {
	s.all.add(r)
	return nil
}

// Close implements Writer.
func (s *summaryText) Close() error { return s.all.tell(s, s.w, "\n\n") }

func (s *summaryText) account(title string, told account.Account) {
	s.lines(title, emphasised)
	for _, p := range told.Paragraphs {
		s.w.WriteByte('\n')
		s.lines(proseOf(p), unmarked)
	}
	if note := withheldNote(&told); note != "" {
		s.w.WriteByte('\n')
		s.lines(note, unmarked)
	}
}

func (s *summaryText) lines(text string, m mark) {
	for _, l := range wrap(text, s.prose, 0) {
		s.w.WriteString(s.style(l, m) + "\n")
	}
}

// proseOf joins the statements of a paragraph in one clean line.
func proseOf(p account.Paragraph) string {
	list := make([]string, len(p.Statements))
	for i, s := range p.Statements {
		list[i] = clean.Line(withNames(s).String())
	}
	return strings.Join(list, " ")
}

// withNames returns the statement with words for the names that show nothing.
func withNames(s account.Statement) account.Statement {
	s = slices.Clone(s)
	for i := range s {
		if s[i].Kind == account.Name && clean.Line(s[i].Text) == "" {
			s[i].Text = "a reader"
		}
	}
	return s
}

// summaryMarkdown writes the same in Markdown.
type summaryMarkdown struct {
	*markdownWriter
	all together
}

func newSummaryMarkdown(w io.Writer, o Options) Writer {
	return &summaryMarkdown{&markdownWriter{w: bufio.NewWriter(w)}, together{length: o.Length}}
}

// Write implements Writer.
func (s *summaryMarkdown) Write(r *analysis.Result) error {
	s.all.add(r)
	return nil
}

// Close implements Writer.
func (s *summaryMarkdown) Close() error { return s.all.tell(s, s.w, "\n") }

func (s *summaryMarkdown) account(title string, told account.Account) {
	fmt.Fprintf(s.w, "## %s\n", escapeMarkdown(title))
	for _, p := range told.Paragraphs {
		fmt.Fprintf(s.w, "\n%s\n", escapeMarkdown(proseOf(p)))
	}
	if note := withheldNote(&told); note != "" {
		fmt.Fprintf(s.w, "\n%s\n", note)
	}
}
