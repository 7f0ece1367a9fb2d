package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/reports/serial"
)

// Words are what comments are searched for: words that a comment must have, all of them, in any
// order and whatever their case and accents.
type Words struct{ phrases []phrase }

// phrase is words that stand side by side.
type phrase struct {
	typed  []string // letters and digits
	words  []string // the same, folded
	begins bool     // the last one is only the beginning of a word
}

// mostPhrases bounds what is searched for at once.
const mostPhrases = 32

// ParseWords reads what a person typed: words, words in quotation marks that stand side by
// side, and beginnings of words with a * behind them. Nothing else has a meaning, and what
// holds neither letter nor digit is passed over. It fails if nothing is left, or too much.
func ParseWords(typed string) (*Words, error) {
	w := &Words{}
	for i, part := range strings.Split(typed, `"`) {
		fields := []string{part}
		if i%2 == 0 {
			fields = strings.Fields(part)
		}
		for _, f := range fields {
			f = strings.TrimSpace(f)
			p := phrase{begins: strings.HasSuffix(f, "*")}
			for _, t := range tokens(f) {
				p.typed, p.words = append(p.typed, f[t.Start:t.End]), append(p.words, t.word)
			}
			if p.words != nil {
				w.phrases = append(w.phrases, p)
			}
		}
	}
	switch {
	case len(w.phrases) == 0:
		return nil, fmt.Errorf("there is no word to search for in %q", typed)
	case len(w.phrases) > mostPhrases:
		return nil, fmt.Errorf("a search is for %d words at most, not %d", mostPhrases, len(w.phrases))
	}
	return w, nil
}

// expression is the words in the language of FTS5, in which a string in quotation marks is data.
func (w *Words) expression() string {
	var list []string
	for _, p := range w.phrases {
		e := `"` + strings.Join(p.typed, " ") + `"`
		if p.begins {
			e += "*"
		}
		list = append(list, e)
	}
	return strings.Join(list, " ")
}

// In are the places in a text where the words stand.
func (w *Words) In(in string) []text.Span {
	all := tokens(in)
	var found []text.Span
	for i := range all {
		for _, p := range w.phrases {
			if p.at(all[i:]) {
				found = append(found, text.Span{Start: all[i].Start, End: all[i+len(p.words)-1].End})
			}
		}
	}
	return found
}

// at reports whether the tokens begin with the phrase.
func (p *phrase) at(all []token) bool {
	if len(all) < len(p.words) {
		return false
	}
	for k, word := range p.words {
		if all[k].word != word && !(p.begins && k == len(p.words)-1 && strings.HasPrefix(all[k].word, word)) {
			return false
		}
	}
	return true
}

// token is a word of a text, folded.
type token struct {
	text.Span
	word string
}

// tokens are the words of a text as the tokenizer unicode61 of FTS5 finds them.
func tokens(in string) []token {
	var list []token
	start := -1
	for i, r := range in + " " {
		switch inside := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.Co, r); {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			if word := folded(in[start:i]); word != "" {
				list = append(list, token{text.Span{Start: start, End: i}, word})
			}
			start = -1
		}
	}
	return list
}

// folded takes case and accents away.
func folded(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(word))
}

// Search chooses comments by their words and by what was judged of them.
type Search struct {
	Words            *Words
	Stance, Polarity string // "" for any
	From, Most       int    // the first of those that are found, from 0, and how many to return
	// Labels were given since the threads were judged, nil for none: the stance of a comment
	// that they label is theirs.
	Labels *labels.Set
}

// Found is a comment that a search has found.
type Found struct {
	Key   int64 // of its thread
	Index int   // in the thread's comments
	// Result is the thread, without the text of the article and with this comment alone.
	Result *analysis.Result
}

