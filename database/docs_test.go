package database_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stance.example/stance/database"
)

// TestDocs holds docs/database.md to the schema, and runs the queries it shows.
func TestDocs(t *testing.T) {
	content, err := os.ReadFile("../docs/database.md")
	must(t, err)
	page := string(content)
	path := filepath.Join(t.TempDir(), "results.db")
	db := open(t, path)
	in := database.Input{Path: "bridge.html", SHA256: "1"}
	run := begin(t, db, settings("x"))
	must(t, run.Start(in, database.Standing{}), run.Thread(in, 1, full()), run.Done(in), run.Finish(noon), run.Close())

	direct, err := sql.Open("sqlite", path)
	must(t, err)
	defer direct.Close()
	for _, name := range described(t, direct) {
		_, section, found := strings.Cut(page, "\n### "+name.table+"\n")
		section, _, _ = strings.Cut(section, "\n#")
		if !found || !strings.Contains(section, "`"+name.column+"`") {
			t.Errorf("the page doesn't describe %s.%s", name.table, name.column)
		}
	}
	queries := strings.Split(page, "```sql\n")[1:]
	if len(queries) == 0 {
		t.Error("the page shows no query")
	}
	for _, q := range queries {
		q, _, _ = strings.Cut(q, "```")
		rows, err := direct.Query(q)
		if err != nil {
			t.Errorf("%v in:\n%s", err, q)
			continue
		}
		for rows.Next() {
		}
		must(t, rows.Err())
	}
}

type column struct{ table, column string }

// described returns every column of every table and view but those that SQLite keeps an index
// of words in.
func described(t *testing.T, db *sql.DB) []column {
	t.Helper()
	rows, err := db.Query(`SELECT s.name, c.name FROM sqlite_schema s, pragma_table_xinfo(s.name) c WHERE c.hidden <> 1 AND s.type IN ('table', 'view') ` +
		`AND s.name NOT LIKE 'sqlite%' AND s.name NOT LIKE 'words_%'`)
	must(t, err)
	defer rows.Close()
	var all []column
	for rows.Next() {
		var c column
		must(t, rows.Scan(&c.table, &c.column))
		all = append(all, c)
	}
	must(t, rows.Err())
	return all
}
