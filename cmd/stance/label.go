package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
)

// sampling is how the comments to label are drawn.
type sampling struct {
	design    string
	size      int
	seed      uint64
	like      string // the file whose sample is taken over
	annotator string
	out       string
	claim     string // the case of the article, "" for what the thread says
	stated    bool   // a flag of drawing was given
	second    *second
}

// designs are the ways of drawing, by name.
var designs = []struct {
	name string
	draw func([]audit.Candidate, int, uint64) []audit.Drawn
}{
	{"uniform", audit.Uniform},
	{"stratified", audit.Stratified},
}

func newLabel(a *app) *cobra.Command {
	in := &input{app: a}
	s := &sampling{second: &second{}}
	cmd := &cobra.Command{
		Use:   "label FILE --out LABELS",
		Short: "Draw a sample of comments and label it at the terminal",
		Long: `Label draws a random sample of a thread's comments and shows them one by one, each
with the article and the comment it answers. One key gives the stance:

  s skeptical   r relativist   p supportive   n none
  k skip        u undo         a article      g what the program guesses   q quit

Every key is saved to the file of labels before the next comment is shown; the same
command goes on where it was left. The program's guess is hidden unless asked for,
so that it doesn't lead the annotator.

Judging with --labels then keeps the labels, learns from them for the rest of the
thread, and corrects its shares. The file holds the probability with which each
comment was drawn. A uniform sample is the safe choice; a stratified one draws more
where the model doubts, and the shares are weighted back.

A second person labels the same comments with --like; stance agreement compares.

With --engine llm a language model labels the sample instead, as one more annotator:
its labels are written under the name llm:MODEL, and with --like it is told how far
they agree with the others. --labels doesn't take them for a person's.`,
		Example: `  stance label page.html --out mine.csv
  stance analyse page.html --labels mine.csv
  stance label page.html --out hers.csv --like mine.csv --annotator her
  stance agreement mine.csv hers.csv
  stance label page.html --out llm.csv --like mine.csv --engine llm --llm-model NAME`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := firstOf(s.check(cmd), s.second.check(cmd)); err != nil {
				return err
			}
			return label(cmd.Context(), in, s, files[0])
		},
	}
	in.addFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&s.out, "out", "", "the file of labels (CSV), made if need be")
	flags.StringVar(&s.design, "sample", "uniform", "how comments are drawn: uniform or stratified")
	flags.IntVar(&s.size, "size", 60, "the number of comments to draw")
	flags.Uint64Var(&s.seed, "seed", 1, "what the random choice starts from; the same seed draws the same comments")
	flags.StringVar(&s.like, "like", "", "take the comments of this file of labels instead of drawing")
	flags.StringVar(&s.annotator, "annotator", "", "a name to write beside the labels")
	flags.StringVar(&s.claim, "case", "", "the case that the article puts forward, in one sentence")
	s.second.addAllFlags(cmd)
	return cmd
}

// drawing are the flags that only mean something for a new sample.
var drawing = []string{"sample", "size", "seed", "like"}

// check finds what is wrong with the flags.
func (s *sampling) check(cmd *cobra.Command) error {
	if s.out == "" {
		return usageError{errors.New("label needs --out FILE")}
	}
	if s.size < 1 {
		return usageError{fmt.Errorf("--size is %d, but must be at least 1", s.size)}
	}
	if s.second.wanted() && (s.annotator != "" || s.second.onlyUnsure) {
		return usageError{errors.New("--annotator and --llm-only-unsure aren't for labelling by a language model")}
	}
	if s.draw() == nil {
		return choice("sample", s.design, designs[0].name, designs[1].name)
	}
	s.stated = slices.ContainsFunc(drawing, cmd.Flags().Changed)
	return nil
}

// draw is the design's function, nil if there is no such design.
func (s *sampling) draw() func([]audit.Candidate, int, uint64) []audit.Drawn {
	for _, d := range designs {
		if d.name == s.design {
			return d.draw
		}
	}
	return nil
}

