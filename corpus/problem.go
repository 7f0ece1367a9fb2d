package corpus

import "fmt"

// Level says how much a Problem weighs.
type Level uint8

const (
	// Assumption tells how an unclear input was read.
	Assumption Level = iota
	// Warning is something odd in the data; nothing was lost.
	Warning
	// Failure is a record that could not be read and was left out.
	Failure
)

// Problem is something a reader has to say about its input, and where.
// A Failure makes the command exit with 1; reading goes on after it.
type Problem struct {
	File    string
	Line    int // from 1; 0 if it concerns the whole file
	Level   Level
	Message string
	// Oversize says that the input is larger than the options of its reader allow.
	Oversize bool
	// Kind is what is wrong where a program may want to tell: one of the kinds, 0 for any
	// other thing. Of an Oversize problem it is TooLarge, whatever stands here.
	Kind Kind
}

// Kind is a kind of problem. It is an error, so that errors.Is(err, corpus.NoComments) tells
// it of whatever a reader yields.
type Kind uint8

// The kinds. An input of which the reader had to say NoComments may still be a thread, of
// an article alone.
const (
	Empty       Kind = iota + 1 // it holds nothing
	NoComments                  // it holds no comment
	Unsupported                 // it is of a form that is known and isn't read
	TooLarge                    // it is larger than the options allow
	OtherForm                   // it isn't of the form that its name or the options say
)

// Error names the kind.
func (k Kind) Error() string {
	switch k {
	case Empty:
		return "the input is empty"
	case NoComments:
		return "the input holds no comment"
	case Unsupported:
		return "the input is of a form that isn't read"
	case TooLarge:
		return "the input is larger than the options allow"
	case OtherForm:
		return "the input isn't of the form that it is said to have"
	}
	return "a problem of no kind"
}

// Unwrap returns the kind for errors.Is and errors.As, nil if there is none.
func (p *Problem) Unwrap() error {
	switch {
	case p.Oversize:
		return TooLarge
	case p.Kind == 0:
		return nil
	}
	return p.Kind
}

// Where returns "file:line", or the file alone if there is no line.
func (p *Problem) Where() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Error returns "file:line: message".
func (p *Problem) Error() string { return p.Where() + ": " + p.Message }
