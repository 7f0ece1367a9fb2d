// Package terminal is what a person sees and presses at a terminal: keys, a session of
// labelling, and how far a run has come.
package terminal

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"

	"stance.example/stance/internal/cli"
)

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

// pressed yields the keys pressed, in lower case, until the input or ctx ends. A terminal
// gives them one by one, unseen, until restore is called.
func pressed(ctx context.Context, in io.Reader) (keys <-chan byte, restore func(), err error) {
	restore = func() {}
	if f, isTerminal := cli.Terminal(in); isTerminal {
		before, err := term.MakeRaw(int(f.Fd()))
		if err != nil {
			return nil, nil, fmt.Errorf("preparing the terminal: %w", err)
		}
		restore = func() { _ = term.Restore(int(f.Fd()), before) }
	}
	list := make(chan byte)
	go func() {
		defer close(list)
		readKeys(bufio.NewReader(in), list, ctx.Done())
	}()
	return list, restore, nil
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

// screen is an output for a terminal that may be raw, where a line feed
// alone doesn't return to the first column.
func screen(out io.Writer) io.Writer {
	if _, isTerminal := cli.Terminal(out); isTerminal {
		return returning{out}
	}
	return out
}

// returning puts a carriage return before every line feed.
type returning struct{ w io.Writer }

func (r returning) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.w, strings.ReplaceAll(string(p), "\n", "\r\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}
