package reports

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// pieces are what random texts are made of.
var pieces = []string{
	"word", "Wort", "слово", "言葉", "كلمة", "क्ष", "👍🏽", "👨‍👩‍👧", "🇩🇪", "e\u0301", " ", "  ", "\n", "\r\n", "\t", "\x00", "\x1b[31m", "\u009b",
	"\u202E", "\u2066", "\u200B", "\u200D", "\uFEFF", "\u00AD", "|", "*", "`", "<b>", "=1", "@", "\"", ",", ";", "\\", "&amp;", "https://example.org",
	"averyveryveryveryveryveryverylongwordwithoutanyplacetobreakitinto",
}

func randomText(rng *rand.Rand, most int) string {
	s := ""
	for range rng.IntN(most + 1) {
		s += pieces[rng.IntN(len(pieces))]
	}
	return s
}

// randomResult is any result that keeps the rules of its types.
func randomResult(rng *rand.Rand) *analysis.Result {
	t := &corpus.Thread{
		ID: randomText(rng, 1), Source: randomText(rng, 2), Format: randomText(rng, 1), DeclaredComments: rng.IntN(3),
		Article: corpus.Article{
			Title: randomText(rng, 9), Text: randomText(rng, 30), URL: randomText(rng, 2),
			Site: randomText(rng, 2), Published: randomText(rng, 2),
		},
	}
	r := &analysis.Result{Thread: t, Case: randomText(rng, 9)}
	for range rng.IntN(3) {
		r.For = append(r.For, randomText(rng, 3))
		t.Problems = append(t.Problems, corpus.Problem{
			File: randomText(rng, 2), Line: rng.IntN(3), Level: corpus.Level(rng.IntN(3)), Message: randomText(rng, 9),
		})
	}
	second := rng.IntN(3) == 0
	if second {
		r.Model = &llm.Account{Model: "m" + randomText(rng, 2), Prompt: "v1", Votes: 1, Stated: rng.IntN(2) == 0, Judged: rng.IntN(12)}
	}
	var obs []aggregate.Observation
	for i := range rng.IntN(12) {
		c := randomComment(rng, i)
		j := randomJudgement(rng, &c)
		if second && j.Judged && rng.IntN(2) == 0 {
			j.ByModel, j.Probabilities = true, [corpus.NumStances]float64{}
		}
		t.Comments, r.Judgements = append(t.Comments, c), append(r.Judgements, j)
		if c.Aside != "" {
			continue
		}
		obs = append(obs, aggregate.Observation{
			Author: c.Author, Branch: i, Removed: c.Removed, Withheld: j.Withheld, Unjudged: j.Withheld && j.Language != "",
			Unsure: j.Unsure, Stance: j.Stance, Polarity: j.Polarity, Ungauged: j.ByModel, Labelled: j.Annotated,
		})
	}
	reliabilities := []aggregate.Reliability{{}, reliability()}
	r.Summary = aggregate.Summarise(obs, reliabilities[rng.IntN(2)])
	if rng.IntN(3) == 0 && r.Summary.Judged() > 0 {
		r.Summary.Audit = randomAudit(rng, &r.Summary)
	}
	r.SureFrom = [corpus.NumStances]float64{rng.Float64(), rng.Float64(), 2, rng.Float64()}
	r.Doubts = []analysis.Doubt{
		{Kind: analysis.OtherLanguage, N: 2, Unjudged: 1, Of: 3, Languages: []language.Language{{Name: "German", Comments: 2}}},
		{Kind: analysis.Dominant, Name: randomText(rng, 3), N: 4, Of: 6},
	}
	if rng.IntN(2) == 0 {
		a := actors.Actor{Name: "a" + randomText(rng, 2), Side: actors.Side(rng.IntN(3)), All: actors.Feeling{Comments: 3, Valence: rng.Float64()}}
		a.Stance = [corpus.NumStances]actors.Feeling{a.All, {Valence: math.NaN()}, {Valence: math.NaN()}, {Valence: math.NaN()}}
		r.Actors = append(r.Actors, a)
	}
	return r
}

func randomAudit(rng *rand.Rand, s *aggregate.Summary) *audit.Audit {
	a := &audit.Audit{Comments: s.Judged(), Labelled: 1 + rng.IntN(s.Judged()), Lambda: rng.Float64(), Effective: rng.Float64() * 100,
		Confusion: evaluate.NewConfusion(corpus.NumStances)}
	a.Stated = rng.IntN(2) == 0
	a.Unequal = a.Stated && rng.IntN(2) == 0
	if rng.IntN(2) == 0 {
		a.Effective = math.NaN()
	}
	a.Confusion.Add(rng.IntN(corpus.NumStances), rng.IntN(corpus.NumStances))
	for k, share := range s.Stance {
		a.Shares[k] = audit.Share{Share: share.Share, Low: share.Low, High: share.High}
	}
	return a
}

func randomComment(rng *rand.Rand, i int) corpus.Comment {
	c := corpus.Comment{
		ID: fmt.Sprint("c", i), Author: randomText(rng, 3), PostedAs: randomText(rng, 2), Text: randomText(rng, 20), Removed: rng.IntN(5) == 0,
	}
	if rng.IntN(2) == 0 {
		c.Parent = fmt.Sprint("c", rng.IntN(14)) // itself, a cycle or nowhere among them
	}
	if rng.IntN(2) == 0 {
		votes := rng.IntN(9) - 4
		c.Votes, c.Posted = &votes, time.Unix(rng.Int64N(4e9), 0).UTC()
		c.Line, c.ParentText, c.Reply = rng.IntN(9), randomText(rng, 2), rng.IntN(2) == 0
		c.Annotation = &corpus.Annotation{Label: "none", Sentiment: randomText(rng, 1), Sarcasm: rng.IntN(2) == 0, Certainty: rng.IntN(4)}
	}
	if rng.IntN(6) == 0 {
		c.Aside = []corpus.Aside{corpus.Staff, corpus.Excluded}[rng.IntN(2)]
	}
	return c
}

func randomJudgement(rng *rand.Rand, c *corpus.Comment) analysis.Judgement {
	if !c.Counted() {
		return analysis.Judgement{}
	}
	if rng.IntN(6) == 0 {
		return analysis.Judgement{Withheld: true, Language: "German"}
	}
	j := analysis.Judgement{
		Judged: true, Stance: corpus.Stance(rng.IntN(corpus.NumStances)), Unsure: rng.IntN(2) == 0,
		Polarity: corpus.Polarity(rng.IntN(corpus.NumPolarities)), Valence: 2*rng.Float64() - 1,
		Probabilities: [corpus.NumStances]float64{0.25, 0.25, 0.25, 0.25},
	}
	for range rng.IntN(4) {
		start := rng.IntN(len(c.Text) + 1)
		end := start + rng.IntN(len(c.Text)+1-start)
		j.Evidence = append(j.Evidence, text.Evidence{Span: text.Span{Start: start, End: end}, Cue: "cue", Weight: rng.NormFloat64()})
	}
	j.Feeling = slices.Clone(j.Evidence)
	j.Polarities[j.Polarity], j.Sarcasm, j.Annotated = 1, rng.Float64(), rng.IntN(4) == 0
	if rng.IntN(6) == 0 {
		j.Judged, j.Withheld, j.Stance, j.Annotated = false, true, 0, false
	}
	return j
}
