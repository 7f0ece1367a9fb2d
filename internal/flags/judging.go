package flags

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/sentiment"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// What measures sentiment, as --sentiment names it.
const (
	ownSentiment      = "engine"
	cdipaoloSentiment = "cdipaolo"
)

// Judging is how threads are judged.
type Judging struct {
	Model    *LanguageModel // nil where the encoder judges alone
	Labels   Labels
	Examined analysis.Parts // of the closer look, that the command shows

	reading *Reading
	asked   runs.Judging
	file    string           // of the encoder's model, "" for the embedded one
	encoder *encoder.Encoder // once it is read
}

// AddJudging gives a command that judges what is read the flags of judging.
func AddJudging(r *Reading, cmd *cobra.Command) *Judging {
	defer cli.Heading(cmd, "Judging")()
	j := &Judging{reading: r}
	flags := cmd.Flags()
	flags.StringVar(&j.asked.Sentiment, "sentiment", ownSentiment, "what measures sentiment: "+ownSentiment+", the one that judges stance, or "+
		cdipaoloSentiment+", naive Bayes trained on film reviews, which is never neutral")
	flags.StringVar(&j.file, "model", "", "the model of this file, made by stance train, instead of the embedded one")
	flags.Float64Var(&j.asked.MaxError, "max-error", 0, "judge only comments whose expected error is at most this, between 0 and 1; 0 judges all")
	flags.StringVar(&j.asked.Language, "lang", "", "the language of all comments, such as en or German; "+
		"by default each one's is told by its words, and those that aren't in English are not judged")
	flags.BoolVar(&j.asked.AnyLanguage, "any-language", false,
		"judge comments in other languages than English all the same; the embedded engine hasn't learned them")
	flags.StringVar(&j.asked.Case, "case", "", "the case that the article puts forward, in one sentence")
	flags.StringArrayVar(&j.asked.For, "for", nil, "a party whose case the article carries (repeatable)")
	flags.StringArrayVar(&j.asked.Against, "against", nil, "a party that the article accuses or criticises (repeatable)")
	flags.StringArrayVar(&j.asked.Staff, "staff", nil, "an author, as written, who writes for the site: the comments are marked and not counted (repeatable)")
	flags.StringArrayVar(&j.asked.Excluded, "exclude-author", nil, "an author, as written, whose comments are not counted, such as a bot (repeatable)")
	flags.StringVar(&j.Labels.File, "labels", "", "stances that a person gave to some comments, as stance label writes them: "+
		"CSV with the columns id and stance, or JSON lines; they stand, the rest learns from them, and the shares are corrected")
	return j
}

// Pipeline returns the pipeline that the flags ask for. A wrong flag is an error of use, found
// before any model is loaded; so is a model of other labels than stances.
func (j *Judging) Pipeline(ctx context.Context) (*analysis.Pipeline, error) {
	o, err := j.options()
	if err == nil {
		o.Labels, err = j.Labels.Read()
	}
	switch {
	case err != nil:
		return nil, err
	case !j.Model.Wanted():
		return j.over(o, nil)
	case o.MaxError > 0 && o.Labels == nil && j.Model.asked.Votes < 2:
		return nil, cli.Usagef("--max-error needs probabilities, which a language model has of --labels or --llm-votes")
	}
	judge, err := j.Model.Open(ctx)
	if err != nil {
		return nil, err
	}
	return j.over(o, judge)
}

// With returns the same pipeline with these labels, nil for none, and without a language model.
func (j *Judging) With(set *labels.Set) (*analysis.Pipeline, error) {
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	o.Labels = set
	return j.over(o, nil)
}

// over returns a pipeline of the encoder or, if there is a judge, of a language model over it.
func (j *Judging) over(o analysis.Options, judge *llm.Judge) (*analysis.Pipeline, error) {
	e, err := j.Encoder()
	if err != nil {
		return nil, err
	}
	o.Engine = e
	if judge != nil {
		o.Engine = llm.Over(e, judge, j.Model.asked.OnlyUnsure)
	}
	p, err := analysis.New(o)
	var others *encoder.LabelsError
	if errors.As(err, &others) {
		return nil, cli.Usagef("%s: %w; stance eval measures such a model, stance analyse -o json applies it", j.file, err)
	}
	return p, err
}

// Classifier returns a classifier if the model has other labels than stances, nil if it has
// stances.
func (j *Judging) Classifier() (*analysis.Classifier, error) {
	if j.file == "" {
		return nil, nil
	}
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	e, err := j.Encoder()
	switch {
	case err != nil || e.Stances():
		return nil, err
	case j.Model.Wanted():
		return nil, cli.Usagef("--engine llm judges stances, but %s has the labels %q", j.file, e.Labels())
	case o.Staff != nil || o.Excluded != nil:
		return nil, cli.Usagef("--staff and --exclude-author say whose stances count, but %s has the labels %q", j.file, e.Labels())
	case j.Labels.File != "":
		return nil, cli.Usagef("--labels gives stances, but %s has the labels %q", j.file, e.Labels())
	}
	return analysis.NewClassifier(e, o), nil
}

