package reports

import (
	"io"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/serial"
)

// summaryJSON writes one object per thread, and one that compares them.
type summaryJSON struct {
	w      io.Writer
	length account.Length
	all    together // without what is told of each, which is written at once
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
		// Stance is what the quote stands for, and Sure the probability of that, or "by
		// hand"; both absent where it stands for a feeling.
		Stance string `json:"stance,omitempty"`
		Sure   string `json:"sure,omitempty"`
	}
)

func newSummaryJSON(w io.Writer, o Options) Writer {
	return &summaryJSON{w: w, length: o.Length}
}

// Write implements Writer.
func (s *summaryJSON) Write(r *analysis.Result) error {
	s.all.overview.Add(r)
	s.all.titles = append(s.all.titles, Title(r.Thread))
	return s.account(summarisedDoc{Source: r.Thread.Source, Thread: r.Thread.ID, Title: r.Thread.Article.Title}, account.Of(r, s.length))
}

// Close implements Writer. It writes the comparison of the threads, an object of
// statements alone, if there were several.
func (s *summaryJSON) Close() error {
	told := s.all.account()
	if len(told.Paragraphs) == 0 {
		return nil
	}
	return s.account(summarisedDoc{}, told)
}

func (s *summaryJSON) account(doc summarisedDoc, told account.Account) error {
	doc.Statements = []statementDoc{}
	for _, p := range told.Paragraphs {
		for _, statement := range p.Statements {
			doc.Statements = append(doc.Statements, newStatementDoc(p.Topic, statement))
		}
	}
	for _, err := range told.Withheld {
		doc.Withheld = append(doc.Withheld, err.Error())
	}
	return serial.Write(s.w, &doc)
}

func newStatementDoc(topic account.Topic, s account.Statement) statementDoc {
	d := statementDoc{Topic: string(topic), Text: s.String()}
	for _, p := range s {
		switch p.Kind {
		case account.Figure:
			d.Figures = append(d.Figures, figureDoc{p.Source, p.Value})
		case account.Quote:
			d.Quotes = append(d.Quotes, quoteDoc{p.ID, p.Author, p.Text, p.Stance, p.Sure})
		}
	}
	return d
}
