package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/internal/terminal"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// labeller is how stance label draws comments and has them labelled.
type labeller struct {
	app       *cli.App
	in        *flags.Reading
	model     *flags.LanguageModel
	how       labelling.Sampling
	design    string
	suggest   int // comments that would teach most
	annotator string
	claim     string // the case of the article, "" for what the thread says
	out       string
	file      *labelling.File // of that name
}

func newLabel(a *cli.App) *cobra.Command {
	l := &labeller{app: a}
	cmd := cli.Prints(&cobra.Command{
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
		Args: cli.Takes(1, cli.Unbounded),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := l.check(cmd); err != nil {
				return err
			}
			return l.label(cmd.Context(), paths)
		},
	}, "text")
	l.in = flags.AddReading(a, cmd)
	f := cmd.Flags()
	f.StringVar(&l.out, "out", "", "the file of labels (CSV), made if need be")
	f.StringVar(&l.design, "sample", "uniform", "how comments are drawn: uniform or stratified")
	f.IntVar(&l.how.Size, "size", 60, "the number of comments to draw")
	f.Uint64Var(&l.how.Seed, "seed", 1, "what the random choice starts from; the same seed draws the same comments")
	f.IntVar(&l.suggest, "suggest", 0, "also ask for so many comments whose labels would teach the engine most; they train and correct no share")
	f.StringVar(&l.how.Like, "like", "", "take the comments of this file of labels instead of drawing")
	f.StringVar(&l.annotator, "annotator", "", "a name to write beside the labels")
	f.StringVar(&l.claim, "case", "", "the case that the article puts forward, in one sentence")
	l.model = flags.AddLanguageModel(a, cmd)
	return cmd
}

// drawing are the flags that only mean something for a new sample.
var drawing = []string{"sample", "size", "seed", "like"}

// check finds what is wrong with the flags.
func (l *labeller) check(cmd *cobra.Command) (err error) {
	if l.out == "" {
		return cli.Usagef("label needs --out FILE")
	}
	if err := cmp.Or(cli.AtLeast("suggest", l.suggest, 0), cli.AtLeast("size", l.how.Size, 1)); err != nil {
		return err
	}
	if l.model.Wanted() && (l.annotator != "" || l.model.OnlyUnsure()) {
		return cli.Usagef("--annotator and --llm-only-unsure aren't for labelling by a language model")
	}
	designs := labelling.Designs()
	if err := cli.Choice("sample", l.design, designs[0].Name, designs[1].Name); err != nil {
		return err
	}
	l.how.Stated = slices.ContainsFunc(drawing, cmd.Flags().Changed)
	l.file = labelling.Open(l.out)
	if l.how.Design, err = labelling.DesignNamed(l.design); err != nil {
		return err
	}
	return l.model.Check()
}

// label labels the thread of the paths or, if there are several, a sample of them all.
func (l *labeller) label(ctx context.Context, paths []string) error {
	if slices.Contains(paths, source.StandardInput) {
		return cli.Usagef("the keys come from the standard input, so the thread can't")
	}
	first, several, err := l.first(ctx, paths)
	switch {
	case err != nil || first == nil:
		return err
	case several:
		return l.together(ctx, paths)
	}
	if l.claim != "" {
		first.Article.Case = l.claim
	}
	subject, err := subjectOf(ctx, first)
	if err != nil {
		return err
	}
	if err := l.file.Sample(subject, l.how); err != nil {
		return l.otherSample(err)
	}
	if err := l.file.Suggest(ctx, subject, l.suggest); err != nil {
		return err
	}
	if l.model.Wanted() {
		return l.byModel(ctx, first)
	}
	return l.sit(ctx, paths, "analyse", labelling.Of(first), func(*labels.Label) (*labelling.Subject, error) { return subject, nil })
}

// sit lets a person label the rows that are mine at the terminal; command is the one that shows
// what the labels make of the threads.
func (l *labeller) sit(ctx context.Context, paths []string, command string, mine func(*labels.Label) bool,
	subject func(*labels.Label) (*labelling.Subject, error)) error {
	session, err := l.file.Sit(l.annotator, mine)
	if err != nil {
		return err
	}
	sitting := &terminal.Session{Session: session, App: l.app, File: l.out, Then: []string{command}, Paths: paths, Subject: subject}
	return cmp.Or(sitting.Run(ctx), session.Close())
}

// otherSample is the error of use of a file that holds another sample, or else the error.
func (l *labeller) otherSample(err error) error {
	if errors.Is(err, labelling.ErrOtherSample) {
		return cli.Usagef("%s holds another sample than the flags ask for; without them it is gone on with", l.out)
	}
	return err
}

// first returns the first thread of the paths, nil if there is none that can be read, and
// whether there are more.
func (l *labeller) first(ctx context.Context, paths []string) (first *corpus.Thread, several bool, err error) {
	for t, err := range l.in.Threads(ctx, paths) {
		if err != nil || first != nil {
			return first, err == nil, err
		}
		first = t
	}
	if first == nil && !l.app.Failed {
		err = fmt.Errorf("%s: no thread", strings.Join(paths, ", "))
	}
	return first, false, err
}

