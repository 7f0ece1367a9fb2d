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
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"syscall"

	"stance.example/stance/internal/cli"
)

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		paceCollections()
	}
	ctx, stop := signal.NotifyContext(context.Background(), ending()...)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], &cli.App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// paceCollections lets the heap grow by room until it is collected, but at most threefold and by
// a quarter at least, and looks again after each collection. Go's own pace, twofold, collects five
// times while a small thread is judged, a tenth of the processor time, and takes twice the memory
// that a thread of 100,000 comments needs. What else the process may hold is a tenth of what lives, so
// that what was collected in one place is given back before it is asked for in another.
func paceCollections() {
	const room, rest = 32 << 20, 16 << 20
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	live := int64(sample[0].Value.Uint64())
	percent := max(25, min(200, 100*room/max(1, live)))
	debug.SetGCPercent(int(percent))
	debug.SetMemoryLimit(live + live*percent/100 + max(rest, live/10))
	runtime.SetFinalizer(&struct{ next *int }{}, func(any) { paceCollections() })
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
