package main

import (
	"os"

	"golang.org/x/term"

	"stance.example/stance/reports"
)

// terminal is the file behind the standard output if that is a terminal.
func (a *app) terminal() (*os.File, bool) {
	f, ok := a.out.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// reportOptions tells what the standard output can show. A width of 0 asks for the
// terminal's own.
func (a *app) reportOptions(width int) reports.Options {
	o := reports.Options{Width: width, Color: a.color == "always"}
	f, isTerminal := a.terminal()
	if isTerminal && width == 0 {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			o.Width = w
		}
	}
	if a.color == "auto" {
		// https://no-color.org: any value but the empty one turns colour off.
		o.Color = isTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return o
}
