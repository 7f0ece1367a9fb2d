package account

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/structure"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// harbour is a thread of five comments with everything an account tells of.
func harbour() *analysis.Result {
	t := &corpus.Thread{Source: "quay side.html", Article: corpus.Article{Title: "Harbour to be dredged"}}
	r := &analysis.Result{Thread: t, Case: "The harbour must be dredged."}
	for i, c := range []struct {
		author, text string
		stance       corpus.Stance
		polarity     corpus.Polarity
		valence      float64
	}{
		{"Anne", "Who says so? I have sailed here for years.", corpus.Skeptical, corpus.Neutral, 0},
		{"Bo", "A lie, and a dear one.", corpus.Skeptical, corpus.Negative, -0.6},
		{"Cato", "What about the lock?", corpus.Relativist, corpus.Neutral, 0},
		{"Dora", "Good news at last!", corpus.Supportive, corpus.Positive, 0.5},
		{"Anne", "When does it begin?", corpus.None, corpus.Neutral, 0},
	} {
		t.Comments = append(t.Comments, corpus.Comment{ID: fmt.Sprintf("k%d", i+1), Author: c.author, Text: c.text})
		j := analysis.Judgement{Judged: true, Stance: c.stance, Polarity: c.polarity, Valence: c.valence}
		j.Probabilities[c.stance] = 0.81
		r.Judgements = append(r.Judgements, j)
		r.Summary.Cross[c.stance][c.polarity]++
		r.Summary.Polarity[c.polarity]++
		r.Summary.Stance[c.stance].Count++
	}
	r.Summary.Comments, r.Summary.Authors = 25, 4
	for k := range r.Summary.Stance {
		share := &r.Summary.Stance[k]
		share.Share = float64(share.Count) / 5
		share.Low, share.High, share.Error = max(0, share.Share-0.3), min(1, share.Share+0.3), 0.15
	}
	r.Doubts = []analysis.Doubt{{Kind: analysis.UnsureJudged, N: 2}}
	r.Examination = &analysis.Examination{
		Distinctive: [corpus.NumStances][]keyness.Word{corpus.Skeptical: {{Text: "lie", With: 2}}},
		Exemplars:   [corpus.NumStances][]int{corpus.Skeptical: {0}, corpus.Relativist: {2}, corpus.Supportive: {3}},
	}
	return r
}

// told is a paragraph as plain text, "" if there is none.
func told(r *analysis.Result, length Length, topic Topic) string {
	var list []string
	for _, p := range Of(r, length).Paragraphs {
		if p.Topic == topic {
			for _, s := range p.Statements {
				list = append(list, s.String())
			}
		}
	}
	return strings.Join(list, " ")
}

