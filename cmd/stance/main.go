// Stance reads saved comment threads, decides for every comment whether it is
// skeptical of the article's case, relativist about it, supportive of it or none of
// these, measures its sentiment, and prints tables.
//
// This package holds the commands, one a file, and the exit status; what they share is in
// internal/cli and internal/flags, what they do in the libraries.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"stance.example/stance/internal/cli"
)

// servedGarbage is the same for a server, which lives long and holds much at times: the topics
// of a thousand threads take 210 MB instead of 330.
const servedGarbage = 50

// garbage is how much the heap may grow, in per cent of what is in use, before it is collected,
// unless GOGC says. Go's own 100 collects five times while a small thread is judged, a tenth of
// the processor time; with 200 the memory for a large file grows from 120 to 150 MB.
const garbage = 200

func main() {
	collect(garbage)
	ctx, stop := signal.NotifyContext(context.Background(), ending()...)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], &cli.App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// collect sets the garbage that is let lie, unless GOGC says.
func collect(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// ending are the signals on which a command ends what it does, and puts the terminal back
// as it was. nohup ignores the one of a terminal that hangs up, and so does the program
// then.
func ending() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}
