package reports

import (
	"math"
	"strings"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/structure"
	"stance.example/stance/analysis/text"
	"stance.example/stance/analysis/weighting"
	"stance.example/stance/corpus"
)

// sample is a comment with the judgement that a test gives it.
type sample struct {
	parent, author, postedAs, text string
	stance                         corpus.Stance
	sure                           float64 // probability of the stance
	polarity                       corpus.Polarity
	valence                        float64
	words, cue                     string  // evidence, the first place of words in text; "" for none
	weight                         float64 // of the evidence; 0 counts as 1
	removed                        bool
}

// reliability is that of a middling classifier.
func reliability() aggregate.Reliability {
	r := aggregate.Reliability{
		Spread: [corpus.NumStances]float64{0.15, 0.05, 0.15, 0.1},
		Prior:  [corpus.NumStances]float64{0.25, 0.25, 0.25, 0.25},
	}
	for s := range r.Spread {
		for given := range r.Confusion[s] {
			r.Confusion[s][given] = 0.1
		}
		r.Confusion[s][s] = 0.7
	}
	return r
}

// result judges the samples as they say and summarises them.
func result(t *corpus.Thread, samples []sample, r aggregate.Reliability) *analysis.Result {
	res := &analysis.Result{Thread: t}
	var obs []aggregate.Observation
	branches := map[string]int{}
	for i, s := range samples {
		c := corpus.Comment{
			ID: "c" + string(rune('1'+i)), Parent: s.parent, Author: s.author, PostedAs: s.postedAs, Text: s.text, Removed: s.removed,
		}
		branch, reply := branches[s.parent]
		if !reply {
			branch = i
		}
		branches[c.ID] = branch
		t.Comments = append(t.Comments, c)
		j := judge(s)
		res.Judgements = append(res.Judgements, j)
		obs = append(obs, aggregate.Observation{
			Author: s.author, Branch: branch, Removed: s.removed, Unsure: j.Unsure, Stance: j.Stance, Polarity: j.Polarity,
			Probabilities: j.Probabilities,
		})
	}
	res.Case, res.For, res.Against = t.Article.Case, t.Article.For, t.Article.Against
	res.Summary = aggregate.Summarise(obs, r)
	res.Doubt(language.Languages{}, r.Fitted())
	return res
}

func judge(s sample) analysis.Judgement {
	if s.removed {
		return analysis.Judgement{}
	}
	j := analysis.Judgement{Judged: true, Stance: s.stance, Unsure: s.sure < 0.5, Polarity: s.polarity, Valence: s.valence}
	for k := range j.Probabilities {
		j.Probabilities[k] = (1 - s.sure) / 3
	}
	j.Probabilities[s.stance] = s.sure
	if s.words != "" {
		start := strings.Index(s.text, s.words)
		if s.weight == 0 {
			s.weight = 1
		}
		j.Evidence = []text.Evidence{{Span: text.Span{Start: start, End: start + len(s.words)}, Cue: s.cue, Weight: s.weight}}
	}
	return j
}

// fixtures are the threads of the goldens, all of them invented.
func fixtures() map[string]*analysis.Result {
	return map[string]*analysis.Result{
		"ferry":   ferry(),
		"library": library(),
		"hostile": hostile(),
		"model":   byModel(),
	}
}

// byModel is the ferry's thread as a language model judges it, but for the last comment.
// Two of its quotes were dropped, and it has stated the case.
func byModel() *analysis.Result {
	r := ferry()
	r.Case = "Northline, a rival, sabotaged the ferry, as the harbour office says."
	r.Model = &llm.Account{Model: "small-model", Prompt: "v1-0a1b2c3d", Seed: 1, Votes: 1, Stated: true, Judged: 5, Unusable: 1, Foreign: 2}
	var obs []aggregate.Observation
	for i := range r.Judgements {
		j := &r.Judgements[i]
		if i < r.Model.Judged {
			j.ByModel, j.Unsure, j.Probabilities = true, false, [corpus.NumStances]float64{}
			for k := range j.Evidence {
				j.Evidence[k].Cue, j.Evidence[k].Weight = "quoted by the model", 0
			}
		}
		obs = append(obs, aggregate.Observation{
			Author: r.Thread.Comments[i].Author, Branch: i, Stance: j.Stance, Polarity: j.Polarity,
			Probabilities: j.Probabilities, Ungauged: j.ByModel,
		})
	}
	r.Summary = aggregate.Summarise(obs, reliability())
	r.Doubt(language.Languages{}, true)
	return r
}

