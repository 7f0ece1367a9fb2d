package reports

import (
	"encoding/json"
	"fmt"
	"io"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
)

// mostDisputed is how many disputed comments the text output lists; JSON has all.
const mostDisputed = 20

// Agreement writes how far annotators agree, for a terminal. The names are the
// annotators', or those of their files.
func Agreement(w io.Writer, a *audit.Agreement, names []string, o Options) error {
	t := newText(w, o).(*textWriter)
	t.paragraph(fmt.Sprintf("%s labelled by two annotators or more, %d of them differently.", Counted(a.Comments, "comment"), len(a.Disputed)), 0, unmarked)
	t.paragraph(fmt.Sprintf("Krippendorff's alpha %s", ratio(a.Alpha)), 0, unmarked)
	if a.Confusion != nil {
		t.paragraph(fmt.Sprintf("Cohen's kappa %s", ratio(a.Kappa)), 0, unmarked)
	}
	for _, table := range []table{pairTable(a, names), disputedTable(a, names)} {
		if len(table.rows) == 0 {
			continue
		}
		if err := t.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	if more := len(a.Disputed) - mostDisputed; more > 0 {
		t.w.WriteByte('\n')
		t.paragraph(fmt.Sprintf("* %s labelled differently; -o json has all.", Counted(more, "further comment")), 2, unmarked)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// Stated writes the case of an article as a language model states it, for a terminal.
func Stated(w io.Writer, claim string, o Options) error {
	t := newText(w, o).(*textWriter)
	t.paragraph(statedCase+": "+cleanLine(claim), 2, unmarked)
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// pairTable has what two annotators gave, one by the row and one by the column.
func pairTable(a *audit.Agreement, names []string) table {
	if a.Confusion == nil {
		return table{}
	}
	t := confusionTable("Stance", analysis.Quality{Labels: corpus.StanceNames(), Confusion: a.Confusion})
	t.title = fmt.Sprintf("By row %s, by column %s", cleanLine(names[0]), cleanLine(names[1]))
	return t
}

// disputedTable has a row for each comment with different labels.
func disputedTable(a *audit.Agreement, names []string) table {
	t := table{title: "Labelled differently", columns: []column{{head: "Comment", rest: true}}}
	for _, n := range names {
		t.columns = append(t.columns, column{head: cleanLine(n)})
	}
	for _, d := range a.Disputed[:min(len(a.Disputed), mostDisputed)] {
		row := []line{plain(d.Comment)}
		if d.Thread != "" {
			row[0] = plain(d.Thread + " " + d.Comment)
		}
		for _, l := range d.Labels {
			row = append(row, line{text: labelled(l)})
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// labelled names a label, or says that there is none.
func labelled(l int) string {
	if l == audit.Unlabelled {
		return undefined
	}
	return corpus.Stance(l).String()
}

type agreementDoc struct {
	Annotators []string                 `json:"annotators"`
	Comments   int                      `json:"comments"`
	Alpha      *float64                 `json:"alpha,omitempty"`
	Kappa      *float64                 `json:"kappa,omitempty"`
	Confusion  *byStance[byStance[int]] `json:"confusion,omitempty"`
	Disputed   []disputedDoc            `json:"disputed"`
}

type disputedDoc struct {
	Thread  string   `json:"thread,omitempty"`
	Comment string   `json:"id"`
	Labels  []string `json:"stances"` // by annotator, "" for none
}

// AgreementJSON writes how far annotators agree as one JSON object.
func AgreementJSON(w io.Writer, a *audit.Agreement, names []string) error {
	doc := agreementDoc{Annotators: names, Comments: a.Comments, Alpha: defined(a.Alpha), Kappa: defined(a.Kappa), Disputed: []disputedDoc{}}
	if a.Confusion != nil {
		c := confusionDoc(a.Confusion)
		doc.Confusion = &c
	}
	for _, d := range a.Disputed {
		row := disputedDoc{Thread: d.Thread, Comment: d.Comment}
		for _, l := range d.Labels {
			name := ""
			if l != audit.Unlabelled {
				name = corpus.Stance(l).String()
			}
			row.Labels = append(row.Labels, name)
		}
		doc.Disputed = append(doc.Disputed, row)
	}
	if err := json.NewEncoder(w).Encode(doc); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}
