package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"stance/analysis/evaluate"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
	"stance/corpus/formats"
	"stance/corpus/table"
)

// Training data, relative to the data directory.
const newsFile = "news/threads-train.jsonl"

// variant is a way to train the first pass.
type variant struct {
	name   string
	change func(*stance.TrainOptions)
}

var variants = []variant{
	{"n-grams only", func(o *stance.TrainOptions) { o.Groups = stance.Words }},
	{"… without n-grams", func(o *stance.TrainOptions) { o.Groups &^= stance.Words }},
	{"… without cues", func(o *stance.TrainOptions) { o.Groups &^= stance.Cues }},
	{"… without shape", func(o *stance.TrainOptions) { o.Groups &^= stance.Shape }},
	{"… without target", func(o *stance.TrainOptions) { o.Groups &^= stance.Target }},
	{"… without place", func(o *stance.TrainOptions) { o.Groups &^= stance.Place }},
	{"… without article", func(o *stance.TrainOptions) { o.Groups &^= stance.Article }},
	{"… without priors", func(o *stance.TrainOptions) { o.Prior = 0 }},
}

// auxiliary are the public sets whose labels are stances. Of cocolofa and whataboutism
// that is one label alone.
var auxiliary = []string{"belief", "vaccinelies", "arc", "subreddit_agreement", "cocolofa", "whataboutism"}

func stanceSection(w io.Writer, data string) error {
	news, err := readThreads(filepath.Join(data, newsFile), nil)
	if err != nil {
		return err
	}
	parser, err := text.NewParser()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `
## Stance

%d comments of %d news threads, five folds split by thread, four classes; F1 per class, macro-F1, accuracy and
expected calibration error (ECE). A difference of less than about 0.005 in macro-F1 is noise. "With the parties stated"
knows the fields for and against of each article, which the others don't.

| model | skeptical | relativist | supportive | none | macro-F1 | accuracy | ECE |
|---|--:|--:|--:|--:|--:|--:|--:|
`, comments(news), len(news))
	majorityRow(w, news)
	embedded, err := stance.Validate(parser, news, nil, stance.DefaultTraining(), stance.Context)
	if err != nil {
		return err
	}
	row(w, "all groups (embedded)", embedded[0].Confusion, figure(embedded[0].ECE))
	row(w, "… with the parties stated", embedded[0].Stated, "–")
	row(w, "… without context", embedded[1].Confusion, figure(embedded[1].ECE))
	for _, v := range variants {
		o := stance.DefaultTraining()
		v.change(&o)
		validations, err := stance.Validate(parser, news, nil, o)
		if err != nil {
			return err
		}
		row(w, v.name, validations[0].Confusion, figure(validations[0].ECE))
	}
	for _, name := range auxiliary {
		more, err := readThreads(filepath.Join(data, "public", name+".jsonl"), nil)
		if err != nil {
			return err
		}
		validations, err := stance.Validate(parser, news, more, stance.DefaultTraining())
		if err != nil {
			return err
		}
		row(w, "… with "+name+" as further examples", validations[0].Confusion, figure(validations[0].ECE))
	}
	unsure(w, embedded[0])
	certain(w, news, embedded[0])
	sources(w, news, embedded[0])
	shares(w, news, embedded[0])
	if err := learningCurve(w, parser, news); err != nil {
		return err
	}
	fmt.Fprint(w, tried)
	return nil
}

// learningCurve measures what more threads would give: models trained on parts of one
// half of the threads judge the other half, and the other way round.
func learningCurve(w io.Writer, parser *text.Parser, news []*corpus.Thread) error {
	fmt.Fprint(w, `
Learning curve: models trained on a part of one half of the threads judge the other half, and the other way round. Below a
hundred threads the features of the article and of its thread as a whole are left out.

| threads trained on | comments | n-grams only | all groups |
|--:|--:|--:|--:|
`)
	var names []string
	for _, t := range news {
		names = append(names, t.ID)
	}
	folds := evaluate.Folds(names, 2)
	for _, part := range []int{16, 8, 4, 2, 1} {
		threads, examples := 0, 0
		plain, full := evaluate.NewConfusion(corpus.NumStances), evaluate.NewConfusion(corpus.NumStances)
		for k := range 2 {
			var seen, unseen []*corpus.Thread
			for i, t := range news {
				if folds[i] == k {
					unseen = append(unseen, t)
				} else {
					seen = append(seen, t)
				}
			}
			some := every(part, seen)
			threads, examples = threads+len(some), examples+comments(some)
			for _, m := range []struct {
				groups stance.Groups
				c      *evaluate.Confusion
			}{{stance.Words, plain}, {stance.AllGroups, full}} {
				if err := trainedOn(some, unseen, parser, m.groups, m.c); err != nil {
					return err
				}
			}
		}
		fmt.Fprintf(w, "| %d | %d | %s | %s |\n", threads/2, examples/2, figure(plain.MacroF1()), figure(full.MacroF1()))
	}
	return nil
}

// every returns every nth of the threads. Those of a source stand together, so each part
// has all sources.
func every(n int, threads []*corpus.Thread) []*corpus.Thread {
	var some []*corpus.Thread
	for i := 0; i < len(threads); i += n {
		some = append(some, threads[i])
	}
	return some
}

