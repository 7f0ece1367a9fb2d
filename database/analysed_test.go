package database_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/reports/account"
)

// sayings are what made-up readers choose from.
var sayings = []string{
	"I don't believe a word of this.", "Where is the proof?", "Every town does the same, so what?", "Finally somebody says it, well done!",
	"Captain Berg is a liar.", "Captain Berg has my vote.", "lol", "Oh great, another ferry. Just what we needed.",
	"Das glaubt euch doch kein Mensch mehr, ihr lügt wieder.",
}

// madeUp is a thread with comments of every kind.
func madeUp(rng *rand.Rand, comments int) *corpus.Thread {
	t := &corpus.Thread{
		ID: fmt.Sprint("t", rng.IntN(1000)), Source: "made-up.jsonl", Format: "jsonl", DeclaredComments: rng.IntN(2) * comments,
		Article: corpus.Article{Title: "Council plans a ferry", Text: "The council wants another ferry. Captain Berg calls it too dear.", Site: "Canal Post"},
	}
	for i := range comments {
		c := corpus.Comment{ID: fmt.Sprint("c", i+1), Author: fmt.Sprint("reader", rng.IntN(comments)), Removed: rng.IntN(9) == 0, Reply: rng.IntN(9) == 0, Line: i}
		if i > 0 && rng.IntN(3) == 0 {
			c.Parent = fmt.Sprint("c", 1+rng.IntN(i))
		}
		if !c.Removed {
			c.Text = sayings[rng.IntN(len(sayings))] + strings.Repeat(" "+sayings[rng.IntN(len(sayings)-1)], rng.IntN(3))
		}
		t.Comments = append(t.Comments, c)
	}
	return t
}

// TestStoredAsAnalysed: a thread that was stored and read is the thread that was analysed, in
// every field, and so are its summary with the quotes, and the totals of all threads.
func TestStoredAsAnalysed(t *testing.T) {
	if testing.Short() {
		t.Skip("judges every example")
	}
	ctx := context.Background()
	var threads []*corpus.Thread
	examples, err := filepath.Glob("../examples/*.*")
	must(t, err)
	for thread, err := range source.Open(ctx, examples, nil, formats.Options{}).All(ctx) {
		if err == nil {
			threads = append(threads, thread)
		}
	}
	if len(threads) < 3 {
		t.Fatalf("the examples have %d threads", len(threads))
	}
	rng := rand.New(rand.NewPCG(1, 3))
	for _, comments := range []int{0, 1, 30} {
		threads = append(threads, madeUp(rng, comments))
	}
	last := threads[len(threads)-1]
	var given []labels.Label
	for i := range last.Comments[:20] {
		if !last.Comments[i].Removed {
			given = append(given, labels.Label{Thread: last.ID, Comment: last.Comments[i].ID, Stance: corpus.Stance(i % corpus.NumStances), State: labels.Given})
		}
	}
	set, _ := labels.NewSet(given)
	for name, options := range map[string]analysis.Options{
		"plain":       {},
		"withholding": {MaxError: 0.45, Staff: []string{"reader1"}, Excluded: []string{"reader2"}},
		"labelled":    {Labels: set, AnyLanguage: true, Case: "It must sail.", For: []string{"the council"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := analysis.New(options)
			must(t, err)
			db := open(t, filepath.Join(t.TempDir(), "results.db"))
			in := database.Input{Path: "all"}
			run := begin(t, db, settings("x"))
			must(t, run.Start(in, database.Standing{}))
			var analysed []*analysis.Result
			together := &analysis.Overview{}
			for i, thread := range threads {
				r, err := p.Analyse(ctx, thread)
				must(t, err, run.Thread(in, i+1, r))
				analysed = append(analysed, r)
				together.Add(r)
			}
			must(t, run.Done(in), run.Finish(noon), run.Close())

			stored := results(t, db, database.Filter{})
			if diff := cmp.Diff(analysed, stored, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("analysed (-) and stored (+) differ:\n%s", diff)
			}
			for i := range stored {
				if diff := cmp.Diff(account.Of(analysed[i], account.Long), account.Of(stored[i], account.Long), cmpopts.EquateErrors(), cmpopts.EquateNaNs()); diff != "" {
					t.Errorf("summary %d of analysed (-) and stored (+):\n%s", i, diff)
				}
			}
			outlined, err := db.Overview(ctx, database.Filter{})
			must(t, err)
			for i := range outlined.Threads {
				outlined.Threads[i].Key = 0
			}
			outlined.Authors = nil // an overview of results has none
			together.Complete()
			outlined.Complete()
			if diff := cmp.Diff(together, outlined, cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(analysis.Overview{})); diff != "" {
				t.Errorf("totals of analysed (-) and stored (+):\n%s", diff)
			}
		})
	}
}
