package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/webpage"
)

// pageFolders are those of saved pages.
var pageFolders = []string{"html-saved-real", "html-saved", "html-forum-jsonld", "hn-html"}

func pagesSection(w io.Writer, data string) error {
	fmt.Fprint(w, `
## Reading saved web pages

Comments found against those announced by the page and those expected: the number of elements with a comment's ID on
the page, from the table beside the pages, where there is one. The last two columns are what the general reader finds
with the readers of known platforms switched off, and how many of the texts are those of the platform's reader;
WordPress, Blogger and Drupal differ so much from site to site that the general reader reads them in any case. A page's
elements with IDs can be fewer than its comments (answers on StackExchange) or more (a list of recent comments).

| file | form | expected | found | announced | authors | times | replies | votes | article, bytes | general | same text |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`)
	var all, found, same int
	var notes []string
	for _, folder := range pageFolders {
		files, err := filepath.Glob(filepath.Join(data, "formats", folder, "*.html"))
		if err != nil {
			return err
		}
		for _, file := range files {
			p, err := readPage(file)
			if err != nil {
				return err
			}
			fmt.Fprintln(w, p.row(filepath.Join(data, "formats")))
			if folder == "html-saved-real" {
				all, found, same = all+len(p.platform.Comments), found+len(p.general.Comments), same+p.same()
			}
			for i := range p.platform.Problems {
				notes = append(notes, fmt.Sprintf("- %s: %s", filepath.Base(file), p.platform.Problems[i].Message))
			}
		}
	}
	fmt.Fprintf(w, `
Of the %d comments in html-saved-real the general reader finds %d with the same text (recall %.2f), and %d blocks that are
none of them (%.1f %% of its %d).

What the readers say of these pages:

%s
`, all, same, float64(same)/float64(all), found-same, 100*float64(found-same)/float64(found), found, strings.Join(notes, "\n"))
	return nil
}

// pageRead is a page as its platform's reader and as the general one read it.
type pageRead struct {
	file              string
	platform, general *corpus.Thread
}

func readPage(file string) (pageRead, error) {
	p := pageRead{file: file}
	content, err := os.ReadFile(file)
	if err != nil {
		return p, err
	}
	for general, into := range map[bool]**corpus.Thread{false: &p.platform, true: &p.general} {
		o := formats.Options{Page: webpage.Options{General: general}}
		for t, err := range formats.Read(context.Background(), filepath.Base(file), bytes.NewReader(content), o) {
			if err != nil {
				return p, err
			}
			*into = t
		}
	}
	return p, nil
}

// same counts the comments of both readings whose texts are equal but for white space.
func (p *pageRead) same() int {
	texts := map[string]int{}
	for i := range p.platform.Comments {
		texts[words(p.platform.Comments[i].Text)]++
	}
	n := 0
	for i := range p.general.Comments {
		if text := words(p.general.Comments[i].Text); texts[text] > 0 {
			texts[text]--
			n++
		}
	}
	return n
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// row is the page's row of the table.
func (p *pageRead) row(folder string) string {
	expected := "–"
	if n, err := oracle(filepath.Base(p.file))(folder); err == nil {
		expected = fmt.Sprint(n)
	}
	var authors, times, replies, votes int
	for i := range p.platform.Comments {
		c := &p.platform.Comments[i]
		authors += count(c.Author != "")
		times += count(c.PostedAs != "" || !c.Posted.IsZero())
		replies += count(c.Parent != "")
		votes += count(c.Votes != nil)
	}
	return fmt.Sprintf("| %s | %s | %s | %d | %s | %d | %d | %d | %d | %d | %d | %d |", filepath.Base(p.file), p.platform.Format, expected,
		len(p.platform.Comments), announced(p.platform), authors, times, replies, votes, len(p.platform.Article.Text), len(p.general.Comments), p.same())
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
