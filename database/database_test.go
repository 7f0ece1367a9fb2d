package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/database"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

func settings(engine string) database.Settings {
	return database.Settings{Program: "v1", Key: []byte(`{"engine":"` + engine + `"}`), Passport: encoder.Passport{Labels: []string{"a", "b"}}}
}

// unfelt is what no comment feels.
var unfelt = actors.Feeling{Valence: math.NaN()}

// full has a value in every field, empty none in those that may lack one.
func full() *analysis.Result {
	votes := -2
	return &analysis.Result{
		Thread: &corpus.Thread{
			ID: "t1", Source: "bridge.html", Format: "plaintext", Licence: "CC0",
			Article: corpus.Article{Title: "Bridge", Description: "It shuts", Text: "The bridge\nshuts.", URL: "https://example.org/b", Site: "Example",
				Published: "2024-03-04T05:06:07Z", Case: "It must shut", For: []string{"the council"}, Against: []string{"drivers", "a\"b"}},
			DeclaredComments: 7,
			Comments: []corpus.Comment{
				{ID: "c1", Author: "Ann", Posted: time.Date(2024, 3, 4, 10, 0, 0, 5000, time.FixedZone("", 7200)), PostedAs: "4 March", Votes: &votes,
					Text: "Çа va? Never.", Line: 3,
					Annotation: &corpus.Annotation{Label: "skeptical", Sentiment: "negative", Sarcasm: true, Certainty: 2}},
				{ID: "c2", Parent: "c1", ParentText: "Never", Text: "", Removed: true},
				{ID: "c3", Parent: "c1", Text: "Hm"},
				{ID: "c4", Reply: true, Text: "Quite so"},
				{ID: "c5", Text: "Das ist nicht wahr"},
			},
			Unused: []corpus.Line{{Number: 9, Text: "Share", Reason: "furniture"}},
			Problems: []corpus.Problem{{File: "bridge.html", Line: 2, Level: corpus.Warning, Message: "odd"},
				{File: "bridge.html", Level: corpus.Failure, Message: "bad"}},
		},
		Case: "It must shut", For: []string{"the council"}, Against: []string{"drivers", "a\"b"},
		Judgements: []analysis.Judgement{
			{Judged: true, Annotated: true, Stance: corpus.Skeptical, Probabilities: [corpus.NumStances]float64{0.7, 0.1, 0.1, 0.1}, Unsure: true,
				Polarity: corpus.Negative, Valence: -1.0 / 3, Sarcasm: 0.25,
				Polarities: [corpus.NumPolarities]float64{0.75, 0.125, 0.125},
				Evidence:   []text.Evidence{{Span: text.Span{Start: 9, End: 14}, Cue: "denies", Weight: 1.5}},
				Feeling:    []text.Evidence{{Span: text.Span{Start: 0, End: 1}, Cue: "x", Weight: -1}}},
			{},
			{Withheld: true, Probabilities: [corpus.NumStances]float64{0.3, 0.3, 0.2, 0.2}, Unsure: true, Polarity: corpus.Positive, Valence: 0.75, Sarcasm: 0.5,
				Polarities: [corpus.NumPolarities]float64{0.125, 0.125, 0.75}, Feeling: []text.Evidence{{Span: text.Span{Start: 0, End: 2}, Cue: "Hm", Weight: 1}}},
			{Judged: true, ByModel: true, Stance: corpus.Supportive, Polarity: corpus.Positive, Valence: 0.5,
				Evidence: []text.Evidence{{Span: text.Span{Start: 0, End: 5}, Cue: "quoted by the model"}}},
			{Withheld: true, Language: "German"},
		},
		SureFrom: [corpus.NumStances]float64{0.5, 0.6, 2, 0.7},
		Summary: aggregate.Summary{
			Comments: 4, Authors: 1, Removed: 1, Withheld: 2, Unjudged: 1, Unsure: 1, Labelled: 1, Unknown: 0,
			Stance:    [corpus.NumStances]aggregate.Share{{Count: 1, Share: 1, Low: 0.2, High: 1, Error: 0.25}, {High: 0.5}, {High: 0.6}, {High: 0.7}},
			Polarity:  [corpus.NumPolarities]int{1, 0, 0},
			Cross:     [corpus.NumStances][corpus.NumPolarities]int{{1, 0, 0}},
			Recurring: []aggregate.Author{{Name: "Ann", Comments: 2, Stance: [corpus.NumStances]int{1, 1, 0, 0}, Varies: true}},
			Audit: &audit.Audit{Comments: 3, Labelled: 2, Unequal: true, Stated: true, Lambda: 0.5, Effective: math.NaN(),
				Shares:    [corpus.NumStances]audit.Share{{Share: 1, Low: 0.2, High: 1}, {High: 0.5}, {High: 0.6}, {High: 0.7}},
				Confusion: evaluate.NewConfusion(corpus.NumStances)},
		},
		Doubts: []analysis.Doubt{{Kind: analysis.FewJudged, N: 1}, {Kind: analysis.NoLeader, Stances: []string{"skeptical", "none"}}},
		Actors: []actors.Actor{
			{Name: "Ann Roe", Variants: []string{"Roe"}, Side: actors.Against, All: actors.Feeling{Comments: 3, Valence: -0.25},
				Stance: [corpus.NumStances]actors.Feeling{{Comments: 3, Valence: -0.25}, unfelt, unfelt, unfelt}},
			{Name: "the bridge", All: actors.Feeling{Comments: 3},
				Stance: [corpus.NumStances]actors.Feeling{{Comments: 1, Valence: 0.5}, {Comments: 2, Valence: -0.25}, unfelt, unfelt}},
		},
		Model: &llm.Account{Model: "m", Prompt: "v1-00", Seed: 1, Votes: 2, Stated: true, Unstated: true, Judged: 1, Sure: 2, Unusable: 3, Unserved: 4,
			OverBudget: 5, Foreign: 6, Labels: 7},
	}
}

