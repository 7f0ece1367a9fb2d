// Stance reads saved comment threads, decides for every comment whether it is
// skeptical of the article's case, relativist about it, supportive of it or none of
// these, measures its sentiment, and prints tables.
//
// This package holds flags, files and exit status, one file per sub-command, and
// nothing else: corpus reads, analysis judges, reports prints.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}
