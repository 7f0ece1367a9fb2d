package main

import (
	"fmt"
	"iter"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
)

// labelSet is a file of labels that is judged with.
type labelSet struct {
	set      *labels.Set
	problems []corpus.Problem // of the file
}

// read reads the labels of a file, once.
func (l *labelSet) read(name string) (*labels.Set, error) {
	if l.set != nil {
		return l.set, nil
	}
	list, problems, err := labelling.Open(name).Read()
	if err != nil {
		return nil, err
	}
	for i := range list {
		if strings.HasPrefix(list[i].Annotator, modelAnnotator) && list[i].State == labels.Given {
			return nil, fmt.Errorf("%s:%d: a label of a language model (%s), which can't stand for a person's; stance agreement compares them", name, list[i].Line, list[i].Annotator)
		}
	}
	var contradictions []corpus.Problem
	l.set, contradictions = labels.NewSet(list)
	l.problems = append(problems, contradictions...)
	return l.set, nil
}

// look shows every thread to labels that don't name theirs, before the first is judged, so
// that no label counts for two. What can't be read the judging will say.
func (l *labelSet) look(threads iter.Seq2[*corpus.Thread, error]) {
	if l.set == nil || !l.set.Bare() {
		return
	}
	for t, err := range threads {
		if err == nil {
			l.set.Look(t)
		}
	}
}

// report says what is wrong with the labels and, if every thread was read, which of them
// fitted no comment.
func (l *labelSet) report(a *app, everyThread bool) {
	if l.set == nil {
		return
	}
	a.problems(l.problems)
	if everyThread {
		a.problems(l.set.Unplaced())
	}
}
