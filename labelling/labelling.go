// Package labelling is how people label comments, whatever they sit at: a terminal or a
// browser.
//
//  1. [Draw] draws a random sample of a thread's comments, each with the probability of
//     being drawn, [DrawTogether] one of the comments of many threads.
//  2. [File] is a file of labels on which several sessions may work at the same time: a
//     lock beside it lets one of them change a row at once, the others see the change
//     before theirs, and none writes over what another has written.
//  3. [Subject] is a thread as the program judges it; [File.Sample] and [File.SampleTogether]
//     see to it that a file has the rows to label, [File.Suggest] adds comments whose labels
//     would teach the model most, which train and correct no share, and [File.ByModel] lets a
//     language model label them.
//  4. [Session] is one sitting at the file. It shows a comment that no other session has
//     at hand, and saves every key before it goes on.
//  5. [Emptied] is a sample for a second annotator, and [Place] finds the comments on which
//     two differ.
//  6. [Codebook] says by which rules labels are given.
//
// The package writes files and knows no terminal and no network.
package labelling

import (
	"fmt"
	"math/rand/v2"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Design is a way of drawing a sample.
type Design struct {
	Name string
	Draw func(candidates []audit.Candidate, n int, seed uint64) []audit.Drawn
}

// Designs are the ways of drawing; the first is the usual one.
func Designs() []Design {
	return []Design{{"uniform", audit.Uniform}, {"stratified", audit.Stratified}}
}

// DesignNamed returns the design of that name.
func DesignNamed(name string) (Design, error) {
	for _, d := range Designs() {
		if d.Name == name {
			return d, nil
		}
	}
	return Design{}, fmt.Errorf("the sample is uniform or stratified, not %q", name)
}

// Draw draws so many comments of a thread, as rows to label. It fails if there are none.
func Draw(t *corpus.Thread, candidates []audit.Candidate, d Design, size int, seed uint64) ([]labels.Label, error) {
	if len(candidates) == 0 {
		return nil, fmt.Errorf("%s: it has no comment to label", t.Source)
	}
	var rows []labels.Label
	for _, d := range d.Draw(candidates, size, seed) {
		rows = append(rows, labels.Label{Thread: labels.NameOf(t), Comment: t.Comments[d.Index].ID, Probability: d.Probability})
	}
	return rows, nil
}

// DrawTogether draws so many of the comments of all threads, which come in an order in
// which neighbours are alike, such as by day and thread: from a random start at even
// distances, so that each has the same probability and every thread and period its part
// (systematic sampling: Cochran, Sampling Techniques, 1977, chapter 8). The rows come in a
// random order, so that whoever stops early has drawn fewer.
func DrawTogether(all []labels.Label, size int, seed uint64) []labels.Label {
	size = min(size, len(all))
	rng := rand.New(rand.NewPCG(seed, uint64(len(all))))
	start := rng.Float64()
	var rows []labels.Label
	for k := range size {
		l := all[int((float64(k)+start)*float64(len(all))/float64(size))]
		l.Together, l.Probability = true, float64(size)/float64(len(all))
		rows = append(rows, l)
	}
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// Positions are the indices of a thread's comments that can be labelled, by ID.
func Positions(t *corpus.Thread) map[string]int {
	index := map[string]int{}
	for i := range t.Comments {
		if !t.Comments[i].Removed {
			index[t.Comments[i].ID] = i
		}
	}
	return index
}

// Of reports whether a row is of the thread, as a row that names no thread is.
func Of(t *corpus.Thread) func(*labels.Label) bool {
	return func(l *labels.Label) bool { return l.Thread == "" || labels.Names(l.Thread, t) }
}

// The keys of the stances and of the polarities, in their order, wherever comments are labelled.
const (
	StanceKeys  = "krpn"
	FeelingKeys = "-0+"
)

// Codebook is what the labels mean and the rules by which they are given, with examples,
// as Markdown: the same that a language model is told.
func Codebook() string { return llm.CurrentPrompt().Codebook }