// ferry has the shape people paste: six comments by four readers.
func ferry() *analysis.Result {
	t := &corpus.Thread{
		Source: "ferry.txt", Format: "plaintext", DeclaredComments: 6,
		Article: corpus.Article{
			Title: "Harbour office says the ferry was sabotaged by a rival line",
			Text:  "The harbour office published a report on Tuesday.\n\nIt names Northline as the culprit.",
			Case:  "Northline sabotaged the ferry.", For: []string{"harbour office"}, Against: []string{"Northline"},
		},
		Problems: []corpus.Problem{{File: "ferry.txt", Line: 4, Level: corpus.Assumption,
			Message: "took the lines from here on for comments, because this one counts them"}},
	}
	return result(t, []sample{
		{author: "Gull", text: "And where is the proof? A report by the very office that runs the old ferry.", stance: corpus.Skeptical, sure: 0.84,
			polarity: corpus.Neutral, valence: -0.05, words: "where is the proof?", cue: "asks for proof"},
		{author: "Tidewatcher", text: "They have told this story three times now and it changes every week.", stance: corpus.Skeptical, sure: 0.71,
			polarity: corpus.Negative, valence: -0.31, words: "told this story", cue: "doubts the account"},
		{author: "Gull", text: "Every line on this coast cuts corners. Why look at one only?", stance: corpus.Relativist, sure: 0.66,
			polarity: corpus.Neutral, valence: 0, words: "Every line", cue: "everyone does it"},
		{author: "Old Salt", text: "A loose bolt. Bolts come loose.", stance: corpus.Skeptical, sure: 0.48, polarity: corpus.Neutral, valence: 0},
		{author: "Gull", text: "What about the tug that sank in spring? Nobody wrote a report then.", stance: corpus.Relativist, sure: 0.78,
			polarity: corpus.Negative, valence: -0.2, words: "What about", cue: "what about"},
		{author: "Mrs. Pier", text: "Sounds like an excuse for the new fare to me.", stance: corpus.Skeptical, sure: 0.62, polarity: corpus.Negative,
			valence: -0.34, words: "an excuse", cue: "bad motive"},
	}, aggregate.Reliability{})
}

// library has replies, a removed comment, votes, dates, wide characters, emoji and
// long names.
func library() *analysis.Result {
	t := &corpus.Thread{
		ID: "t7", Source: "threads.jsonl", Format: "jsonl", DeclaredComments: 12,
		Article: corpus.Article{
			Title: "Night opening for the city library: why it is worth the money", URL: "https://example.org/library",
			Site: "Example Gazette", Published: "2 May 2024", Text: "Open until midnight, says our columnist.",
			Case: "The library should stay open at night.", For: []string{"the columnist", "students"},
		},
		Unused: []corpus.Line{{Number: 3, Text: "Log in", Reason: "furniture"}},
	}
	r := result(t, []sample{
		{author: "Bartholomew Featherstonehaugh-Cholmondeley of the Reading Room", postedAs: "2 hours ago",
			text:   "Finally! I study after work, and the doors are shut when I arrive.",
			stance: corpus.Supportive, sure: 0.9, polarity: corpus.Positive, valence: 0.52, words: "Finally!", cue: "endorses"},
		{parent: "c1", author: "図書館の猫", text: "賛成です。夜の図書館は静かで、 本当に助かります。 My evenings are free only after nine.", stance: corpus.Supportive, sure: 0.57,
			polarity: corpus.Positive, valence: 0.4, words: "本当に助かります", cue: "endorses"},
		{parent: "c2", author: "👨‍👩‍👧‍👦 Family Quist 🇸🇪", text: "👍🏽👍🏽 same here ❤️ and the café stays open too", stance: corpus.Supportive, sure: 0.61,
			polarity: corpus.Positive, valence: 0.7, words: "same here", cue: "agrees"},
		{parent: "c3", author: "Bartholomew Featherstonehaugh-Cholmondeley of the Reading Room", text: "Glad to hear it.", stance: corpus.None, sure: 0.44,
			polarity: corpus.Positive, valence: 0.4},
		{removed: true, author: "", text: ""},
		{parent: "c5", author: "Penny Wise",
			text:   "Whoever wrote that was right to be angry: two guards and a heated hall for a dozen readers will never pay.",
			stance: corpus.Skeptical, sure: 0.8, polarity: corpus.Negative, valence: -0.45, words: "will never pay", cue: "denies"},
		{author: "Penny Wise", text: "The swimming pool closes at six and nobody writes columns about that.", stance: corpus.Relativist, sure: 0.52,
			polarity: corpus.Negative, valence: -0.1, words: "nobody", cue: "negation", weight: -0.4},
		{author: "", text: "Is the lift repaired?", stance: corpus.None, sure: 0.93, polarity: corpus.Neutral, valence: 0},
	}, reliability())
	r.Actors = []actors.Actor{
		{Name: "City library", Variants: []string{"library"}, Side: actors.For, All: actors.Feeling{Comments: 4, Valence: 0.31},
			Stance: [corpus.NumStances]actors.Feeling{{Valence: math.NaN()}, {Valence: math.NaN()}, {Comments: 3, Valence: 0.4}, {Comments: 1, Valence: 0.04}}},
		{Name: "Swimming pool of the Municipality", All: actors.Feeling{Comments: 3, Valence: -0.45},
			Stance: [corpus.NumStances]actors.Feeling{{Comments: 2, Valence: -0.5}, {Comments: 1, Valence: -0.35}, {Valence: math.NaN()}, {Valence: math.NaN()}}},
	}
	r.Judgements[6].Sarcasm = 0.7
	votes := -3
	t.Comments[5].Votes = &votes
	r.Examination = &analysis.Examination{
		Structure: structureOf(r),
		Exemplars: [corpus.NumStances][]int{{5}, {6}, {0, 1}},
		Weightings: weighting.Table{Rows: []weighting.Row{
			{Way: weighting.ByComment, Total: 7, Shares: [corpus.NumStances]float64{1. / 7, 1. / 7, 3. / 7, 2. / 7}},
			{Way: weighting.ByAuthor, Total: 5, Shares: [corpus.NumStances]float64{0.1, 0.1, 0.5, 0.3}},
		}},
		Distinctive: [corpus.NumStances][]keyness.Word{corpus.Supportive: {
			{Text: "evenings", With: 3, Without: 0, LogOdds: 2.1, Z: 3.4, Q: 0.01}, {Text: "study", With: 2, Without: 0, LogOdds: 1.7, Z: 3, Q: 0.03},
		}},
	}
	t.Comments[0].Posted = time.Date(2024, 5, 2, 19, 30, 0, 0, time.FixedZone("", 2*60*60))
	return r
}

