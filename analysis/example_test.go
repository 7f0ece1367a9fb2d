package analysis_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/formats"
)

const saved = `Harbour tests show clean water, port says

The water of the harbour is clean, the port said on Friday after a week of tests.

2 Comments
Mette
I don't believe a word. Where is the evidence?
Jon
Which days were the tests?
`

func Example() {
	file := strings.NewReader(saved)
	pipeline, err := analysis.New(analysis.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for thread, err := range formats.Read("page.txt", file, formats.Options{}) {
		if err != nil {
			log.Fatal(err)
		}
		result, err := pipeline.Analyse(context.Background(), thread)
		if err != nil {
			log.Fatal(err)
		}
		for i, j := range result.Judgements {
			fmt.Println(thread.Comments[i].Author, j.Stance, j.Polarity)
		}
	}
	// Output:
	// Mette skeptical neutral
	// Jon none neutral
}
