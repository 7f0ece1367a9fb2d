package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/labelling"
)

// sampling is how the comments to label are drawn.
type sampling struct {
	design    string
	size      int
	seed      uint64
	suggest   int    // comments that would teach most
	like      string // the file whose sample is taken over
	annotator string
	out       string
	claim     string // the case of the article, "" for what the thread says
	stated    bool   // a flag of drawing was given
	llm       *languageModel
}

func newLabel(a *app) *cobra.Command {
	in := &reading{app: a}
	s := &sampling{llm: &languageModel{}}
	cmd := &cobra.Command{
		Use:   "label PATH… --out LABELS",
		Short: "Draw a sample of comments and label it at the terminal",
		Long: `Label draws a random sample of a thread's comments and shows them one by one, each
with the article and the comment it answers. One key gives the stance and goes on to
the next comment; the sentiment, if it is wanted, comes before it:

  k skeptical   r relativist   p supportive   n none      (s is skeptical too)
  - negative    0 neutral      + positive
  x skip        u undo         a article      ? codebook
  g what the program guesses   q quit

Every key is saved to the file of labels before the next comment is shown; the same
command goes on where it was left. Several people may label one file at the same time,
each gets other comments. The program's guess is hidden unless asked for, so that it
doesn't lead the annotator.

Judging with --labels then keeps the labels, learns from them for the rest of the
thread, and corrects its shares. The file holds the probability with which each
comment was drawn. A uniform sample is the safe choice; a stratified one draws more
where the model doubts, and the shares are weighted back.

From several threads one sample is drawn over all their comments, spread over days and
threads. It corrects what they come to, and the groups that hold enough of it: stance
run, report and summary take it with --labels.

A second person labels the same comments with --like; stance agreement compares.

With --engine llm a language model labels the sample instead, as one more annotator:
its labels are written under the name llm:MODEL, and with --like it is told how far
they agree with the others. --labels doesn't take them for a person's.`,
		Example: `  stance label page.html --out mine.csv
  stance analyse page.html --labels mine.csv
  stance label saved/ --out audit.csv --size 120
  stance run saved/ --db results.db --labels audit.csv
  stance label page.html --out hers.csv --like mine.csv --annotator her
  stance agreement mine.csv hers.csv
  stance label page.html --out llm.csv --like mine.csv --engine llm --llm-model NAME`,
		Args: takes(1, unbounded),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := cmp.Or(s.check(cmd), s.llm.check(cmd)); err != nil {
				return err
			}
			return label(cmd.Context(), in, s, files)
		},
	}
	in.addFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&s.out, "out", "", "the file of labels (CSV), made if need be")
	flags.StringVar(&s.design, "sample", "uniform", "how comments are drawn: uniform or stratified")
	flags.IntVar(&s.size, "size", 60, "the number of comments to draw")
	flags.Uint64Var(&s.seed, "seed", 1, "what the random choice starts from; the same seed draws the same comments")
	flags.IntVar(&s.suggest, "suggest", 0, "also ask for so many comments whose labels would teach the engine most; they train and correct no share")
	flags.StringVar(&s.like, "like", "", "take the comments of this file of labels instead of drawing")
	flags.StringVar(&s.annotator, "annotator", "", "a name to write beside the labels")
	flags.StringVar(&s.claim, "case", "", "the case that the article puts forward, in one sentence")
	s.llm.addAllFlags(cmd)
	return cmd
}

// drawing are the flags that only mean something for a new sample.
var drawing = []string{"sample", "size", "seed", "like"}

// check finds what is wrong with the flags.
func (s *sampling) check(cmd *cobra.Command) error {
	if s.out == "" {
		return usageError{errors.New("label needs --out FILE")}
	}
	if s.suggest < 0 {
		return usageError{fmt.Errorf("--suggest is %d, but can't be negative", s.suggest)}
	}
	if s.size < 1 {
		return usageError{fmt.Errorf("--size is %d, but must be at least 1", s.size)}
	}
	if s.llm.wanted() && (s.annotator != "" || s.llm.onlyUnsure) {
		return usageError{errors.New("--annotator and --llm-only-unsure aren't for labelling by a language model")}
	}
	designs := labelling.Designs()
	if err := choice("sample", s.design, designs[0].Name, designs[1].Name); err != nil {
		return err
	}
	s.stated = slices.ContainsFunc(drawing, cmd.Flags().Changed)
	return nil
}

