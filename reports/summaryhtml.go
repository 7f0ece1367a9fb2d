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

// summaryHTML writes all summaries on one page.
type summaryHTML struct {
	together
	w io.Writer
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
		Text   template.HTML
		Quoted bool
		Sure   string // how sure the stance is that the quote stands for
		Theirs bool   // a reader's or the article's, whose direction of writing may differ
		ID     string // of the comment that is quoted or pointed to
		Href   string // of the comment on the page, "" if it isn't there
	}
)

func newSummaryHTML(w io.Writer, o Options) Writer {
	return &summaryHTML{together{length: o.Length}, w}
}

// Close implements Writer.
func (s *summaryHTML) Close() error {
	p := newPages()
	d := page{Title: "Stance summary"}
	tell := func(title string, told account.Account) error {
		part, err := p.render("summary.html", viewAccount(title, told, nil))
		d.Body += part
		return err
	}
	switch {
	case s.several():
		if err := tell(comparisonTitle, s.account()); err != nil {
			return err
		}
		table, err := layout.Part(layout.Document{overviewTables(&s.overview, 0)[0]}, 2)
		if err != nil {
			return err
		}
		d.Body += table
	case len(s.titles) == 0:
		d.Body = "<h1>No thread was read</h1>\n"
	default:
		d.Title = s.titles[0]
	}
	for i, told := range s.told {
		if err := tell(s.titles[i], told); err != nil {
			return err
		}
	}
	return p.write(s.w, d)
}

// newSummaryView is the summary of a thread whose comments have those addresses.
func newSummaryView(r *analysis.Result, length account.Length, at addresses) summaryView {
	hrefs := map[string]string{}
	for i := range r.Thread.Comments {
		hrefs[r.Thread.Comments[i].ID] = at(i)
	}
	return viewAccount(Title(r.Thread), account.Of(r, length), hrefs)
}

// viewAccount is what a page shows of an account. Hrefs are the addresses of the
// comments on the page by their IDs.
func viewAccount(title string, told account.Account, hrefs map[string]string) summaryView {
	v := summaryView{Title: title, Withheld: withheldNote(&told)}
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
		return partView{ID: clean.Line(p.ID), Href: hrefs[p.ID]}
	case account.Command:
		return partView{Text: "<code>" + layout.Escaped(clean.Line(p.Text)) + "</code>", Theirs: true} // which may hold the name of a file
	default:
		return partView{Text: layout.Escaped(cleanPart(p.Shown())), Theirs: p.Kind != account.Words && p.Kind != account.Figure}
	}
	text := clean.Line(p.Text)
	if p.Cut {
		text += layout.Ellipsis
	}
	return partView{Text: layout.Escaped(text), Quoted: true, Sure: p.Sure, ID: clean.Line(p.ID), Href: hrefs[p.ID]}
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