func empty() *analysis.Result {
	nothing := aggregate.Undefined(0)
	return &analysis.Result{
		Thread:  &corpus.Thread{Source: "empty.txt", Format: "plaintext"},
		Summary: aggregate.Summary{Stance: [corpus.NumStances]aggregate.Share{nothing, nothing, nothing, nothing}},
	}
}

func open(t *testing.T, path string) *database.Database {
	t.Helper()
	db, err := database.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// begin begins a run that the test must finish.
func begin(t *testing.T, db *database.Database, s database.Settings) *database.Run {
	t.Helper()
	run, err := db.Begin(context.Background(), s, noon)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func results(t *testing.T, db *database.Database, f database.Filter) []*analysis.Result {
	t.Helper()
	var all []*analysis.Result
	for r, err := range db.Results(context.Background(), f) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func TestResultsComeBackAsStored(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "results.db"))
	in := database.Input{Path: "bridge.html", SHA256: "aa", Bytes: 10}
	run := begin(t, db, settings("x"))
	must(t, run.Start(in, database.Standing{}), run.Thread(in, 1, full()), run.Thread(in, 2, empty()), run.Done(in), run.Finish(noon), run.Close())
	got := results(t, db, database.Filter{})
	if diff := cmp.Diff([]*analysis.Result{full(), empty()}, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("stored (-) and read (+) differ:\n%s", diff)
	}
}

func TestStanding(t *testing.T) {
	ctx := context.Background()
	db := open(t, filepath.Join(t.TempDir(), "results.db"))
	in := func(path, sum string) database.Input { return database.Input{Path: path, SHA256: sum} }
	run := begin(t, db, settings("x"))
	run.Batch = 1
	must(t,
		run.Start(in("done", "1"), database.Standing{}), run.Thread(in("done", "1"), 1, full()), run.Done(in("done", "1")),
		run.Start(in("failed", "1"), database.Standing{}), run.Failed(in("failed", "1"), errors.New("broken")),
		run.Start(in("half", "1"), database.Standing{}), run.Thread(in("half", "1"), 1, full()),
		run.Problem(in("half", "1"), 2, corpus.Problem{File: "half", Level: corpus.Failure, Message: "bad"}),
		run.Finish(noon), run.Close())
	for _, c := range []struct {
		reason string
		in     database.Input
		s      database.Settings
		want   database.Standing
	}{
		{"never seen", in("new", "1"), settings("x"), database.Standing{State: database.New}},
		{"nothing has changed", in("done", "1"), settings("x"), database.Standing{State: database.Unchanged, Items: 1, Failures: 1}},
		{"the content is another", in("done", "2"), settings("x"), database.Standing{State: database.Changed}},
		{"a flag is another", in("done", "1"), settings("y"), database.Standing{State: database.Resettled}},
		{"it failed", in("failed", "1"), settings("x"), database.Standing{State: database.Retried}},
		{"it never ended", in("half", "1"), settings("x"), database.Standing{State: database.Partial, Items: 2, Failures: 2}},
		{"it never ended and has changed", in("half", "2"), settings("x"), database.Standing{State: database.Changed}},
	} {
		if got, err := db.Standing(ctx, c.s, c.in); err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v, want %+v", c.reason, got, err, c.want)
		}
	}
}

