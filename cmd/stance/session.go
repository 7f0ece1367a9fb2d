package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// sitting is a session at a terminal.
type sitting struct {
	*labelling.Session
	app   *app
	desk  func(*labels.Label) (*desk, error) // the thread that a row is of
	paths []string                           // of the threads
	out   string                             // of the labels
	then  []string                           // the command that shows what the labels make of the threads

	guessed  bool   // the guess of the comment at hand was asked for
	whole    bool   // the article is shown as a whole
	codebook bool   // the codebook is shown
	message  string // to show above the keys
}

// desk is a thread whose comments are labelled.
type desk struct {
	thread   *corpus.Thread
	pipeline *analysis.Pipeline
	index    map[string]int // of the comments, by ID
	guesses  []audit.Candidate
}

// newDesk judges a thread.
func newDesk(ctx context.Context, t *corpus.Thread) (*desk, error) {
	pipeline, err := (&judging{}).embedded()
	if err != nil {
		return nil, err
	}
	guesses, err := pipeline.Candidates(ctx, t)
	return &desk{t, pipeline, labelling.Positions(t), guesses}, err
}

// guess is the program's stance of a comment.
func (d *desk) guess(comment int) corpus.Stance {
	i := slices.IndexFunc(d.guesses, func(c audit.Candidate) bool { return c.Index == comment })
	return d.guesses[i].Stance
}

// run asks until all is labelled, the user quits, or the keys end.
func (s *sitting) run(ctx context.Context) error {
	keys, restore, err := s.app.keys(ctx)
	if err != nil {
		return err
	}
	defer restore()
	out := s.app.screen()
	for {
		l, place, ok := s.Hand()
		if !ok {
			break
		}
		if err := s.show(out, &l, place); err != nil {
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
	if err := writeEnd(out, s.out, s.Rows()); err != nil {
		return err
	}
	if given, _, _ := s.Count(); given == 0 {
		return nil
	}
	words := slices.Concat([]string{"stance"}, s.then, s.paths, []string{"--labels", s.out})
	for i := range words {
		words[i] = shellWord(words[i])
	}
	_, err = fmt.Fprintf(out, "What they make of it: %s\n", strings.Join(words, " "))
	return err
}

// wait returns the next key; quit if there is none.
func (s *sitting) wait(ctx context.Context, keys <-chan byte) byte {
	select {
	case key, ok := <-keys:
		if ok {
			return key
		}
	case <-ctx.Done(): // reading can't be interrupted, waiting for it can
	}
	return quit
}

// stanceKeys and feelingKeys are the keys of the stances and polarities, in their order.
const (
	stanceKeys  = "krpn"
	feelingKeys = "-0+"
)

// press does what a key asks for.
func (s *sitting) press(key byte) error {
	s.message = ""
	if key == 's' { // the first letter of skeptical
		key = stanceKeys[corpus.Skeptical]
	}
	if k := strings.IndexByte(stanceKeys, key); k >= 0 {
		return s.answered(s.Give(corpus.Stance(k)))
	}
	if k := strings.IndexByte(feelingKeys, key); k >= 0 {
		s.message = "Sentiment: " + corpus.Polarity(k).String() + ". The stance goes on to the next comment."
		return s.Feel(corpus.Polarity(k))
	}
	switch key {
	case 'x':
		return s.answered(s.Skip())
	case 'u':
		return s.answered(s.Undo())
	case 'a':
		s.whole = !s.whole
	case 'g':
		s.guessed = true
	case '?':
		s.codebook = !s.codebook
	case unprintable:
		s.message = "Arrow and function keys do nothing here."
	default:
		s.message = fmt.Sprintf("The key %c does nothing here.", key)
	}
	return nil
}

// answered goes on after an answer, with a message for what stands against it.
func (s *sitting) answered(err error) error {
	s.guessed = false
	var quicker *labelling.LabelledError
	switch {
	case errors.Is(err, labelling.ErrNothing):
		s.message = "There is nothing to undo."
		return nil
	case errors.As(err, &quicker):
		s.message = sentence(quicker.Error())
		return nil
	}
	return err
}

// sentence makes a message of an error.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// show shows the comment at hand.
func (s *sitting) show(w io.Writer, l *labels.Label, place int) error {
	at, err := s.desk(l)
	if err != nil {
		return err
	}
	i, known := at.index[l.Comment]
	if !known {
		return fmt.Errorf("%s: thread %q has no comment %q", s.out, l.Thread, l.Comment)
	}
	given, skipped, of := s.Count()
	q := reports.Question{
		Number: place, Of: of, Labelled: given, Skipped: skipped,
		Article: &at.thread.Article, Whole: s.whole,
		Comment: &at.thread.Comments[i], Sentiment: l.Sentiment, Message: s.message,
	}
	if parent, ok := at.index[q.Comment.Parent]; ok {
		q.Parent = &at.thread.Comments[parent]
	}
	if s.guessed {
		g := at.guess(i)
		q.Guess = &g
	}
	if s.codebook {
		q.Codebook = labelling.Codebook()
	}
	if _, ok := s.app.terminal(); ok {
		if _, err := io.WriteString(w, clearScreen); err != nil {
			return err
		}
	}
	return reports.Ask(w, &q, s.app.reportOptions(0))
}

// writeEnd says how far the work at a file of labels is.
func writeEnd(w io.Writer, file string, rows []labels.Label) error {
	var given, skipped int
	for i := range rows {
		switch rows[i].State {
		case labels.Given:
			given++
		case labels.Skipped:
			skipped++
		}
	}
	words := fmt.Sprintf("\n%s: %d of %d comments labelled, %d skipped.\n", file, given, len(rows), skipped)
	if open := len(rows) - given - skipped; open > 0 {
		words += "The same command goes on with the others.\n"
	}
	_, err := io.WriteString(w, words)
	return err
}

// shellWord is a word as a shell takes it.
func shellWord(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=:@+,", r))
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// clearScreen clears the terminal and goes to its first line.
const clearScreen = "\x1b[H\x1b[2J"

// Bytes that a terminal sends.
const (
	quit       = 'q'
	interrupt  = 3 // control C, which a raw terminal passes on
	endOfInput = 4 // control D
	escape     = 27
	// unprintable stands among the keys for one that sends a sequence.
	unprintable = 0
	leastFinal  = '@' // the sequence of an arrow or function key ends with one between these
	mostFinal   = '~'
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
			skipped, err := skipSequence(r)
			if err != nil {
				return
			}
			if !skipped {
				continue
			}
			key = unprintable
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

// skipSequence reads what follows an escape, and reports whether it was a sequence.
func skipSequence(r *bufio.Reader) (bool, error) {
	if r.Buffered() == 0 {
		return false, nil // the escape key itself
	}
	kind, err := r.ReadByte()
	if err != nil || kind != '[' && kind != 'O' {
		return false, cmp.Or(err, r.UnreadByte())
	}
	for {
		b, err := r.ReadByte()
		if err != nil || b >= leastFinal && b <= mostFinal {
			return true, err
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
