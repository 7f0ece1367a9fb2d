package analysis

import (
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/fdr"
	"stance.example/stance/analysis/internal/copies"
	"stance.example/stance/analysis/internal/exemplars"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/structure"
	"stance.example/stance/analysis/text"
	"stance.example/stance/analysis/weighting"
	"stance.example/stance/corpus"
)

// Parts are parts of an Examination.
type Parts uint8

// The parts, by the names of their fields.
const (
	Sensitivity Parts = 1 << iota
	Weightings
	Structure
	Drift // of Structure
	Distinctive
	Exemplars
	Talk
	AllParts = 1<<iota - 1
)

// Examination is a closer look at a thread than its Summary: whether the shares hang on
// how they are counted, how the comments answer each other, and which words and
// comments stand for a stance. It is of the judged comments. Parts that Options.Examine
// doesn't name are zero.
type Examination struct {
	Sensitivity aggregate.Sensitivity
	Weightings  weighting.Table
	Structure   structure.Structure
	// Distinctive are the words that set a stance apart, the most distinctive first.
	Distinctive [corpus.NumStances][]keyness.Word
	// Exemplars are the indices in Thread.Comments of those that stand for a stance.
	Exemplars [corpus.NumStances][]int
	// Topics are what the comments are about; part Talk.
	Topics *Topics
}

// Examine takes the closer look that the options ask for at a thread that was judged before,
// such as one that a database has kept. What a language model judged has no errors known.
func (p *Pipeline) Examine(ctx context.Context, r *Result) (err error) {
	of := *p
	if r.Model != nil {
		of.reliability = aggregate.Reliability{}
	}
	r.Examination, err = of.examine(ctx, r)
	return err
}

// examine takes the closer look that the options ask for, nil for none, at judged
// comments.
func (p *Pipeline) examine(ctx context.Context, r *Result) (*Examination, error) {
	parts := p.options.Examine
	if parts == 0 {
		return nil, nil
	}
	x := &Examination{}
	if parts&Sensitivity != 0 {
		x.Sensitivity = aggregate.NewSensitivity(observations(r.Thread, r.Judgements), p.reliability)
	}
	if parts&Structure != 0 {
		x.Structure = structure.Of(structureOf(r))
		if parts&Drift == 0 {
			x.Structure.Drift = structure.NoDrift()
		}
	}
	if parts&(Weightings|Distinctive|Exemplars|Talk) == 0 {
		return x, nil
	}
	v, err := newView(ctx, r)
	if err != nil {
		return nil, err
	}
	if parts&Weightings != 0 {
		var shares [corpus.NumStances]float64
		for k, share := range r.Summary.Stance {
			shares[k] = share.Share
		}
		x.Weightings = weighting.Of(v.weighed(), shares)
	}
	if parts&Distinctive != 0 {
		copy(x.Distinctive[:], keyness.Distinctive(v.keyed(), v.lexicon.Words, corpus.NumStances, fdr.Level))
	}
	if parts&Exemplars != 0 {
		x.Exemplars = exemplars.Choose(v.candidates())
	}
	if parts&Talk != 0 {
		c := p.Converse()
		c.lexicon = v.lexicon
		c.add(r, func(judged, _ int) []int32 { return v.words[judged] })
		x.Topics = c.Topics()
	}
	for _, chosen := range x.Exemplars {
		for i, k := range chosen {
			chosen[i] = v.index[k]
		}
	}
	return x, nil
}

// structureOf reduces a result to what structure needs, comment by comment.
func structureOf(r *Result) []structure.Comment {
	parents := corpus.Parents(r.Thread.Comments)
	list := make([]structure.Comment, len(r.Judgements))
	for i, j := range r.Judgements {
		list[i] = structure.Comment{Parent: parents[i], Judged: j.Judged, Stance: j.Stance, Posted: r.Thread.Comments[i].Posted}
	}
	return list
}

// view is the judged comments of a thread with the numbers of their words.
type view struct {
	r       *Result
	index   []int // of each judged comment in the thread
	lexicon text.Lexicon
	words   [][]int32
}

func newView(ctx context.Context, r *Result) (*view, error) {
	v := &view{r: r, index: make([]int, 0, len(r.Judgements)), words: make([][]int32, 0, len(r.Judgements))}
	for i := range r.Judgements {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.Judgements[i].Judged {
			v.index = append(v.index, i)
			v.words = append(v.words, ownWords(r.Thread.Comments[i].Text, &v.lexicon))
		}
	}
	return v, nil
}

// of returns the k-th judged comment and its judgement.
func (v *view) of(k int) (*corpus.Comment, *Judgement) {
	i := v.index[k]
	return &v.r.Thread.Comments[i], &v.r.Judgements[i]
}

func (v *view) weighed() []weighting.Comment {
	originals := copies.Groups(v.words, v.lexicon.Words)
	list := make([]weighting.Comment, len(v.index))
	for k := range list {
		c, j := v.of(k)
		list[k] = weighting.Comment{Author: c.Author, Votes: c.Votes, Probabilities: j.Probabilities, Original: originals[k]}
		if _, known := j.Probability(); !known {
			list[k].Probabilities[j.Stance] = 1
		}
	}
	return list
}

func (v *view) keyed() []keyness.Comment {
	list := make([]keyness.Comment, len(v.index))
	for k := range list {
		c, j := v.of(k)
		list[k] = keyness.Comment{Author: c.Author, Group: int(j.Stance), Words: v.words[k]}
	}
	return list
}

func (v *view) candidates() []exemplars.Comment {
	list := make([]exemplars.Comment, len(v.index))
	for k, i := range v.index {
		c, j := v.of(k)
		probability, known := j.Probability()
		if !known {
			probability = 1 // so that only the words decide
		}
		list[k] = exemplars.Comment{
			Author: c.Author, Text: c.Text, Words: v.words[k],
			Stance: j.Stance, Probability: probability, Sure: v.r.Sure(i),
		}
	}
	return list
}

// ownWords returns the numbers of the lower-case words of a comment that aren't quoted.
func ownWords(comment string, lexicon *text.Lexicon) []int32 {
	doc := &text.Document{Source: comment, Tokens: text.Tokens(comment)}
	words := make([]int32, 0, len(doc.Tokens))
	quoted := doc.Quoted()
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		if first, _ := utf8.DecodeRuneInString(t.Lower); !quoted[i] && unicode.IsLetter(first) {
			words = append(words, lexicon.Number(t.Lower))
		}
	}
	return slices.Clip(words)
}
