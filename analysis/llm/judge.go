package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"sync"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// State is what became of a comment that the model was to label.
type State uint8

// The states of an answer. All but Given leave the comment to the other engine.
const (
	Unasked    State = iota // it wasn't to be asked about
	Given                   // the model labelled it
	Unusable                // twice there was no usable answer
	Unserved                // the server failed
	OverBudget              // the budget was used up
	numStates  = 5
)

// Answer is what the model said of one comment.
type Answer struct {
	State State
	// The rest is zero unless State is Given.
	Stance   corpus.Stance
	Polarity corpus.Polarity
	// Votes counts the votes by stance, where there were several.
	Votes [corpus.NumStances]int
	// Quote is the evidence; empty if there is none. Foreign is set where the model
	// quoted what doesn't stand in the comment.
	Quote   text.Span
	Foreign bool
}

// Judged is what the model said of a thread.
type Judged struct {
	// Case is the case of the article in the model's words; "" where the thread states
	// it, or the model couldn't. Unstated is set where it gave no usable one twice:
	// stance is then taken toward what the article says for itself.
	Case     string
	Unstated bool
	// Answers are parallel to the thread's comments.
	Answers []Answer
}

// Options say how a model is asked.
type Options struct {
	Model string
	// Seed is sent with every request. Votes are the answers drawn for each comment:
	// 1 at temperature 0, or more at a higher one with the seeds that follow.
	Seed, Votes int
	// MaxTokens is where an answer is cut off; 0 stands for what labels need at most. A
	// model that thinks before it answers needs more.
	MaxTokens int
	// Workers is the number of requests under way at the same time.
	Workers int
	Budget  *Budget // nil for none
	// Asked is called after every request, from any goroutine; nil for nothing.
	Asked func(Usage)
}

// voteTemperature is the temperature at which several votes are drawn. At 0 they would
// all be the same.
const voteTemperature = 0.7

// Usage is what asking took so far.
type Usage struct {
	Calls, Failed int // requests that were answered, and that weren't
	// Cached are the comments' answers that were in the cache, one for each vote.
	Cached int
	// PromptTokens and AnswerTokens are as the server counts them.
	PromptTokens, AnswerTokens int
	// Cut counts answers that were cut off.
	Cut int
	// Alien counts answers for ids that weren't asked about. All were refused.
	Alien int
	// Unserved are the comments that were left to the other engine because the server
	// failed.
	Unserved int
}

// Judge asks a model about threads. It is safe for concurrent use.
type Judge struct {
	server  Server
	cache   Cache
	prompt  Prompt
	options Options
	slots   chan struct{} // one for each request under way

	mu     sync.Mutex
	usage  Usage
	inRow  int   // failed requests since the last answer
	reason error // of the last one
}

// New returns a judge.
func New(server Server, cache Cache, o Options) *Judge {
	return &Judge{server: server, cache: cache, prompt: CurrentPrompt(), options: o, slots: make(chan struct{}, max(o.Workers, 1))}
}

// Options returns how the model is asked.
func (j *Judge) Options() Options { return j.options }

// Prompt returns what the model is told.
func (j *Judge) Prompt() Prompt { return j.prompt }

// Usage returns what asking took so far.
func (j *Judge) Usage() Usage {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.usage
}

// Reason is the error of the last request that failed, nil if none did.
func (j *Judge) Reason() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.reason
}

// draws are those of each vote.
func (j *Judge) draws() []draw {
	if j.options.Votes < 2 {
		return []draw{{0, j.options.Seed}}
	}
	var list []draw
	for v := range j.options.Votes {
		list = append(list, draw{voteTemperature, j.options.Seed + v})
	}
	return list
}

