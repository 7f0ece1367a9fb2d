package table

import (
	"io"

	"stance.example/stance/corpus"
)

// DetectArticles reports whether the input that begins with head is a table of articles
// without their comments, as collections keep them beside a table of comments: its header
// has a column for threads and one for titles or texts of articles, and none for the texts
// of comments.
func DetectArticles(head []byte, o Options) bool {
	rs := headRows(head, formOf(head, o))
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
	if !c.has(Published) {
		c.at[Published] = c.at[Time]
	}
	articles := map[string]*corpus.Thread{}
	for rows.next() {
		if rows.bad == "" {
			it, _ := c.item(rows.line, rows.cells, o)
			articles[it.Thread] = &corpus.Thread{ID: it.Thread, Source: it.Source, Article: it.Article}
		}
	}
	return articles
}
