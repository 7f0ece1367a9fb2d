package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// saved is real files of one form and a way to count their comments that shares
// nothing with their reader.
type saved struct {
	pattern string // below the folder of saved files
	way     string // how the comments are counted, for the table
	count   func(content []byte) (int, error)
}

// savedFiles are the files in the order of the table.
func savedFiles() []saved {
	return []saved{
		{"reddit-json/*.js*", `"kind": "t1"`, matches(`"kind":\s*"t1"`)},
		{"reddit-pushshift-jsonl/comments.jsonl", "lines", matches(`(?m)^\{`)},
		{"reddit-pushshift-jsonl/submissions.jsonl", "none", matches(`^\z`)},
		{"reddit-urs-json/If*", "members body", members("body", nil)},
		{"reddit-urs-json/Evidence*", "members Text", members("Text", nil)},
		{"hn-algolia-json/*.json", "type comment, or a comment_text", hackerNewsComments},
		{"hn-firebase-json/*.json", `"type": "comment"`, matches(`"type"\s*:\s*"comment"`)},
		{"disqus-xml/*.xml", "<post", matches(`<post\b`)},
		{"wordpress-wxr/*.xml", "comments less pingbacks and trackbacks", less(`<wp:comment>`, `<wp:comment_type>(<!\[CDATA\[)?(pingback|trackback)`)},
		{"youtube-api-json/*.js", "textOriginal:", matches(`textOriginal:`)},
		{"discourse-json/*.json", "post_number beyond 1", members("post_number", func(v any) bool { return fmt.Sprint(v) != "1" })},
		{"mastodon-json/context.json", "members content, less the root", lessOne(members("content", nil))},
		{"mastodon-json/status.json", "members content, less the root", lessOne(members("content", nil))},
		{"bluesky-json/*.json", "members post with a record, less the root", lessOne(members("post", hasRecord))},
		{"isso-json/*.json", "members text", members("text", nil)},
		{"remark42-json/*.json", "members locator", members("locator", nil)},
		{"commento-json/*.json", "members commentHex", members("commentHex", nil)},
		{"nyt-community-json/*.json", "members commentBody", members("commentBody", nil)},
		{"geiger-nyt-json/*.json", "members body", members("body", nil)},
		{"facebook-csv/*.csv", "rows, by encoding/csv", csvRows},
		{"fox-news-threads/*.json", "lines", matches(`(?m)^\{`)},
	}
}

// formatsSection writes a row for each saved file.
func formatsSection(w io.Writer, data string) error {
	fmt.Fprint(w, `
## Saved forms

Every file, read by its content alone. Expected is the number of comments counted in a way that shares nothing with the
reader: pieces of markup, members of JSON objects of a name, rows. Declared is what the file itself announces.
Under author, time, parent and votes stands how many comments have them; one at the top level has no parent. Article is
the length of the articles' texts in characters. An entry without a word of text, an action of a moderator's and a comment that
stands in the file twice are counted as expected and not found, as the reader leaves them out.

| file | form | threads | found | expected | counted by | declared | author | time | parent | votes | removed | article | warnings | failures |
|---|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, s := range savedFiles() {
		paths, err := filepath.Glob(filepath.Join(data, "formats", filepath.FromSlash(s.pattern)))
		if err != nil {
			return err
		}
		for _, path := range paths {
			if err := s.row(w, path); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	return nil
}

func (s saved) row(w io.Writer, path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	expected, err := s.count(content)
	if err != nil {
		return err
	}
	var t tally
	for th, err := range formats.Read(context.Background(), path, bytes.NewReader(content), formats.Options{}) {
		var p *corpus.Problem
		switch {
		case th != nil:
			t.add(th)
		case errors.As(err, &p):
			t.problem(p)
		default:
			return err
		}
	}
	name := strings.ReplaceAll(filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path), "|", "")
	_, err = fmt.Fprintf(w, "| %s | %s | %d | %d | %d | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n",
		name, t.form, t.threads, t.comments, expected, s.way, t.declared, t.authors, t.times, t.parents, t.votes, t.removed, t.article, t.warnings, t.failures)
	return err
}

// tally is what was read of a file.
type tally struct {
	form                                         string
	threads, comments, declared                  int
	authors, times, parents, votes, removed      int
	article /* characters */, warnings, failures int
}

func (t *tally) add(th *corpus.Thread) {
	t.form = th.Format
	t.threads++
	t.comments += len(th.Comments)
	t.declared += th.DeclaredComments
	t.article += len([]rune(th.Article.Text))
	for i := range th.Comments {
		c := &th.Comments[i]
		count := func(n *int, has bool) {
			if has {
				*n++
			}
		}
		count(&t.authors, c.Author != "")
		count(&t.times, !c.Posted.IsZero() || c.PostedAs != "")
		count(&t.parents, c.Parent != "")
		count(&t.votes, c.Votes != nil)
		count(&t.removed, c.Removed)
	}
	for i := range th.Problems {
		t.problem(&th.Problems[i])
	}
}

func (t *tally) problem(p *corpus.Problem) {
	switch p.Level {
	case corpus.Warning:
		t.warnings++
	case corpus.Failure:
		t.failures++
	}
}

// matches counts what matches a pattern.
func matches(pattern string) func([]byte) (int, error) {
	compiled := regexp.MustCompile(pattern)
	return func(content []byte) (int, error) { return len(compiled.FindAllIndex(content, -1)), nil }
}

// less counts what matches the first pattern and not the second.
func less(pattern, not string) func([]byte) (int, error) {
	all, others := matches(pattern), matches(not)
	return func(content []byte) (int, error) {
		n, _ := all(content)
		m, _ := others(content)
		return n - m, nil
	}
}

// lessOne leaves out the post that begins the thread.
func lessOne(count func([]byte) (int, error)) func([]byte) (int, error) {
	return func(content []byte) (int, error) {
		n, err := count(content)
		return n - 1, err
	}
}

// members counts the members of that name in all objects of a JSON document whose
// value is wanted; all are if wanted is nil.
func members(name string, wanted func(any) bool) func([]byte) (int, error) {
	return func(content []byte) (int, error) {
		var document any
		err := json.Unmarshal(content, &document)
		return walked(document, func(object map[string]any) bool {
			value, there := object[name]
			return there && (wanted == nil || wanted(value))
		}), err
	}
}

func hasRecord(post any) bool {
	object, ok := post.(map[string]any)
	return ok && object["record"] != nil
}

func hackerNewsComments(content []byte) (int, error) {
	var document any
	err := json.Unmarshal(content, &document)
	return walked(document, func(object map[string]any) bool { return object["type"] == "comment" || object["comment_text"] != nil }), err
}

// walked counts the objects in a JSON value for which is holds.
func walked(value any, is func(map[string]any) bool) int {
	n := 0
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			n += walked(element, is)
		}
	case map[string]any:
		if is(value) {
			n++
		}
		for _, member := range value {
			n += walked(member, is)
		}
	}
	return n
}

func csvRows(content []byte) (int, error) {
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	return len(rows) - 1, err
}