// label labels the thread of a file.
func label(ctx context.Context, in *input, s *sampling, file string) error {
	if file == source.StandardInput {
		return usageError{errors.New("the keys come from the standard input, so the thread can't")}
	}
	t, err := in.only(ctx, file)
	if err != nil {
		return err
	}
	if s.claim != "" {
		t.Article.Case = s.claim
	}
	pipeline, err := (&judging{}).embedded()
	if err != nil {
		return err
	}
	candidates, err := pipeline.Candidates(ctx, t)
	if err != nil {
		return err
	}
	list, err := s.sample(t, candidates)
	if err != nil {
		return err
	}
	sitting := &session{
		app: in.app, thread: t, list: list, out: s.out, annotator: s.annotator,
		index: positions(t), guesses: candidates,
	}
	if s.second.wanted() {
		return s.byModel(ctx, in, sitting)
	}
	return sitting.run(ctx)
}

// only returns the one thread of a file.
func (in *input) only(ctx context.Context, file string) (*corpus.Thread, error) {
	var threads []*corpus.Thread
	err := in.each(ctx, []string{file}, func(t *corpus.Thread) error {
		threads = append(threads, t)
		return nil
	})
	switch {
	case len(threads) == 0 && err != nil:
		return nil, err
	case len(threads) == 0:
		return nil, fmt.Errorf("%s: it has no thread", file)
	case len(threads) > 1:
		return nil, usageError{fmt.Errorf("%s has %d threads: choose one with --thread: its ID, its title or #1, #2…", file, len(threads))}
	}
	return threads[0], nil
}

// sample returns the comments to label: those of the file of labels if there is one, or
// a new sample. Flags of drawing may be given again, but not others.
func (s *sampling) sample(t *corpus.Thread, candidates []audit.Candidate) ([]labels.Label, error) {
	if _, err := os.Stat(s.out); errors.Is(err, fs.ErrNotExist) {
		return s.fresh(t, candidates)
	}
	list, err := sampleOf(s.out, t)
	if err != nil || !s.stated {
		return list, err
	}
	asked, err := s.fresh(t, candidates)
	if err == nil && !slices.EqualFunc(list, asked, func(a, b labels.Label) bool {
		return a.Comment == b.Comment && a.Probability == b.Probability
	}) {
		err = usageError{fmt.Errorf("%s holds another sample than the flags ask for; without them it is gone on with", s.out)}
	}
	return list, err
}

// fresh returns a new sample: the comments of the file to be like, or drawn ones.
func (s *sampling) fresh(t *corpus.Thread, candidates []audit.Candidate) ([]labels.Label, error) {
	if s.like == "" {
		return s.drawn(t, candidates)
	}
	list, err := sampleOf(s.like, t)
	for i := range list {
		list[i].State, list[i].Annotator = labels.Open, ""
	}
	return list, err
}

// sampleOf reads the comments of a file of labels, which must be of the thread.
func sampleOf(file string, t *corpus.Thread) ([]labels.Label, error) {
	list, problems, err := readLabels(file)
	switch {
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, &problems[0] // writing the file again would lose the row
	}
	index := positions(t)
	for i := range list {
		if _, ok := index[list[i].Comment]; !ok {
			return nil, fmt.Errorf("%s:%d: no comment of the thread has the ID %q", file, list[i].Line, list[i].Comment)
		}
	}
	return list, nil
}

// drawn draws a sample.
func (s *sampling) drawn(t *corpus.Thread, candidates []audit.Candidate) ([]labels.Label, error) {
	if len(candidates) == 0 {
		return nil, fmt.Errorf("%s: it has no comment to label", t.Source)
	}
	var list []labels.Label
	for _, d := range s.draw()(candidates, s.size, s.seed) {
		list = append(list, labels.Label{Thread: t.ID, Comment: t.Comments[d.Index].ID, Probability: d.Probability})
	}
	return list, nil
}

// positions are the indices of a thread's comments that can be labelled, by ID.
func positions(t *corpus.Thread) map[string]int {
	index := map[string]int{}
	for i := range t.Comments {
		if !t.Comments[i].Removed {
			index[t.Comments[i].ID] = i
		}
	}
	return index
}

// guess is the program's stance of a comment.
func guess(candidates []audit.Candidate, comment int) corpus.Stance {
	i := slices.IndexFunc(candidates, func(c audit.Candidate) bool { return c.Index == comment })
	return candidates[i].Stance
}
