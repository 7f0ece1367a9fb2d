package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"stance/analysis"
	"stance/analysis/linear"
	"stance/analysis/sentiment"
	"stance/analysis/stance"
)

// judging is how threads are judged: the flags that every command has that judges
// comments, and the pipeline they ask for.
type judging struct {
	sentiment string   // the name of a sentiment engine
	lexicon   string   // the file of the user's ratings, "" for none
	model     string   // the file of a stance model, "" for the embedded one
	maxError  float64  // the expected error above which a comment is withheld, 0 for none
	claim     string   // the case of the article
	pro       []string // the parties whose case it carries
	contra    []string // the parties it accuses or criticises
	labels    string   // the file of a person's labels, "" for none

	examined analysis.Parts // of the closer look, that the command shows
	evidence bool           // the command shows it
	second   *second        // nil where a command knows the embedded engine alone

	engine    *stance.Engine // of the model file, once it is read
	labelling                // of the file of labels, once it is read
}

// addFlags registers the flags of judging.
func (j *judging) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&j.sentiment, "sentiment-engine", sentiment.Default, "what measures sentiment: "+strings.Join(engineNames(), ", "))
	flags.StringVar(&j.lexicon, "lexicon", "", "a file of terms and weights from -4 to 4, one a line with a tab or comma between, that add to or override the ratings of the sentiment engine")
	flags.StringVar(&j.model, "model", "", "the stance model of this file, made by stance train, instead of the embedded one")
	flags.Float64Var(&j.maxError, "max-error", 0, "judge only comments whose expected error is at most this, between 0 and 1; 0 judges all")
	flags.StringVar(&j.claim, "case", "", "the case that the article puts forward, in one sentence")
	flags.StringArrayVar(&j.pro, "for", nil, "a party whose case the article carries (repeatable)")
	flags.StringArrayVar(&j.contra, "against", nil, "a party that the article accuses or criticises (repeatable)")
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
	if j.second.wanted() {
		if j.maxError > 0 && j.labels == "" && j.second.votes < 2 {
			return nil, usageError{errors.New("--max-error needs probabilities, which a language model has of --labels or --llm-votes")}
		}
		o.OnlyUnsure = j.second.onlyUnsure
		if o.LLM, err = j.second.open(ctx, a); err != nil {
			return nil, err
		}
	}
	return j.newPipeline(o)
}

// embedded returns the same pipeline without a language model.
func (j *judging) embedded() (*analysis.Pipeline, error) {
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	return j.newPipeline(o)
}

func (j *judging) newPipeline(o analysis.Options) (*analysis.Pipeline, error) {
	p, err := analysis.New(o)
	var labels *stance.LabelsError
	if errors.As(err, &labels) {
		return nil, usageError{fmt.Errorf("%s: %w; stance eval measures such a model, stance analyse -o json applies it", j.model, err)}
	}
	return p, err
}

// classifier returns a classifier if the model has other labels than stances, nil
// if it has stances.
func (j *judging) classifier() (*analysis.Classifier, error) {
	o, err := j.options()
	if err != nil || o.Stance == nil || o.Stance.Stances() {
		return nil, err
	}
	if j.second.wanted() {
		return nil, usageError{fmt.Errorf("--engine llm judges stances, but %s has the labels %q", j.model, o.Stance.Labels())}
	}
	if o.Labels != nil {
		return nil, usageError{fmt.Errorf("--labels gives stances, but %s has the labels %q", j.model, o.Stance.Labels())}
	}
	return analysis.NewClassifier(o)
}

func (j *judging) options() (analysis.Options, error) {
	o := analysis.Options{SentimentEngine: j.sentiment, MaxError: j.maxError, Case: j.claim, For: j.pro, Against: j.contra, Examine: j.examined, NoEvidence: !j.evidence}
	if err := knownEngine(j.sentiment); err != nil {
		return o, err
	}
	if !(j.maxError >= 0 && j.maxError < 1) {
		return o, usageError{fmt.Errorf("--max-error is %v, but must lie between 0 and 1", j.maxError)}
	}
	var err error
	if j.lexicon != "" {
		if o.Terms, err = readLexicon(j.lexicon, j.sentiment); err != nil {
			return o, err
		}
	}
	if j.labels != "" {
		if o.Labels, err = j.labelling.read(j.labels); err != nil {
			return o, err
		}
	}
	if j.model == "" {
		return o, nil
	}
	if j.engine == nil {
		j.engine, err = openModel(j.model)
	}
	o.Stance = j.engine
	return o, err
}

// maxModel is the largest model file read, in bytes, far above any that train
// writes.
const maxModel = 1 << 28

// openModel reads the engine of a model file.
func openModel(name string) (*stance.Engine, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, reason(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxModel+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, reason(err))
	}
	if len(data) > maxModel {
		return nil, fmt.Errorf("%s: larger than %d MB, no model that this program wrote", name, maxModel>>20)
	}
	m, err := linear.ReadModel(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	engine, err := stance.New(m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return engine, nil
}

func knownEngine(name string) error {
	for _, known := range engineNames() {
		if name == known {
			return nil
		}
	}
	return usageError{fmt.Errorf("unknown sentiment engine %q: want one of %s", name, strings.Join(engineNames(), ", "))}
}

func engineNames() []string {
	var names []string
	for _, e := range sentiment.Engines() {
		names = append(names, e.Name)
	}
	return names
}
