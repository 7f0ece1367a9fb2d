package main

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/internal/cli"
)

// saved makes a directory with all that a run can meet: files of one and of many
// threads, an archive, a file that is broken half-way and one that is no thread.
func saved(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "saved")
	for n := range 6 {
		writeSynthetic(t, filepath.Join(dir, fmt.Sprintf("small%d.jsonl", n)), n, 1, 8)
	}
	writeSynthetic(t, filepath.Join(dir, "below", "many.jsonl"), 100, 60, 5)
	writeSynthetic(t, filepath.Join(dir, "broken.jsonl"), 200, 4, 5)
	broken, err := os.ReadFile(filepath.Join(dir, "broken.jsonl"))
	check(t, err)
	lines := bytes.SplitAfter(broken, []byte("\n"))
	lines[1] = append(lines[1][:len(lines[1])/2], '\n')
	check(t, os.WriteFile(filepath.Join(dir, "broken.jsonl"), bytes.Join(lines, nil), 0o644))
	check(t, os.WriteFile(filepath.Join(dir, "binary.txt"), []byte("\x00\x01\x02\x03"), 0o644))
	f, err := os.Create(filepath.Join(dir, "zipped.zip"))
	check(t, err)
	z := zip.NewWriter(f)
	w, err := z.Create("inside/some.jsonl")
	check(t, err)
	_, err = w.Write(broken)
	check(t, errors.Join(err, z.Close(), f.Close()))
	return dir
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// execStance runs the program in a process of its own; what it says is shown if it ends
// with another status than wanted.
func execStance(t *testing.T, want int, args ...string) {
	t.Helper()
	out, err := exec.Command("stance", args...).CombinedOutput()
	var exit *exec.ExitError
	if got := 0; err != nil {
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if got = exit.ExitCode(); got != want {
			t.Fatalf("status %d, want %d: %s", got, want, out)
		}
	} else if want != 0 {
		t.Fatalf("status 0, want %d: %s", want, out)
	}
}

// dump returns every row of a database but the times of the runs, table by table.
func dump(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer db.Close()
	var b strings.Builder
	for _, table := range []string{"settings", "inputs", "threads", "comments", "judgements", "annotations", "shares", "actors", "problems"} {
		rows, err := db.Query("SELECT * FROM " + table + " ORDER BY 1, 2")
		check(t, err)
		columns, err := rows.Columns()
		check(t, err)
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			check(t, rows.Scan(into...))
			fmt.Fprintln(&b, table, values)
		}
		check(t, rows.Err())
	}
	return b.String()
}

// whole checks a database that was left behind.
func whole(t *testing.T, path string) (inputs, open int) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		return 0, 0
	}
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer db.Close()
	var verdict string
	check(t, db.QueryRow("PRAGMA integrity_check").Scan(&verdict))
	if verdict != "ok" {
		t.Fatalf("the database is damaged: %s", verdict)
	}
	if err := db.QueryRow("SELECT count(*), count(*) FILTER (WHERE state = 'reading') FROM inputs").Scan(&inputs, &open); err != nil {
		return 0, 0 // killed before there was a schema
	}
	return inputs, open
}

// A run that is killed again and again at random moments ends with the rows of an
// undisturbed one. Every other kill comes at any moment of the process, the rest
// while it stores. The seeds are 0, 1 and 2; when the time for it is over, the runs
// are let through.
func TestKilledRuns(t *testing.T) {
	long(t)
	const (
		rounds   = 3
		most     = 8 // kills in a round
		patience = 6 * time.Second
	)
	dir, scratch := saved(t), t.TempDir()
	undisturbed := filepath.Join(scratch, "undisturbed.db")
	start := time.Now()
	execStance(t, statusFailed, "run", dir, "--db", undisturbed, "--batch", "20")
	took := time.Since(start)
	want := dump(t, undisturbed)

	kills, midway := 0, 0
	start = time.Now()
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 0))
		path := filepath.Join(scratch, fmt.Sprint("killed", seed, ".db"))
		for n := 0; n < most && time.Since(start) < patience*time.Duration(seed+1)/rounds; n++ {
			after := time.Duration(rng.Float64() * float64(took))
			victim := exec.Command("stance", "run", dir, "--db", path, "--batch", "20", "--workers", fmt.Sprint(1+rng.IntN(3)))
			check(t, victim.Start())
			if n%2 == 1 {
				untilItStores(path)
				after /= 10
			}
			time.Sleep(after)
			victim.Process.Kill()
			victim.Wait()
			kills++
			if inputs, open := whole(t, path); open > 0 || inputs > 0 && inputs < 10 {
				midway++
			}
		}
		execStance(t, statusFailed, "run", dir, "--db", path)
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(dump(t, path), "\n")); diff != "" {
			t.Fatalf("seed %d: undisturbed (-) and killed (+) differ:\n%s", seed, diff)
		}
	}
	t.Logf("%d kills, %d of them left a part of the rows", kills, midway)
}

// untilItStores waits until the write-ahead log of the database changes, or for a few seconds.
func untilItStores(path string) {
	log := func() (size int64, changed time.Time) {
		if info, err := os.Stat(path + "-wal"); err == nil {
			return info.Size(), info.ModTime()
		}
		return 0, time.Time{}
	}
	size, changed := log()
	for range 3000 {
		if s, c := log(); s != size || !c.Equal(changed) {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// The number of workers doesn't change what is stored or printed.
func TestWorkersDontShow(t *testing.T) {
	long(t)
	dir, scratch := saved(t), t.TempDir()
	var rows, printed []string
	for _, workers := range []string{"1", "2", "16"} {
		path := filepath.Join(scratch, workers+".db")
		var out, errs bytes.Buffer
		if status := run(context.Background(), []string{"run", dir, "--db", path, "--workers", workers},
			&cli.App{In: strings.NewReader(""), Out: &out, Err: &errs}); status != statusFailed {
			t.Fatalf("status %d: %s", status, &errs)
		}
		rows, printed = append(rows, dump(t, path)), append(printed, out.String()+errs.String())
	}
	for i := range rows {
		if rows[i] != rows[0] || printed[i] != printed[0] {
			t.Errorf("run %d differs:\n%s", i, cmp.Diff(rows[0]+printed[0], rows[i]+printed[i]))
		}
	}
}

// A run that is interrupted keeps what it did and says so; the next one goes on.
func TestInterruptedRun(t *testing.T) {
	long(t)
	dir, scratch := saved(t), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	var errs bytes.Buffer
	path := filepath.Join(scratch, "results.db")
	// The first warning or failure comes in the middle of the work.
	watch := writerFunc(func(p []byte) (int, error) { cancel(); return errs.Write(p) })
	if status := run(ctx, []string{"run", dir, "--db", path}, &cli.App{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: watch}); status != statusFailed {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(errs.String(), "interrupted") {
		t.Errorf("said %q", errs.String())
	}
	execStance(t, statusFailed, "run", dir, "--db", path)
	undisturbed := filepath.Join(scratch, "undisturbed.db")
	execStance(t, statusFailed, "run", dir, "--db", undisturbed)
	if diff := cmp.Diff(dump(t, undisturbed), dump(t, path)); diff != "" {
		t.Errorf("undisturbed (-) and interrupted (+) differ:\n%s", diff)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
