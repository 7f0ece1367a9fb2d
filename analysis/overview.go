package analysis

import (
	"cmp"
	"math"
	"slices"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Overview is what is shown of many threads together.
type Overview struct {
	Threads []Outline
	// Total is over all threads, the others over the threads, or comments, of one
	// site, month or author.
	Total                  Group
	Sites, Months, Authors []Group
	// ByModel is the number of comments that a language model judged.
	ByModel int

	samples [][]audit.Comment // of the threads, as Result.Sample
}

// Outline is a thread without its comments.
type Outline struct {
	Key      int64 // by which the database has it, 0 for none
	Source   string
	ID       string // of the thread within its source
	Title    string
	URL      string
	Site     string
	Day      string   // YYYY-MM-DD, "" if unknown
	NoCase   bool     // nothing says what its comments are about
	Judged   int      // comments
	Labelled int      // comments that a person gave the stance
	Replies  int      // judged comments that answer another
	Articled bool     // the text of the article was saved
	Authors  []string // the known ones of judged comments, each once
	Stance   [corpus.NumStances]aggregate.Share
	Polarity [corpus.NumPolarities]int
	// Compared sets the thread against the others.
	Compared [corpus.NumStances]Compared
}

// NewOutline is what an overview keeps of a thread.
func NewOutline(r *Result) Outline {
	t, s := r.Thread, &r.Summary
	o := Outline{
		Source: t.Source, ID: t.ID, Title: t.Article.Title, URL: t.Article.URL, Site: t.Article.Site, Day: t.Day(),
		NoCase: r.Case == "", Judged: s.Judged(), Labelled: s.Labelled, Stance: s.Stance, Polarity: s.Polarity,
		Articled: t.Article.Text != "",
	}
	for i := range t.Comments {
		c := &t.Comments[i]
		if !r.Judgements[i].Judged {
			continue
		}
		if c.Parent != "" || c.Reply {
			o.Replies++
		}
		if c.Author != "" {
			o.Authors = append(o.Authors, c.Author)
		}
	}
	slices.Sort(o.Authors)
	o.Authors = slices.Compact(o.Authors)
	return o
}

// Bounded reports whether the shares have intervals.
func (o *Outline) Bounded() bool { return o.Judged > 0 && !math.IsNaN(o.Stance[0].Low) }

// Month is YYYY-MM, "" if the day isn't known.
func (o *Outline) Month() string { return o.Day[:min(len(o.Day), len("2006-01"))] }

// Group is the judged comments of several threads, or of one author in them.
type Group struct {
	Name     string // "" for all, and for what isn't known
	Threads  int
	Judged   int // comments
	Labelled int // comments that a person gave the stance
	Authors  int // known ones of judged comments, each counted once; 0 of an author
	Replies  int // judged comments that answer another
	Articled int // judged comments under an article whose text was saved
	Stance   [corpus.NumStances]aggregate.Share
	Polarity [corpus.NumPolarities]int
	// Audit is what corrected the shares by labels drawn from all threads together, nil
	// where nothing did.
	Audit *audit.Audit
	// Compared sets the group against the others.
	Compared [corpus.NumStances]Compared
}

// Compared is the share of a stance among those of a table; NaN where there is nothing
// to compare it with.
type Compared struct {
	// Pooled is drawn toward the share of all, the more the less is known of it; Low
	// and High bound its 95 % interval. It serves to compare: an error that the
	// classifier makes in all threads alike isn't in the interval. See package
	// compare.
	Pooled float64 `json:"pooled"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	// Difference is the share less that of the others.
	Difference float64 `json:"-"`
	// Differs is set if the share differs from that of the others, at a false
	// discovery rate over the whole table.
	Differs bool `json:"differs"`
}

// Add takes a thread in. Authors, which need every comment, are left to who reads them.
func (o *Overview) Add(r *Result) {
	o.Threads = append(o.Threads, NewOutline(r))
	o.samples = append(o.samples, r.Sample)
	for i := range r.Judgements {
		if j := &r.Judgements[i]; j.ByModel && j.Judged && !j.Annotated {
			o.ByModel++
		}
	}
}

// Complete computes from the outlines what all threads, those of a site and those of a
// month come to, and compares the threads, the sites and the months. Authors, who have
// few comments each, get neither shares nor a comparison.
func (o *Overview) Complete() {
	threads := make([]compare.Thread, len(o.Threads))
	for i := range o.Threads {
		threads[i] = comparableOf(&o.Threads[i])
	}
	rows := compare.Threads(threads).Rows
	for i := range o.Threads {
		if t := &o.Threads[i]; threads[i].Comments > 0 { // as compare leaves out the others
			t.Compared, rows = comparedOf(rows[0].Cells), rows[1:]
		} else {
			t.Compared = nothing()
		}
	}
	o.Total = Group{Compared: nothing()}
	if total := o.groups(func(*Outline) string { return "" }); len(total) > 0 {
		o.Total = total[0]
		o.Total.Compared = nothing()
	}
	site := func(t *Outline) string { return t.Site }
	o.Sites, o.Months = o.groups(site), o.groups((*Outline).Month)
	compareGroups(o.Sites, threads, func(i int) string { return o.Threads[i].Site })
	compareGroups(o.Months, threads, func(i int) string { return o.Threads[i].Month() })
	for i := range o.Authors {
		a := &o.Authors[i]
		a.Compared = nothing()
		for s := range a.Stance {
			a.Stance[s] = aggregate.Undefined(a.Stance[s].Count)
		}
	}
}

// Relabel labels the thread at that index as the function of that name does: r is its result,
// which then has no new doubts. It must come before Complete.
func (o *Overview) Relabel(thread int, r *Result, set *labels.Set) error {
	judgements := slices.Clone(r.Judgements)
	if n, err := relabel(r, set); err != nil || n == 0 && r.Sample == nil {
		return err
	}
	key := o.Threads[thread].Key
	o.Threads[thread] = NewOutline(r)
	o.Threads[thread].Key = key
	o.Predict(thread, r.Sample)
	for i := range judgements {
		author := slices.IndexFunc(o.Authors, func(g Group) bool { return g.Name == r.Thread.Comments[i].Author })
		if author >= 0 {
			o.Authors[author].count(&judgements[i], -1)
			o.Authors[author].count(&r.Judgements[i], 1)
		}
	}
	return nil
}

// Predict sets what is predicted of the counted comments of the thread at that index, which the
// labels that were drawn from all threads together correct. It must come before Complete.
func (o *Overview) Predict(thread int, comments []audit.Comment) {
	if o.samples == nil {
		o.samples = make([][]audit.Comment, len(o.Threads))
	}
	o.samples[thread] = comments
}

// count adds so many times a comment, if it was judged.
func (g *Group) count(j *Judgement, times int) {
	if j.Judged {
		g.Judged += times
		g.Stance[j.Stance].Count += times
		g.Polarity[j.Polarity] += times
	}
}

// groups sums the threads up by name, in the order of the names. In the share of a group a
// thread counts by its comments; see reach for the interval.
func (o *Overview) groups(name func(*Outline) string) []Group {
	index := map[string]int{}
	var groups []Group
	var writers []map[string]bool
	for i := range o.Threads {
		t := &o.Threads[i]
		g, known := index[name(t)]
		if !known {
			g = len(groups)
			index[name(t)] = g
			groups = append(groups, Group{Name: name(t)})
			writers = append(writers, map[string]bool{})
		}
		groups[g].add(t)
		for _, a := range t.Authors {
			writers[g][a] = true
		}
	}
	reaches := make([][corpus.NumStances]reach, len(groups))
	for i := range o.Threads {
		t := &o.Threads[i]
		g := index[name(t)]
		for s := range t.Stance {
			if t.Judged > 0 {
				reaches[g][s].add(float64(t.Judged)/float64(groups[g].Judged), &t.Stance[s])
			}
		}
	}
	for i := range groups {
		groups[i].Authors = len(writers[i])
		for s := range groups[i].Stance {
			share := &groups[i].Stance[s]
			*share = aggregate.Undefined(share.Count)
			if groups[i].Judged > 0 {
				*share = reaches[i][s].bounded(share.Count)
			}
		}
	}
	o.correct(groups, func(i int) int { return index[name(&o.Threads[i])] })
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	return groups
}

// correct corrects the shares of the groups that hold enough labels drawn from all threads
// together; group is that of a thread.
//
// The comments of the threads are the population, and each came into the sample with a
// known probability, so that the estimate for one thread (audit.Correct) is the one for
// many. Threads are no clusters of the sample: comments were drawn, not threads. A group
// is a domain of it, in which the comments drawn are a sample with the same weights
// (Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992, chapter 10).
func (o *Overview) correct(groups []Group, group func(thread int) int) {
	comments := make([][]audit.Comment, len(groups))
	for i, sample := range o.samples {
		comments[group(i)] = append(comments[group(i)], sample...)
	}
	for g := range groups {
		a, ok := audit.Correct(comments[g], audit.Tuned, expectedOf(&groups[g].Stance))
		if !ok {
			continue
		}
		groups[g].Audit = a
		for s := range groups[g].Stance {
			groups[g].Stance[s] = aggregate.Audited(groups[g].Stance[s].Count, a, corpus.Stance(s))
		}
	}
}

// add adds the counts of a thread.
func (g *Group) add(t *Outline) {
	g.Threads++
	g.Judged += t.Judged
	g.Labelled += t.Labelled
	g.Replies += t.Replies
	if t.Articled {
		g.Articled += t.Judged
	}
	for s := range t.Stance {
		g.Stance[s].Count += t.Stance[s].Count
	}
	for p, n := range t.Polarity {
		g.Polarity[p] += n
	}
}

// compareGroups compares the groups of the threads; group names that of a thread.
func compareGroups(groups []Group, threads []compare.Thread, group func(int) string) {
	for i := range threads {
		threads[i].Group = group(i)
	}
	cells := map[string][corpus.NumStances]compare.Cell{}
	for _, row := range compare.Groups(threads).Rows {
		cells[row.Name] = row.Cells
	}
	for i := range groups {
		groups[i].Compared = nothing()
		if c, ok := cells[groups[i].Name]; ok {
			groups[i].Compared = comparedOf(c)
		}
	}
}

func nothing() [corpus.NumStances]Compared {
	unknown := Compared{Pooled: math.NaN(), Low: math.NaN(), High: math.NaN(), Difference: math.NaN()}
	return [corpus.NumStances]Compared{unknown, unknown, unknown, unknown}
}

func comparedOf(cells [corpus.NumStances]compare.Cell) (list [corpus.NumStances]Compared) {
	for s, c := range cells {
		list[s] = Compared{Pooled: c.Pooled, Low: c.Low, High: c.High, Difference: c.Difference, Differs: c.Differs()}
	}
	return list
}

const (
	// normal95 is the quantile of the standard normal distribution that bounds 95 %.
	normal95 = 1.959964
	// leastError keeps the standard error of a share positive.
	leastError = 1e-3
)

// comparableOf is a thread as package compare takes it. The standard error carries the
// errors of the classifier too. A thread whose shares have no interval has nothing to
// compare.
func comparableOf(o *Outline) compare.Thread {
	if !o.Bounded() {
		return compare.Thread{Name: o.Title}
	}
	t := compare.Thread{Name: o.Title, Comments: o.Judged}
	for s, share := range o.Stance {
		t.Shares[s] = compare.Share{Value: share.Share, Error: max(leastError, share.Error)}
	}
	return t
}
