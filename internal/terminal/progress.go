package terminal

import (
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/source"
	"stance.example/stance/internal/cli"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// Progress counts what a run does and shows it as a bar where standard error is a
// terminal.
type Progress struct {
	app     *cli.App
	stderr  io.Writer
	calls   func() int // of a language model; nil for none
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

// NewProgress starts to show, with the calls of a language model unless that is nil. Only then
// are the files counted in advance.
func NewProgress(a *cli.App, files iter.Seq[source.File], calls func() int) *Progress {
	p := &Progress{app: a, stderr: a.Err, calls: calls, started: time.Now()}
	f, isTerminal := cli.Terminal(a.Err)
	if a.Quiet || !isTerminal {
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
	a.Err = p.bars // so that messages come above the bar
	return p
}

// After takes in a step that was stored: it says what is wrong and counts.
func (p *Progress) After(s *runs.Step) {
	p.app.Failed = p.app.Failed || s.Standing.Failures > 0
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
		p.app.Problems(s.Thread.Problems)
		for i := range s.Thread.Problems {
			p.count(s.Thread.Problems[i].Level)
		}
	case runs.Problem:
		p.app.Problem(s.Problem)
		p.count(s.Problem.Level)
	case runs.End:
		p.read++
		if s.Err != nil {
			p.failed++
			p.app.Unread(s.Input.Path, s.Err)
		}
		p.bytes += s.Input.Bytes
		p.judged = 0
	}
	p.show(p.done(s))
}

// done is how much of the inputs is judged and stored, in bytes. Of the one under way it is
// the text of the comments stored, as a file may be read to its end before the first thread
// of it is judged; of a compressed one, whose text is longer, no more than was read.
func (p *Progress) done(s *runs.Step) int64 { return p.bytes + min(p.judged, s.Read) }

func (p *Progress) count(l corpus.Level) {
	if l == corpus.Failure {
		p.failures++
	}
}

// show moves the bar.
func (p *Progress) show(done int64) {
	if p.bar == nil {
		return
	}
	rate := float64(p.comments) / max(time.Since(p.started).Seconds(), 0.1)
	words := fmt.Sprintf("  %s, %s (%.0f/s), %s", reports.Counted(p.threads, "thread"), reports.Counted(p.comments, "comment"), rate,
		reports.Counted(p.failures+p.failed, "failure"))
	if p.calls != nil {
		words += ", " + reports.Counted(p.calls(), "call")
	}
	select {
	case <-p.line: // what the bar hasn't taken is old
	default:
	}
	p.line <- words
	p.bar.SetCurrent(done)
}

// End takes the bar away.
func (p *Progress) End() {
	if p.bars == nil {
		return
	}
	p.bar.Abort(false)
	p.bars.Wait()
	p.app.Err = p.stderr
}

// Unchanged is the number of inputs that had nothing to do.
func (p *Progress) Unchanged() int { return p.unchanged }

// Summary says what was done, unless quiet.
func (p *Progress) Summary() {
	if p.app.Quiet {
		return
	}
	p.app.Say("%s read, %d unchanged, %d failed; %s, %s stored; %s failed",
		reports.Counted(p.read-p.failed, "file"), p.unchanged, p.failed,
		reports.Counted(p.threads, "thread"), reports.Counted(p.comments, "comment"), reports.Counted(p.failures, "record"))
}
