package runs_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/runs"
)

// doubter finds doubt where a comment has the word, and can be told to stop.
type doubter struct{ stopped error }

func (d *doubter) Judge(_ context.Context, t *corpus.Thread, _ engine.Ask) ([]engine.Decision, error) {
	decisions := make([]engine.Decision, len(t.Comments))
	for i := range t.Comments {
		decisions[i].Stance = corpus.None
		if strings.Contains(t.Comments[i].Text, "doubt") {
			decisions[i].Stance = corpus.Skeptical
		}
	}
	if strings.Contains(t.Article.Title, "Second") {
		return decisions, d.stopped
	}
	return decisions, nil
}

func pipelineOf(t *testing.T, e engine.Engine) *analysis.Pipeline {
	t.Helper()
	p, err := analysis.New(analysis.Options{Engine: e})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// saved writes files of one thread each and returns them as a set.
func saved(t *testing.T, files map[string]string) *source.Set {
	t.Helper()
	dir := t.TempDir()
	for name, title := range files {
		line := `{"title":"` + title + `","comments":[{"text":"I doubt that the ferry pays."},{"text":"Where does it land?"}]}` + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(line), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return source.Open(t.Context(), []string{dir}, nil, formats.Options{})
}

// place is a database with nothing in it.
func place(t *testing.T) *database.Database {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "results.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// do does the work and returns the kinds of its steps, in order.
func do(t *testing.T, w *runs.Work, e engine.Engine) ([]runs.StepKind, error) {
	t.Helper()
	run, err := w.Database.Begin(t.Context(), w.Settings, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	var kinds []runs.StepKind
	err = w.Run(t.Context(), run, pipelineOf(t, e), 4, func(s *runs.Step) { kinds = append(kinds, s.Kind) })
	return kinds, err
}

// planned are the states of the files, in their order.
func planned(t *testing.T, w *runs.Work) []database.State {
	t.Helper()
	var states []database.State
	for p, err := range w.Plan(t.Context()) {
		if err != nil || p.Err != nil {
			t.Fatal(err, p.Err)
		}
		states = append(states, p.Standing.State)
	}
	return states
}

func TestRun(t *testing.T) {
	files := map[string]string{"a.jsonl": "First", "b.jsonl": "Second", "c.jsonl": "Third"}
	key := func(change func(*runs.Settings)) database.Settings {
		s := &runs.Settings{Program: "v1", Model: "m"}
		change(s)
		k, err := s.Key()
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	w := &runs.Work{Set: saved(t, files), Settings: key(func(*runs.Settings) {}), Database: place(t)}
	if got := planned(t, w); !slices.Equal(got, []database.State{database.New, database.New, database.New}) {
		t.Errorf("an empty database: %v", got)
	}

	// An engine that fails at a file leaves that one to the next run.
	one := []runs.StepKind{runs.Begin, runs.Thread, runs.End}
	failing := []runs.StepKind{runs.Begin, runs.Problem, runs.End}
	kinds, err := do(t, w, &doubter{stopped: errors.New("the engine is tired")})
	if err != nil || !slices.Equal(kinds, slices.Concat(one, failing, one)) {
		t.Errorf("the first run: %v, %v", kinds, err)
	}
	kinds, err = do(t, w, &doubter{})
	if err != nil || !slices.Equal(kinds, []runs.StepKind{runs.Skip, runs.Skip, runs.Skip}) {
		t.Errorf("nothing has changed: %v, %v", kinds, err)
	}

	for name, change := range map[string]func(*runs.Settings){
		"another model":  func(s *runs.Settings) { s.Model = "n" },
		"another case":   func(s *runs.Settings) { s.Judging.Case = "The ferry pays." },
		"another column": func(s *runs.Settings) { s.Reading.Columns = []string{"text=Remark"} },
		"a new version":  func(s *runs.Settings) { s.Program = "v2" },
		"asked twice":    func(s *runs.Settings) { s.LanguageModel = &runs.LanguageModel{Votes: 2} },
	} {
		other := &runs.Work{Set: w.Set, Settings: key(change), Database: w.Database}
		if got := planned(t, other); !slices.Equal(got, []database.State{database.Resettled, database.Resettled, database.Resettled}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestInterrupted: what was stored before the end stays, and the same work goes on behind it.
func TestInterrupted(t *testing.T) {
	w := &runs.Work{Set: saved(t, map[string]string{"a.jsonl": "First", "b.jsonl": "Second"}), Database: place(t)}
	w.Settings, _ = (&runs.Settings{}).Key()
	ctx, cancel := context.WithCancel(t.Context())
	run, err := w.Database.Begin(ctx, w.Settings, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	err = w.Run(ctx, run, pipelineOf(t, &doubter{}), 1, func(s *runs.Step) {
		if s.Kind == runs.End {
			cancel() // behind the first file, or within the second, which may be under way
		}
	})
	if !errors.Is(err, runs.ErrInterrupted) {
		t.Fatalf("got %v", err)
	}
	if err := run.Close(); err != nil {
		t.Fatal(err)
	}
	if got := planned(t, w); got[0] != database.Unchanged {
		t.Errorf("the file that was done is %v", got[0])
	}
	if _, err := do(t, w, &doubter{}); err != nil {
		t.Fatal(err)
	}
	if got := planned(t, w); !slices.Equal(got, []database.State{database.Unchanged, database.Unchanged}) {
		t.Errorf("after the next run: %v", got)
	}
}

// TestJudge: results come in the order of the threads, and an error is the last of them.
func TestJudge(t *testing.T) {
	cut := errors.New("the reader stopped")
	for _, c := range []struct{ name, ids, want string }{
		{"all are judged", "ab", "a b"},
		{"one that isn't judged", "abcd", "a b c.html: unreadable"},
		{"one that isn't read", "ab!d", "a b the reader stopped"},
	} {
		threads := func(yield func(*corpus.Thread, error) bool) {
			for _, id := range strings.Split(c.ids, "") {
				if id == "!" && !yield(nil, cut) || id != "!" && !yield(&corpus.Thread{ID: id, Source: id + ".html"}, nil) {
					return
				}
			}
		}
		var order []string
		for r, err := range runs.Judge(t.Context(), threads, 3, func(_ context.Context, th *corpus.Thread) (*analysis.Result, error) {
			if th.ID == "a" {
				time.Sleep(10 * time.Millisecond) // the others are done before it
			}
			if th.ID == "c" {
				return nil, errors.New("unreadable")
			}
			return &analysis.Result{Thread: th}, nil
		}) {
			if err != nil {
				order = append(order, err.Error())
				continue
			}
			order = append(order, r.Thread.ID)
		}
		if got := strings.Join(order, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
