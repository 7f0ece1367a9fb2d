package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/sentiment"
	"stance.example/stance/corpus/source"
	"stance.example/stance/runs"
)

// What measures sentiment, as --sentiment names it.
const (
	ownSentiment      = "engine"
	cdipaoloSentiment = "cdipaolo"
)

// judging is how threads are judged: the flags that every command has that judges
// comments, and the pipeline they ask for.
type judging struct {
	sentiment string
	model     string   // the file of a model, "" for the embedded one
	maxError  float64  // the expected error above which a comment is withheld, 0 for none
	language  string   // that of all comments, "" to tell each one's
	any       bool     // comments in other languages than English are judged, too
	claim     string   // the case of the article
	pro       []string // the parties whose case it carries
	contra    []string // the parties it accuses or criticises
	staff     []string // authors whose comments are marked and not counted
	excluded  []string // authors whose comments are not counted
	labels    string   // the file of a person's labels, "" for none

	examined analysis.Parts // of the closer look, that the command shows
	llm      *languageModel // nil where a command knows the embedded engine alone

	engine   *encoder.Encoder // once it is read
	labelSet                  // of the file of labels, once it is read
}

// addFlags registers the flags of judging.
func (j *judging) addFlags(cmd *cobra.Command) {
	defer heading(cmd, "Judging")()
	flags := cmd.Flags()
	flags.StringVar(&j.sentiment, "sentiment", ownSentiment, "what measures sentiment: "+ownSentiment+", the one that judges stance, or "+cdipaoloSentiment+", naive Bayes trained on film reviews, which is never neutral")
	flags.StringVar(&j.model, "model", "", "the model of this file, made by stance train, instead of the embedded one")
	flags.Float64Var(&j.maxError, "max-error", 0, "judge only comments whose expected error is at most this, between 0 and 1; 0 judges all")
	flags.StringVar(&j.language, "lang", "", "the language of all comments, such as en or German; by default each one's is told by its words, and those that aren't in English are not judged")
	flags.BoolVar(&j.any, "any-language", false, "judge comments in other languages than English all the same; the embedded engine hasn't learned them")
	flags.StringVar(&j.claim, "case", "", "the case that the article puts forward, in one sentence")
	flags.StringArrayVar(&j.pro, "for", nil, "a party whose case the article carries (repeatable)")
	flags.StringArrayVar(&j.contra, "against", nil, "a party that the article accuses or criticises (repeatable)")
	flags.StringArrayVar(&j.staff, "staff", nil, "an author, as written, who writes for the site: the comments are marked and not counted (repeatable)")
	flags.StringArrayVar(&j.excluded, "exclude-author", nil, "an author, as written, whose comments are not counted, such as a bot (repeatable)")
	flags.StringVar(&j.labels, "labels", "", "stances that a person gave to some comments, as stance label writes them: CSV with the columns id and stance, or JSON lines; they stand, the rest learns from them, and the shares are corrected")
}

// pipeline returns the pipeline that the flags ask for. A wrong flag is a usage
// error, found before any model is loaded; so is a model of other labels than
// stances.
func (j *judging) pipeline(ctx context.Context, a *app) (*analysis.Pipeline, error) {
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	if !j.llm.wanted() {
		return j.over(o, nil)
	}
	if j.maxError > 0 && j.labels == "" && j.llm.votes < 2 {
		return nil, usageError{errors.New("--max-error needs probabilities, which a language model has of --labels or --llm-votes")}
	}
	judge, err := j.llm.open(ctx, a)
	if err != nil {
		return nil, err
	}
	return j.over(o, judge)
}

// embedded returns the same pipeline without a language model.
func (j *judging) embedded() (*analysis.Pipeline, error) {
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	return j.over(o, nil)
}

// over returns a pipeline of the encoder or, if there is a judge, of a language model over
// it.
func (j *judging) over(o analysis.Options, judge *llm.Judge) (*analysis.Pipeline, error) {
	e, err := j.encoder()
	if err != nil {
		return nil, err
	}
	o.Engine = e
	if judge != nil {
		o.Engine = llm.Over(e, judge, j.llm.onlyUnsure)
	}
	p, err := analysis.New(o)
	var labels *encoder.LabelsError
	if errors.As(err, &labels) {
		return nil, usageError{fmt.Errorf("%s: %w; stance eval measures such a model, stance analyse -o json applies it", j.model, err)}
	}
	return p, err
}

