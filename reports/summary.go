package reports

import (
	"io"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
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

// Write implements Writer.
func (t *together) Write(r *analysis.Result) error {
	t.overview.Add(r)
	t.titles = append(t.titles, Title(r.Thread))
	if t.told = append(t.told, account.Of(r, t.length)); len(t.titles) > mostTold && t.length < account.Long {
		t.told = nil
	}
	return nil
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

// summaryWriter writes paragraphs: of several threads first what they come to together, a
// row for each and then, while they are few, each under its title.
type summaryWriter struct {
	together
	out layout.Writer
}

func newSummaryText(w io.Writer, o Options) Writer {
	return &summaryWriter{together{length: o.Length}, newTextLayout(w, o)}
}

func newSummaryMarkdown(w io.Writer, o Options) Writer {
	return &summaryWriter{together{length: o.Length}, layout.NewMarkdown(w)}
}

// Close implements Writer.
func (s *summaryWriter) Close() error {
	var d layout.Document
	t := &s.together
	if t.several() {
		d = accountDocument(comparisonTitle, t.account())
		d = append(append(d, layout.Blank{}), overviewDocument(&t.overview, overviewTables(&t.overview, 0)[:1], 0)...)
	}
	for i, told := range t.told {
		if i > 0 || t.several() {
			d = append(d, layout.Break{})
		}
		d = append(d, accountDocument(t.titles[i], told)...)
	}
	return s.out.Write(d)
}

func accountDocument(title string, told account.Account) layout.Document {
	d := layout.Document{layout.Heading{Text: title, Prose: true}}
	for _, p := range told.Paragraphs {
		d = append(d, proseOf(p))
	}
	if note := withheldNote(&told); note != "" {
		d = append(d, layout.Paragraph{Text: note, Prose: true})
	}
	return d
}

// proseOf joins the statements of a paragraph, of which one may have a command, in one clean line.
func proseOf(p account.Paragraph) layout.Paragraph {
	var code string
	list := make([]string, len(p.Statements))
	for i, s := range p.Statements {
		list[i] = clean.Line(withNames(s).String())
		if at := slices.IndexFunc(s, func(p account.Part) bool { return p.Kind == account.Command }); at >= 0 {
			code = clean.Line(s[at].Text)
		}
	}
	return layout.Paragraph{Text: strings.Join(list, " "), Code: code, Prose: true}
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