// trainedOn adds to c how a model trained on the threads seen judges those unseen.
func trainedOn(seen, unseen []*corpus.Thread, parser *text.Parser, groups stance.Groups, c *evaluate.Confusion) error {
	o := stance.DefaultTraining()
	o.Folds, o.Groups = 2, groups // the folds only calibrate
	m, _, err := stance.Train(parser, seen, nil, o)
	if err != nil {
		return err
	}
	engine, err := stance.New(m)
	if err != nil {
		return err
	}
	for _, t := range unseen {
		bare := *t
		bare.Article.Case, bare.Article.For, bare.Article.Against = "", nil, nil
		in, err := stance.NewInput(parser, &bare)
		if err != nil {
			return err
		}
		decisions, err := engine.Decide(in)
		if err != nil {
			return err
		}
		for i := range t.Comments {
			if truth, err := corpus.ParseStance(t.Comments[i].Annotation.Label); err == nil {
				c.Add(int(truth), int(decisions[i].Stance))
			}
		}
	}
	return nil
}

// tried tells what was measured once and left out.
const tried = `
Tried on the same folds, on top of the first pass's predictions, and left out (macro-F1 gained, where less than 0.005 is
noise; measured once with other tools, not made anew):

| what | gain |
|---|--:|
| words of the headline, or of the stated case, as features of the thread | −0.01 |
| predicted feeling of the comment, of its parent, of the headline | 0.00 |
| the feeling multiplied with that of the headline, or with the thread's mean | −0.01 |
| log-odds of models trained on belief | +0.003 |
| … on rumours, vaccine claims, agreement, debates, whataboutism, or all of them | −0.002 to +0.002 |
| boosted trees over all of these instead of a linear model | −0.01 |
| weights of words by their inverse document frequency | 0.00 |
| features scaled by their log-count ratios, at the same penalty; at twice that | −0.001; −0.009 |
| what replies and the author's other comments were given | 0.00 |
| a stronger penalty | 0.00 |
| which cues share a sentence with which stated party, with the parties stated | −0.006 |
| vectors of words from all texts beside the project (PPMI, 64 singular vectors), their sum as features | 0.00 |

An oracle tells where the rest lies: with the true shares of the thread's other comments known, macro-F1 would be 0.55.
`

// certain measures the comments of which the annotator was certain.
func certain(w io.Writer, news []*corpus.Thread, v *stance.Validation) {
	c := evaluate.NewConfusion(corpus.NumStances)
	for i, t := range news {
		for k, given := range v.Predicted[i] {
			a := t.Comments[k].Annotation
			if truth, err := corpus.ParseStance(a.Label); err == nil && given >= 0 && a.Certainty == 3 {
				c.Add(int(truth), given)
			}
		}
	}
	fmt.Fprintf(w, "\nThe %d comments of whose stance the annotator was certain: macro-F1 %s.\n", c.Total(), figure(c.MacroF1()))
}

// readThreads reads a file that must be without fault.
func readThreads(path string, columns map[table.Field]string) ([]*corpus.Thread, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var threads []*corpus.Thread
	for t, err := range formats.Read(path, f, formats.Options{Columns: columns}) {
		if err != nil {
			return nil, err
		}
		threads = append(threads, t)
	}
	return threads, nil
}

func comments(threads []*corpus.Thread) int {
	n := 0
	for _, t := range threads {
		n += len(t.Comments)
	}
	return n
}

// majorityRow gives every comment the most frequent stance.
func majorityRow(w io.Writer, news []*corpus.Thread) {
	var counts [corpus.NumStances]int
	for _, t := range news {
		for i := range t.Comments {
			if s, err := corpus.ParseStance(t.Comments[i].Annotation.Label); err == nil {
				counts[s]++
			}
		}
	}
	most := slices.Index(counts[:], slices.Max(counts[:]))
	c := evaluate.NewConfusion(corpus.NumStances)
	for truth, n := range counts {
		c.Counts[truth][most] = n
	}
	row(w, "majority class", c, "–")
}

func row(w io.Writer, name string, c *evaluate.Confusion, ece string) {
	fmt.Fprintf(w, "| %s |", name)
	for class := range c.Counts {
		fmt.Fprintf(w, " %s |", figure(c.F1(class)))
	}
	fmt.Fprintf(w, " %s | %s | %s |\n", figure(c.MacroF1()), figure(c.Accuracy()), ece)
}

// figure prints three decimals, "–" for a ratio without a denominator.
func figure(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.3f", v)
}

// unsure tells what the threshold does.
func unsure(w io.Writer, v *stance.Validation) {
	var sure, unsure, sureRight, unsureRight int
	for _, j := range v.Judged {
		switch {
		case j.Probability < stance.SureFrom && j.Right:
			unsureRight++
			fallthrough
		case j.Probability < stance.SureFrom:
			unsure++
		case j.Right:
			sureRight++
			fallthrough
		default:
			sure++
		}
	}
	fmt.Fprintf(w, `
Comments whose most probable stance has less than %.2f are marked as unsure: %.1f %% of all, of which %.1f %% are right, against
%.1f %% of the others.
`, stance.SureFrom, percent(unsure, unsure+sure), percent(unsureRight, unsure), percent(sureRight, sure))
}

func percent(a, b int) float64 { return 100 * float64(a) / float64(b) }

// sources breaks the confusion down by where the threads come from.
func sources(w io.Writer, news []*corpus.Thread, v *stance.Validation) {
	bySource := map[string]*evaluate.Confusion{}
	var names []string
	for i, t := range news {
		if bySource[t.Source] == nil {
			bySource[t.Source] = evaluate.NewConfusion(corpus.NumStances)
			names = append(names, t.Source)
		}
		bySource[t.Source].Merge(v.ByThread[i])
	}
	slices.Sort(names)
	fmt.Fprint(w, `
The embedded model by source: Fox News (fox), Globe and Mail (gam), Global Voices with comments by crowd workers (gv),
New York Times debates (nyt), Reddit news posts (red), YouTube news videos (yt).

| source | skeptical | relativist | supportive | none | macro-F1 | accuracy | comments |
|---|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, name := range names {
		row(w, name, bySource[name], fmt.Sprint(bySource[name].Total()))
	}
}
