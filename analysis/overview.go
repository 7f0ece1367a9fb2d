package analysis

import (
	"stance/analysis/aggregate"
	"stance/corpus"
)

// Overview is what is shown of many threads together.
type Overview struct {
	Threads []Outline
	// Total is over all threads, the others over the threads, or comments, of one
	// site, month or author.
	Total                  Group
	Sites, Months, Authors []Group
}

// Outline is a thread without its comments.
type Outline struct {
	Source string
	ID     string // of the thread within its source
	Title  string
	Site   string
	Day    string // YYYY-MM-DD, "" if unknown
	Judged int    // comments
	Stance [corpus.NumStances]aggregate.Share
}

// Group is the judged comments of several threads, or of one author in them.
type Group struct {
	Name     string // "" for all, and for what isn't known
	Threads  int
	Judged   int // comments
	Stance   [corpus.NumStances]int
	Polarity [corpus.NumPolarities]int
}
