package reports_test

import (
	"fmt"
	"os"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

// A thread of one comment, written as CSV.
func Example() {
	result := &analysis.Result{
		Thread: &corpus.Thread{
			Source:   "page.txt",
			Comments: []corpus.Comment{{ID: "c1", Author: "Gull", Text: "And where is the proof?"}},
		},
		Judgements: []analysis.Judgement{{
			Judged: true, Stance: corpus.Skeptical, Probabilities: [corpus.NumStances]float64{0.7, 0.1, 0.1, 0.1}, Polarity: corpus.Neutral,
		}},
	}
	result.Summary = aggregate.Summarise([]aggregate.Observation{
		{Author: "Gull", Stance: corpus.Skeptical, Polarity: corpus.Neutral},
	}, aggregate.Reliability{})

	for _, output := range reports.Outputs() {
		if output.Name != "csv" {
			continue
		}
		w := output.New(os.Stdout, reports.Options{})
		if err := w.Write(result); err != nil {
			fmt.Println(err)
		}
		if err := w.Close(); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// source,thread,id,parent,author,posted,posted_as,votes,text,stance,p_skeptical,p_relativist,p_supportive,p_none,unsure,polarity,valence,evidence
	// page.txt,,c1,,Gull,,,,And where is the proof?,skeptical,0.7,0.1,0.1,0.1,false,neutral,0,
}

// The HTML report of judged threads is one page that asks nothing of any other host.
func ExampleOutputs_html() {
	result := &analysis.Result{
		Thread:     &corpus.Thread{Article: corpus.Article{Title: "Harbour is clean"}, Comments: []corpus.Comment{{ID: "c1", Text: "Is it?"}}},
		Judgements: []analysis.Judgement{{Judged: true, Stance: corpus.Skeptical, Polarity: corpus.Neutral}},
	}
	result.Summary = aggregate.Summarise([]aggregate.Observation{{Stance: corpus.Skeptical, Polarity: corpus.Neutral}}, aggregate.Reliability{})
	var page strings.Builder
	for _, output := range reports.Outputs() {
		if output.Name != "html" {
			continue
		}
		w := output.New(&page, reports.Options{})
		if err := w.Write(result); err != nil {
			fmt.Println(err)
		}
		if err := w.Close(); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(strings.Contains(page.String(), "Harbour is clean</h1>"), strings.Contains(page.String(), "src=\"http"))
	// Output:
	// true false
}
