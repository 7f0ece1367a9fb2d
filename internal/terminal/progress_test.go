package terminal

import (
	"slices"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/runs"
)

// A file that is read to its end before its first thread is judged moves the bar with what
// is judged; one whose text is longer than itself, with what is read.
func TestProgressIsOfWhatIsJudged(t *testing.T) {
	in := database.Input{Path: "a", Bytes: 100}
	judged := func(text int, read int64) *runs.Step {
		return &runs.Step{Kind: runs.Thread, Input: in, Read: read, Thread: &corpus.Thread{Comments: []corpus.Comment{{Text: string(make([]byte, text))}}}}
	}
	for _, c := range []struct {
		name  string
		steps []*runs.Step
		want  []int64
	}{
		{"gathered", []*runs.Step{judged(20, 100), judged(30, 100)}, []int64{0, 20, 50, 100}},
		{"compressed", []*runs.Step{judged(200, 40), judged(300, 80)}, []int64{0, 40, 80, 100}},
	} {
		p := &Progress{app: &cli.App{}}
		var got []int64
		steps := append([]*runs.Step{{Kind: runs.Begin, Input: in}}, c.steps...)
		for _, s := range append(steps, &runs.Step{Kind: runs.End, Input: in, Read: 100}) {
			p.After(s)
			got = append(got, p.done(s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}
