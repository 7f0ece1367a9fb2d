package analysis

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stance.example/stance/corpus"
)

func TestExamine(t *testing.T) {
	thread := &corpus.Thread{Comments: []corpus.Comment{
		{ID: "a", Author: "Ines", Text: "I don't believe the numbers. Where is the evidence that it saves a cent?"},
		{ID: "b", Author: "Tom", Parent: "a", Text: "Every town does this, why single out ours?"},
		{ID: "c", Author: "Ines", Parent: "e", Text: "Good idea, I fully agree with the clerk."},
		{ID: "d", Parent: "b", Removed: true},
		{ID: "e", Author: "Tom", Parent: "c", Text: "lol"},
	}}
	r, err := examiner(t, AllParts).Analyse(t.Context(), thread)
	if err != nil {
		t.Fatal(err)
	}
	x := r.Examination
	if got := x.Structure.Replies.Pairs; got != 3 {
		t.Errorf("%d replies under judged comments, want b under a, and c and e under each other", got)
	}
	if len(x.Weightings.Rows) != 1 && len(x.Weightings.Rows) != 2 {
		t.Errorf("weightings %+v, want by comment and, as Ines and Tom write two each, nothing else", x.Weightings.Rows)
	}
	for s, chosen := range x.Exemplars {
		for _, i := range chosen {
			if r.Judgements[i].Stance != corpus.Stance(s) {
				t.Errorf("comment %d stands for %v but is %v", i, corpus.Stance(s), r.Judgements[i].Stance)
			}
		}
	}
}

// examiner returns a pipeline that takes these parts of the closer look.
func examiner(t testing.TB, parts Parts) *Pipeline {
	t.Helper()
	p, err := New(Options{Examine: parts})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// examined takes these parts of the closer look at judgements made up for it.
func examined(t testing.TB, r *Result, parts Parts) *Examination {
	t.Helper()
	x, err := examiner(t, parts).examine(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestParts: each part is what it is in the whole, and nothing else is done for it.
func TestParts(t *testing.T) {
	r := crowd(60)
	whole := examined(t, r, AllParts)
	for part, want := range map[Parts]Examination{
		Sensitivity:       {Sensitivity: whole.Sensitivity},
		Weightings:        {Weightings: whole.Weightings},
		Structure | Drift: {Structure: whole.Structure},
		Distinctive:       {Distinctive: whole.Distinctive},
		Exemplars:         {Exemplars: whole.Exemplars},
		Talk:              {Topics: whole.Topics},
	} {
		got := examined(t, r, part)
		if diff := cmp.Diff(&want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("part %b (-want +got):\n%s", part, diff)
		}
	}
	if d := examined(t, r, Structure).Structure.Drift; !math.IsNaN(d.Trends[0].Later) {
		t.Errorf("drift that nobody asked for: %+v", d)
	}
	if examined(t, r, 0) != nil {
		t.Error("the closer look was taken unasked")
	}
}

// TestQuotesAreNotOwnWords: thirty readers quote one sentence and write another; only
// theirs can be distinctive, and quoting makes nobody a copy.
func TestQuotesAreNotOwnWords(t *testing.T) {
	r := &Result{Thread: &corpus.Thread{}}
	for i := range 60 {
		c := corpus.Comment{ID: fmt.Sprint(i), Author: fmt.Sprint("reader ", i), Text: "> the quay was sold for a song and a barrel of tar\n\nremark number" +
			fmt.Sprint(i)}
		j := Judgement{Judged: true, Stance: corpus.None}
		if i%2 == 0 {
			c.Text += " lies"
			j.Stance = corpus.Skeptical
		}
		r.Thread.Comments = append(r.Thread.Comments, c)
		r.Judgements = append(r.Judgements, j)
	}
	r.Examination = examined(t, r, AllParts)
	if r.Examination.Weightings.Copies != 0 {
		t.Errorf("%d copies, want none", r.Examination.Weightings.Copies)
	}
	var words []string
	for _, w := range r.Examination.Distinctive[corpus.Skeptical] {
		words = append(words, w.Text)
	}
	if !slices.Equal(words, []string{"lies"}) {
		t.Errorf("distinctive words %q, want lies alone", words)
	}
}

// TestViewIsSmall: of each word of a thread the closer look holds a number, and of each comment little
// more.
func TestViewIsSmall(t *testing.T) {
	const comments, words, perWord, perComment = 20_000, 40, 4, 64
	r := crowd(comments)
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	v, err := newView(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if got, most := held()-before, uint64(comments*(words*perWord+perComment)); got > most {
		t.Errorf("%d bytes are held of %d comments, want %d at most", got, comments, most)
	}
	runtime.KeepAlive(v)
	runtime.KeepAlive(r)
}

// crowd returns a thread of n comments of 40 words with made-up judgements.
func crowd(n int) *Result {
	r := &Result{Thread: &corpus.Thread{}}
	for i := range n {
		c := corpus.Comment{ID: fmt.Sprint(i), Author: fmt.Sprint("reader ", i%(n/3)), Parent: fmt.Sprint(i / 2)}
		for k := range 40 {
			c.Text += fmt.Sprintf("word%d ", (i*k*7919+k*k)%3000)
		}
		r.Thread.Comments = append(r.Thread.Comments, c)
		j := Judgement{Judged: true, Stance: corpus.Stance(i * 7 % 5 % 4)}
		j.Probabilities[j.Stance] = 0.6
		r.Judgements = append(r.Judgements, j)
	}
	return r
}

// BenchmarkExamine takes the closer look at judged comments, all of it and what the
// tables show.
func BenchmarkExamine(b *testing.B) {
	for _, n := range []int{9, 10000} {
		r := crowd(n)
		for _, c := range []struct {
			name  string
			parts Parts
		}{{"all", AllParts}, {"tables", Weightings | Structure}} {
			p := examiner(b, c.parts)
			b.Run(fmt.Sprintf("%s/comments=%d", c.name, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := p.examine(b.Context(), r); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
