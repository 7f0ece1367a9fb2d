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
