package analysis

import (
	"cmp"
	"context"
	"slices"

	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Judgement is what the program decided about a comment.
type Judgement struct {
	// Judged is false for comments that are not counted, whose other fields are zero, and for
	// withheld ones.
	Judged bool
	// Withheld is set where the expected error, 1 less the probability of the stance, is
	// above Options.MaxError: the program abstains from a stance, which stays zero, and has
	// no evidence of one.
	Withheld bool
	// Language is that of the comment where it is not English and not a removed one: its
	// name in English. Unless Options.AnyLanguage is set such a comment is withheld and has
	// nothing else.
	Language string
	// ByModel is set where a language model judged the comment.
	ByModel bool
	// Annotated is set where a person labelled the comment for this run: Stance is
	// what the person said, with probability 1. The sentiment is the program's.
	Annotated bool
	Stance    corpus.Stance
	// Probabilities sum to 1, indexed by corpus.Stance; all zero where nothing tells
	// how sure the engine is.
	Probabilities [corpus.NumStances]float64
	Unsure        bool
	Polarity      corpus.Polarity
	Valence       float64 // in [-1, 1]
	// Polarities are the calibrated probabilities of the polarities; all zero where the
	// engine has none.
	Polarities [corpus.NumPolarities]float64
	// Sarcasm is the probability that the comment means another thing than it says. It
	// never changes polarity or valence.
	Sarcasm float64
	// Evidence is that of the stance and Feeling that of the sentiment, in the order of
	// the text.
	Evidence, Feeling []text.Evidence
}

// Probability is that of the stance. It reports false where nothing tells it.
func (j *Judgement) Probability() (float64, bool) {
	return j.Probabilities[j.Stance], slices.Max(j.Probabilities[:]) > 0
}

// unjudged reports whether the comment is withheld for another reason than its expected
// error.
func (j *Judgement) unjudged() bool { return j.Withheld && slices.Max(j.Probabilities[:]) == 0 }

// The engines, by the names that flags and outputs give them. Embedded is what judges
// where no language model does, whatever model it has.
const (
	Embedded      = "embedded"
	LanguageModel = "llm"
)

// Engine names the one that judged the comment.
func (j *Judgement) Engine() string {
	if j.ByModel {
		return LanguageModel
	}
	return Embedded
}

// sarcasmFrom is the probability from which sarcasm is worth showing.
const sarcasmFrom = 0.5

// Sarcastic reports whether the comment likely means another thing than it says.
func (j *Judgement) Sarcastic() bool { return j.Sarcasm >= sarcasmFrom }

// Result is a thread with its judgements and their summary.
type Result struct {
	Thread *corpus.Thread
	// Case, For and Against are what was assumed of, or given for, the article.
	Case         string
	For, Against []string
	// Judgements are parallel to Thread.Comments.
	Judgements []Judgement
	Summary    aggregate.Summary
	// Doubts are what limits the reading, the gravest first.
	Doubts []Doubt
	// SureFrom are the probabilities from which comments may be quoted for a stance, 0
	// where the engine doesn't know them; see Sure.
	SureFrom [corpus.NumStances]float64
	// Actors are what the article names and its readers feel something toward, those
	// that most comments name first.
	Actors []actors.Actor
	// Examination is the closer look, nil if Options.Examine asks for none.
	Examination *Examination
	// Model is what a language model did, nil if none was asked.
	Model *llm.Account
	// Sample are the comments that weren't removed, with what was predicted of them and
	// their labels, where labels were drawn from all threads together; nil otherwise.
	// Overview.Complete corrects by them what several threads come to.
	Sample []audit.Comment
}

// Sentiment measures the feeling of a text or of a part of one. The valence is in
// [-1, 1]. It must be safe for concurrent use.
type Sentiment interface {
	Measure(text string) (polarity corpus.Polarity, valence float64)
}

// Pipeline analyses threads. It is safe for concurrent use.
type Pipeline struct {
	parser      *text.Parser
	engine      engine.Engine
	reliability aggregate.Reliability
	options     Options
}

// Options choose the engine and state what the input doesn't; the zero value chooses
// the embedded encoder and states nothing.
type Options struct {
	// Engine judges the comments, nil for the embedded encoder. With an *llm.Engine the
	// results say what the language model did.
	Engine engine.Engine
	// Sentiment measures feeling in the engine's place, nil for the engine's own.
	Sentiment Sentiment
	// MaxError is the expected error above which a comment is withheld, in (0, 1);
	// 0 judges every comment.
	MaxError float64
	// AnyLanguage judges comments in other languages than English, too, which the embedded
	// engine hasn't learned. A language model judges them anyway, and labels stand.
	AnyLanguage bool
	// Language is the name of that of every comment, such as "German", where it is known;
	// "" tells each comment's by its words.
	Language string
	// Case, For and Against replace what the input says of every article, where
	// they are not empty.
	Case         string
	For, Against []string
	// Staff and Excluded name authors as they are written, whose comments are kept, as what
	// others answer, and neither judged nor counted.
	Staff, Excluded []string
	// Labels are what a person said of some comments, nil for none. Those comments
	// keep their labels, the engine learns from them for the rest of their thread,
	// and with enough of them the shares are corrected; see audit. From labels that were
	// drawn from all threads together nothing is learned, as they are few in each.
	Labels *labels.Set
	// Examine are the parts of a closer look that Analyse takes at each thread.
	Examine Parts
}

// New returns a pipeline. It fails with an *encoder.LabelsError if the engine is an
// encoder of other labels than stances; see Classifier for such.
func New(o Options) (*Pipeline, error) {
	parser, err := text.NewParser()
	if err != nil {
		return nil, err
	}
	if o.Engine == nil {
		if o.Engine, err = encoder.Embedded(); err != nil {
			return nil, err
		}
	}
	p := &Pipeline{parser: parser, engine: o.Engine, options: o}
	base := o.Engine
	if over, ok := base.(*llm.Engine); ok {
		base = over.Base()
	}
	if e, ok := base.(*encoder.Encoder); ok && !e.Stances() {
		return nil, &encoder.LabelsError{Labels: e.Labels()}
	}
	if g, ok := base.(engine.Gauged); ok {
		p.reliability = g.Reliability()
	}
	return p, nil
}

// stated returns the thread with what the options state of its article and its authors.
func (o *Options) stated(t *corpus.Thread) *corpus.Thread {
	if o.Case == "" && len(o.For) == 0 && len(o.Against) == 0 && len(o.Staff) == 0 && len(o.Excluded) == 0 {
		return t
	}
	with := *t
	with.Comments = slices.Clone(t.Comments)
	for i := range with.Comments {
		switch c := &with.Comments[i]; {
		case slices.Contains(o.Excluded, c.Author):
			c.Aside = corpus.Excluded
		case slices.Contains(o.Staff, c.Author):
			c.Aside = corpus.Staff
		}
	}
	if o.Case != "" {
		with.Article.Case = o.Case
	}
	if len(o.For) > 0 {
		with.Article.For = o.For
	}
	if len(o.Against) > 0 {
		with.Article.Against = o.Against
	}
	return &with
}

// withholds reports whether a class of that probability is too likely wrong.
func (o *Options) withholds(probability float64) bool {
	return o.MaxError > 0 && 1-probability > o.MaxError
}

// Analyse judges a thread. It leaves the thread as it is; Result.Thread is a copy
// where the options state something of the article or its authors. It ends with the context's error
// when that is cancelled.
func (p *Pipeline) Analyse(ctx context.Context, t *corpus.Thread) (*Result, error) {
	if set := p.options.Labels; set != nil && set.Together() {
		alone := *p
		alone.options.Labels = nil
		r, err := alone.Analyse(ctx, t)
		if err != nil {
			return nil, err
		}
		_, err = Relabel(ctx, r, set)
		return r, err
	}
	t = p.options.stated(t)
	parsed, err := p.parse(&t.Article)
	if err != nil {
		return nil, err
	}
	languages, err := p.languages(ctx, t)
	if err != nil {
		return nil, err
	}
	cast, err := p.cast(ctx, t, parsed.names)
	if err != nil {
		return nil, err
	}
	decided, err := p.decide(ctx, t, cast.words())
	if err != nil {
		return nil, err
	}
	r := &Result{
		Thread:     t,
		Case:       cmp.Or(decided.claim, caseOf(&t.Article, parsed)),
		For:        t.Article.For,
		Against:    t.Article.Against,
		Judgements: p.judgements(t, decided, languages.Of),
		Model:      decided.account,
		SureFrom:   p.reliability.Sure,
	}
	r.Summary = aggregate.Summarise(observations(t, r.Judgements), p.reliability)
	if a, ok := decided.audit(t); ok {
		r.Summary.Correct(a)
	}
	r.Doubt(languages, p.reliability.Fitted())
	r.Actors = p.actors(t, cast, decided.Decisions, r.Judgements)
	r.Examination, err = p.examine(ctx, r)
	return r, err
}

// judgements are what the decisions come to.
func (p *Pipeline) judgements(t *corpus.Thread, d *decided, languages []string) []Judgement {
	list := make([]Judgement, len(t.Comments))
	for i := range list {
		if !t.Comments[i].Counted() {
			continue
		}
		j := judgement(&d.Decisions[i])
		j.Annotated, j.ByModel, j.Language = d.labelled(i), d.byModel != nil && d.byModel[i], languages[i]
		if j.Language != "" && !p.anyLanguage() && !j.Annotated {
			list[i] = Judgement{Withheld: true, Language: j.Language}
			continue
		}
		if p.options.withholds(j.Probabilities[j.Stance]) {
			j.Judged, j.Withheld, j.Unsure, j.Stance, j.Evidence = false, true, true, 0, nil
		}
		list[i] = j
	}
	return list
}

func judgement(d *engine.Decision) Judgement {
	return Judgement{
		Judged:        true,
		Stance:        d.Stance,
		Probabilities: d.Probabilities,
		Unsure:        d.Unsure,
		Polarity:      d.Polarity,
		Valence:       d.Valence,
		Polarities:    d.Polarities,
		Sarcasm:       d.Sarcasm,
		Evidence:      d.Evidence,
		Feeling:       d.Feeling,
	}
}

// observations reduces the judgements to what aggregate needs. Comments that were set
// aside are in no count.
func observations(t *corpus.Thread, judgements []Judgement) []aggregate.Observation {
	branches := branchesOf(t)
	obs := make([]aggregate.Observation, 0, len(judgements))
	for i := range judgements {
		if t.Comments[i].Aside == "" {
			obs = append(obs, observation(&t.Comments[i], &judgements[i], branches[i]))
		}
	}
	return obs
}

// observation is that of one comment.
func observation(c *corpus.Comment, j *Judgement, branch int) aggregate.Observation {
	return aggregate.Observation{
		Author:   c.Author,
		Branch:   branch,
		Removed:  c.Removed,
		Withheld: j.Withheld,
		Unjudged: j.unjudged(),
		Unsure:   j.Unsure,
		Stance:   j.Stance,
		Polarity: j.Polarity,

		Probabilities: j.Probabilities,
		Labelled:      j.Annotated,
		Ungauged:      j.ByModel || slices.Max(j.Probabilities[:]) == 0,
	}
}

// branchesOf gives each comment the index of the top-level comment it hangs under.
// Parents that are missing, or that form a circle, end the climb.
func branchesOf(t *corpus.Thread) []int {
	parents := corpus.Parents(t.Comments)
	branches := make([]int, len(t.Comments))
	for i := range branches {
		branches[i] = -1
	}
	for i := range branches {
		climb(parents, branches, i)
	}
	return branches
}

// climb follows the parents of i to a comment whose branch is known, or to the
// top, and gives that branch to all it passed.
func climb(parents, branches []int, i int) {
	const passing = -2
	var path []int
	for branches[i] == -1 {
		branches[i] = passing
		path = append(path, i)
		if parents[i] < 0 {
			break
		}
		i = parents[i]
	}
	branch := branches[i]
	if branch == passing {
		branch = i
	}
	for _, k := range path {
		branches[k] = branch
	}
}
