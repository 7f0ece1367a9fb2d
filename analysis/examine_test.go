package analysis_test

import (
	"fmt"
	"slices"
	"testing"

	"stance/analysis"
	"stance/corpus"
)

func TestExamine(t *testing.T) {
	thread := library()
	p := newPipeline(t)
	r, err := p.Analyse(thread)
	if err != nil {
		t.Fatal(err)
	}
	if r.Examination != nil {
		t.Fatal("the closer look was taken unasked")
	}
	p.Examine(r)
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

// TestQuotesAreNotOwnWords: thirty readers quote one sentence and write another; only
// theirs can be distinctive, and quoting makes nobody a copy.
func TestQuotesAreNotOwnWords(t *testing.T) {
	p := newPipeline(t)
	r := &analysis.Result{Thread: &corpus.Thread{}}
	for i := range 60 {
		c := corpus.Comment{ID: fmt.Sprint(i), Author: fmt.Sprint("reader ", i), Text: "> the quay was sold for a song and a barrel of tar\n\nremark number" + fmt.Sprint(i)}
		j := analysis.Judgement{Judged: true, Stance: corpus.None}
		if i%2 == 0 {
			c.Text += " lies"
			j.Stance = corpus.Skeptical
		}
		r.Thread.Comments = append(r.Thread.Comments, c)
		r.Judgements = append(r.Judgements, j)
	}
	p.Examine(r)
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

func BenchmarkExamine(b *testing.B) {
	p := newPipeline(b)
	for _, n := range []int{9, 10000} {
		r := &analysis.Result{Thread: &corpus.Thread{}}
		for i := range n {
			c := corpus.Comment{ID: fmt.Sprint(i), Author: fmt.Sprint("reader ", i%(n/3)), Parent: fmt.Sprint(i / 2)}
			for k := range 40 {
				c.Text += fmt.Sprintf("word%d ", (i*k*7919+k*k)%3000)
			}
			r.Thread.Comments = append(r.Thread.Comments, c)
			j := analysis.Judgement{Judged: true, Stance: corpus.Stance(i * 7 % 5 % 4)}
			j.Probabilities[j.Stance] = 0.6
			r.Judgements = append(r.Judgements, j)
		}
		b.Run(fmt.Sprintf("comments=%d", n), func(b *testing.B) {
			for b.Loop() {
				p.Examine(r)
			}
		})
	}
}
