package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/plaintext"
)

// pasted is a plain-text file and the way to know how many comments its page has.
type pasted struct {
	file   string
	onPage func(data string) (int, error)
}

var pastedFiles = []pasted{
	{"plaintext-from-html/blog.wordpress.com.diverse.w3m.txt", oracle("blog.wordpress.com.diverse.html")},
	{"plaintext-from-html/cubadebate.cu-sesiona.w3m.txt", oracle("cubadebate.cu-sesiona.html")},
	{"plaintext-from-html/exxpress.at-zaehne.w3m.txt", oracle("exxpress.at-zaehne.html")},
	{"plaintext-from-html/hn-item-1.w3m.txt", marks("hn-html/HNAPI-2-news_ycombinator_com_item_id_1.html", `class=['"]athing comtr`)},
	{"plaintext-from-html/old-reddit-fixture.w3m.txt", marks("html-saved/comments--old.reddit.com-*.html", `class="[^"]*\bthing\b[^"]*\bcomment\b`)},
	{"fox-news-threads/30-comments.txt", firstThread("fox-news-threads/fox-news-comments.json", "30-comments.txt")},
	{"fox-news-threads/40-comments.txt", firstThread("fox-news-threads/fox-news-comments.json", "40-comments.txt")},
}

func plaintextSection(w io.Writer, data string) error {
	fmt.Fprint(w, `
## Reading pasted text

Comments found against the number on the page that the text was made from. Removed comments keep their place and are
counted. "Announced" is what the text itself says. Unused are the lines in neither the article nor a comment: menus,
footers, forms.

| file | on the page | found | announced | unused lines | lines |
|---|--:|--:|--:|--:|--:|
`)
	formats := filepath.Join(data, "formats")
	for _, p := range pastedFiles {
		if err := p.row(w, formats); err != nil {
			return fmt.Errorf("%s: %w", p.file, err)
		}
	}
	return nil
}

func (p pasted) row(w io.Writer, formats string) error {
	want, err := p.onPage(formats)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(filepath.Join(formats, p.file))
	if err != nil {
		return err
	}
	t, err := plaintext.Read(p.file, bytes.NewReader(content), 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "| %s | %d | %d | %s | %d | %d |\n", filepath.Base(p.file), want, len(t.Comments), announced(t), len(t.Unused),
		bytes.Count(content, []byte("\n")))
	return nil
}

func announced(t *corpus.Thread) string {
	if t.DeclaredComments == 0 {
		return "–"
	}
	return strconv.Itoa(t.DeclaredComments)
}

// oracle takes the number of comments in the page's markup from the table beside
// the pages.
func oracle(page string) func(string) (int, error) {
	return func(formats string) (int, error) {
		content, err := os.ReadFile(filepath.Join(formats, "html-saved-real", "oracle.tsv"))
		if err != nil {
			return 0, err
		}
		for line := range strings.Lines(string(content)) {
			if cells := strings.Split(line, "\t"); cells[0] == page {
				return strconv.Atoi(cells[2])
			}
		}
		return 0, fmt.Errorf("%s isn't in the table", page)
	}
}

// marks counts a piece of markup that each comment of the page, named by a pattern,
// has once.
func marks(page, markup string) func(string) (int, error) {
	pattern := regexp.MustCompile(markup)
	return func(formats string) (int, error) {
		paths, err := filepath.Glob(filepath.Join(formats, page))
		if err != nil || len(paths) != 1 {
			return 0, fmt.Errorf("%d pages are named %s", len(paths), page)
		}
		content, err := os.ReadFile(paths[0])
		return len(pattern.FindAll(content, -1)), err
	}
}

// firstThread counts the comments that JSON lines hold under the title under which
// the first author of the text file wrote.
func firstThread(jsonLines, textFile string) func(string) (int, error) {
	return func(formats string) (int, error) {
		text, err := os.ReadFile(filepath.Join(formats, "fox-news-threads", textFile))
		if err != nil {
			return 0, err
		}
		_, first, _ := strings.Cut(string(text), ":")
		author, _, _ := strings.Cut(first, " ")
		f, err := os.Open(filepath.Join(formats, jsonLines))
		if err != nil {
			return 0, err
		}
		defer f.Close()
		return countUnder(f, author)
	}
}

func countUnder(r io.Reader, author string) (int, error) {
	count := map[string]int{}
	title := ""
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct{ Title, User string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return 0, err
		}
		if title == "" && c.User == author {
			title = c.Title
		}
		count[c.Title]++
	}
	return count[title], lines.Err()
}
