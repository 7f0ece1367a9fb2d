package reports

import (
	"html/template"
	"io"
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
		d = accountDocument(comparisonTitle, t.account(), nil)
		d = append(append(d, layout.Blank{}), overviewDocument(&t.overview, overviewTables(&t.overview, 0)[:1], 0)...)
	}
	for i, told := range t.told {
		if i > 0 || t.several() {
			d = append(d, layout.Break{})
		}
		d = append(d, accountDocument(t.titles[i], told, nil)...)
	}
	return s.out.Write(d)
}

// accountDocument is an account under its title. At is the address of a comment on the page by its ID, nil where the page
// has none.
func accountDocument(title string, told account.Account, at func(id string) string) layout.Document {
	return append(layout.Document{layout.Heading{Text: title, Prose: true}}, prose(told, at)...)
}

// prose are the paragraphs of an account and how many statements were left out.
func prose(told account.Account, at func(id string) string) layout.Document {
	var d layout.Document
	for _, p := range told.Paragraphs {
		paragraph := layout.Paragraph{Prose: true, Quiet: p.Topic == account.Limits}
		for i, s := range p.Statements {
			if i > 0 {
				paragraph.Parts = append(paragraph.Parts, layout.Part{Text: " "})
			}
			for _, part := range s {
				paragraph.Parts = append(paragraph.Parts, proseOf(part, at))
			}
		}
		d = append(d, paragraph)
	}
	if n := len(told.Withheld); n > 0 {
		note := Counted(n, "statement") + " left out, because what was said isn't what its source says."
		d = append(d, layout.Paragraph{Parts: []layout.Part{{Text: note}}, Prose: true, Quiet: true})
	}
	return d
}

// proseOf is a clean part of a sentence. In a page what readers and articles say is set apart from the direction of the
// words around it, and what is quoted leads to its comment.
func proseOf(p account.Part, at func(id string) string) layout.Part {
	part := layout.Part{Text: cleanPart(p.Shown())}
	switch p.Kind {
	case account.Words, account.Figure:
	case account.Quote:
		part.HTML = "<q>" + layout.Escaped(clean.Line(p.Quoted())) + "</q> "
		if p.Sure != "" {
			part.HTML += "<span class=quiet>" + layout.Escaped(p.Sure) + "</span> "
		}
		part.HTML += linked(p.ID, at)
	case account.Reference:
		part.HTML = linked(p.ID, at)
	case account.Command:
		part.Code, part.Text = true, clean.Line(p.Text)
		part.HTML = "<bdi><code>" + layout.Escaped(part.Text) + "</code></bdi>" // which may hold the name of a file
	default:
		if p.Kind == account.Name && part.Text == "" {
			part.Text = "a reader"
		}
		part.HTML = "<bdi>" + layout.Escaped(part.Text) + "</bdi>"
	}
	return part
}

// linked is the ID of a comment, which leads to it where the page has it.
func linked(id string, at func(id string) string) template.HTML {
	shown := "[" + layout.Escaped(clean.Line(id)) + "]"
	if at == nil {
		return shown
	}
	return template.HTML(`<a href="`+template.HTMLEscapeString(at(id))+`">`) + shown + "</a>"
}

// cleanPart cleans a part of a sentence without the blanks at its ends.
func cleanPart(s string) string {
	clean := clean.Line(s)
	if strings.HasPrefix(s, " ") && clean != "" {
		clean = " " + clean
	}
	if strings.HasSuffix(s, " ") {
		clean += " "
	}
	return clean
}

// summaryHTML writes all summaries on one page.
type summaryHTML struct {
	together
	w io.Writer
}

func newSummaryHTML(w io.Writer, o Options) Writer {
	return &summaryHTML{together{length: o.Length}, w}
}

// Close implements Writer.
func (s *summaryHTML) Close() error {
	d := page{Title: "Stance summary"}
	tell := func(title string, told account.Account) {
		d.Body += "<article class=\"thread story\">\n" + layout.Section(accountDocument(title, told, nil), 1) + "</article>\n"
	}
	switch {
	case s.several():
		tell(comparisonTitle, s.account())
		d.Body += layout.Section(layout.Document{overviewTables(&s.overview, 0)[0]}, 2)
	case len(s.titles) == 0:
		d.Body = "<h1>No thread was read</h1>\n"
	default:
		d.Title = s.titles[0]
	}
	for i, told := range s.told {
		tell(s.titles[i], told)
	}
	return newPages().write(s.w, d)
}
