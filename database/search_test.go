package database_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
)

// said is a thread of these comments, the first of them skeptical, the others not judged.
func said(texts ...string) *analysis.Result {
	r := empty()
	r.Thread.Article.Title, r.Thread.Article.Site = "Bridge", "Example"
	for i, text := range texts {
		r.Thread.Comments = append(r.Thread.Comments, corpus.Comment{ID: fmt.Sprint("c", i+1), Author: "Ann", Text: text})
		r.Judgements = append(r.Judgements, analysis.Judgement{Judged: i == 0, Stance: corpus.Skeptical, Polarity: corpus.Negative,
			Probabilities: [corpus.NumStances]float64{0.7, 0.1, 0.1, 0.1}})
	}
	return r
}

// search is what is found, as "path of the thread:place" and where the words stand.
func search(t *testing.T, db *database.Database, typed string, change func(*database.Filter, *database.Search)) []string {
	t.Helper()
	words, err := database.ParseWords(typed)
	if err != nil {
		return []string{err.Error()}
	}
	f, s := database.Filter{}, database.Search{Words: words, Most: 100}
	if change != nil {
		change(&f, &s)
	}
	found, all, err := db.Search(t.Context(), f, s)
	must(t, err)
	var list []string
	for _, hit := range found {
		c := &hit.Result.Thread.Comments[0]
		var marked []string
		for _, span := range words.In(c.Text) {
			marked = append(marked, c.Text[span.Start:span.End])
		}
		list = append(list, fmt.Sprintf("%s:%d [%s]", hit.Result.Thread.Source, hit.Index+1, strings.Join(marked, "|")))
	}
	if all != len(found) {
		list = append(list, fmt.Sprintf("of %d", all))
	}
	return list
}

func TestSearch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.db")
	db := open(t, path)
	put := func(name string, texts ...string) {
		t.Helper()
		r := said(texts...)
		r.Thread.Source = name
		run := begin(t, db, settings("x"))
		in := database.Input{Path: name, SHA256: fmt.Sprint(len(texts), texts)}
		must(t, run.Start(in, database.Standing{State: database.Changed}), run.Thread(in, 1, r), run.Done(in), run.Finish(noon), run.Close())
	}
	put("a", "The bridge is closed.", "Bridges, bridges: the BRIDGE is open!", "Ça va, café?", "한국 다리", "It's the old bridge, isn't it")
	put("b", "Old is the bridge", "")
	for _, c := range []struct {
		typed  string
		change func(*database.Filter, *database.Search)
		want   []string
	}{
		{typed: "bridge", want: []string{"a:1 [bridge]", "b:1 [bridge]", "a:2 [BRIDGE]", "a:5 [bridge]"}},
		{typed: "old bridge", want: []string{"b:1 [Old|bridge]", "a:5 [old|bridge]"}},
		{typed: `"old bridge"`, want: []string{"a:5 [old bridge]"}},
		{typed: `closed "the bridge`, want: []string{"a:1 [The bridge|closed]"}},
		{typed: "bridg*", want: []string{"a:2 [Bridges|bridges|BRIDGE]", "a:1 [bridge]", "b:1 [bridge]", "a:5 [bridge]"}},
		{typed: "CAFE ca", want: []string{"a:3 [Ça|café]"}},
		{typed: "café", want: []string{"a:3 [café]"}},
		{typed: "한국", want: []string{"a:4 [한국]"}},
		{typed: "it's isn't", want: []string{"a:5 [It's|isn't]"}},
		{typed: "bridge AND NOT closed", want: nil},
		{typed: "bridge", change: func(_ *database.Filter, s *database.Search) { s.Stance = "skeptical" }, want: []string{"a:1 [bridge]", "b:1 [bridge]"}},
		{typed: "bridge", change: func(_ *database.Filter, s *database.Search) { s.Polarity = "positive" }, want: nil},
		{typed: "bridge", change: func(f *database.Filter, _ *database.Search) { f.Where = []database.Condition{{"path", "a"}} },
			want: []string{"a:1 [bridge]", "a:2 [BRIDGE]", "a:5 [bridge]"}},
		{typed: "bridge", change: func(_ *database.Filter, s *database.Search) { s.From, s.Most = 1, 2 }, want: []string{"b:1 [bridge]", "a:2 [BRIDGE]", "of 4"}},
		{typed: "…!?", want: []string{`there is no word to search for in "…!?"`}},
		{typed: "", want: []string{`there is no word to search for in ""`}},
		{typed: strings.Repeat("a ", 33), want: []string{"a search is for 32 words at most, not 33"}},
	} {
		if got := search(t, db, c.typed, c.change); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%q: got %q, want %q", c.typed, got, c.want)
		}
	}
	given := func(stance string, list ...labels.Label) []string {
		t.Helper()
		set, _ := labels.NewSet(list)
		return search(t, db, "bridge", func(_ *database.Filter, s *database.Search) { s.Labels, s.Stance = set, stance })
	}
	label := func(thread, comment string, stance corpus.Stance) labels.Label {
		return labels.Label{Thread: thread, Comment: comment, State: labels.Given, Stance: stance}
	}
	for stance, want := range map[string]string{
		"skeptical": "[b:1 [bridge] a:5 [bridge]]", "supportive": "[a:1 [bridge]]", "none": "[]",
	} {
		got := given(stance, label("a", "c1", corpus.Supportive), label("a", "c5", corpus.Skeptical), label("nowhere", "c2", corpus.None))
		if fmt.Sprint(got) != want {
			t.Errorf("%s with labels: %q, want %s", stance, got, want)
		}
	}
	put("a", "Nothing is left but a ferry.")
	if got := search(t, db, "bridge", nil); fmt.Sprint(got) != "[b:1 [bridge]]" {
		t.Errorf("after a thread was stored anew: %q", got)
	}
	direct, err := sql.Open("sqlite", path+"?_pragma=foreign_keys(1)")
	must(t, err)
	defer direct.Close()
	_, err = direct.Exec(`DELETE FROM inputs WHERE path = 'b'`)
	must(t, err)
	var left int
	must(t, direct.QueryRow(`SELECT (SELECT count(*) FROM words_docsize) + (SELECT count(*) FROM searched)`).Scan(&left))
	if left != 2 {
		t.Errorf("%d rows are left of one comment", left)
	}
}

// FuzzSearch holds that whatever is typed is searched for, and never is a part of the query.
func FuzzSearch(f *testing.F) {
	for _, typed := range []string{`"`, `""`, `a"b"c`, "a*", "*", "^a", "a OR", "NOT", "NEAR(a b, 2)", "text:a", "{text}:a",
		"a -b", "a+b", "(", "'; DROP TABLE words; --", "\x00a\x00", "\xff", "a\u0301", "\U00016a40"} {
		f.Add(typed)
	}
	path := filepath.Join(f.TempDir(), "results.db")
	db, err := database.Open(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	defer db.Close()
	f.Fuzz(func(t *testing.T, typed string) {
		search(t, db, typed, nil)
		if words, err := database.ParseWords(typed); err == nil {
			for _, s := range words.In(typed + typed) {
				if s.Start < 0 || s.End > 2*len(typed) || s.Start >= s.End {
					t.Errorf("%q: %v", typed, s)
				}
			}
		}
	})
}