// Search finds comments of the threads that the filter chooses, those first of which the words
// are the most, and counts all that there are.
func (d *Database) Search(ctx context.Context, f Filter, s Search) (found []Found, all int, err error) {
	const given = `WITH given AS MATERIALIZED (SELECT value ->> 0 AS thread_id, value ->> 1 AS position, value ->> 2 AS stance FROM json_each(?)) `
	where, chosen := f.clause()
	// CROSS JOIN keeps the order: the words are looked up first.
	from := fmt.Sprintf(`FROM words CROSS JOIN searched n ON n.number = words.rowid / %d
		CROSS JOIN threads t ON t.id = n.thread_id CROSS JOIN inputs i ON i.id = t.input_id
		CROSS JOIN comments c ON c.thread_id = t.id AND c.position = words.rowid %% %d
		LEFT JOIN given g ON g.thread_id = t.id AND g.position = c.position %s AND words MATCH ?`, mostPositions, mostPositions, where)
	chosen = append(chosen, s.Words.expression())
	for _, judged := range []struct{ column, value string }{{"coalesce(g.stance, c.stance)", s.Stance}, {"c.polarity", s.Polarity}} {
		if judged.value != "" {
			from += " AND " + judged.column + " = ?"
			chosen = append(chosen, judged.value)
		}
	}
	err = d.read(ctx, func(r reading) error {
		labelled, err := r.labelled(s.Labels)
		if err != nil {
			return err
		}
		args := append([]any{labelled}, chosen...)
		if err := r.tx.QueryRowContext(ctx, given+"SELECT count(*) "+from, args...).Scan(&all); err != nil {
			return err
		}
		const hits = "SELECT t.id, c.position - 1, t.document, c.document "
		return r.rows(given+hits+from+" ORDER BY words.rank, words.rowid LIMIT ? OFFSET ?", func(row *sql.Rows) error {
			var hit Found
			var doc serial.Result
			var comment serial.Comment
			err := row.Scan(&hit.Key, &hit.Index, document{&doc}, document{&comment})
			if err != nil {
				return err
			}
			doc.Thread.Text, doc.Comments = "", []serial.Comment{comment}
			hit.Result, err = doc.Result()
			found = append(found, hit)
			return err
		}, append(args, s.Most, s.From)...)
	})
	return found, all, err
}

// labelled are the labels of a set that count, as JSON of thread, position and stance. In a thread
// that was judged with labels none of another set does.
func (r reading) labelled(set *labels.Set) (string, error) {
	list := [][3]any{}
	if set != nil {
		err := r.rows(`SELECT t.id, coalesce(t.thread, ''), t.source FROM threads t JOIN inputs i ON i.id = t.input_id
			WHERE t.labelled = 0 ORDER BY i.path, t.item`, func(row *sql.Rows) error {
			var key int64
			var t corpus.Thread
			if err := row.Scan(&key, &t.ID, &t.Source); err != nil || !set.Names(&t) {
				return err
			}
			err := r.rows(`SELECT coalesce(id, ''), removed, coalesce(aside, '') FROM comments WHERE thread_id = ? ORDER BY position`, func(row *sql.Rows) error {
				var c corpus.Comment
				err := row.Scan(&c.ID, &c.Removed, &c.Aside)
				t.Comments = append(t.Comments, c)
				return err
			}, key)
			for i, l := range set.Of(&t) {
				if l != nil {
					list = append(list, [3]any{key, i + 1, l.Stance.String()})
				}
			}
			return err
		})
		if err != nil {
			return "", err
		}
	}
	content, err := json.Marshal(list)
	return string(content), err
}

// mostPositions bounds the comments of a thread in the index of words; see the migration.
const mostPositions = 1 << 24

// Sites are those that threads are of, by name.
func (d *Database) Sites(ctx context.Context) (sites []string, err error) {
	err = d.read(ctx, func(r reading) error {
		return r.rows(`SELECT DISTINCT site FROM threads WHERE site IS NOT NULL ORDER BY site`, func(row *sql.Rows) error {
			var site string
			err := row.Scan(&site)
			sites = append(sites, site)
			return err
		})
	})
	return sites, err
}

// State is another one whenever what is stored may have changed.
func (d *Database) State(ctx context.Context) (string, error) {
	var threads, run, comments int64
	row := d.sql.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM threads),
		(SELECT coalesce(max(id), 0) FROM runs), (SELECT coalesce(max(number), 0) FROM searched)`)
	if err := row.Scan(&threads, &run, &comments); err != nil {
		return "", fmt.Errorf("reading %s: %w", d.path, explained(err))
	}
	return fmt.Sprint(threads, run, comments), nil
}
