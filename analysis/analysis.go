package analysis

import (
	"cmp"
	"slices"
	"strings"

	"stance/analysis/actors"
	"stance/analysis/aggregate"
	"stance/analysis/language"
	"stance/analysis/linear"
	"stance/analysis/llm"
	"stance/analysis/sentiment"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
	"stance/corpus/labels"
)

// StanceEngine decides the stance of every comment of a thread together.
// The result is parallel to in.Thread.Comments.
type StanceEngine interface {
	Decide(in *stance.Input) ([]stance.Decision, error)
}

// StanceJustifier is a StanceEngine that can add the evidence of each decision.
type StanceJustifier interface {
	Justify(in *stance.Input) ([]stance.Decision, error)
}

// SentimentEngine measures the feeling of one comment on a topic, nil where there is
// no article.
type SentimentEngine interface {
	Measure(doc *text.Document, topic *sentiment.Topic) sentiment.Decision
}

// Judgement is what the program decided about a comment.
type Judgement struct {
	// Judged is false for removed comments, whose other fields are zero, and for
	// withheld ones.
	Judged bool
	// Withheld is set where the expected error, 1 less the probability of the most
	// probable stance, is above Options.MaxError: the program abstains, and of the
	// other fields only Probabilities and Unsure mean anything.
	Withheld bool
	// Engine is the one that judged the comment.
	Engine Engine
	// Annotated is set where a person labelled the comment for this run: Stance is
	// what the person said, with probability 1. The sentiment is the program's.
	Annotated bool
	Stance    corpus.Stance
	// Probabilities sum to 1, indexed by corpus.Stance; all zero where a language model
	// judged and nothing tells how sure that is.
	Probabilities [corpus.NumStances]float64
	Unsure        bool
	Polarity      corpus.Polarity
	Valence       float64 // in [-1, 1], of the sentiment engine in any case
	// Polarities are the calibrated probabilities of the polarities; all zero where the
	// engine has none.
	Polarities [corpus.NumPolarities]float64
	// Sarcasm is the probability that the comment means another thing than it says. It
	// never changes polarity or valence.
	Sarcasm float64
	// Evidence is that of the stance and Feeling that of the sentiment, in the order of
	// the text; see Options.NoEvidence.
	Evidence, Feeling []text.Evidence
}

// Probability is that of the stance. It reports false where nothing tells it.
func (j *Judgement) Probability() (float64, bool) {
	return j.Probabilities[j.Stance], slices.Max(j.Probabilities[:]) > 0
}

// Result is a thread with its judgements and their summary.
type Result struct {
	Thread *corpus.Thread
	// Case, For and Against are what was assumed of, or given for, the article.
	Case         string
	For, Against []string
	// Judgements are parallel to Thread.Comments.
	Judgements []Judgement
	Summary    aggregate.Summary
	// Actors are what the article names and its readers feel something toward, those
	// that most comments name first.
	Actors []actors.Actor
	// Lexicon is what the terms that the user rated did here, nil if there are none.
	Lexicon *Lexicon
	// Examination is the closer look, nil if Options.Examine asks for none.
	Examination *Examination
	// Second is what a language model did, nil if none was asked.
	Second *Second
}

// Pipeline analyses threads. It is safe for concurrent use if its engines are.
type Pipeline struct {
	parser      *text.Parser
	stance      StanceEngine
	sentiment   SentimentEngine
	reliability aggregate.Reliability
	passport    linear.Passport
	options     Options
}

// Options choose the engines and state what the input doesn't; the zero value
// chooses the embedded engines and states nothing.
type Options struct {
	// SentimentEngine is a name of sentiment.Engines, "" for the default.
	SentimentEngine string
	// Stance is the stance engine, nil for the embedded one.
	Stance *stance.Engine
	// MaxError is the expected error above which a comment is withheld, in (0, 1);
	// 0 judges every comment.
	MaxError float64
	// Case, For and Against replace what the input says of every article, where
	// they are not empty.
	Case         string
	For, Against []string
	// Labels are what a person said of some comments, nil for none. Those comments
	// keep their labels, the engine learns from them for the rest of their thread,
	// and with enough of them the shares are corrected; see audit.
	Labels *labels.Set
	// Terms are what the user rates, added to the lexicon of the sentiment engine.
	Terms []sentiment.Term
	// Examine are the parts of a closer look that Analyse takes at each thread.
	Examine Parts
	// NoEvidence lets the engines leave out the words that moved their decisions, for
	// outputs that don't show them: that takes a quarter less time. What was learned from
	// labels, and what a language model quotes, has evidence in any case.
	NoEvidence bool
	// LLM is asked to judge the comments in the place of the stance engine, which
	// judges those that it can't; nil for none. With OnlyUnsure it is asked about those
	// of which the stance engine is unsure.
	LLM        *llm.Judge
	OnlyUnsure bool
}

