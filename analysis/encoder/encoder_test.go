package encoder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/encoder/internal/kernels"
	"stance.example/stance/analysis/encoder/internal/modelfile"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// tiny is an encoder of random weights: two layers of width 64, whose vocabulary are a
// few words and all small letters.
func tiny(t testing.TB) *Encoder {
	t.Helper()
	pieces := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "|", ".", ",", "?", "!", ":", "the", "ferry", "is", "late", "again", "good", "bad", "nonsense"}
	for c := 'a'; c <= 'z'; c++ {
		pieces = append(pieces, string(c), "##"+string(c))
	}
	random := rand.New(rand.NewPCG(1, 2))
	floats := func(n int, size float64) []float32 {
		list := make([]float32, n)
		for i := range list {
			list[i] = float32(random.NormFloat64() * size)
		}
		return list
	}
	ones := func(n int) []float32 {
		list := floats(n, 0.1)
		for i := range list {
			list[i]++
		}
		return list
	}
	const width, inner, places = 64, 96, 80
	matrix := func(outputs, inputs int) []byte {
		weights := make([]int8, outputs*inputs)
		for i := range weights {
			weights[i] = int8(random.IntN(255) - 127)
		}
		packed, err := kernels.Pack(weights, ones(outputs), floats(outputs, 0.1), outputs, inputs)
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	normOf := func() modelfile.Norm { return modelfile.Norm{Gamma: ones(width), Beta: floats(width, 0.1)} }
	m := &modelfile.Model{
		Architecture: modelfile.Architecture{Layers: 2, Width: width, Heads: 2, Inner: inner, Positions: places, Pieces: len(pieces)},
		Budget:       modelfile.Budget{Article: 12, Parent: 8, Comment: 24},
		Passport:     json.RawMessage(`{"base": {"name": "tiny"}, "labels": ["skeptical", "relativist", "supportive", "none"], "sure_from": 0.4}`),
		Vocabulary:   []byte(strings.Join(pieces, "\n") + "\n"),
		Words:        make([]int8, len(pieces)*width), WordScales: ones(len(pieces)),
		Positions: floats(places*width, 0.1), Segments: floats(2*width, 0.1), Norm: normOf(),
	}
	for i := range m.Words {
		m.Words[i] = int8(random.IntN(5) - 2)
	}
	for range m.Architecture.Layers {
		m.Layers = append(m.Layers, modelfile.Layer{QKV: matrix(3*width, width), Out: matrix(width, width), Up: matrix(inner, width), Down: matrix(width, inner),
			Norm1: normOf(), Norm2: normOf()})
	}
	for _, task := range []modelfile.Task{
		// The file's order of labels is its own.
		{Name: "stance", Labels: []string{"none", "relativist", "skeptical", "supportive"}},
		{Name: "polarity", Labels: []string{"negative", "neutral", "positive"}},
		{Name: "sarcasm", Labels: []string{"no", "yes"}},
	} {
		task.Temperature = 1.3
		m.Heads = append(m.Heads, modelfile.Head{Task: task, Weights: floats(len(task.Labels)*width, 0.2), Bias: floats(len(task.Labels), 0.3)})
	}
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	e, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ferry is a thread of n comments, every third of which answers the one before.
func ferry(n int) *corpus.Thread {
	said := []string{"The ferry is late again!", "nonsense", "Is the ferry good? The ferry is good.", "bad, bad, bad",
		"Late: again the ferry is bad and late", "x"}
	t := &corpus.Thread{ID: "ferry", Article: corpus.Article{Title: "The ferry is late", Description: "Again the ferry is late."}}
	for i := range n {
		c := corpus.Comment{ID: fmt.Sprintf("c%d", i+1), Author: fmt.Sprintf("reader %d", i%7), Text: strings.Repeat(said[i%len(said)]+" ", 1+i%3)}
		if i%3 == 2 {
			c.Parent = fmt.Sprintf("c%d", i)
		}
		t.Comments = append(t.Comments, c)
	}
	t.Comments[1].Removed, t.Comments[1].Text = true, ""
	return t
}

func judge(t *testing.T, e *Encoder, thread *corpus.Thread) []engine.Decision {
	t.Helper()
	decisions, err := e.Judge(context.Background(), thread, engine.Ask{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	return decisions
}

// A decision depends on the comment, its parent and the article alone: not on the batch
// it was read in, nor on the number of processors, nor on the arithmetic.
func TestJudgeIsTheSameInAnyCompany(t *testing.T) {
	e, thread := tiny(t), ferry(40)
	want := judge(t, e, thread)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(want, judge(t, e, thread)); diff != "" {
		t.Errorf("on one processor (-many +one):\n%s", diff)
	}
	for i, c := range thread.Comments {
		alone := &corpus.Thread{Article: thread.Article, Comments: []corpus.Comment{c}}
		if c.Parent != "" {
			alone.Comments[0].ParentText = thread.Comments[i-1].Text
		}
		if diff := cmp.Diff(want[i], judge(t, e, alone)[0]); diff != "" {
			t.Errorf("comment %d alone (-thread +alone):\n%s", i+1, diff)
		}
	}
	for _, set := range kernels.Available() {
		with, err := e.WithKernels(set.Name())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, judge(t, with, thread)); diff != "" {
			t.Errorf("with %s:\n%s", set.Name(), diff)
		}
	}
}

func TestJudgeLeavesRemovedCommentsOut(t *testing.T) {
	if d := judge(t, tiny(t), ferry(5))[1]; !cmp.Equal(d, engine.Decision{}) {
		t.Errorf("a removed comment was judged: %+v", d)
	}
}

func TestProbabilitiesSumToOne(t *testing.T) {
	for i, d := range judge(t, tiny(t), ferry(12)) {
		if i == 1 {
			continue
		}
		stances, polarities := 0.0, 0.0
		for _, p := range d.Probabilities {
			stances += p
		}
		for _, p := range d.Polarities {
			polarities += p
		}
		if math.Abs(stances-1) > 1e-12 || math.Abs(polarities-1) > 1e-12 {
			t.Errorf("comment %d: stances sum to %v, polarities to %v", i+1, stances, polarities)
		}
	}
}

// Words and base are all there is: they sum to the log-odds of the decision.
func TestExplanationSumsToTheDecision(t *testing.T) {
	e, thread := tiny(t), ferry(30)
	for i, c := range thread.Comments {
		if c.Removed {
			continue
		}
		x, err := e.Explain(context.Background(), thread, i)
		if err != nil {
			t.Fatal(err)
		}
		sum := func(words []text.Evidence, base float64) float64 {
			for _, w := range words {
				if w.In(c.Text) != w.Cue {
					t.Errorf("comment %d: %q stands where %q is named", i+1, w.In(c.Text), w.Cue)
				}
				base += w.Weight
			}
			return base
		}
		p := x.Decision.Probabilities
		want := math.Log(p[x.Decision.Stance])
		for k := range p {
			if corpus.Stance(k) != x.Decision.Stance {
				want -= math.Log(p[k]) / (corpus.NumStances - 1)
			}
		}
		if got := sum(x.Stance, x.StanceBase); math.Abs(got-want) > 1e-5 {
			t.Errorf("comment %d: words give the stance log-odds of %v, the decision has %v", i+1, got, want)
		}
		want = math.Log(x.Decision.Polarities[corpus.Positive] / x.Decision.Polarities[corpus.Negative])
		if got := sum(x.Polarity, x.PolarityBase); math.Abs(got-want) > 1e-5 {
			t.Errorf("comment %d: words give the polarity log-odds of %v, the decision has %v", i+1, got, want)
		}
		if len(x.Without) != 2 {
			t.Errorf("comment %d: %d decisions without a part, want 2", i+1, len(x.Without))
		}
	}
	if _, err := e.Explain(context.Background(), thread, 1); err == nil {
		t.Error("a removed comment was explained")
	}
	if _, err := e.Explain(context.Background(), thread, 30); err == nil {
		t.Error("a comment that isn't there was explained")
	}
}

// The parent is read where it is known, from the thread or as a quotation alike.
func TestParentIsRead(t *testing.T) {
	e, thread := tiny(t), ferry(6)
	quoted, bare := *thread, *thread
	quoted.Comments = append([]corpus.Comment{}, thread.Comments...)
	quoted.Comments[5].Parent, quoted.Comments[5].ParentText = "elsewhere", thread.Comments[4].Text
	bare.Comments = append([]corpus.Comment{}, thread.Comments...)
	bare.Comments[5].Parent = ""
	want := judge(t, e, thread)[5]
	if diff := cmp.Diff(want, judge(t, e, &quoted)[5]); diff != "" {
		t.Errorf("a quoted parent (-linked +quoted):\n%s", diff)
	}
	if cmp.Equal(want, judge(t, e, &bare)[5]) {
		t.Error("what the parent says changes nothing")
	}
}

// What a comment quotes isn't what its writer says: it stands for a parent that isn't known,
// and is left out where one is, or where the comment is read as a parent itself.
func TestQuotedLinesAreNotTheWritersOwn(t *testing.T) {
	e, thread := tiny(t), ferry(6)
	parent, own := thread.Comments[4].Text, thread.Comments[5].Text
	want := judge(t, e, thread)[5].Probabilities
	for name, change := range map[string]func(c []corpus.Comment){
		"beside the parent":     func(c []corpus.Comment) { c[5].Text = "> Something else.\n\n" + own },
		"in place of a parent":  func(c []corpus.Comment) { c[5].Text, c[5].Parent = "> "+parent+"\n"+own, "" },
		"in the parent's words": func(c []corpus.Comment) { c[4].Text = "> Something else.\n" + parent },
	} {
		quoting := *thread
		quoting.Comments = slices.Clone(thread.Comments)
		change(quoting.Comments)
		if got := judge(t, e, &quoting)[5].Probabilities; got != want {
			t.Errorf("a quotation %s: %v, want %v", name, got, want)
		}
	}
}

func TestLearn(t *testing.T) {
	e, thread := tiny(t), ferry(60)
	ctx := context.Background()
	before := judge(t, e, thread)
	none, err := e.Learn(ctx, thread, nil, engine.Ask{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, none.Decisions, cmp.Comparer(near)); diff != "" {
		t.Errorf("without labels (-judged +learned):\n%s", diff)
	}
	known := map[int]corpus.Stance{}
	for i := range 20 {
		known[i] = corpus.Relativist
	}
	learned, err := e.Learn(ctx, thread, known, engine.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	var was, is float64
	for i, d := range learned.Decisions {
		if thread.Comments[i].Removed {
			continue
		}
		if s, ok := known[i]; ok {
			if d.Stance != s || d.Probabilities[s] != 1 {
				t.Errorf("comment %d was labelled %v and is %v (%v)", i+1, s, d.Stance, d.Probabilities)
			}
			if learned.Blind[i][s] == 1 {
				t.Errorf("comment %d: its own label is known to the blind prediction", i+1)
			}
			continue
		}
		was, is = was+before[i].Probabilities[corpus.Relativist], is+d.Probabilities[corpus.Relativist]
	}
	if is <= was {
		t.Errorf("twenty labels of one stance lowered its probability among the others from %v to %v", was, is)
	}
}

// near compares probabilities.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestTrainTellsLabelsApart(t *testing.T) {
	e := tiny(t)
	var threads []*corpus.Thread
	for s := range 8 {
		thread := &corpus.Thread{ID: fmt.Sprint(s), Source: fmt.Sprint("paper ", s), Article: corpus.Article{Title: "The ferry"}}
		for c := range 12 {
			label, said := "glad", "good ferry"
			if c%2 == 0 {
				label, said = "cross", "bad ferry"
			}
			thread.Comments = append(thread.Comments, corpus.Comment{ID: fmt.Sprint(c), Text: said + strings.Repeat(" again", c/3+s%2),
				Annotation: &corpus.Annotation{Label: label}})
		}
		threads = append(threads, thread)
	}
	ctx := context.Background()
	trained, v, err := Train(ctx, e, threads, TrainOptions{penalties: []float64{10, 1, 0.1}})
	if err != nil {
		t.Fatal(err)
	}
	if v.Left != "source" || v.Confusion.Total() != 96 || v.Confusion.MacroF1() < 0.8 {
		t.Errorf("left out by %s, %d comments, macro-F1 %.2f", v.Left, v.Confusion.Total(), v.Confusion.MacroF1())
	}
	classified, err := trained.Classify(ctx, threads[0])
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for i, c := range classified {
		if trained.Labels()[c.Class] == threads[0].Comments[i].Annotation.Label {
			right++
		}
	}
	if right < 10 {
		t.Errorf("%d of 12 comments that it was trained on are right", right)
	}
	var other *LabelsError
	if _, err := trained.Judge(ctx, threads[0], engine.Ask{}); !errors.As(err, &other) {
		t.Errorf("asked for stances it says %v", err)
	}
	if _, _, err := Train(ctx, e, threads[:0], TrainOptions{}); err == nil {
		t.Error("nothing to train on is no error")
	}
}

// A head that was written is the same when it is read, and belongs to its encoder alone.
func TestWriteHead(t *testing.T) {
	e, thread := tiny(t), ferry(20)
	for i := range thread.Comments {
		thread.Comments[i].Annotation = &corpus.Annotation{Label: corpus.Stance(i % 3).String()}
	}
	threads := []*corpus.Thread{thread}
	trained, _, err := Train(context.Background(), e, threads, TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	if err := trained.WriteHead(&written); err != nil {
		t.Fatal(err)
	}
	f, err := modelfile.OpenHead(written.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := e.with(f)
	if err != nil {
		t.Fatal(err)
	}
	want, err := trained.Classify(context.Background(), thread)
	if err != nil {
		t.Fatal(err)
	}
	got, err := opened.Classify(context.Background(), thread)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("trained and read (-trained +read):\n%s", diff)
	}
	if diff := cmp.Diff(trained.Passport(), opened.Passport()); diff != "" {
		t.Errorf("passports (-trained +read):\n%s", diff)
	}
	other := *e
	other.file = &modelfile.Model{ID: "another", Architecture: e.file.Architecture}
	if _, err := other.with(f); err == nil {
		t.Error("a head of another encoder was taken")
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := tiny(t).Judge(ctx, ferry(200), engine.Ask{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled judgement ended with %v", err)
	}
}

func TestArticleText(t *testing.T) {
	for _, c := range []struct {
		name, want string
		article    corpus.Article
	}{
		{"headline and lead", "Trams | They come.", corpus.Article{Title: " Trams ", Description: "They come."}},
		{"headline and text", "Trams | They came.", corpus.Article{Title: "Trams", Text: "They came."}},
		{"lead alone", "They come.", corpus.Article{Description: "They come. They go."}},
		{"text alone", "The U.S. came.", corpus.Article{Text: "The U.S. came. It went."}},
		{"case", "Trams pay. For: city, board. Against: cars.",
			corpus.Article{Title: "Trams", Case: "Trams pay.", For: []string{"city", "board"}, Against: []string{"cars"}}},
		{"nothing", "", corpus.Article{}},
	} {
		if got, err := articleText(&c.article); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}
