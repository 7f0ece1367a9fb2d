package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/internal/cli"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// Session is a session of labelling at a terminal.
type Session struct {
	*labelling.Session
	App     *cli.App
	Subject func(*labels.Label) (*labelling.Subject, error) // the thread that a row is of
	Paths   []string                                        // of the threads
	File    string                                          // of the labels
	Then    []string                                        // the command that shows what the labels make of the threads

	guessed  bool   // the guess of the comment at hand was asked for
	whole    bool   // the article is shown as a whole
	codebook bool   // the codebook is shown
	message  string // to show above the keys
}

// Run asks until all is labelled, the user quits, or the keys end.
func (s *Session) Run(ctx context.Context) error {
	keys, restore, err := pressed(ctx, s.App.In)
	if err != nil {
		return err
	}
	defer restore()
	out := screen(s.App.Out)
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
	if err := WriteEnd(out, s.File, s.Rows()); err != nil {
		return err
	}
	if given, _, _ := s.Count(); given == 0 {
		return nil
	}
	words := slices.Concat([]string{"stance"}, s.Then, s.Paths, []string{"--labels", s.File})
	for i := range words {
		words[i] = shellWord(words[i])
	}
	_, err = fmt.Fprintf(out, "What they make of it: %s\n", strings.Join(words, " "))
	return err
}

// wait returns the next key; quit if there is none.
func (s *Session) wait(ctx context.Context, keys <-chan byte) byte {
	select {
	case key, ok := <-keys:
		if ok {
			return key
		}
	case <-ctx.Done(): // reading can't be interrupted, waiting for it can
	}
	return quit
}

// press does what a key asks for.
func (s *Session) press(key byte) error {
	s.message = ""
	if key == 's' { // the first letter of skeptical
		key = labelling.StanceKeys[corpus.Skeptical]
	}
	if k := strings.IndexByte(labelling.StanceKeys, key); k >= 0 {
		return s.answered(s.Give(corpus.Stance(k)))
	}
	if k := strings.IndexByte(labelling.FeelingKeys, key); k >= 0 {
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
func (s *Session) answered(err error) error {
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
func (s *Session) show(w io.Writer, l *labels.Label, place int) error {
	at, err := s.Subject(l)
	if err != nil {
		return err
	}
	i, known := at.Index[l.Comment]
	if !known {
		return fmt.Errorf("%s: thread %q has no comment %q", s.File, l.Thread, l.Comment)
	}
	given, skipped, of := s.Count()
	q := reports.Question{
		Number: place, Of: of, Labelled: given, Skipped: skipped,
		Article: &at.Thread.Article, Whole: s.whole,
		Comment: &at.Thread.Comments[i], Sentiment: l.Sentiment, Message: s.message,
	}
	if parent, ok := at.Index[q.Comment.Parent]; ok {
		q.Parent = &at.Thread.Comments[parent]
	}
	if s.guessed {
		g := at.Guess(i)
		q.Guess = &g
	}
	if s.codebook {
		q.Codebook = labelling.Codebook()
	}
	if _, ok := cli.Terminal(s.App.Out); ok {
		if _, err := io.WriteString(w, clearScreen); err != nil {
			return err
		}
	}
	return reports.Ask(w, &q, s.App.Options(0))
}

// WriteEnd says how far the work at a file of labels is.
func WriteEnd(w io.Writer, file string, rows []labels.Label) error {
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