// Judge asks about the comments of a thread with these indices. It fails with a
// *StopError if no more can be asked, or with the error of the context.
func (j *Judge) Judge(ctx context.Context, t *corpus.Thread, wanted []int) (*Judged, error) {
	judged := &Judged{Answers: make([]Answer, len(t.Comments))}
	if len(wanted) == 0 {
		return judged, nil
	}
	claim, state, err := j.claim(ctx, t)
	if err != nil {
		return nil, err
	}
	if state == Unserved || state == OverBudget {
		for _, i := range wanted { // asked without the case they would have to be asked again
			judged.Answers[i].State = state
		}
		j.unserved(judged)
		return judged, nil
	}
	judged.Case, judged.Unstated = claim, state == Unusable
	s := newScene(t, cmp.Or(t.Article.Case, claim))
	items := s.items(wanted)
	if err := j.vote(ctx, s, items); err != nil {
		return nil, err
	}
	for _, it := range items {
		for _, i := range it.comments {
			judged.Answers[i] = it.answer(t.Comments[i].Text)
		}
	}
	j.unserved(judged)
	return judged, nil
}

// unserved counts the comments that the server failed at.
func (j *Judge) unserved(judged *Judged) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := range judged.Answers {
		if judged.Answers[i].State == Unserved {
			j.usage.Unserved++
		}
	}
}

// claim lets the model state the case of the article, at temperature 0, unless the thread
// states it or there is no article. The state is Given if there is a claim.
func (j *Judge) claim(ctx context.Context, t *corpus.Thread) (string, State, error) {
	m := material{Article: newArticle(&t.Article, mostArticle)}
	if t.Article.Case != "" || m.Article == (article{}) {
		return "", Unasked, nil
	}
	d := draw{0, j.options.Seed}
	key := j.key(d, m)
	claim, state, err := j.keptCase(ctx, key)
	if err != nil || state != Unasked {
		return claim, state, err
	}
	for range 2 {
		state, err := j.ask(ctx, j.caseRequest(d, m), 1, func(c *Completion) (records []Record, err error) {
			if claim, err = parseCase(c.Text); err != nil {
				return nil, err
			}
			return []Record{j.record(key, d, stated{Case: claim})}, nil
		})
		if err != nil || state != Unusable {
			return claim, state, err
		}
		d.seed++ // the same question would get the same answer
	}
	return "", Unusable, j.keep(ctx, []Record{j.record(key, d, stated{Unusable: true})})
}

// keptCase is the case that the cache has, Unasked if it has none.
func (j *Judge) keptCase(ctx context.Context, key string) (string, State, error) {
	kept, err := j.kept(ctx, []string{key})
	if err != nil || kept[key] == "" {
		return "", Unasked, err
	}
	var s stated
	if err := json.Unmarshal([]byte(kept[key]), &s); err != nil {
		return "", Unasked, stopped(err)
	}
	if s.Unusable {
		return "", Unusable, nil
	}
	return s.Case, Given, nil
}

// answer sums the votes up. Of equal numbers of votes the earliest wins. More than half of
// the votes must have been given.
func (it *item) answer(comment string) Answer {
	var a Answer
	var states [numStates]int
	var polarities [corpus.NumPolarities]int
	for v, state := range it.states {
		states[state]++
		if state == Given {
			stance, polarity := it.labels[v].values()
			a.Votes[stance]++
			polarities[polarity]++
		}
	}
	if 2*states[Given] <= len(it.states) {
		return Answer{State: failure(states)}
	}
	for v, state := range it.states {
		if state != Given {
			continue
		}
		stance, polarity := it.labels[v].values()
		if a.State == Unasked || a.Votes[stance] > a.Votes[a.Stance] {
			a.Stance = stance
			a.Quote, a.Foreign = it.labels[v].span(comment)
		}
		if a.State == Unasked || polarities[polarity] > polarities[a.Polarity] {
			a.Polarity = polarity
		}
		a.State = Given
	}
	if len(it.states) == 1 {
		a.Votes = [corpus.NumStances]int{}
	}
	return a
}

// failure is the most frequent state of the votes that weren't given.
func failure(states [numStates]int) State {
	worst := Unusable
	for s := Unusable; s < numStates; s++ {
		if states[s] > states[worst] {
			worst = s
		}
	}
	return worst
}

// question is a batch to be asked about for one vote.
type question struct {
	vote  int
	items []*item
}

