package database_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/llm"
	"stance.example/stance/database"
)

func record(key, answer string) llm.Record {
	return llm.Record{Key: key, Prompt: "v1-00", Model: "m", Temperature: 0.5, Seed: 3, Answer: answer}
}

// What is kept is there when Keep returns: another process reads it, and a run that is
// killed afterwards leaves it, and before it whole threads alone.
func TestAnswersAreKept(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "results.db")
	db := open(t, path)
	must(t, db.Keep(ctx, []llm.Record{record("a", `"first"`)}))
	run := begin(t, db, settings("x"))
	in := database.Input{Path: "bridge.html", SHA256: "1"}
	must(t, run.Start(in, database.Standing{}), run.Thread(in, 1, full()))
	must(t, run.Keep(ctx, []llm.Record{record("b", `"second"`), record("a", `"again"`)}))
	must(t, run.Thread(in, 2, full()))

	other := open(t, path)
	want := map[string]string{"a": `"first"`, "b": `"second"`}
	for _, cache := range []llm.Cache{run, other} {
		got, err := cache.Answers(ctx, []string{"a", "b", "c"})
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	if standing, err := other.Standing(ctx, settings("x"), in); err != nil || standing.Items != 1 {
		t.Errorf("standing %+v, %v, want the thread before the answers", standing, err)
	}
	must(t, run.Close()) // as a kill would
	if got, err := other.Answers(ctx, []string{"b"}); err != nil || len(got) != 1 {
		t.Errorf("got %v, %v", got, err)
	}
}

// A broken answer isn't kept, and none of those beside it.
func TestAnswersAreKeptTogether(t *testing.T) {
	ctx := context.Background()
	db := open(t, filepath.Join(t.TempDir(), "results.db"))
	if err := db.Keep(ctx, []llm.Record{record("a", `1`), record("b", `{`)}); err == nil {
		t.Error("an answer that isn't JSON was kept")
	}
	if got, err := db.Answers(ctx, []string{"a", "b"}); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

// Many goroutines may keep answers while the run stores threads.
func TestAnswersBesideARun(t *testing.T) {
	ctx := context.Background()
	db := open(t, filepath.Join(t.TempDir(), "results.db"))
	run := begin(t, db, settings("x"))
	in := database.Input{Path: "bridge.html", SHA256: "1"}
	must(t, run.Start(in, database.Standing{}))
	done := make(chan error)
	const writers = 8
	var keys []string
	for w := range writers {
		key := string(rune('a' + w))
		keys = append(keys, key)
		go func() { done <- run.Keep(ctx, []llm.Record{record(key, "1")}) }()
	}
	for item := range 5 {
		must(t, run.Thread(in, item+1, full()))
	}
	for range writers {
		must(t, <-done)
	}
	must(t, run.Done(in), run.Finish(noon), run.Close())
	if got, err := db.Answers(ctx, keys); err != nil || len(got) != writers {
		t.Errorf("got %v, %v", got, err)
	}
	if all := results(t, db, database.Filter{}); len(all) != 5 {
		t.Errorf("%d threads, want 5", len(all))
	}
}

// Probabilities that nothing tells are NULL, not 0.
func TestAbsentProbabilitiesAreNull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.db")
	db := open(t, path)
	in := database.Input{Path: "bridge.html", SHA256: "1"}
	run := begin(t, db, settings("x"))
	must(t, run.Start(in, database.Standing{}), run.Thread(in, 1, full()), run.Done(in), run.Finish(noon), run.Close())
	direct, err := sql.Open("sqlite", path)
	must(t, err)
	defer direct.Close()
	rows, err := direct.Query(`SELECT id, engine, p_skeptical IS NULL FROM comment_judgements WHERE NOT removed ORDER BY position`)
	must(t, err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var id string
		var engine sql.NullString
		var null bool
		must(t, rows.Scan(&id, &engine, &null))
		if null {
			id += " none"
		}
		got = append(got, id+" "+engine.String)
	}
	if want := []string{"c1 ", "c3 ", "c4 none llm", "c5 none "}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
