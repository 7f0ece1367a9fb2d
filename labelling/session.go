package labelling

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Session is one sitting at a file of labels. A key is saved before the next comment is
// at hand. It isn't safe for concurrent use; sessions of several goroutines are.
type Session struct {
	file      *File
	name      string
	annotator string
	mine      func(*labels.Label) bool // reports whether a row is one of the session's

	rows  []labels.Label // of the file, as of the last key
	at    int            // in rows, of the comment at hand; len(rows) for none
	given []key          // the comments that were answered, the last one last
}

// key names a comment among all threads.
type key struct{ thread, comment string }

func keyOf(l *labels.Label) key { return key{l.Thread, l.Comment} }

// ErrNothing is returned by Undo where there is nothing to undo.
var ErrNothing = errors.New("there is nothing to undo")

// LabelledError says that another session labelled the comment at hand; its label stands.
type LabelledError struct{ Label labels.Label }

// Error says what the other session made of the comment.
func (e *LabelledError) Error() string {
	given := "skipped"
	if e.Label.State == labels.Given {
		given = "labelled " + e.Label.Stance.String()
	}
	return fmt.Sprintf("another session has %s the comment meanwhile, which stands; undo takes it back", given)
}

// Sit begins a session at those rows of the file that are mine, all of them if mine is
// nil, with the first one that is open.
func (f *File) Sit(annotator string, mine func(*labels.Label) bool) (*Session, error) {
	if mine == nil {
		mine = func(*labels.Label) bool { return true }
	}
	s := &Session{file: f, name: rand.Text(), annotator: annotator, mine: mine}
	return s, s.move(func(*desk) (int, error) { return 0, nil })
}

// move moves the session to the first open row from where to says on, from the start again
// if there is none behind it, and takes it in hand.
func (s *Session) move(to func(*desk) (int, error)) error {
	return s.file.change(func(d *desk) error {
		from, err := to(d)
		if err != nil {
			s.rows = d.rows
			return err
		}
		s.rows, s.at = d.rows, s.open(d, from)
		var hand *labels.Label
		if s.at < len(s.rows) {
			hand = &s.rows[s.at]
		}
		d.claim(s.name, hand)
		return nil
	})
}

// open is the first open row from a place on that no other session has at hand, or of
// those before it, or that others have; len(d.rows) if all are done.
func (s *Session) open(d *desk, from int) int {
	others := len(d.rows)
	for k := range d.rows {
		i := (from + k) % len(d.rows)
		switch l := &d.rows[i]; {
		case !s.mine(l) || l.State != labels.Open:
		case !d.taken(l, s.name):
			return i
		case others == len(d.rows):
			others = i
		}
	}
	return others
}

// Rows are those that the session labels, as of its last key.
func (s *Session) Rows() []labels.Label {
	return filtered(s.rows, s.mine)
}

// Hand is the row of the comment at hand and its place among the session's rows, from 1.
// It reports false if all are done.
func (s *Session) Hand() (l labels.Label, place int, ok bool) {
	if s.at >= len(s.rows) {
		return l, 0, false
	}
	for i := range s.rows[:s.at+1] {
		if s.mine(&s.rows[i]) {
			place++
		}
	}
	return s.rows[s.at], place, true
}

// Give labels the comment at hand and goes on to the next. It fails with a
// *LabelledError, and goes on too, if another session was quicker.
func (s *Session) Give(stance corpus.Stance) error {
	return s.answer(func(l *labels.Label) { l.State, l.Stance = labels.Given, stance })
}

// Skip passes over the comment at hand.
func (s *Session) Skip() error {
	return s.answer(func(l *labels.Label) { l.State = labels.Skipped })
}

func (s *Session) answer(with func(*labels.Label)) error {
	var quicker *LabelledError
	err := s.move(func(d *desk) (int, error) {
		i, err := s.hand(d)
		if err != nil {
			return 0, err
		}
		l := &d.rows[i]
		given := *l
		with(&given)
		given.Annotator = s.annotator
		switch {
		case l.State == labels.Open:
			*l, d.changed = given, true
		case l.State != given.State || l.Stance != given.Stance:
			quicker = &LabelledError{*l}
		}
		s.given = append(s.given, keyOf(l))
		return i + 1, nil
	})
	if err == nil && quicker != nil {
		return quicker
	}
	return err
}

// Feel notes the sentiment of the comment at hand, which stays at hand.
func (s *Session) Feel(p corpus.Polarity) error {
	return s.move(func(d *desk) (int, error) {
		i, err := s.hand(d)
		if err != nil {
			return 0, err
		}
		if d.rows[i].State == labels.Open {
			d.rows[i].Sentiment, d.changed = &p, true
		}
		return i, nil
	})
}

// Undo takes back the last answer of the session or, before its first, the last one of
// the same annotator before the comment at hand. It fails with ErrNothing if there is
// none.
func (s *Session) Undo() error {
	return s.move(func(d *desk) (int, error) {
		i := s.last(d)
		if i < 0 {
			return 0, ErrNothing
		}
		l := &d.rows[i]
		l.State, l.Annotator, l.Sentiment, d.changed = labels.Open, "", nil, true
		return i, nil
	})
}

// last is the place of the answer to take back, -1 for none.
func (s *Session) last(d *desk) int {
	for len(s.given) > 0 {
		k := s.given[len(s.given)-1]
		s.given = s.given[:len(s.given)-1]
		if i := find(d.rows, k); i >= 0 && d.rows[i].State != labels.Open {
			return i
		}
	}
	at := len(d.rows)
	if s.at < len(s.rows) {
		at = find(d.rows, keyOf(&s.rows[s.at]))
	}
	for i := at - 1; i >= 0; i-- {
		if l := &d.rows[i]; s.mine(l) && l.State != labels.Open && l.Annotator == s.annotator {
			return i
		}
	}
	return -1
}

// find is the place of a comment in the rows, -1 if it has none.
func find(rows []labels.Label, k key) int {
	return slices.IndexFunc(rows, func(l labels.Label) bool { return keyOf(&l) == k })
}

// hand is the place of the comment at hand in the rows as they are now.
func (s *Session) hand(d *desk) (int, error) {
	if s.at >= len(s.rows) {
		return 0, errors.New("no comment is at hand: all are labelled")
	}
	if i := find(d.rows, keyOf(&s.rows[s.at])); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("%s has no row for comment %q any more", s.file.path, s.rows[s.at].Comment)
}

// Count counts the session's rows by what became of them.
func (s *Session) Count() (given, skipped, of int) {
	for i := range s.rows {
		if !s.mine(&s.rows[i]) {
			continue
		}
		of++
		switch s.rows[i].State {
		case labels.Given:
			given++
		case labels.Skipped:
			skipped++
		}
	}
	return given, skipped, of
}

// Close gives up the comment at hand, so that another session may have it.
func (s *Session) Close() error {
	return s.file.change(func(d *desk) error {
		d.claim(s.name, nil)
		return nil
	})
}

// Refresh takes up what happened to the file beside the session, such as a larger sample.
func (s *Session) Refresh() error {
	return s.move(func(d *desk) (int, error) {
		if s.at < len(s.rows) {
			return max(0, find(d.rows, keyOf(&s.rows[s.at]))), nil
		}
		return 0, nil
	})
}
