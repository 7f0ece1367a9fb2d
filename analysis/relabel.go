package analysis

import (
	"context"
	"errors"
	"slices"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// ErrLabelled is returned by Relabel for a thread whose judgements know labels of its
// comments.
var ErrLabelled = errors.New("it was judged with labels already; judge it again with the new ones")

// Relabel gives comments of a judged thread the stances that a person gave and corrects
// the shares by them. Unlike Analyse with Options.Labels it judges nothing again, so that
// it needs no model: the other comments learn nothing from the labels, and the feeling
// toward actors stays that by the stances as they were. It returns the number of comments
// labelled; if that is 0 nothing was changed.
//
// It fails with ErrLabelled if the judgements were made with other labels: a prediction
// that knows labels corrects nothing.
func Relabel(ctx context.Context, r *Result, set *labels.Set) (int, error) {
	n, err := relabel(r, set)
	if n == 0 || err != nil {
		return n, err
	}
	languages, err := language.Of(ctx, textsOf(r.Thread))
	if err != nil {
		return n, err
	}
	r.Doubt(languages, !r.Doubted(SamplingOnly))
	return n, nil
}

// relabel does so but for the doubts, which need the languages of all comments.
func relabel(r *Result, set *labels.Set) (int, error) {
	given := set.Of(r.Thread)
	predicted, calibrated := relabelled(r, given)
	comments := audited(r.Thread, drawnAlone(given), predicted)
	n := 0
	for _, l := range given {
		if l != nil {
			n++
		}
	}
	if set.Together() {
		r.Sample = audited(r.Thread, drawnTogether(given), predicted)
	}
	known := slices.ContainsFunc(r.Judgements, func(j Judgement) bool { return j.Annotated })
	switch {
	case n == 0:
		return 0, nil
	case known && knows(r, given):
		return 0, nil
	case known:
		return 0, ErrLabelled
	}
	if r.Model != nil && calibrated.Enough() {
		r.Model.Labels = calibrate(r.Judgements, calibrated)
	}
	for i, l := range given {
		if l != nil {
			r.Judgements[i].label(l.Stance)
		}
	}
	r.correct(comments)
	return n, nil
}

// correct counts the judgements anew and corrects the shares by the labels of comments; if there
// are too few, the shares stay as they were.
func (r *Result) correct(comments []audit.Comment) {
	old := r.Summary
	r.Summary = aggregate.Summarise(observations(r.Thread, r.Judgements), aggregate.Reliability{})
	if a, ok := audit.Correct(comments, audit.Tuned, expectedOf(&old.Stance)); ok {
		r.Summary.Correct(a)
		return
	}
	for k, share := range old.Stance {
		share.Count = r.Summary.Stance[k].Count
		r.Summary.Stance[k] = share
	}
}

// knows reports whether the judgements were made with these labels.
func knows(r *Result, given []*labels.Label) bool {
	for i := range r.Judgements {
		j := &r.Judgements[i]
		if j.Annotated != (given[i] != nil) || j.Annotated && j.Stance != given[i].Stance {
			return false
		}
	}
	return true
}

// drawnAlone are the labels by which the shares of the thread are corrected. Where comments were
// drawn from it, those that were drawn from all threads, with another probability, are none of
// them.
func drawnAlone(given []*labels.Label) []*labels.Label {
	if !slices.ContainsFunc(given, func(l *labels.Label) bool { return l != nil && !l.Together && !l.Suggested }) {
		return given
	}
	list := slices.Clone(given)
	for i, l := range list {
		if l != nil && l.Together {
			list[i] = nil
		}
	}
	return list
}

// drawnTogether are the labels of comments that were drawn from all threads together, nil
// in the place of others.
func drawnTogether(given []*labels.Label) []*labels.Label {
	list := slices.Clone(given)
	for i, l := range list {
		if l != nil && !l.Together {
			list[i] = nil
		}
	}
	return list
}

// Corrected is what labels say of the shares of a judged thread, which stays as it is. It
// reports false if there are too few.
func Corrected(r *Result, set *labels.Set) (*audit.Audit, bool) {
	given := set.Of(r.Thread)
	predicted, _ := relabelled(r, given)
	return audit.Correct(audited(r.Thread, given, predicted), audit.Tuned, expectedOf(&r.Summary.Stance))
}

// Candidates are the comments of a judged thread that a sample to label may be drawn from.
func (r *Result) Candidates() []audit.Candidate {
	var candidates []audit.Candidate
	for i := range r.Judgements {
		if j := &r.Judgements[i]; r.Thread.Comments[i].Counted() {
			stance := j.Stance
			if p := j.Probabilities; j.Withheld {
				stance = corpus.Stance(slices.Index(p[:], slices.Max(p[:])))
			}
			candidates = append(candidates, audit.Candidate{Index: i, Stance: stance, Predicted: j.Probabilities})
		}
	}
	return candidates
}

// Predicted are the counted comments of a judged thread with what is predicted of them while no
// label is known.
func (r *Result) Predicted() []audit.Comment {
	none := make([]*labels.Label, len(r.Judgements))
	predicted, _ := relabelled(r, none)
	return audited(r.Thread, none, predicted)
}

// relabelled are the predictions that haven't seen the labels: the probabilities that were
// stored, and those that the labels of other comments give a language model.
func relabelled(r *Result, given []*labels.Label) ([][corpus.NumStances]float64, *llm.Calibrated) {
	answers := make([]llm.Answer, len(r.Judgements))
	predicted := make([][corpus.NumStances]float64, len(r.Judgements))
	for i := range r.Judgements {
		j := &r.Judgements[i]
		predicted[i] = j.Probabilities
		if j.ByModel && j.Judged {
			answers[i] = llm.Answer{State: llm.Given, Stance: j.Stance}
		}
	}
	calibrated := llm.Calibrate(answers, stancesOf(given))
	calibrated.Predict(predicted, answers)
	return predicted, calibrated
}

// calibrate gives the judgements of a language model the calibrated probabilities and
// returns the number of labels that these rest on.
func calibrate(judgements []Judgement, c *llm.Calibrated) int {
	for i := range judgements {
		if j := &judgements[i]; j.ByModel && j.Judged {
			j.Probabilities = c.Probabilities[i]
			j.Unsure = j.Probabilities[j.Stance] < llm.SureFrom
		}
	}
	return c.Labels
}

// label makes the judgement what a person said.
func (j *Judgement) label(s corpus.Stance) {
	j.Judged, j.Withheld, j.Unsure, j.Annotated = true, false, false, true
	j.Stance, j.Evidence = s, nil
	j.Probabilities = [corpus.NumStances]float64{}
	j.Probabilities[s] = 1
}
