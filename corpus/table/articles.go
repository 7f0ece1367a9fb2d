package table

import (
	"bytes"
	"io"

	"stance/corpus"
)

// DetectArticles reports whether the input that begins with head is a table of articles
// without their comments, as collections keep them beside a table of comments: its header
// has a column for threads and one for titles or texts of articles, and none for the texts
// of comments.
func DetectArticles(head []byte, o Options) bool {
	rs := rowsOf(bytes.NewReader(head), formOf(head, o), MaxRow)
	names, err := rs.header()
	if err != nil {
		return false
	}
	c := guess(names, o.Columns)
	return rs.form.headless == nil && c.has(Thread) && (c.has(Title) || c.has(ArticleText)) && !c.has(Text)
}

// ReadArticles returns the articles of such a table by the IDs of their threads. Rows that
// can't be read are left out.
func ReadArticles(r io.Reader, o Options) map[string]*corpus.Thread {
	rows := newRows(r, o)
	header, err := rows.header()
	if err != nil {
		return nil
	}
	c := guess(header, o.Columns)
	articles := map[string]*corpus.Thread{}
	for rows.next() {
		if rows.bad != "" {
			continue
		}
		g := &gathered{thread: &corpus.Thread{ID: c.cell(rows.cells, Thread)}}
		g.describe(c, rows.cells)
		g.thread.Article.Published = c.cell(rows.cells, Time)
		articles[g.thread.ID] = g.thread
	}
	return articles
}