// subjectOf judges a thread by the embedded engine.
func subjectOf(ctx context.Context, t *corpus.Thread) (*labelling.Subject, error) {
	e, err := encoder.Embedded()
	if err != nil {
		return nil, err
	}
	pipeline, err := analysis.New(analysis.Options{Engine: e})
	if err != nil {
		return nil, err
	}
	return labelling.NewSubject(ctx, pipeline, t)
}

// byModel lets a language model label the sample.
func (l *labeller) byModel(ctx context.Context, t *corpus.Thread) error {
	annotator := labelling.ModelAnnotator + l.model.Name()
	judge, err := l.model.Open(ctx)
	if err != nil {
		return err
	}
	if l.model.DryRun() {
		left, err := l.file.Left(t, annotator)
		if err != nil {
			return err
		}
		e, err := judge.Estimate(ctx, t, left)
		if err != nil {
			return err
		}
		return l.model.WriteEstimate(e)
	}
	stated, err := l.file.ByModel(ctx, judge, t)
	if err != nil {
		return cmp.Or(err, l.model.Report())
	}
	l.model.Clear()
	if stated != "" {
		if err := reports.Stated(l.app.Out, stated, l.app.Options(0)); err != nil {
			return err
		}
	}
	rows, err := l.file.Of(t)
	if err != nil {
		return err
	}
	return cmp.Or(terminal.WriteEnd(l.app.Out, l.out, rows), l.compared(annotator, rows, t), l.model.Report())
}

// compared prints how far the model agrees with the annotator whose sample it took over.
func (l *labeller) compared(annotator string, rows []labels.Label, t *corpus.Thread) error {
	if l.how.Like == "" {
		return nil
	}
	other, _, err := labelling.Open(l.how.Like).Read()
	if err != nil {
		return err
	}
	found, index := audit.Agree([][]labels.Label{other, rows}), labelling.Positions(t)
	for i := range found.Disputed {
		d := &found.Disputed[i]
		d.Place = &audit.Place{Thread: t, Index: index[d.First.Comment]}
	}
	return l.app.Print(func(w io.Writer) error {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		names := []string{labelling.AnnotatorOf(other, filepath.Base(l.how.Like)), annotator}
		return reports.Print(reports.AgreementOutputs(), "text", w, reports.Annotators{Agreement: found, Names: names}, defaultDisputed, l.app.Options(0))
	})
}

// together labels a sample of the comments of all threads.
func (l *labeller) together(ctx context.Context, paths []string) error {
	if l.design != labelling.Designs()[0].Name || l.how.Like != "" || l.claim != "" || l.suggest > 0 || l.model.Wanted() {
		return cli.Usagef("--sample stratified, --like, --case, --suggest and --engine are for one thread; choose it with --thread: its ID, its title or #1, #2…")
	}
	if err := l.drawTogether(ctx, paths); err != nil {
		return err
	}
	rows, _, err := l.file.Read()
	if err != nil {
		return err
	}
	drawn, err := l.drawn(ctx, paths, rows)
	if err != nil {
		return err
	}
	subjects := map[*corpus.Thread]*labelling.Subject{}
	return l.sit(ctx, paths, "summary", nil, func(row *labels.Label) (*labelling.Subject, error) {
		t, known := drawn[row.Thread]
		if !known {
			return nil, fmt.Errorf("%s: no thread %q was read", l.out, row.Thread)
		}
		if subjects[t] == nil {
			s, err := subjectOf(ctx, t)
			if err != nil {
				return nil, err
			}
			subjects[t] = s
		}
		return subjects[t], nil
	})
}

// drawTogether draws a sample of all threads into the file, unless it is there and none was
// asked for.
func (l *labeller) drawTogether(ctx context.Context, paths []string) error {
	if _, _, err := l.file.Read(); !errors.Is(err, fs.ErrNotExist) && (err != nil || !l.how.Stated) {
		return err
	}
	frame := &labelling.Frame{}
	for t, err := range l.in.Threads(ctx, paths) {
		if err != nil {
			return err
		}
		if err := frame.Add(t); err != nil {
			return err
		}
	}
	return l.otherSample(l.file.SampleTogether(frame, l.how))
}

// drawn are the threads that rows are of, by the names that the rows give them.
func (l *labeller) drawn(ctx context.Context, paths []string, rows []labels.Label) (map[string]*corpus.Thread, error) {
	wanted := map[string]bool{}
	for i := range rows {
		wanted[rows[i].Thread] = true
	}
	options, err := l.in.Options()
	if err != nil {
		return nil, err
	}
	drawn := map[string]*corpus.Thread{}
	for t, err := range source.Open(ctx, paths, nil, options).All(ctx) {
		if ctx.Err() != nil {
			return nil, flags.ErrInterrupted
		}
		if err != nil {
			continue // it was said when the sample was drawn
		}
		if name := labels.NameOf(t); wanted[name] {
			drawn[name] = t
		}
	}
	return drawn, nil
}