// label labels the thread of the paths or, if there are several, a sample of them all.
func label(ctx context.Context, in *reading, s *sampling, paths []string) error {
	if slices.Contains(paths, source.StandardInput) {
		return usageError{errors.New("the keys come from the standard input, so the thread can't")}
	}
	first, several, err := in.first(ctx, paths)
	switch {
	case err != nil || first == nil:
		return err
	case several:
		return s.together(ctx, in, paths)
	}
	if s.claim != "" {
		first.Article.Case = s.claim
	}
	only, err := newDesk(ctx, first)
	if err != nil {
		return err
	}
	sheet := labelling.Open(s.out)
	if err := s.sample(sheet, first, only.guesses); err != nil {
		return err
	}
	if err := s.addSuggested(ctx, sheet, only); err != nil {
		return err
	}
	if s.llm.wanted() {
		return s.byModel(ctx, in, sheet, first)
	}
	session, err := sheet.Sit(s.annotator, labelling.Of(first))
	if err != nil {
		return err
	}
	sitting := &sitting{
		Session: session, app: in.app, out: s.out, then: []string{"analyse"}, paths: paths,
		desk: func(*labels.Label) (*desk, error) { return only, nil },
	}
	return cmp.Or(sitting.run(ctx), session.Close())
}

// first returns the first thread of the paths, nil if there is none that can be read, and
// whether there are more.
func (in *reading) first(ctx context.Context, paths []string) (first *corpus.Thread, several bool, err error) {
	for t, err := range in.threads(ctx, paths) {
		if err != nil || first != nil {
			return first, err == nil, err
		}
		first = t
	}
	if first == nil && !in.app.failed {
		err = fmt.Errorf("%s: no thread", strings.Join(paths, ", "))
	}
	return first, false, err
}

// sample sees to it that the file of labels has a sample of the thread: the one it has,
// or a new one. Flags of drawing may be given again, but not others.
func (s *sampling) sample(sheet *labelling.File, t *corpus.Thread, candidates []audit.Candidate) error {
	list, err := sampleOf(sheet, t)
	if missing := errors.Is(err, fs.ErrNotExist); err != nil && !missing {
		return err
	}
	if len(list) > 0 && !s.stated {
		return nil
	}
	asked, err := s.fresh(t, candidates)
	if err != nil {
		return err
	}
	if list, err = sheet.Draw(labelling.Of(t), asked); err != nil || !s.stated {
		return err
	}
	list = slices.DeleteFunc(list, func(l labels.Label) bool { return l.Suggested })
	if !slices.EqualFunc(list, asked, func(a, b labels.Label) bool {
		return a.Comment == b.Comment && a.Probability == b.Probability
	}) {
		return usageError{fmt.Errorf("%s holds another sample than the flags ask for; without them it is gone on with", s.out)}
	}
	return nil
}

// addSuggested adds to the file the comments of the thread whose labels would teach most, up
// to the number that was asked for.
func (s *sampling) addSuggested(ctx context.Context, sheet *labelling.File, d *desk) error {
	has, err := sampleOf(sheet, d.thread)
	if err != nil {
		return err
	}
	var taken []int
	wanted := s.suggest
	for i := range has {
		taken = append(taken, d.index[has[i].Comment])
		if has[i].Suggested {
			wanted--
		}
	}
	if wanted <= 0 {
		return nil
	}
	vectors, err := d.pipeline.Vectors(ctx, d.thread)
	if err != nil {
		return err
	}
	probabilities := make([][]float64, len(vectors))
	for i := range d.guesses {
		probabilities[d.guesses[i].Index] = d.guesses[i].Predicted[:]
	}
	var rows []labels.Label
	for _, i := range labelling.Suggest(probabilities, vectors, taken, wanted) {
		rows = append(rows, labels.Label{Thread: labels.NameOf(d.thread), Comment: d.thread.Comments[i].ID, Suggested: true})
	}
	return sheet.Add(rows)
}

// fresh returns a new sample: the comments of the file to be like, or drawn ones.
func (s *sampling) fresh(t *corpus.Thread, candidates []audit.Candidate) ([]labels.Label, error) {
	if s.like == "" {
		design, err := labelling.DesignNamed(s.design)
		if err != nil {
			return nil, err
		}
		return labelling.Draw(t, candidates, design, s.size, s.seed)
	}
	list, err := sampleOf(labelling.Open(s.like), t)
	for i := range list {
		list[i].State, list[i].Sentiment, list[i].Annotator = labels.Open, nil, ""
	}
	return list, err
}

// sampleOf are the rows of the file that are of the thread.
func sampleOf(sheet *labelling.File, t *corpus.Thread) ([]labels.Label, error) {
	rows, problems, err := sheet.Read()
	switch {
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, &problems[0] // writing the file again would lose the row
	}
	index := labelling.Positions(t)
	rows = slices.DeleteFunc(rows, func(l labels.Label) bool { return !labelling.Of(t)(&l) })
	for i := range rows {
		if _, ok := index[rows[i].Comment]; !ok {
			return nil, fmt.Errorf("%s:%d: no comment of the thread has the ID %q", sheet.Path(), rows[i].Line, rows[i].Comment)
		}
	}
	return rows, nil
}
