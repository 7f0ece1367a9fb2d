package plaintext

import (
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
)

// FuzzRead holds that nothing is lost and nothing invented: every line that isn't
// blank is in the article, in a comment, an author, time, vote or count line, or in
// Unused; and every author stands in the text.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"",
		"Title\n\nA paragraph that is long enough to be taken for one, with a full stop.\n\n2 Comments\nAda\nNo.\nBo\nYes!\n",
		"Ada says:\nMay 3, 2020 at 5 pm\n\nNo.\n\nReply\n\nBo says:\nMay 4, 2020\nYes\n\nLeave a Reply\n",
		"1:Ada no\n0:Bo @Ada yes\n1:Ada no\n",
		"2 Comments »\n 1. No.\n    Comment by Ada — May 3, 2020\n 2. Yes.\n    Comment by Bo — May 4, 2020\n",
		"• [abc] Ada\r\n  2h\r\n\u00a0No\u200b\r\n[removed]\rReply\r",
		"Ada\n\n3 days ago\n\nAuthor\n\nNo\n12\nBo · 1h\nYes\n+3 -1\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		content = strings.ToValidUTF8(content, "\uFFFD")
		p := newPage("fuzz", content)
		p.readComments()
		p.readArticle()
		thread := p.thread()
		unusedLines := map[int]bool{}
		for _, u := range thread.Unused {
			unusedLines[u.Number] = true
		}
		for i := range p.lines {
			if p.lines[i].Text != "" && !unusedLines[i+1] && !p.shownIn(thread, i) {
				t.Errorf("line %d, %q, is lost", i+1, p.lines[i].Text)
			}
		}
		visible := strings.Join(strings.Fields(commentline.Clean(content)), " ")
		for i := range thread.Comments {
			if a := thread.Comments[i].Author; !strings.Contains(visible, a) {
				t.Errorf("author %q isn't in the text", a)
			}
		}
	})
}

// shownIn reports whether line i can be found in the thread.
func (p *page) shownIn(t *corpus.Thread, i int) bool {
	l := &p.lines[i]
	switch l.Kind {
	case commentline.Count, commentline.Opener, commentline.Signature, commentline.Stamp, commentline.Votes, commentline.Removed, commentline.Action:
		return true
	}
	if t.Article.Title == l.Clean || strings.Contains(t.Article.Text, l.Text) {
		return true
	}
	for k := range t.Comments {
		c := &t.Comments[k]
		if c.Author == l.Clean || strings.Contains(c.Text, l.Text) || strings.Contains(c.Text, l.Body) {
			return true
		}
	}
	return false
}
