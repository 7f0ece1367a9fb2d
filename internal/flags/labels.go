package flags

import (
	"fmt"
	"iter"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/internal/cli"
	"stance.example/stance/labelling"
)

// Labels are those of a file that a person gave.
type Labels struct {
	File string // "" for none

	set      *labels.Set      // once it is read
	problems []corpus.Problem // of the file
}

// Read reads the file, once; without a file there are no labels, which nil stands for.
func (l *Labels) Read() (*labels.Set, error) {
	switch {
	case l.File == "":
		return nil, nil
	case l.set != nil:
		return l.set, nil
	}
	list, problems, err := labelling.Open(l.File).Read()
	if err != nil {
		return nil, err
	}
	for i := range list {
		if strings.HasPrefix(list[i].Annotator, labelling.ModelAnnotator) && list[i].State == labels.Given {
			return nil, fmt.Errorf("%s:%d: a label of a language model (%s), which can't stand for a person's; stance agreement compares them", l.File, list[i].Line,
				list[i].Annotator)
		}
	}
	var contradictions []corpus.Problem
	l.set, contradictions = labels.NewSet(list)
	l.problems = append(problems, contradictions...)
	return l.set, nil
}

// Look shows every thread to labels that don't name theirs, before the first is judged, so
// that no label counts for two. What can't be read the judging will say.
func (l *Labels) Look(threads iter.Seq2[*corpus.Thread, error]) {
	if l.set == nil || !l.set.Bare() {
		return
	}
	for t, err := range threads {
		if err == nil {
			l.set.Look(t)
		}
	}
}

// Report says what is wrong with the labels and, if every thread was read, which of them
// fitted no comment.
func (l *Labels) Report(a *cli.App, everyThread bool) {
	if l.set == nil {
		return
	}
	a.Problems(l.problems)
	if everyThread {
		a.Problems(l.set.Unplaced())
	}
}