func TestWording(t *testing.T) {
	sized := func(shares [corpus.NumStances]float64, half float64) func(*analysis.Result) {
		return func(r *analysis.Result) {
			for k, share := range shares {
				r.Summary.Stance[k] = aggregate.Share{Count: k, Share: share, Low: max(0, share-half), High: min(1, share+half), Error: half / 2}
			}
		}
	}
	whole := func(counts [corpus.NumStances]int) func(*analysis.Result) {
		return func(r *analysis.Result) {
			all := counts[0] + counts[1] + counts[2] + counts[3]
			a := &audit.Audit{Comments: all, Labelled: all}
			for k, n := range counts {
				r.Summary.Stance[k].Count = n
				share := float64(n) / float64(all)
				a.Shares[k] = audit.Share{Share: share, Low: share, High: share}
			}
			r.Summary.Comments = all
			r.Summary.Correct(a)
		}
	}
	for _, c := range []struct {
		reason string
		topic  Topic
		change func(*analysis.Result)
		want   string
	}{
		{"both numbers in words", Opening, func(*analysis.Result) {},
			"Four readers wrote 25 comments. The case they take a stance on is this: “The harbour must be dredged.”"},
		{"one of each; a case that is the headline isn't repeated", Opening, func(r *analysis.Result) {
			r.Summary.Authors, r.Case = 1, r.Thread.Article.Title
		}, "One reader wrote 25 comments."},
		{"no sentence begins with digits", Opening, func(r *analysis.Result) {
			r.Summary.Comments, r.Summary.Authors, r.Case = 12345, 1200, ""
		}, "The 12,345 comments are by 1,200 readers."},
		{"nobody is named", Opening, func(r *analysis.Result) { r.Summary.Authors, r.Case = 0, "" }, "There are 25 comments, by readers who aren't named."},
		{"some are named; the page announces more", Opening, func(r *analysis.Result) {
			r.Summary.Authors, r.Summary.Unknown, r.Case, r.Thread.DeclaredComments = 1, 2, "", 40
		}, "There are 25 comments, by one named reader and others who aren't named. The page itself announces 40."},
		{"no comments", Opening, func(r *analysis.Result) { r.Summary.Comments = 0 }, "Nobody has written a comment."},

		{"mostly above 60 per cent", Verdict, sized([...]float64{0.7, 0.1, 0.15, 0.05}, 0.08),
			"The comments mostly doubt the case: 70 per cent, and allowing for errors of judgement between 62 and 78 per cent. " +
				"Support is at 15 per cent (7 to 23) and relativism at 10 per cent (2 to 18)."},
		{"60 per cent is not yet mostly", Verdict, sized([...]float64{0.604, 0.1, 0.2, 0.096}, 0.05),
			"Most comments doubt the case: 60 per cent, and allowing for errors of judgement between 55 and 65 per cent. " +
				"Support is at 20 per cent (15 to 25) and relativism at 10 per cent (5 to 15)."},
		{"61 per cent is", Verdict, sized([...]float64{0.1, 0.1, 0.605, 0.195}, 0.05),
			"The comments mostly support the case: 61 per cent, and allowing for errors of judgement between 55 and 66 per cent. " +
				"Doubt is at 10 per cent (5 to 15) and relativism at 10 per cent (5 to 15)."},
		{"more than 60 per cent, but perhaps only half", Verdict, sized([...]float64{0.62, 0.1, 0.2, 0.08}, 0.12),
			"Doubt is more frequent than any other stance: 62 per cent, and allowing for errors of judgement between 50 and 74 per cent. " +
				"Support is at 20 per cent (8 to 32) and relativism at 10 per cent (0 to 22)."},
		{"half is not most", Verdict, sized([...]float64{0.5, 0.1, 0.2, 0.2}, 0.01),
			"Doubt is more frequent than any other stance: 50 per cent, and allowing for errors of judgement between 49 and 51 per cent. " +
				"Support is at 20 per cent (19 to 21) and relativism at 10 per cent (9 to 11)."},
		{"the larger part, far from half", Verdict, sized([...]float64{0.38, 0.2, 0.2, 0.22}, 0.05),
			"Doubt is more frequent than any other stance: 38 per cent, and allowing for errors of judgement between 33 and 43 per cent. " +
				"Relativism is at 20 per cent (15 to 25) and support at 20 per cent (15 to 25)."},
		{"none is a stance too", Verdict, sized([...]float64{0.2, 0.05, 0, 0.75}, 0.1),
			"The comments mostly take no side: 75 per cent, and allowing for errors of judgement between 65 and 85 per cent. " +
				"Doubt is at 20 per cent (10 to 30), relativism at 5 per cent (0 to 15) and support at 0 per cent (0 to 10)."},
		{"most take none", Verdict, sized([...]float64{0.2, 0.15, 0.1, 0.55}, 0.02),
			"Most comments take no side: 55 per cent, and allowing for errors of judgement between 53 and 57 per cent. Doubt is at 20 per cent (18 to 22), " +
				"relativism at 15 per cent (13 to 17) and support at 10 per cent (8 to 12)."},
		{"none leads below half", Verdict, sized([...]float64{0.2, 0.2, 0.2, 0.4}, 0.05),
			"Taking no side is more frequent than any stance: 40 per cent, and allowing for errors of judgement between 35 and 45 per cent. " +
				"Doubt is at 20 per cent (15 to 25), relativism at 20 per cent (15 to 25) and support at 20 per cent (15 to 25)."},
		{"intervals that overlap leave it open", Verdict, sized([...]float64{0.25, 0.2, 0.3, 0.25}, 0.4),
			"No stance can be said to lead: allowing for errors of judgement, support is put at 30 per cent (0 to 70), " +
				"doubt at 25 per cent (0 to 65) and relativism at 20 per cent (0 to 60). That is too wide to build on. Labelling 20 of them would tell more: " +
				"`stance label 'quay side.html' --size 20 --out labels.csv`."},
		{"close, but narrowly known", Verdict, sized([...]float64{0.35, 0.05, 0.4, 0.2}, 0.05),
			"No stance can be said to lead: allowing for errors of judgement, support is put at 40 per cent (35 to 45), " +
				"doubt at 35 per cent (30 to 40) and relativism at 5 per cent (0 to 10). Labelling 20 of them would tell more: " +
				"`stance label 'quay side.html' --size 20 --out labels.csv`."},
		{"nothing tells how far the engine errs", Verdict, func(r *analysis.Result) {
			sized([...]float64{0.35, 0.05, 0.4, 0.2}, math.NaN())(r)
		}, "How far the judgements err isn't known here, so no stance can be said to lead. Support is at 40 per cent, " +
			"doubt at 35 per cent and relativism at 5 per cent."},
		{"a thread labelled whole is known, however small", Verdict, whole([...]int{6, 2, 3, 1}),
			"Doubt is more frequent than any other stance: 50 per cent. Support is at 25 per cent and relativism at 17 per cent. Labelled one by one, " +
				"six doubt the case, three support it, two play it down and one takes no stance that can be told."},
		{"labelled whole and above half", Verdict, whole([...]int{7, 2, 3, 0}),
			"Most comments doubt the case: 58 per cent. Support is at 25 per cent and relativism at 17 per cent. Labelled one by one, seven doubt the case, " +
				"three support it and two play it down."},
		{"labelled whole and even", Verdict, whole([...]int{2, 0, 2, 0}),
			"No stance is more frequent than every other one. Doubt is at 50 per cent, support at 50 per cent and relativism at 0 per cent. " +
				"Labelled one by one, two doubt the case, two support it and none plays it down."},
		{"nothing was judged", Verdict, func(r *analysis.Result) { r.Summary.Removed = 25 }, "None of the comments could be judged."},
		{"too few for shares; nobody is sure or liked", Verdict, func(r *analysis.Result) {
			r.Summary.Comments = 19
			for i := range r.Judgements {
				r.Judgements[i].Probabilities = [corpus.NumStances]float64{}
			}
		}, "19 comments by four readers, too few for shares. None is judged surely enough to be quoted for a side. Labelling them all would settle it: " +
			"`stance label 'quay side.html' --size 19 --out labels.csv`."},
		{"the surest and the most liked", Verdict, func(r *analysis.Result) {
			votes := 7
			r.Summary.Comments, r.Summary.Removed = 6, 1
			r.Judgements[3].Probabilities[corpus.Supportive], r.Thread.Comments[2].Votes = 0.9, &votes
		}, "Five judged comments by four readers, too few for shares. The surest, which supports the case, is Dora's: “Good news at last!” [k4, 0.90]. " +
			"The most liked, with seven votes, is Cato's: “What about the lock?” [k3]. Labelling them all would settle it: " +
			"`stance label 'quay side.html' --size 5 --out labels.csv`."},
		{"one comment", Verdict, func(r *analysis.Result) { r.Summary.Comments, r.Summary.Authors = 1, 1 },
			"One comment, too few for shares. The surest, which doubts the case, is Anne's: “Who says so? I have sailed here for years.” [k1, 0.81]."},

		{"a question is asked; the word is no proof but is told", Skeptics, func(*analysis.Result) {},
			"Of those who doubt, Anne writes: “Who says so? I have sailed here for years.” [k1, 0.81]. Those who doubt use “lie” more than the others do."},
		{"a question alone", Relativism, func(*analysis.Result) {}, "Of those who compare or point elsewhere, Cato asks: “What about the lock?” [k3, 0.81]."},
		{"a reader without a name", Supporters, func(r *analysis.Result) { r.Thread.Comments[3].Author = " " },
			"On the supporting side a reader writes: “Good news at last!” [k4, 0.81]."},

		{"nobody is sure enough", Voices, func(r *analysis.Result) {
			for i := range r.Judgements {
				r.Judgements[i].Unsure = true
			}
		}, "No comment is judged surely enough to be quoted for a side."},
		{"by hand is sure", Skeptics, func(r *analysis.Result) { r.Judgements[0].Annotated, r.Judgements[0].Unsure = true, true },
			"Of those who doubt, Anne writes: “Who says so? I have sailed here for years.” [k1, by hand]. Those who doubt use “lie” more than the others do."},
		{"mockery is no praise", Supporters, func(r *analysis.Result) { r.Judgements[3].Sarcasm = 0.8 }, ""},

		{"one reply is no pattern", Replies, func(r *analysis.Result) { r.Examination.Structure.Replies.Pairs = 1 }, ""},
		{"few replies", Replies, func(r *analysis.Result) {
			r.Examination.Structure.Replies = structure.Replies{Pairs: 4, Opposing: 1, OpposingP: 1, P: 1}
		}, "Of the four replies one sets support against doubt."},
		{"more than chance", Replies, func(r *analysis.Result) {
			r.Examination.Structure.Replies = structure.Replies{Pairs: 30, Opposing: 14, Expected: 6.25, OpposingP: 0.001, P: 0.001}
		}, "Of the 30 replies 14 set support against doubt, one way or the other. That is more than the 6.2 that chance would bring: " +
			"readers answer those they disagree with."},
		{"less than chance", Replies, func(r *analysis.Result) {
			r.Examination.Structure.Replies = structure.Replies{Pairs: 30, Expected: 6.25, OpposingP: 0.001, P: 0.001}
		}, "Of the 30 replies none sets support against doubt. That is less than the 6.2 that chance would bring: readers answer those who think alike."},
		{"no pattern; doubt grows", Replies, func(r *analysis.Result) {
			s := &r.Examination.Structure
			s.Replies = structure.Replies{Pairs: 10, Opposing: 10, Expected: 9, OpposingP: 0.5, P: 0.5}
			s.Drift.ByTime, s.Drift.Halves = true, [2][corpus.NumStances]int{{3}, {12}}
			for k := range s.Drift.Trends {
				s.Drift.Trends[k].Q = math.NaN()
			}
			s.Drift.Trends[corpus.Skeptical] = structure.Trend{Later: 0.8, P: 0.001, Q: 0.004}
		}, "All the replies, ten of them, set support against doubt, one way or the other. Who answers whom shows no pattern beyond chance. " +
			"Doubt grows as time goes on: three in the first half of the comments, twelve in the second."},

		{"a comment quoted before is pointed to", Feeling, func(*analysis.Result) {},
			"One comment sounds negative, one positive and three neither way. Going by the words, the harshest comment is Bo's: “A lie, and a dear one.” [k2], " +
				"and the warmest Dora's, quoted above [k4]."},
		{"whom the comments speak of", Feeling, func(r *analysis.Result) {
			r.Judgements[1].Sarcasm = 0.9 // what is likely meant otherwise isn't shown as harsh
			r.Actors = []actors.Actor{
				{Name: "the council", All: actors.Feeling{Comments: 4, Valence: -0.3}},
				{Name: "the mayor", All: actors.Feeling{Comments: 3, Valence: -0.5}},
				{Name: "the pilots", All: actors.Feeling{Comments: 3, Valence: 0.25}},
				{Name: "the sea", All: actors.Feeling{Comments: 9, Valence: 0.1}},
			}
		}, "One comment sounds negative, one positive and three neither way. Of what the article names “the mayor” is spoken of most harshly, " +
			"in three comments, and “the pilots” most kindly, in three comments. Going by the words, the warmest comment is Dora's, quoted above [k4]."},
		{"a side that is mostly of one feeling", Feeling, func(r *analysis.Result) {
			r.Summary.Stance[corpus.Skeptical].Count, r.Summary.Cross[corpus.Skeptical] = 6, [...]int{4, 2, 0}
			for i := range r.Judgements {
				r.Judgements[i].Polarity = corpus.Neutral
			}
		}, "One comment sounds negative, one positive and three neither way. Of the six that doubt the case four are negative."},

		{"what the aggregates say", Limits, func(*analysis.Result) {}, "2 comments are unsure and count under the stance shown."},
	} {
		r := harbour()
		for k := range r.Examination.Structure.Drift.Trends {
			r.Examination.Structure.Drift.Trends[k].Q = math.NaN()
		}
		c.change(r)
		account := Of(r, Normal)
		for _, err := range account.Withheld {
			t.Errorf("%s: withheld: %v", c.reason, err)
		}
		if got := told(r, Normal, c.topic); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.reason, got, c.want)
		}
	}
}