// options are those of the flags, but for the engine and the labels.
func (j *Judging) options() (o analysis.Options, err error) {
	if err := j.Model.Check(); err != nil {
		return o, err
	}
	a := &j.asked
	o = analysis.Options{
		MaxError: a.MaxError, Case: a.Case, For: a.For, Against: a.Against, Staff: a.Staff, Excluded: a.Excluded,
		Examine: j.Examined, AnyLanguage: a.AnyLanguage,
	}
	if !(a.MaxError >= 0 && a.MaxError < 1) {
		return o, cli.Usagef("--max-error is %v, but must lie between 0 and 1", a.MaxError)
	}
	for _, name := range slices.Concat(a.Staff, a.Excluded) {
		switch {
		case name == "":
			return o, cli.Usagef("--staff and --exclude-author need the name of an author")
		case slices.Contains(a.Staff, name) && slices.Contains(a.Excluded, name):
			return o, cli.Usagef("%q is named by --staff and by --exclude-author; only one can hold", name)
		}
	}
	if a.Language != "" {
		if o.Language, err = language.Parse(a.Language); err != nil {
			return o, cli.Usagef("--lang: %w%s", err, cli.DidYouMean(a.Language, "", language.Names()))
		}
	}
	if err := cli.Choice("sentiment", a.Sentiment, ownSentiment, cdipaoloSentiment); err != nil {
		return o, err
	}
	if a.Sentiment == cdipaoloSentiment {
		o.Sentiment, err = sentiment.NewCdipaolo()
	}
	return o, err
}

// Settings are what the judgements of a version of the program depend on, as a database keeps
// them.
func (j *Judging) Settings(version string) (kept database.Settings, err error) {
	e, err := j.Encoder()
	if err != nil {
		return kept, err
	}
	s := &runs.Settings{
		Program: version, Passport: e.Passport(), Model: e.ID(),
		Reading: j.reading.Reading, Judging: j.asked, LanguageModel: j.Model.settings(),
	}
	if j.Labels.File != "" {
		if s.Judging.Labels, err = files.Digest(j.Labels.File); err != nil {
			return kept, err
		}
	}
	if j.file != "" { // whose heads may be others over the same weights
		if s.Model, err = files.Digest(j.file); err != nil {
			return kept, err
		}
	}
	if p := j.reading.app.Project; p != nil {
		s.Stated = p.Hash
	}
	return s.Key()
}

// mostModel is the largest model file read, in bytes, far above any that train writes.
const mostModel = 1 << 28

// Encoder returns the encoder of the model file, or the embedded one.
func (j *Judging) Encoder() (*encoder.Encoder, error) {
	if j.encoder != nil {
		return j.encoder, nil
	}
	var err error
	if j.file == "" {
		j.encoder, err = encoder.Embedded()
		return j.encoder, err
	}
	f, err := os.Open(j.file)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", j.file, source.Reason(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostModel+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %s", j.file, source.Reason(err))
	}
	if len(data) > mostModel {
		return nil, fmt.Errorf("%s: larger than %d MB, no model that this program wrote", j.file, mostModel>>20)
	}
	if j.encoder, err = encoder.Open(data); err != nil {
		return nil, fmt.Errorf("%s: %w", j.file, err)
	}
	return j.encoder, nil
}

// Write judges the threads of the files and writes each as soon as those before it are
// written; at the end it says what labels and a language model did. A dry run only says what
// would be asked.
func (j *Judging) Write(ctx context.Context, pipeline *analysis.Pipeline, files []string, w reports.Writer, out *bufio.Writer) error {
	if j.Model.DryRun() {
		return j.Model.Estimate(ctx, j.reading, pipeline, files)
	}
	app := j.reading.app
	if !slices.Contains(files, source.StandardInput) { // which can be read only once
		options, err := j.reading.Options()
		if err != nil {
			return err
		}
		j.Labels.Look(j.reading.all(ctx, source.Open(ctx, files, nil, options)))
	}
	var failed error
	for r, err := range runs.Judge(ctx, j.reading.Threads(ctx, files), j.Model.Threads(runtime.GOMAXPROCS(0)), pipeline.Analyse) {
		if failed = err; err == nil {
			j.Model.Clear()
			failed = cmp.Or(w.Write(r), out.Flush())
		}
		if failed != nil {
			break
		}
	}
	if ctx.Err() != nil {
		failed = ErrInterrupted
	}
	failed = cmp.Or(failed, w.Close(), out.Flush())
	j.Labels.Report(app, true)
	return cmp.Or(failed, j.Model.Report())
}
