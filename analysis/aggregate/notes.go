package aggregate

import "fmt"

// When a thread is worth a note.
const (
	fewComments      = 20 // below this, shares are rough
	dominanceMinimum = 6  // below this, one author's part means nothing
	large            = 3  // a large part is one in so many
)

// notes returns the doubts about the summary, the gravest first.
func (s *Summary) notes(r Reliability) []string {
	n := s.Judged()
	if n == 0 {
		return nonEmpty("No comment was judged.", s.withheldNote(), s.unjudgedNote(), s.removedNote())
	}
	notes := nonEmpty(
		s.fewNote(),
		s.contestNote(),
		s.dominanceNote(),
		s.unknownNote(),
		s.unsureNote(),
		s.withheldNote(),
		s.unjudgedNote(),
		s.removedNote(),
	)
	if s.Audit != nil {
		return append(notes, s.auditNotes()...)
	}
	if !s.Bounded() {
		return append(notes, "The shares have no interval, because how far the engine errs is not known here; an audit gives one (stance label, then --labels).")
	}
	if !r.Fitted() {
		notes = append(notes, "The intervals carry sampling error only, because the classifier's errors are not known.")
	}
	return notes
}

func (s *Summary) fewNote() string {
	switch n := s.Judged(); {
	case n == 1:
		return "Only 1 comment was judged, too few for a share to mean much."
	case n < fewComments:
		return fmt.Sprintf("Only %d comments were judged, too few for a share to mean much.", n)
	}
	return ""
}

func (s *Summary) contestNote() string {
	first, rivals := s.contest()
	if len(rivals) == 0 {
		return ""
	}
	next := rivals[0]
	for _, k := range rivals {
		if s.Stance[k].Share > s.Stance[next].Share {
			next = k
		}
	}
	return fmt.Sprintf("No stance leads: the intervals of %s and %s overlap.", first, next)
}

func (s *Summary) dominanceNote() string {
	n := s.Judged()
	if n < dominanceMinimum || len(s.Recurring) == 0 {
		return ""
	}
	top := s.Recurring[0]
	if large*top.Comments < n {
		return ""
	}
	return fmt.Sprintf("One reader, %s, wrote %d of the %d judged comments.", top.Name, top.Comments, n)
}

func (s *Summary) unknownNote() string {
	n := s.Judged()
	switch {
	case large*s.Unknown < n:
		return ""
	case n == 1:
		return "The author of the comment is unknown."
	}
	return fmt.Sprintf("The author of %d of the %d judged comments is unknown.", s.Unknown, n)
}

func (s *Summary) unsureNote() string {
	switch s.Unsure {
	case 0:
		return ""
	case 1:
		return "1 comment is unsure and counts under the stance shown."
	}
	return fmt.Sprintf("%d comments are unsure and count under the stance shown.", s.Unsure)
}

// withheldNote warns of shares over a choice of comments: what is surely judged is
// not a sample of the thread.
func (s *Summary) withheldNote() string {
	switch {
	case s.Withheld == 0 || s.Withheld == s.Unjudged:
		return ""
	case s.Audit != nil:
		return fmt.Sprintf("Comments without a judgement because its expected error is above the bound: %d; the shares count them.", s.Withheld-s.Unjudged)
	}
	switch s.Withheld - s.Unjudged {
	case 1:
		return "1 comment is left out because its expected error is above the bound; the shares are those of the others."
	}
	return fmt.Sprintf("%d comments are left out because their expected error is above the bound; the shares are those of the others.", s.Withheld-s.Unjudged)
}

// unjudgedNote says how many comments more the shares leave out.
func (s *Summary) unjudgedNote() string {
	switch s.Unjudged {
	case 0:
		return ""
	case 1:
		return "1 comment was not judged and counts in no share."
	}
	return fmt.Sprintf("%d comments were not judged and count in no share.", s.Unjudged)
}

func (s *Summary) removedNote() string {
	switch s.Removed {
	case 0:
		return ""
	case 1:
		return "1 removed comment is not counted."
	}
	return fmt.Sprintf("%d removed comments are not counted.", s.Removed)
}

func nonEmpty(sentences ...string) []string {
	var kept []string
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
