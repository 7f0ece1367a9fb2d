package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// progress counts what a run does and shows it as a bar where standard error is a
// terminal.
type progress struct {
	app     *app
	stderr  io.Writer
	llm     *languageModel // whose calls are shown, too
	started time.Time

	read, unchanged, failed int // inputs
	threads, comments       int
	failures                int   // records
	bytes                   int64 // of the inputs that are done
	judged                  int64 // of the text of the comments of the input under way

	bars *mpb.Progress // nil where there is nothing to show it on
	bar  *mpb.Bar
	line chan string // the words beside the bar, the newest only
}

// newProgress starts to show. Only then are the files counted in advance.
func newProgress(a *app, files iter.Seq[source.File]) *progress {
	p := &progress{app: a, stderr: a.err, started: time.Now()}
	f, ok := a.err.(*os.File)
	if a.quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return p
	}
	var total int64
	for f := range files {
		total += f.Size
	}
	p.line = make(chan string, 1)
	words := ""
	p.bars = mpb.New(mpb.WithOutput(f), mpb.WithWidth(30), mpb.WithRefreshRate(200*time.Millisecond))
	p.bar = p.bars.AddBar(total,
		mpb.PrependDecorators(decor.Percentage()),
		mpb.AppendDecorators(
			decor.AverageETA(decor.ET_STYLE_GO),
			decor.Any(func(decor.Statistics) string {
				select {
				case words = <-p.line:
				default:
				}
				return words
			}),
		))
	a.err = p.bars // so that messages come above the bar
	return p
}

// after counts a step that was stored.
func (p *progress) after(s *runs.Step) {
	switch s.Kind {
	case runs.Skip:
		p.unchanged++
		p.bytes += s.Input.Bytes
	case runs.Begin:
		p.judged = 0
		p.failures += s.Standing.Failures
	case runs.Thread:
		p.threads++
		p.comments += len(s.Thread.Comments)
		for i := range s.Thread.Comments {
			p.judged += int64(len(s.Thread.Comments[i].Text))
		}
		for i := range s.Thread.Problems {
			p.count(s.Thread.Problems[i].Level)
		}
	case runs.Problem:
		p.count(s.Problem.Level)
	case runs.End:
		p.read++
		if s.Err != nil {
			p.failed++
		}
		p.bytes += s.Input.Bytes
		p.judged = 0
	}
	p.show(p.done(s))
}

// done is how much of the inputs is judged and stored, in bytes. Of the one under way it is
// the text of the comments stored, as a file may be read to its end before the first thread
// of it is judged; of a compressed one, whose text is longer, no more than was read.
func (p *progress) done(s *runs.Step) int64 { return p.bytes + min(p.judged, s.Read) }

func (p *progress) count(l corpus.Level) {
	if l == corpus.Failure {
		p.failures++
	}
}

// show moves the bar.
func (p *progress) show(done int64) {
	if p.bar == nil {
		return
	}
	rate := float64(p.comments) / max(time.Since(p.started).Seconds(), 0.1)
	words := fmt.Sprintf("  %s, %s (%.0f/s), %s", reports.Counted(p.threads, "thread"), reports.Counted(p.comments, "comment"), rate,
		reports.Counted(p.failures+p.failed, "failure"))
	if p.llm.wanted() {
		words += ", " + reports.Counted(p.llm.judge.Usage().Calls, "call")
	}
	select {
	case <-p.line: // what the bar hasn't taken is old
	default:
	}
	p.line <- words
	p.bar.SetCurrent(done)
}

// end takes the bar away.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	p.bar.Abort(false)
	p.bars.Wait()
	p.app.err = p.stderr
}

// summary says what was done, unless quiet.
func (p *progress) summary() {
	if p.app.quiet {
		return
	}
	p.app.say("%s read, %d unchanged, %d failed; %s, %s stored; %s failed",
		reports.Counted(p.read-p.failed, "file"), p.unchanged, p.failed,
		reports.Counted(p.threads, "thread"), reports.Counted(p.comments, "comment"), reports.Counted(p.failures, "record"))
}
