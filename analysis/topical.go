package analysis

import (
	"slices"
	"time"
	"unicode/utf8"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/text"
	"stance.example/stance/analysis/topics"
	"stance.example/stance/corpus"
)

// Topics are what the judged comments of one thread or several are about.
type Topics struct {
	Threads  int
	Of       int // judged comments
	Comments int // those that were taken, all of them unless Conversation.Every says
	Placed   int // those that are in a topic
	// Unit is the period that time is cut into: hour, day, week, month or year; "" if too few
	// comments have a time, or all are of one period. Periods are named by their beginning,
	// without gaps, and All counts their comments.
	Unit    string
	Periods []string
	All     []int
	List    []Topic // the largest first; none if there are too few comments
}

// Topic is a group of comments that use the same words; see package topics.
type Topic struct {
	Words    []keyness.Word // that set it apart, the most distinctive first
	Comments int
	Threads  int
	// Stance are the shares among its comments. They are those that the probabilities lead to
	// expect, with labels where there are some, and no audit corrects them; their
	// intervals are those of a thread of these comments.
	Stance   [corpus.NumStances]aggregate.Share
	Polarity [corpus.NumPolarities]int
	Periods  []int // its comments in each of Topics.Periods
	// Typical is the comment that is most like the others, of those short enough to
	// read, and TypicalOf its thread.
	Typical   *corpus.Comment
	TypicalOf *corpus.Thread
}

// Conversation collects the comments of threads to find their topics. It holds the comments and
// the numbers of their words, and nothing else of a thread's size.
type Conversation struct {
	reliability aggregate.Reliability
	lexicon     text.Lexicon
	threads     []spokenOf
	said        []topics.Comment
	of          []spokenIn // parallel to said
	every, seen int        // which of the judged comments are taken, and how many there were
}

// spokenOf is what is kept of a thread, without its article.
type spokenOf struct {
	*corpus.Thread
	day time.Time // zero if unknown
}

// spokenIn is what is kept of a comment beside its words.
type spokenIn struct {
	thread      int
	comment     *corpus.Comment
	observation aggregate.Observation
}

// when is the time of comment i, or the day of its thread; zero if neither is known.
func (c *Conversation) when(i int) time.Time {
	s := &c.of[i]
	if s.comment.Posted.IsZero() {
		return c.threads[s.thread].day
	}
	return s.comment.Posted
}

// Converse returns an empty conversation. Intervals of shares carry the errors that the
// pipeline's engine is known to make.
func (p *Pipeline) Converse() *Conversation {
	return &Conversation{reliability: p.reliability}
}

// Every lets the conversation take only every nth judged comment from now on, so that what it
// holds of many threads is bounded.
func (c *Conversation) Every(n int) { c.every = n }

// Add adds the judged comments of a thread.
func (c *Conversation) Add(r *Result) {
	c.add(r, func(_, i int) []int32 { return ownWords(r.Thread.Comments[i].Text, &c.lexicon) })
}

// add adds the judged comments of a thread. Words are those of one, by its place among the judged
// comments and among all.
func (c *Conversation) add(r *Result, words func(judged, i int) []int32) {
	// The article isn't kept alive by the comments.
	of := &corpus.Thread{Source: r.Thread.Source, ID: r.Thread.ID, Article: corpus.Article{Title: r.Thread.Article.Title}}
	day, _ := time.Parse(time.DateOnly, r.Thread.Day())
	c.threads = append(c.threads, spokenOf{of, day})
	every := max(1, c.every)
	most := (len(r.Judgements) + every - 1) / every
	c.said, c.of = slices.Grow(c.said, most), slices.Grow(c.of, most)
	branches, judged := branchesOf(r.Thread), 0
	for i := range r.Judgements {
		comment, j := &r.Thread.Comments[i], &r.Judgements[i]
		if !j.Judged {
			continue
		}
		if c.seen++; c.seen%every == 0 {
			c.said = append(c.said, topics.Comment{Author: comment.Author, Words: words(judged, i)})
			c.of = append(c.of, spokenIn{len(c.threads) - 1, comment, observation(comment, j, branches[i])})
		}
		judged++
	}
}