// New returns a pipeline. It fails with a *stance.LabelsError if the stance engine
// has other labels than stances; see NewClassifier for such.
func New(o Options) (*Pipeline, error) {
	parser, err := text.NewParser()
	if err != nil {
		return nil, err
	}
	engine, err := o.engine()
	if err != nil {
		return nil, err
	}
	if !engine.Stances() {
		return nil, &stance.LabelsError{Labels: engine.Labels()}
	}
	if o.SentimentEngine == "" {
		o.SentimentEngine = sentiment.Default
	}
	feeling, err := sentiment.Open(o.SentimentEngine, o.Terms)
	if err != nil {
		return nil, err
	}
	return &Pipeline{
		parser:      parser,
		stance:      engine,
		sentiment:   feeling,
		reliability: stance.Reliability(engine.Passport().Shares),
		passport:    engine.Passport(),
		options:     o,
	}, nil
}

func (o *Options) engine() (*stance.Engine, error) {
	if o.Stance != nil {
		return o.Stance, nil
	}
	return stance.Embedded()
}

// stated returns the thread with what the options state of its article.
func (o *Options) stated(t *corpus.Thread) *corpus.Thread {
	if o.Case == "" && len(o.For) == 0 && len(o.Against) == 0 {
		return t
	}
	with := *t
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

// Passport says how the stance model was made.
func (p *Pipeline) Passport() linear.Passport { return p.passport }

// Analyse judges a thread. It leaves the thread as it is; Result.Thread is a copy
// where the options state something of the article.
func (p *Pipeline) Analyse(t *corpus.Thread) (*Result, error) {
	t = p.options.stated(t)
	in, err := stance.NewInput(p.parser, t)
	if err != nil {
		return nil, err
	}
	decided, err := p.decide(in)
	if err != nil {
		return nil, err
	}
	r := &Result{
		Thread:     t,
		Case:       caseOf(&t.Article, &in.Article),
		Second:     decided.second,
		For:        t.Article.For,
		Against:    t.Article.Against,
		Judgements: make([]Judgement, len(t.Comments)),
	}
	r.Case = cmp.Or(decided.claim, r.Case)
	topic := sentiment.TopicOf(p.parser, &t.Article)
	feelings := p.feelings(in, topic, !p.options.NoEvidence)
	r.Lexicon = p.lexicon(feelings)
	for i := range t.Comments {
		if t.Comments[i].Removed {
			continue
		}
		j := judgement(decided.decisions[i], feelings[i])
		j.Annotated = decided.labelled(i)
		if decided.asked(i) {
			j.Engine, j.Polarity, j.Polarities = LanguageModel, decided.answers[i].Polarity, [corpus.NumPolarities]float64{}
		}
		if p.options.withholds(j.Probabilities[j.Stance]) {
			j.Judged, j.Withheld, j.Unsure, j.Evidence = false, true, true, nil
		}
		r.Judgements[i] = j
	}
	r.Summary = aggregate.Summarise(observations(t, r.Judgements), p.reliability)
	if a, ok := decided.audit(t); ok {
		r.Summary.Correct(a, p.reliability)
	} else if n := decided.count(); n > 0 {
		r.Summary.Notes = append(r.Summary.Notes, tooFew(n))
	}
	r.Summary.Notes = append(r.Summary.Notes, languageNotes(language.Of(in.Comments), r.Second)...)
	r.Summary.Notes = append(r.Summary.Notes, feelingNotes(r)...)
	r.Summary.Notes = append(r.Summary.Notes, secondNotes(r)...)
	r.Actors = p.actors(in, r.Judgements, topic)
	r.Examination = p.examine(r, in.Comments)
	return r, nil
}

func judgement(s stance.Decision, f sentiment.Decision) Judgement {
	return Judgement{
		Judged:        true,
		Stance:        s.Stance,
		Probabilities: s.Probabilities,
		Unsure:        s.Unsure,
		Polarity:      f.Polarity,
		Valence:       f.Valence,
		Polarities:    f.Probabilities,
		Sarcasm:       f.Sarcasm,
		Evidence:      s.Evidence,
		Feeling:       f.Evidence,
	}
}

// caseOf is the case the input states, otherwise the headline, otherwise the first
// sentence of the article.
func caseOf(a *corpus.Article, parsed *text.Document) string {
	switch {
	case a.Case != "":
		return a.Case
	case strings.TrimSpace(a.Title) != "":
		return a.Title
	case len(parsed.Sentences) > 0:
		return parsed.Sentences[0].In(parsed.Source)
	}
	return ""
}

// observations reduces the judgements to what aggregate needs.
func observations(t *corpus.Thread, judgements []Judgement) []aggregate.Observation {
	branches := branchesOf(t)
	obs := make([]aggregate.Observation, len(judgements))
	for i, j := range judgements {
		obs[i] = aggregate.Observation{
			Author:   t.Comments[i].Author,
			Branch:   branches[i],
			Removed:  t.Comments[i].Removed,
			Withheld: j.Withheld,
			Unsure:   j.Unsure,
			Stance:   j.Stance,
			Polarity: j.Polarity,

			Probabilities: j.Probabilities,
			Ungauged:      j.Engine != Embedded,
		}
	}
	return obs
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