// vote fills in the votes on the items: those in the cache, and what the model says of the
// rest, in batches and then one by one.
func (j *Judge) vote(ctx context.Context, s *scene, items []*item) error {
	if err := j.known(ctx, s, items); err != nil {
		return err
	}
	cached := 0
	for _, it := range items {
		for _, state := range it.states {
			if state != Unasked {
				cached++
			}
		}
	}
	j.mu.Lock()
	j.usage.Cached += cached
	j.mu.Unlock()
	for _, most := range []int{batchComments, 1} {
		if err := j.round(ctx, s, j.questions(items, most), most == 1); err != nil {
			return err
		}
	}
	return nil
}

// known gives the items their keys, and the votes that the cache has.
func (j *Judge) known(ctx context.Context, s *scene, items []*item) error {
	draws := j.draws()
	var keys []string
	for _, it := range items {
		it.labels, it.states = make([]label, len(draws)), make([]State, len(draws))
		for _, d := range draws {
			it.keys = append(it.keys, j.commentKey(d, s, it.content))
		}
		keys = append(keys, it.keys...)
	}
	kept, err := j.kept(ctx, keys)
	if err != nil {
		return err
	}
	for _, it := range items {
		for v, key := range it.keys {
			answer, ok := kept[key]
			if !ok {
				continue
			}
			l := &it.labels[v]
			if err := json.Unmarshal([]byte(answer), l); err != nil {
				return stopped(err)
			}
			it.states[v] = Given
			if l.Unusable {
				it.states[v] = Unusable
			} else if err := l.check(); err != nil {
				return stopped(err)
			}
		}
	}
	return nil
}

// questions are those about the votes that are open.
func (j *Judge) questions(items []*item, most int) []question {
	var list []question
	for v := range j.draws() {
		var open []*item
		for _, it := range items {
			if it.states[v] == Unasked {
				open = append(open, it)
			}
		}
		for _, batch := range batched(open, most) {
			list = append(list, question{v, batch})
		}
	}
	return list
}

// settle gives the open votes of the question a state and returns their items.
func (q *question) settle(state State) []*item {
	var settled []*item
	for _, it := range q.items {
		if it.states[q.vote] == Unasked {
			it.states[q.vote] = state
			settled = append(settled, it)
		}
	}
	return settled
}

// round asks all questions, several at a time. The budget is drawn on in their order. In
// the last round what isn't usable is settled; before it is left to be asked again.
func (j *Judge) round(ctx context.Context, s *scene, questions []question, last bool) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var running sync.WaitGroup
	for _, q := range questions {
		d := j.draws()[q.vote]
		if last { // a batch of one would be the same question, and get the same answer
			d.seed += len(j.draws())
		}
		r, ids := j.commentRequest(d, s, q.items)
		reserved, fits := j.reserve(r, len(q.items))
		if !fits {
			q.settle(OverBudget)
			continue
		}
		if j.enter(ctx) != nil {
			break
		}
		running.Go(func() {
			defer j.leave()
			if err := j.pose(ctx, &q, d, r, ids, reserved, last); err != nil {
				cancel(err)
			}
		})
	}
	running.Wait()
	j.options.Budget.over()
	return context.Cause(ctx)
}

// pose asks one question and settles what its state allows. Every vote on an item has a
// place of its own, so that questions may be posed at the same time.
func (j *Judge) pose(ctx context.Context, q *question, d draw, r *Request, ids []string, reserved int, last bool) error {
	state, err := j.send(ctx, r, reserved, func(c *Completion) ([]Record, error) {
		p, err := parseLabels(c.Text, ids)
		if err != nil {
			return nil, err
		}
		j.refused(p.alien)
		var records []Record
		for i, it := range q.items {
			if l, ok := p.labels[ids[i]]; ok {
				it.labels[q.vote], it.states[q.vote] = l, Given
				records = append(records, j.record(it.keys[q.vote], d, l))
			}
		}
		return records, nil
	})
	switch {
	case err != nil:
		return err
	case state == Unserved:
		q.settle(Unserved)
	case last:
		var records []Record
		for _, it := range q.settle(Unusable) {
			records = append(records, j.record(it.keys[q.vote], d, label{Unusable: true}))
		}
		return j.keep(ctx, records)
	}
	return nil
}