// However the rows came about, in one run or in many with changes on the way, equal
// inputs and settings leave equal rows.
func TestRowsDependOnContentOnly(t *testing.T) {
	dir := t.TempDir()
	store := func(db *database.Database, s database.Settings, paths ...string) {
		t.Helper()
		run := begin(t, db, s)
		for _, path := range paths {
			in := database.Input{Path: path, SHA256: "1"}
			standing, err := db.Standing(context.Background(), s, in)
			must(t, err, run.Start(in, standing), run.Thread(in, 1, full()), run.Thread(in, 2, empty()), run.Done(in))
		}
		must(t, run.Finish(noon), run.Close())
	}
	once := open(t, filepath.Join(dir, "once.db"))
	store(once, settings("x"), "a", "b", "c")
	often := open(t, filepath.Join(dir, "often.db"))
	store(often, settings("y"), "b")
	store(often, settings("x"), "c", "b")
	store(often, settings("x"), "a")
	if diff := cmp.Diff(dump(t, filepath.Join(dir, "once.db")), dump(t, filepath.Join(dir, "often.db"))); diff != "" {
		t.Errorf("one run (-) and several (+) differ:\n%s", diff)
	}
}

// dump returns every row but those of the table runs.
func dump(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	var all []string
	for _, table := range []string{"settings", "inputs", "threads", "comments", "judgements", "annotations", "shares", "actors", "problems"} {
		rows, err := db.Query("SELECT * FROM " + table + " ORDER BY 1, 2")
		must(t, err)
		columns, err := rows.Columns()
		must(t, err)
		for rows.Next() {
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			must(t, rows.Scan(into...))
			all = append(all, fmt.Sprint(table, values))
		}
		must(t, rows.Err())
	}
	return all
}

func TestOneRunAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.db")
	first, second := open(t, path), open(t, path)
	run := begin(t, first, settings("x"))
	if _, err := second.Begin(context.Background(), settings("x"), noon); !errors.Is(err, database.ErrBusy) {
		t.Errorf("a second run began: %v", err)
	}
	must(t, run.Close())
	must(t, begin(t, second, settings("x")).Close())
}

func TestRefusedFiles(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	prepare := func(name, script string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", path)
		must(t, err)
		_, err = db.Exec(script)
		must(t, err, db.Close())
		return path
	}
	foreign := prepare("foreign", "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)")
	newer := prepare("newer", "PRAGMA application_id = 0x73746e63; PRAGMA user_version = 999; CREATE TABLE x (y)")
	for _, c := range []struct{ path, want string }{{foreign, "another program"}, {newer, "newer version"}} {
		if db, err := database.Open(ctx, c.path); err == nil {
			db.Close()
			t.Errorf("%s was opened", c.path)
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.path, err, c.want)
		}
	}
	if db, err := database.OpenExisting(ctx, filepath.Join(dir, "missing")); err == nil {
		db.Close()
		t.Error("a missing file was opened")
	}
	if got := tables(t, foreign); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("a foreign database now has the tables %v", got)
	}
}

func tables(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	rows, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table'")
	must(t, err)
	var names []string
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		names = append(names, name)
	}
	must(t, rows.Err())
	return names
}

func TestFilterAndOverview(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "odd ?#% name.db"))
	run := begin(t, db, settings("x"))
	for i, site := range []string{"North Post", "South Post", "Tribune"} {
		r := full()
		r.Thread.Article.Site = site
		r.Thread.Article.Published = fmt.Sprintf("2024-0%d-15", i+1)
		in := database.Input{Path: site, SHA256: "1"}
		must(t, run.Start(in, database.Standing{}), run.Thread(in, 1, r), run.Done(in))
	}
	must(t, run.Finish(noon), run.Close())
	for _, c := range []struct {
		reason       string
		where        []string
		since, until string
		want         []string
	}{
		{"everything", nil, "", "", []string{"North Post", "South Post", "Tribune"}},
		{"one of two on a field", []string{"site=Tribune", "site=North Post"}, "", "", []string{"North Post", "Tribune"}},
		{"a glob", []string{"site=*Post"}, "", "", []string{"North Post", "South Post"}},
		{"two fields", []string{"site=*Post", "path=South*"}, "", "", []string{"South Post"}},
		{"bounds are included", nil, "2024-02-15", "2024-03-15", []string{"South Post", "Tribune"}},
		{"a value is no SQL", []string{"site=' OR 1 --"}, "", "", nil},
	} {
		f := database.Filter{Since: c.since, Until: c.until}
		for _, w := range c.where {
			condition, err := database.ParseCondition(w)
			must(t, err)
			f.Where = append(f.Where, condition)
		}
		var got []string
		for _, r := range results(t, db, f) {
			got = append(got, r.Thread.Article.Site)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.reason, got, c.want)
		}
		o, err := db.Overview(context.Background(), f)
		must(t, err)
		o.Complete()
		if len(o.Threads) != len(c.want) || o.Total.Judged != len(c.want) || len(o.Sites) != len(c.want) || len(o.Months) != len(c.want) {
			t.Errorf("%s: overview is %+v", c.reason, o)
		}
		if len(c.want) > 0 && (len(o.Authors) != 1 || o.Authors[0].Stance[corpus.Skeptical].Count != len(c.want)) {
			t.Errorf("%s: authors are %+v", c.reason, o.Authors)
		}
	}
}
