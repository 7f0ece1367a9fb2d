package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shareOf is a share as every JSON output writes it.
type shareOf struct{ Share, Low, High float64 }

// sharesOf are those of the stances by name.
type sharesOf map[string]shareOf

// TestOneNumber holds for the bundled examples and for made-up threads, with labels and
// without: a share lies in its interval, and every command gives the same share of each
// thread and the same of all of them, to the digit.
func TestOneNumber(t *testing.T) {
	long(t)
	dir := t.TempDir()
	files, err := filepath.Glob("../../examples/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for i, comments := range []int{1, 7, 30} {
		name := filepath.Join(dir, string(rune('a'+i))+".jsonl")
		writeSynthetic(t, name, 10*i, 3, comments)
		files = append(files, name)
	}
	slices.Sort(files) // as a database has them; the made-up ones last, by their absolute paths
	labels := filepath.Join(dir, "labels.csv")
	rows := "thread,id,stance\n"
	for i, c := range synthetic(20, 30).Comments {
		if !c.Removed {
			rows += "t20," + c.ID + "," + []string{"skeptical", "none"}[i%2] + "\n"
		}
	}
	if err := os.WriteFile(labels, []byte(rows), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Run("bare", func(t *testing.T) { oneNumber(t, filepath.Join(dir, "bare.db"), files, nil) })
	made := files[len(files)-3:]
	t.Run("labelled", func(t *testing.T) {
		oneNumber(t, filepath.Join(dir, "labelled.db"), made, []string{"--labels", labels})
	})
}

func oneNumber(t *testing.T, db string, files, flags []string) {
	judge := func(arguments ...string) string {
		out, _ := command(t, 0, slices.Concat(arguments, []string{"-q"}, flags, files)...)
		return out
	}
	ran, _ := command(t, 0, slices.Concat([]string{"run", "-q", "--db", db, "--limit", "0"}, flags, files)...)
	var report struct {
		Threads []struct{ Stance sharesOf }
		Total   struct{ Stance sharesOf }
	}
	out, _ := command(t, 0, "report", "--db", db, "-o", "json")
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	analysed := json.NewDecoder(strings.NewReader(judge("analyse", "-o", "json")))
	for i, stored := range append(report.Threads, struct{ Stance sharesOf }{report.Total.Stance}) {
		sum := 0.0
		for stance, s := range stored.Stance {
			sum += s.Share
			if !(0 <= s.Low && s.Low <= s.Share && s.Share <= s.High && s.High <= 1) {
				t.Errorf("thread %d, %s: %+v", i, stance, s)
			}
		}
		if math.Abs(sum-1) > 5e-4 {
			t.Errorf("thread %d: the shares sum to %v", i, sum)
		}
		if i == len(report.Threads) {
			break
		}
		var a struct{ Summary struct{ Stance sharesOf } }
		if err := analysed.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a.Summary.Stance, stored.Stance); diff != "" {
			t.Errorf("thread %d (-analyse +report):\n%s", i, diff)
		}
	}
	if diff := cmp.Diff(report.Total.Stance, summarised(t, judge("summary", "-o", "json"))); diff != "" {
		t.Errorf("all (-report +summary):\n%s", diff)
	}
	reported, _ := command(t, 0, "report", "--db", db, "--limit", "0")
	for name, text := range map[string]string{"analyse": judge("analyse"), "run": ran} {
		if got, want := totalRow(text), totalRow(reported); got != want || want == "" {
			t.Errorf("%s has the total\n%q, report has\n%q", name, got, want)
		}
	}
}

// totalRow is the row of all comments in the table of the threads, without its spaces.
func totalRow(text string) string {
	for _, l := range strings.Split(text, "\n") {
		if cells := strings.Fields(l); len(cells) > 2 && cells[0] == "all" && strings.Contains(l, "[") {
			return strings.Join(cells, " ")
		}
	}
	return ""
}

// summarised are the shares that a summary tells of all threads.
func summarised(t *testing.T, out string) sharesOf {
	t.Helper()
	shares := sharesOf{}
	for d := json.NewDecoder(strings.NewReader(out)); d.More(); {
		var s struct {
			Source     string
			Statements []struct {
				Figures []struct {
					Source string
					Value  float64
				}
			}
		}
		if err := d.Decode(&s); err != nil {
			t.Fatal(err)
		}
		for _, statement := range s.Statements {
			for _, f := range statement.Figures {
				parts := strings.Split(f.Source, ".")
				if s.Source != "" || len(parts) != 3 || parts[0] != "stance" {
					continue
				}
				share := shares[parts[1]]
				*map[string]*float64{"share": &share.Share, "low": &share.Low, "high": &share.High}[parts[2]] = f.Value
				shares[parts[1]] = share
			}
		}
	}
	return shares
}