// structureOf is the structure of a fixture, whose replies name their parents.
func structureOf(r *analysis.Result) structure.Structure {
	places := newPlaces(r.Thread.Comments)
	list := make([]structure.Comment, len(r.Judgements))
	for i, j := range r.Judgements {
		list[i] = structure.Comment{Parent: places.parent[i], Judged: j.Judged, Stance: j.Stance}
	}
	return structure.Of(list)
}

// hostile has what people write to break a page.
func hostile() *analysis.Result {
	t := &corpus.Thread{
		Source: "=cmd.csv", Format: "csv",
		Article: corpus.Article{Title: "A \x1b]0;title\x07 | <b>bold</b> `code` \u202Egnp.exe", Case: "[click](http://example.org)\n# not a heading"},
		Problems: []corpus.Problem{
			{File: "=cmd.csv", Line: 2, Level: corpus.Warning, Message: "a control character\x1b[2J in the text"},
			{File: "=cmd.csv", Line: 9, Level: corpus.Failure, Message: "a row with two fields in place of three"},
		},
	}
	r := result(t, []sample{
		{author: "=HYPERLINK(\"http://example.org\")", text: "\x1b[31mred\x1b[0m \x1b]8;;http://example.org\x07link\x1b]8;;\x07 bell\x07 back\b\b",
			stance: corpus.None, sure: 0.7, polarity: corpus.Neutral, valence: 0, words: "red", cue: "color"},
		{author: "a|b\nc", text: "one\r\ntwo\rthree\u2028four\tfive \u0085 six | seven \\| eight", stance: corpus.Skeptical, sure: 0.6,
			polarity: corpus.Neutral, valence: 0, words: "two\rthree", cue: "breaks"},
		{author: "\u202Eevil\u202C \u2066iso\u2069", text: "rtl \u202Eoverride\u202C and z\u200Be\u200Br\u2060o\uFEFF width", stance: corpus.Supportive,
			sure: 0.6, polarity: corpus.Negative, valence: -0.3, words: "override\u202C", cue: "order"},
		{author: "\u200B\u3164\u2060", text: "+1 for **this** _and_ <script>alert(1)</script> &lt; [x](javascript:y) ![i](z)", stance: corpus.Supportive,
			sure: 0.9, polarity: corpus.Positive, valence: 0.1, words: "**this**", cue: "stars"},
		{author: "-2+3", text: "@SUM(A1) " + strings.Repeat("W", 300), stance: corpus.Relativist, sure: 0.5, polarity: corpus.Neutral, valence: 0},
		{author: "C1 \u009b31m csi", text: "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo \u0301 alone \U000E0041\U000E0042 tags",
			stance: corpus.Relativist, sure: 0.5, polarity: corpus.Neutral, valence: 0},
		{author: "tab", text: "\t=1+1", stance: corpus.None, sure: 0.8, polarity: corpus.Neutral, valence: 0},
		{author: "empty", text: "", stance: corpus.None, sure: 0.8, polarity: corpus.Neutral, valence: 0},
	}, aggregate.Reliability{})
	r.Examination = &analysis.Examination{
		Structure:   structureOf(r),
		Exemplars:   [corpus.NumStances][]int{{1}, {4, 5}, {2, 3}},
		Distinctive: [corpus.NumStances][]keyness.Word{corpus.Supportive: {{Text: "<b>\u202Eplus", With: 2, Z: 3, Q: 0.01}}},
	}
	return r
}
