package aggregate

import (
	"cmp"
	"slices"

	"stance.example/stance/corpus"
)

// Summarise counts the observations of one thread and bounds its shares. With the zero
// Reliability the intervals carry sampling error only.
func Summarise(obs []Observation, r Reliability) Summary {
	s := Summary{Comments: len(obs)}
	judged := make([]Observation, 0, len(obs))
	writers := map[string]bool{}
	for _, o := range obs {
		if o.Removed {
			s.Removed++
			continue
		}
		if o.Author != "" {
			writers[o.Author] = true
		}
		if o.Withheld {
			s.Withheld++
			if o.Unjudged {
				s.Unjudged++
			}
			continue
		}
		judged = append(judged, o)
		s.count(o)
	}
	s.Authors = len(writers)
	for _, a := range authorsOf(judged) {
		if a.Comments > 1 {
			s.Recurring = append(s.Recurring, a)
		}
	}
	s.bound(judged, r)
	return s
}

// count adds one judged comment.
func (s *Summary) count(o Observation) {
	s.Stance[o.Stance].Count++
	s.Polarity[o.Polarity]++
	s.Cross[o.Stance][o.Polarity]++
	if o.Unsure {
		s.Unsure++
	}
	if o.Labelled {
		s.Labelled++
	}
	if o.Author == "" {
		s.Unknown++
	}
}

// authorsOf returns the known authors, by number of comments, then name.
func authorsOf(judged []Observation) []Author {
	index := map[string]int{}
	var authors []Author
	for _, o := range judged {
		if o.Author == "" {
			continue
		}
		i, known := index[o.Author]
		if !known {
			i = len(authors)
			index[o.Author] = i
			authors = append(authors, Author{Name: o.Author})
		}
		authors[i].Comments++
		authors[i].Stance[o.Stance]++
	}
	for i := range authors {
		authors[i].Varies = varies(authors[i].Stance)
	}
	slices.SortFunc(authors, func(a, b Author) int {
		return cmp.Or(cmp.Compare(b.Comments, a.Comments), cmp.Compare(a.Name, b.Name))
	})
	return authors
}

// varies reports whether the counts name more than one stance other than None.
func varies(counts [corpus.NumStances]int) bool {
	taken := 0
	for k, n := range counts {
		if n > 0 && corpus.Stance(k) != corpus.None {
			taken++
		}
	}
	return taken > 1
}
