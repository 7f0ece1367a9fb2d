package stance

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"stance/analysis/linear"
	"stance/corpus"
)

// values returns the values of a vector by the names of its features.
func values(f *features) map[string]float64 {
	m := map[string]float64{}
	for i, v := range f.vector {
		m[f.marks[i].name] = float64(v.Value)
	}
	return m
}

func TestContext(t *testing.T) {
	thread := &corpus.Thread{Comments: []corpus.Comment{
		{ID: "a", Text: "One."},
		{ID: "b", Text: "Two.", Parent: "a"},
		{ID: "c", Text: "Three."},
		{ID: "d", Removed: true},
	}}
	in := newInput(t, newParser(t), thread)
	c := newContext(in, 2)
	for i, first := range [][]float64{{3, 1}, {1, 3}, {3, 1}} {
		odds, _ := c.begin(i)
		copy(odds, first)
	}
	c.complete(in)
	high := 1 / (1 + math.Exp(-2))
	for _, want := range []struct {
		comment int
		name    string
		value   float64
		reason  string
	}{
		{0, "thread is of class 0", 0, "the others, one of each kind, are even"},
		{1, "thread is of class 0", meanValue * (2*high - 1) / (2 + meanPull), "both others lean to the first class"},
		{1, "parent is of class 0", parentValue, "the parent's log-odds, centred"},
	} {
		f := features{explaining: true}
		c.add(want.comment, &f)
		if got, ok := values(&f)[want.name]; !ok || math.Abs(got-want.value) > 1e-6 {
			t.Errorf("comment %d, %s: got %.4f (%v), want %.4f: %s", want.comment, want.name, got, ok, want.value, want.reason)
		}
	}
	f := features{explaining: true}
	c.add(0, &f)
	if _, ok := values(&f)["parent is of class 0"]; ok {
		t.Error("a comment without a parent has one")
	}
}

func TestSides(t *testing.T) {
	in := newInput(t, newParser(t), &corpus.Thread{Article: corpus.Article{
		Title: "Ministry says Zorvians broke the treaty", Case: "Zorvia broke the fishing treaty.",
		For: []string{"Ministry of Fishing", "the Norling Party"}, Against: []string{"Zorvia", "Zorvian Party"},
	}})
	s := newSides(in)
	for word, want := range map[string]side{"zorvians": againstSide, "zorvia": againstSide, "ministry": forSide, "norling": forSide, "party": 0, "of": 0, "treaty": 0} {
		if got := s.of(word); got != want {
			t.Errorf("%q has side %d, want %d", word, got, want)
		}
	}
	if newSides(newInput(t, newParser(t), council())) != nil {
		t.Error("an article that states no party has sides")
	}
}

func TestHeadline(t *testing.T) {
	kind := func(a corpus.Article) []flag {
		return kindOf(newInput(t, newParser(t), &corpus.Thread{Article: a}))
	}
	if got := kind(corpus.Article{}); got != nil {
		t.Errorf("no headline gives %v", got)
	}
	for _, c := range []struct{ title, flag string }{
		{"Should buses be free?", "headline ends in a question"},
		{"Buses: the facts", "headline has a colon"},
		{"Mayor 'sorry' for delay", "headline quotes"},
		{"New Lanes Open Today", "headline capitals=all"},
		{"New lanes open on the ring road", "headline capitals=few"},
	} {
		if got := kind(corpus.Article{Title: c.title}); !slices.Contains(got, newFlag(c.flag)) {
			t.Errorf("%q gives %v, want %q among them", c.title, got, c.flag)
		}
	}
}

// debates makes threads in which what is said and of whom tells the label, in words
// of its own for each thread.
func debates() []*corpus.Thread {
	var threads []*corpus.Thread
	for i := range manyThreads {
		t := &corpus.Thread{ID: fmt.Sprint(i), Article: corpus.Article{
			Title: fmt.Sprintf("Board%d says Firm%d polluted the lake", i, i),
			For:   []string{fmt.Sprintf("Board%d", i)}, Against: []string{fmt.Sprintf("Firm%d", i)},
		}}
		for k, c := range []struct{ text, label string }{
			{"Board%d is corrupt, a shameful thing.", "skeptical"},
			{"Firm%d is corrupt, a shameful thing.", "supportive"},
			{"Who is Board%d?", "none"},
			{"Both sides did it, Firm%d too.", "relativist"},
		} {
			t.Comments = append(t.Comments, corpus.Comment{ID: fmt.Sprint(k), Text: fmt.Sprintf(c.text, i), Annotation: &corpus.Annotation{Label: c.label}})
		}
		threads = append(threads, t)
	}
	return threads
}

func TestTrainWithStatedParties(t *testing.T) {
	o := DefaultTraining()
	o.Linear.L2, o.SecondL2, o.StatedL2 = 1, 1, 0.1
	p := newParser(t)
	m, v, err := Train(p, debates(), nil, o)
	if err != nil {
		t.Fatal(err)
	}
	if v.Stated == nil || v.Stated.Total() != 4*manyThreads || v.Stated.Accuracy() < 0.95 {
		t.Fatalf("with parties stated %v are right", v.Stated)
	}
	if v.Confusion.Accuracy() > v.Stated.Accuracy() {
		t.Errorf("without parties %.2f are right, with them %.2f", v.Confusion.Accuracy(), v.Stated.Accuracy())
	}
	e, err := New(m)
	if err != nil {
		t.Fatal(err)
	}
	in := newInput(t, p, &corpus.Thread{
		Article:  corpus.Article{Title: "Zed says Quorl polluted the lake", For: []string{"Zed"}, Against: []string{"Quorl"}},
		Comments: []corpus.Comment{{ID: "1", Text: "Zed is corrupt, a shameful thing."}, {ID: "2", Text: "Quorl is corrupt, a shameful thing."}},
	})
	d, err := e.Decide(in)
	if err != nil {
		t.Fatal(err)
	}
	if d[0].Stance != corpus.Skeptical || d[1].Stance != corpus.Supportive {
		t.Errorf("attacks on the party for and the party against are %v and %v", d[0].Stance, d[1].Stance)
	}
	scored, err := e.Score(in)
	if err != nil {
		t.Fatal(err)
	}
	around := linear.HashByte(aroundThread.id, 0)
	if !slices.ContainsFunc(scored[0].Features, func(f linear.Feature) bool { return f.ID == around }) {
		t.Error("the features are those of the first pass alone")
	}
}
