package stance

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"stance/corpus"
)

// talk is a thread whose readers speak in a way that no model can know: "blue" is
// what supporters say here, "green" what the skeptical say.
func talk(n int) *corpus.Thread {
	t := &corpus.Thread{Article: corpus.Article{Title: "The harbour council presents its plan"}}
	for i := range n {
		word := "blue"
		if i%2 == 1 {
			word = "green"
		}
		t.Comments = append(t.Comments, corpus.Comment{
			ID: fmt.Sprint(i), Author: fmt.Sprintf("reader %d", i/3),
			Text: fmt.Sprintf("Again number %d, and again it is %s flags all along the quay.", i, word),
		})
	}
	return t
}

// labelsOf labels the first n comments of talk.
func labelsOf(n int) map[int]corpus.Stance {
	known := map[int]corpus.Stance{}
	for i := range n {
		known[i] = corpus.Supportive
		if i%2 == 1 {
			known[i] = corpus.Skeptical
		}
	}
	return known
}

func learn(t *testing.T, thread *corpus.Thread, known map[int]corpus.Stance) *Learned {
	t.Helper()
	l, err := newEngine(t).Learn(newInput(t, newParser(t), thread), known)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLearnFromTheThread(t *testing.T) {
	l := learn(t, talk(30), labelsOf(12))
	for i, d := range l.Decisions {
		want := corpus.Supportive
		if i%2 == 1 {
			want = corpus.Skeptical
		}
		if d.Stance != want {
			t.Errorf("comment %d: %s %v, want %s", i, d.Stance, d.Probabilities, want)
		}
		if i < 12 && d.Probabilities[want] != 1 {
			t.Errorf("comment %d was labelled, but has the probability %v", i, d.Probabilities[want])
		}
		if i >= 12 && !(d.Probabilities[want] < 1) {
			t.Errorf("comment %d wasn't labelled, but is certain", i)
		}
	}
}

// TestBlindDoesNotKnowTheLabel turns one label round: whatever else changes, what is
// predicted of that comment without its own label may not.
func TestBlindDoesNotKnowTheLabel(t *testing.T) {
	known := labelsOf(24)
	before := learn(t, talk(30), known)
	for _, i := range []int{0, 7, 23} {
		turned := labelsOf(24)
		turned[i] = corpus.Relativist
		after := learn(t, talk(30), turned)
		if before.Blind[i] != after.Blind[i] {
			t.Errorf("comment %d: %v became %v by its own label", i, before.Blind[i], after.Blind[i])
		}
		if before.Blind[29] == after.Blind[29] {
			t.Errorf("the label of comment %d taught nothing about another", i)
		}
	}
}

func TestLearnKeepsToTheInput(t *testing.T) {
	thread := talk(10)
	thread.Comments[2].Removed = true
	known := labelsOf(4)
	l := learn(t, thread, known)
	if !reflect.DeepEqual(l.Decisions[2], Decision{}) || l.Blind[2] != [corpus.NumStances]float64{} {
		t.Errorf("a removed comment was decided on: %+v", l.Decisions[2])
	}
	if !reflect.DeepEqual(l, learn(t, thread, labelsOf(4))) {
		t.Error("equal input was decided on differently")
	}
	for i, p := range l.Blind {
		sum := p[0] + p[1] + p[2] + p[3]
		if i != 2 && math.Abs(sum-1) > 1e-9 {
			t.Errorf("comment %d: probabilities %v", i, p)
		}
	}
	if got := learn(t, thread, nil); got.Decisions[0].Stance == corpus.Supportive && got.Decisions[0].Probabilities[corpus.Supportive] == 1 {
		t.Error("without labels a comment counts as labelled")
	}
}

func TestSpread(t *testing.T) {
	if got := spread([]int{1, 2, 3, 4, 5, 6}, 3); !reflect.DeepEqual(got, []int{1, 3, 5}) {
		t.Errorf("%v", got)
	}
}

func BenchmarkLearn(b *testing.B) {
	e, in := newEngine(b), newInput(b, newParser(b), talk(2000))
	for _, n := range []int{0, 60} {
		known := labelsOf(n)
		b.Run(fmt.Sprintf("labels=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Learn(in, known); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
