package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
)

// session is one sitting at a sample.
type session struct {
	app       *app
	thread    *corpus.Thread
	list      []labels.Label
	out       string
	annotator string
	index     map[string]int // of the comments, by ID
	guesses   []audit.Candidate

	at      int    // in list, of the comment that is shown
	guessed bool   // its guess was asked for
	whole   bool   // the article is shown as a whole
	message string // to show above the keys
}

// run asks until all is labelled, the user quits, or the keys end.
func (s *session) run(ctx context.Context) error {
	if err := s.save(); err != nil { // so that a file that can't be written is found before the first key
		return err
	}
	keys, restore, err := s.app.keys(ctx)
	if err != nil {
		return err
	}
	defer restore()
	out := s.app.screen()
	for s.at = s.next(0); s.at < len(s.list); {
		if err := s.show(out); err != nil {
			return err
		}
		key := s.wait(ctx, keys)
		if key == quit {
			break
		}
		if err := s.press(key); err != nil {
			return err
		}
	}
	return s.end(out)
}

// wait returns the next key; quit if there is none.
func (s *session) wait(ctx context.Context, keys <-chan byte) byte {
	select {
	case key, ok := <-keys:
		if ok {
			return key
		}
	case <-ctx.Done(): // reading can't be interrupted, waiting for it can
	}
	return quit
}

// next is the first comment from i on that has no label and wasn't skipped.
func (s *session) next(i int) int {
	for i < len(s.list) && s.list[i].State != labels.Open {
		i++
	}
	return i
}

// stanceKeys are the keys of the stances, in their order.
const stanceKeys = "srpn"

// press does what a key asks for.
func (s *session) press(key byte) error {
	s.message = ""
	if k := strings.IndexByte(stanceKeys, key); k >= 0 {
		return s.answer(labels.Given, corpus.Stance(k))
	}
	switch key {
	case 'k':
		return s.answer(labels.Skipped, 0)
	case 'u':
		return s.undo()
	case 'a':
		s.whole = !s.whole
	case 'g':
		s.guessed = true
	default:
		s.message = "This key means nothing here."
	}
	return nil
}

// answer labels the comment that is shown and goes on to the next.
func (s *session) answer(state labels.State, stance corpus.Stance) error {
	l := &s.list[s.at]
	l.State, l.Stance, l.Annotator = state, stance, s.annotator
	s.at, s.guessed = s.next(s.at+1), false
	if s.at == len(s.list) {
		s.at = s.next(0) // undo may have left one before
	}
	return s.save()
}

// undo goes back to the last comment before this one that was answered.
func (s *session) undo() error {
	for i := s.at - 1; i >= 0; i-- {
		if s.list[i].State != labels.Open {
			s.list[i].State, s.list[i].Annotator = labels.Open, ""
			s.at, s.guessed = i, false
			return s.save()
		}
	}
	s.message = "There is nothing to undo."
	return nil
}

// save writes all labels beside the file and puts them in its place, so that at any
// time the file is either as it was or as it should be, even if the power fails.
func (s *session) save() error {
	f, err := os.CreateTemp(filepath.Dir(s.out), "."+filepath.Base(s.out)+".*")
	if err != nil {
		return fmt.Errorf("%s: %s", s.out, source.Reason(err))
	}
	defer os.Remove(f.Name()) // without effect once it has its new name
	err = firstOf(labels.Write(f, s.list), f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), s.out)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.out, err)
	}
	return nil
}

// show shows the comment at hand.
func (s *session) show(w io.Writer) error {
	i := s.index[s.list[s.at].Comment]
	given, skipped := s.count()
	q := reports.Question{
		Number: s.at + 1, Of: len(s.list), Labelled: given, Skipped: skipped,
		Article: &s.thread.Article, Whole: s.whole,
		Comment: &s.thread.Comments[i], Message: s.message,
	}
	if parent, ok := s.index[q.Comment.Parent]; ok {
		q.Parent = &s.thread.Comments[parent]
	}
	if s.guessed {
		g := guess(s.guesses, i)
		q.Guess = &g
	}
	if _, ok := s.app.terminal(); ok {
		if _, err := io.WriteString(w, clearScreen); err != nil {
			return err
		}
	}
	return reports.Ask(w, &q, s.app.reportOptions(0))
}

func (s *session) count() (given, skipped int) {
	for i := range s.list {
		switch s.list[i].State {
		case labels.Given:
			given++
		case labels.Skipped:
			skipped++
		}
	}
	return given, skipped
}

// end says how far the work is.
func (s *session) end(w io.Writer) error {
	given, skipped := s.count()
	words := fmt.Sprintf("\n%s: %d of %d comments labelled, %d skipped.\n", s.out, given, len(s.list), skipped)
	if open := len(s.list) - given - skipped; open > 0 {
		words += "The same command goes on with the others.\n"
	}
	_, err := io.WriteString(w, words)
	return err
}

// clearScreen clears the terminal and goes to its first line.
const clearScreen = "\x1b[H\x1b[2J"

// Bytes that a terminal sends.
const (
	quit       = 'q'
	interrupt  = 3 // control C, which a raw terminal passes on
	endOfInput = 4 // control D
	escape     = 27
	leastFinal = '@' // the sequence of an arrow or function key ends with one between these
	mostFinal  = '~'
)

// keys yields the keys pressed, in lower case, until the input or ctx ends. A terminal
// gives them one by one, unseen, until restore is called.
func (a *app) keys(ctx context.Context) (keys <-chan byte, restore func(), err error) {
	restore = func() {}
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		before, err := term.MakeRaw(int(f.Fd()))
		if err != nil {
			return nil, nil, fmt.Errorf("preparing the terminal: %w", err)
		}
		restore = func() { _ = term.Restore(int(f.Fd()), before) }
	}
	pressed := make(chan byte)
	go func() {
		defer close(pressed)
		readKeys(bufio.NewReader(a.in), pressed, ctx.Done())
	}()
	return pressed, restore, nil
}

// readKeys sends the keys of r: visible characters, without the sequences that arrow
// and function keys send.
func readKeys(r *bufio.Reader, keys chan<- byte, done <-chan struct{}) {
	for {
		key, err := r.ReadByte()
		switch {
		case err != nil, key == interrupt, key == endOfInput:
			return
		case key == escape:
			if skipSequence(r) != nil {
				return
			}
			continue
		case key <= ' ' || key > '~':
			continue
		case 'A' <= key && key <= 'Z':
			key += 'a' - 'A'
		}
		select {
		case keys <- key:
		case <-done:
			return
		}
	}
}

// skipSequence reads what follows an escape, if it is a sequence.
func skipSequence(r *bufio.Reader) error {
	if r.Buffered() == 0 {
		return nil // the escape key itself
	}
	kind, err := r.ReadByte()
	if err != nil || kind != '[' && kind != 'O' {
		return firstOf(err, r.UnreadByte())
	}
	for {
		b, err := r.ReadByte()
		if err != nil || b >= leastFinal && b <= mostFinal {
			return err
		}
	}
}

// screen is the standard output for a terminal that may be raw, where a line feed
// alone doesn't return to the first column.
func (a *app) screen() io.Writer {
	if _, ok := a.terminal(); ok {
		return returning{a.out}
	}
	return a.out
}

// returning puts a carriage return before every line feed.
type returning struct{ w io.Writer }

func (r returning) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.w, strings.ReplaceAll(string(p), "\n", "\r\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}
