package database_test

import (
	"database/sql"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/database"
)

// older makes a file of a version that had so many migrations, with rows.
func older(t *testing.T, migrations int, rows string) (path string, direct *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "old.db")
	direct, err := sql.Open("sqlite", path)
	must(t, err)
	t.Cleanup(func() { direct.Close() })
	scripts, err := filepath.Glob("migrations/*.sql")
	must(t, err)
	for _, name := range scripts[:migrations] {
		script, err := os.ReadFile(name)
		must(t, err)
		_, err = direct.Exec(string(script))
		must(t, err)
	}
	_, err = direct.Exec(rows + fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", 0x73746e63, migrations))
	must(t, err)
	return path, direct
}

// TestJudgementsOfOlderFiles: a file of an early version keeps its judgements, and those who
// judged them.
func TestJudgementsOfOlderFiles(t *testing.T) {
	path, _ := older(t, 6, `
		INSERT INTO settings VALUES (1, 'v0', '{}', '{}');
		INSERT INTO inputs VALUES (1, 'a', '', 0, 1, 'done', 1, 0, NULL);
		INSERT INTO threads (id, input_id, item, source, format, comments, authors, removed, withheld, unsure, unknown_authors)
			VALUES (1, 1, 1, 'a', 'plaintext', 1, 1, 0, 0, 0, 0);
		INSERT INTO comments (thread_id, position, id, author, text, removed) VALUES (1, 1, 'c1', 'Ann', 'No.', 0);
		INSERT INTO judgements VALUES (1, 1, 0, 'skeptical', 0.7, 0.1, 0.1, 0.1, 0, 'negative', -0.5, NULL, NULL, 1, 0.25, 0.6, 0.3, 0.1);`)
	want := analysis.Judgement{
		Judged: true, Annotated: true, Stance: corpus.Skeptical, Probabilities: [corpus.NumStances]float64{0.7, 0.1, 0.1, 0.1},
		Polarity: corpus.Negative, Valence: -0.5, Sarcasm: 0.25, Polarities: [corpus.NumPolarities]float64{0.6, 0.3, 0.1},
	}
	got := results(t, open(t, path), database.Filter{})[0].Judgements
	if diff := cmp.Diff([]analysis.Judgement{want}, got); diff != "" {
		t.Error(diff)
	}
}

// TestTablesOfOlderFiles: when threads and comments become documents, every table and view of
// before still has its columns, as tables or views, with the rows of before.
func TestTablesOfOlderFiles(t *testing.T) {
	rows, err := os.ReadFile("testdata/version12.sql")
	must(t, err)
	path, direct := older(t, 12, string(rows))
	before := map[string][]map[string]any{}
	columns := map[string]string{}
	for _, c := range described(t, direct) {
		columns[c.table] += ", " + c.column
	}
	for table, list := range columns {
		query := fmt.Sprintf("SELECT %s FROM %s ORDER BY 1, 2, 3, 4", list[2:], table)
		before[query] = selected(t, direct, query)
		if len(before[query]) == 0 && table != "answers" {
			t.Errorf("%s has no row to compare", table)
		}
	}
	must(t, direct.Close())

	db := open(t, path)
	direct, err = sql.Open("sqlite", path)
	must(t, err)
	defer direct.Close()
	for query, rows := range before {
		if diff := cmp.Diff(rows, selected(t, direct, query), cmpopts.EquateApprox(0, 1e-13)); diff != "" {
			t.Errorf("%s: before (-) and after (+) differ:\n%s", query, diff)
		}
	}
	if got := search(t, db, "berg right", nil); fmt.Sprint(got) != "[lock.jsonl:2 [Berg|right]]" {
		t.Errorf("a search finds %q", got)
	}
	all := results(t, db, database.Filter{})
	model := &llm.Account{Model: "m", Prompt: "v1-00", Seed: 1, Votes: 2, Stated: true, Judged: 1, Unusable: 2, Foreign: 1}
	if diff := cmp.Diff(model, all[2].Model); diff != "" {
		t.Errorf("what the language model did: %s", diff)
	}
	a := all[0].Summary.Audit
	if a == nil || a.Comments != 11 || a.Labelled != 10 || a.Stated || a.Unequal || math.Abs(a.Shares[corpus.Skeptical].Share-0.5189717899) > 1e-9 ||
		a.Confusion.Total() != 10 || a.Confusion.Counts[corpus.Skeptical][corpus.Relativist] != 1 {
		t.Errorf("the audit is %+v, %v", a, a.Confusion)
	}
}

// selected are the rows of a query by column, but for the objects of JSON that have changed:
// evidence has its words now, which the view of it tells, and an audit and what a language
// model did are read from the results.
func selected(t *testing.T, db *sql.DB, query string) (all []map[string]any) {
	t.Helper()
	rows, err := db.Query(query)
	must(t, err)
	defer rows.Close()
	names, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		must(t, rows.Scan(into...))
		row := map[string]any{}
		for i, name := range names {
			if !slices.Contains([]string{"audit", "language_model", "evidence", "feeling"}, name) {
				row[name] = values[i]
			}
		}
		all = append(all, row)
	}
	must(t, rows.Err())
	return all
}