// typicalRunes bounds the comments that are shown as typical.
const typicalRunes = 320

// Topics are what was added so far.
func (c *Conversation) Topics() *Topics {
	t := &Topics{Threads: len(c.threads), Of: c.seen, Comments: len(c.said)}
	period := c.periods(t)
	for _, found := range topics.Find(c.said, c.lexicon.Words) {
		topic := Topic{Words: found.Words, Comments: len(found.Members), Periods: make([]int, len(t.Periods))}
		t.Placed += topic.Comments
		observed := make([]aggregate.Observation, len(found.Members))
		threads, branches := map[int]bool{}, map[[2]int]int{}
		for k, i := range found.Members {
			s := &c.of[i]
			threads[s.thread] = true
			observed[k] = s.observation
			// Branches are numbered in each thread anew.
			branch := [2]int{s.thread, s.observation.Branch}
			if _, known := branches[branch]; !known {
				branches[branch] = len(branches)
			}
			observed[k].Branch = branches[branch]
			if p := period(c.when(i)); p >= 0 {
				topic.Periods[p]++
			}
		}
		summary := aggregate.Summarise(observed, c.reliability)
		topic.Threads, topic.Stance, topic.Polarity = len(threads), summary.Stance, summary.Polarity
		typical := found.Central[0]
		for _, i := range found.Central {
			if utf8.RuneCountInString(c.of[i].comment.Text) <= typicalRunes {
				typical = i
				break
			}
		}
		topic.Typical, topic.TypicalOf = c.of[typical].comment, c.threads[c.of[typical].thread].Thread
		t.List = append(t.List, topic)
	}
	return t
}

// mostPeriods is how many periods time is cut into at most.
const mostPeriods = 24

// units are the periods, from the shortest: how one is named, where that of a time begins, and
// where the next one does.
var units = []struct {
	name   string
	layout string
	begin  func(time.Time) time.Time
	next   func(time.Time) time.Time
}{
	{"hour", "2006-01-02 15:04", func(t time.Time) time.Time { return t.Truncate(time.Hour) }, func(t time.Time) time.Time { return t.Add(time.Hour) }},
	{"day", time.DateOnly, midnight, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
	{"week", time.DateOnly, func(t time.Time) time.Time {
		return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
	}, func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }},
	{"month", "2006-01", func(t time.Time) time.Time { return midnight(t).AddDate(0, 0, 1-t.Day()) }, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{"year", "2006", func(t time.Time) time.Time { return midnight(t).AddDate(0, 0, 1-t.YearDay()) }, func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// periods cuts the time of the comments into the shortest unit of which it has few enough, and
// returns which of them a time is in, −1 for none. All times count as UTC.
func (c *Conversation) periods(t *Topics) func(time.Time) int {
	none := func(time.Time) int { return -1 }
	first, last, ok := c.span()
	if !ok {
		return none
	}
	for _, u := range units {
		index := map[time.Time]int{}
		var names []string
		for at, end := u.begin(first), u.begin(last); !at.After(end) && len(names) <= mostPeriods; at = u.next(at) {
			index[at] = len(names)
			names = append(names, at.Format(u.layout))
		}
		if len(names) > mostPeriods {
			continue
		}
		if len(names) < 2 {
			return none
		}
		t.Unit, t.Periods, t.All = u.name, names, make([]int, len(names))
		period := func(when time.Time) int {
			if p, ok := index[u.begin(when.UTC())]; ok && !when.IsZero() {
				return p
			}
			return -1
		}
		for i := range c.of {
			if p := period(c.when(i)); p >= 0 {
				t.All[p]++
			}
		}
		return period
	}
	return none
}

// span is when the first and the last comment were written. It reports false if less than half
// of them have a time.
func (c *Conversation) span() (first, last time.Time, ok bool) {
	timed := 0
	for i := range c.of {
		when := c.when(i).UTC()
		if when.IsZero() {
			continue
		}
		timed++
		if first.IsZero() || when.Before(first) {
			first = when
		}
		if when.After(last) {
			last = when
		}
	}
	return first, last, timed > 0 && timed*2 >= len(c.of)
}