func several(r *analysis.Result, n int) []*analysis.Result {
	list := make([]*analysis.Result, n)
	for i := range list {
		list[i] = r
	}
	return list
}

// TestTogether: threads that differ for certain are told apart, others are not.
func TestTogether(t *testing.T) {
	thread := func(skeptical, err float64) *analysis.Result {
		r := harbour()
		r.Summary.Comments = 100
		for k, share := range []float64{skeptical, 0.1, 0.8 - skeptical, 0.1} {
			r.Summary.Stance[k] = aggregate.Share{Share: share, Low: max(0, share-2*err), High: min(1, share+2*err), Error: err}
		}
		return r
	}
	unjudged := harbour()
	unjudged.Summary.Removed = 25
	for _, c := range []struct {
		reason  string
		threads []*analysis.Result
		want    string
	}{
		{"one thread can't be compared", []*analysis.Result{thread(0.5, 0.1), unjudged}, ""},
		{"alike", []*analysis.Result{thread(0.5, 0.1), thread(0.45, 0.1)}, "No thread can be told from the others"},
		{"far apart", append(several(thread(0.1, 0.02), 11), thread(0.7, 0.02)), "Doubt is stronger than elsewhere under “Thread 11” at"},
		{"as far, but badly known", append(several(thread(0.1, 0.4), 11), thread(0.7, 0.4)), "No thread can be told from the others"},
	} {
		var o analysis.Overview
		var titles []string
		for i, r := range c.threads {
			o.Add(r)
			titles = append(titles, fmt.Sprintf("Thread %d", i))
		}
		o.Complete()
		account := Together(&o, titles)
		if len(account.Withheld) > 0 {
			t.Errorf("%s: withheld %v", c.reason, account.Withheld)
		}
		got := ""
		for _, p := range account.Paragraphs {
			for _, s := range p.Statements {
				got += s.String() + " "
			}
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

// TestGate plants statements that aren't true to their sources. None may pass.
func TestGate(t *testing.T) {
	tl := newTeller(harbour(), Normal)
	quote := func(change func(*Part)) Statement {
		p := Part{Kind: Quote, Text: "A lie, and a dear one.", ID: "k2", Author: "Bo"}
		change(&p)
		return compose("Bo writes: %s.", Statement{p})
	}
	figure := func(change func(*Part)) Statement {
		p := tl.figure("comments", Counted, "comment")[0]
		change(&p)
		return compose("There are %s.", Statement{p})
	}
	for _, c := range []struct {
		reason string
		s      Statement
		fault  string // "" for a statement that must pass
	}{
		{"a true quote", quote(func(*Part) {}), ""},
		{"a part of it", quote(func(p *Part) { p.Text = "a dear one" }), ""},
		{"a word put in", quote(func(p *Part) { p.Text = "A lie, and a very dear one." }), "doesn't hold the quote"},
		{"another case of letters", quote(func(p *Part) { p.Text = "a lie" }), "doesn't hold the quote"},
		{"typographer's blanks", quote(func(p *Part) { p.Text = "A lie,\u00a0and" }), "doesn't hold the quote"},
		{"an empty quote", quote(func(p *Part) { p.Text = "" }), "doesn't hold the quote"},
		{"another comment's words", quote(func(p *Part) { p.ID, p.Author = "k1", "Anne" }), "doesn't hold the quote"},
		{"words put in another's mouth", quote(func(p *Part) { p.Author = "Dora" }), `is by "Bo"`},
		{"a comment that isn't there", quote(func(p *Part) { p.ID = "k9" }), "no comment has the ID"},
		{"another name", Statement{{Kind: Name, Text: "Bob", ID: "k2", Author: "Bo"}}, "isn't the author"},

		{"a true figure", figure(func(*Part) {}), ""},
		{"another value", figure(func(p *Part) { p.Value, p.Text = 6, "six comments" }), "comments is 25, not 6"},
		{"another text", figure(func(p *Part) { p.Text = "six comments" }), "isn't how 25 is written"},
		{"wrong number agreement", figure(func(p *Part) { p.Text = "five comment" }), "isn't how 25 is written"},
		{"an unknown aggregate", figure(func(p *Part) { p.Source = "trust" }), "no aggregate"},
		{"a number among the words", words("About 5 of them."), "number without a source"},
		{"even as a fraction", words("Some ½ of them."), "number without a source"},

		{"a distinctive word", Statement{{Kind: Key, Source: "words.skeptical.0", Text: "lie"}}, ""},
		{"another word", Statement{{Kind: Key, Source: "words.skeptical.0", Text: "truth"}}, "isn't the word"},
		{"another case", Statement{{Kind: Case, Text: "The harbour is fine."}}, "isn't the case"},
		{"another note", Statement{{Kind: Note, Text: "All is well."}}, "no note"},
	} {
		err := tl.check(c.s)
		if c.fault == "" && err != nil || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)) {
			t.Errorf("%s: the gate says %v, want %q", c.reason, err, c.fault)
		}
	}
}

// TestWithheld: what fails the gate is counted and isn't told.
func TestWithheld(t *testing.T) {
	tl := newTeller(harbour(), Normal)
	tl.tell(Skeptics, func() {
		tl.say("Bo writes: %s.", Statement{{Kind: Quote, Text: "An invention", ID: "k2", Author: "Bo"}})
		tl.say("This stays.")
	})
	if len(tl.account.Withheld) != 1 || len(tl.account.Paragraphs) != 1 || len(tl.account.Paragraphs[0].Statements) != 1 {
		t.Fatalf("withheld %v, told %v", tl.account.Withheld, tl.account.Paragraphs)
	}
	if got := tl.account.Paragraphs[0].Statements[0].String(); got != "This stays." {
		t.Errorf("told %q", got)
	}
}

func TestMostTelling(t *testing.T) {
	long := strings.Repeat("All of it was said before. ", 8)
	at := func(comment, words string, weight float64) []text.Evidence {
		start := strings.Index(comment, words)
		return []text.Evidence{{Span: text.Span{Start: start, End: start + len(words)}, Weight: weight}}
	}
	for _, c := range []struct {
		reason, comment string
		evidence        []text.Evidence
		want            string
		cut             bool
	}{
		{"a short comment whole", "No. Never! Why?", nil, "No. Never! Why?", false},
		{"white space at the ends is left", " \n yes \n", nil, "yes", false},
		{"the sentence with the evidence, as much before it as fits", long + "I doubt it.", at(long+"I doubt it.", "I doubt it", 1),
			strings.Repeat("All of it was said before. ", 5) + "I doubt it.", false},
		{"evidence against doesn't draw", "I doubt it. " + long, at("I doubt it. "+long, "I doubt it", -1),
			"", false},
		{"what somebody else said isn't quoted", "> I doubt it.\nI do not.", nil, "I do not.", false},
		{"nor run over", "I do not.\n> I doubt it.\nAt all.", nil, "I do not.", false},
		{"only a quote of another", "> I doubt it.", nil, "", false},
		{"a long sentence ends at a word", strings.Repeat("and so on, ", 30), nil, strings.Repeat("and so on, ", 15) + "and", true},
		{"a word without end is cut between letters", strings.Repeat("ä", 200), nil, strings.Repeat("ä", 85), true},
		{"nothing", "", nil, "", false},
	} {
		got, cut := mostTelling(c.comment, c.evidence)
		if !strings.Contains(c.comment, got) || len(got) > longestQuote {
			t.Errorf("%s: %q is no part of the comment, or too long", c.reason, got)
		}
		if c.reason == "evidence against doesn't draw" {
			if strings.HasPrefix(got, "I doubt") {
				t.Errorf("%s: %q", c.reason, got)
			}
			continue
		}
		if got != c.want || cut != c.cut {
			t.Errorf("%s:\n got %q, %v\nwant %q, %v", c.reason, got, cut, c.want, c.cut)
		}
	}
}

// FuzzQuote: whatever the comment, what is quoted of it passes the gate.
func FuzzQuote(f *testing.F) {
	f.Add("Who says so? I have.", 4, 8)
	f.Add("> quoted\n\x00 \u202Eown… words", 0, 3)
	f.Fuzz(func(t *testing.T, comment string, from, to int) {
		comment = strings.ToValidUTF8(comment, "\uFFFD")
		r := harbour()
		r.Thread.Comments[1].Text = comment
		if from < 0 || to < from || to > len(comment) {
			from, to = 0, 0
		}
		tl := newTeller(r, Normal)
		quote, ok := tl.quote(1, []text.Evidence{{Span: text.Span{Start: from, End: to}, Weight: 1}})
		if !ok {
			return
		}
		if err := tl.check(quote); err != nil {
			t.Error(err)
		}
	})
}