// classifier returns a classifier if the model has other labels than stances, nil
// if it has stances.
func (j *judging) classifier() (*analysis.Classifier, error) {
	if j.model == "" {
		return nil, nil
	}
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	e, err := j.encoder()
	switch {
	case err != nil || e.Stances():
		return nil, err
	case j.llm.wanted():
		return nil, usageError{fmt.Errorf("--engine llm judges stances, but %s has the labels %q", j.model, e.Labels())}
	case o.Staff != nil || o.Excluded != nil:
		return nil, usageError{fmt.Errorf("--staff and --exclude-author say whose stances count, but %s has the labels %q", j.model, e.Labels())}
	case o.Labels != nil:
		return nil, usageError{fmt.Errorf("--labels gives stances, but %s has the labels %q", j.model, e.Labels())}
	}
	return analysis.NewClassifier(e, o), nil
}

// options are those of the flags, but for the engine.
func (j *judging) options() (o analysis.Options, err error) {
	o = analysis.Options{MaxError: j.maxError, Case: j.claim, For: j.pro, Against: j.contra, Staff: j.staff, Excluded: j.excluded, Examine: j.examined, AnyLanguage: j.any}
	if !(j.maxError >= 0 && j.maxError < 1) {
		return o, usageError{fmt.Errorf("--max-error is %v, but must lie between 0 and 1", j.maxError)}
	}
	for _, name := range slices.Concat(j.staff, j.excluded) {
		switch {
		case name == "":
			return o, usageError{errors.New("--staff and --exclude-author need the name of an author")}
		case slices.Contains(j.staff, name) && slices.Contains(j.excluded, name):
			return o, usageError{fmt.Errorf("%q is named by --staff and by --exclude-author; only one can hold", name)}
		}
	}
	if j.language != "" {
		if o.Language, err = language.Parse(j.language); err != nil {
			return o, usageError{fmt.Errorf("--lang: %w%s", err, didYouMean(j.language, "", language.Names()))}
		}
	}
	if err := choice("sentiment", cmp.Or(j.sentiment, ownSentiment), ownSentiment, cdipaoloSentiment); err != nil {
		return o, err
	}
	if j.sentiment == cdipaoloSentiment {
		if o.Sentiment, err = sentiment.NewCdipaolo(); err != nil {
			return o, err
		}
	}
	if j.labels != "" {
		o.Labels, err = j.labelSet.read(j.labels)
	}
	return o, err
}

// settings are what the judgements of the flags depend on.
func (j *judging) settings(in *reading) (*runs.Settings, error) {
	e, err := j.encoder()
	if err != nil {
		return nil, err
	}
	s := &runs.Settings{
		Program: version(), Passport: e.Passport(), Model: e.ID(),
		Reading: runs.Reading{Format: in.format, Largest: int64(in.largest), Columns: in.columns},
		Judging: runs.Judging{
			Sentiment: j.sentiment, MaxError: j.maxError, Language: j.language, AnyLanguage: j.any,
			Case: j.claim, For: j.pro, Against: j.contra, Staff: j.staff, Excluded: j.excluded,
		},
	}
	if j.labels != "" {
		s.Judging.Labels, err = digest(j.labels)
	}
	if err == nil && j.model != "" { // whose heads may be others over the same weights
		s.Model, err = digest(j.model)
	}
	if j.llm.wanted() {
		s.LanguageModel = &runs.LanguageModel{Name: j.llm.model, Seed: j.llm.seed, Votes: j.llm.votes, OnlyUnsure: j.llm.onlyUnsure, Prompt: llm.CurrentPrompt().Version}
	}
	if in.app.project != nil {
		s.Stated = in.app.project.hash
	}
	return s, err
}

// maxModel is the largest model file read, in bytes, far above any that train
// writes.
const maxModel = 1 << 28

// encoder returns the encoder of the model file, or the embedded one.
func (j *judging) encoder() (*encoder.Encoder, error) {
	if j.engine != nil {
		return j.engine, nil
	}
	var err error
	if j.model == "" {
		j.engine, err = encoder.Embedded()
		return j.engine, err
	}
	f, err := os.Open(j.model)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", j.model, source.Reason(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxModel+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %s", j.model, source.Reason(err))
	}
	if len(data) > maxModel {
		return nil, fmt.Errorf("%s: larger than %d MB, no model that this program wrote", j.model, maxModel>>20)
	}
	if j.engine, err = encoder.Open(data); err != nil {
		return nil, fmt.Errorf("%s: %w", j.model, err)
	}
	return j.engine, nil
}
