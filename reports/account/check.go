package account

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// sources are what statements are made of and checked against.
type sources struct {
	r        *analysis.Result
	figures  map[string]float64
	comments map[string]*corpus.Comment // by ID
	keys     map[string]string          // distinctive words and actors by source
	notes    []string
	command  string // that labels some of the comments
}

func newSources(r *analysis.Result) *sources {
	s := &sources{r: r, figures: figures(r), comments: map[string]*corpus.Comment{}, keys: map[string]string{}, notes: Doubts(r),
		command: labelCommand(r.Thread.Source, labelSize(r))}
	for i := range r.Thread.Comments {
		c := &r.Thread.Comments[i]
		s.comments[c.ID] = c
	}
	for i, a := range r.Actors {
		s.keys[fmt.Sprintf("actor.%d", i)] = a.Name
	}
	if x := r.Examination; x != nil {
		s.notes = append(s.notes, x.Weightings.Notes...)
		for k, list := range x.Distinctive {
			for i, w := range list {
				s.keys[fmt.Sprintf("words.%s.%d", corpus.Stance(k), i)] = w.Text
			}
		}
	}
	return s
}

// check is the gate: it returns an error unless every part of the statement is what
// its source says.
func (s *sources) check(statement Statement) error {
	for _, p := range statement {
		if fault := s.fault(p); fault != "" {
			return fmt.Errorf("%q: %s", statement.String(), fault)
		}
	}
	return nil
}

// fault is what is wrong with a part, "" if nothing is.
func (s *sources) fault(p Part) string {
	switch p.Kind {
	case Words:
		if strings.ContainsFunc(p.Text, unicode.IsNumber) {
			return fmt.Sprintf("the words %q hold a number without a source", p.Text)
		}
	case Figure:
		return s.figureFault(p)
	case Name, Quote, Reference:
		return s.commentFault(p)
	case Key:
		if s.keys[p.Source] != p.Text {
			return fmt.Sprintf("%q isn't the word of %s", p.Text, p.Source)
		}
	case Case:
		if p.Text != s.r.Case {
			return fmt.Sprintf("%q isn't the case", p.Text)
		}
	case Command:
		if p.Text != s.command {
			return fmt.Sprintf("%q isn't the command that labels the thread", p.Text)
		}
	case Note:
		if !slices.Contains(s.notes, p.Text) {
			return fmt.Sprintf("%q is no note of the aggregates", p.Text)
		}
	}
	return ""
}

func (s *sources) figureFault(p Part) string {
	value, known := s.figures[p.Source]
	switch {
	case !known:
		return fmt.Sprintf("no aggregate is called %q", p.Source)
	case value != p.Value:
		return fmt.Sprintf("%s is %v, not %v", p.Source, value, p.Value)
	case !strings.EqualFold(p.Text, p.Form.write(value, p.Noun)):
		return fmt.Sprintf("%q isn't how %v is written", p.Text, value)
	}
	return ""
}

func (s *sources) commentFault(p Part) string {
	c := s.comments[p.ID]
	switch {
	case c == nil:
		return fmt.Sprintf("no comment has the ID %q", p.ID)
	case p.Author != c.Author:
		return fmt.Sprintf("comment %q is by %q, not %q", p.ID, c.Author, p.Author)
	case p.Kind == Name && p.Text != c.Author:
		return fmt.Sprintf("%q isn't the author of comment %q", p.Text, p.ID)
	case p.Stance != "" && !s.stands(p):
		return fmt.Sprintf("comment %q isn't judged %s with %s", p.ID, p.Stance, p.Sure)
	case p.Kind == Quote && (p.Text == "" || !strings.Contains(c.Text, p.Text)):
		return fmt.Sprintf("comment %q doesn't hold the quote", p.ID)
	}
	return ""
}

// stands reports whether the comment of a quote may stand for its stance.
func (s *sources) stands(p Part) bool {
	i := slices.IndexFunc(s.r.Thread.Comments, func(c corpus.Comment) bool { return c.ID == p.ID })
	j := &s.r.Judgements[i]
	return s.r.Sure(i) && j.Stance.String() == p.Stance && surely(j) == p.Sure
}
