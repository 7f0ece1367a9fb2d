package llm_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"

	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// agreeable is a server whose model finds everything supportive.
type agreeable struct{}

func (agreeable) Complete(_ context.Context, r *llm.Request) (*llm.Completion, error) {
	var material struct{ Comments []struct{ ID string } }
	if err := json.Unmarshal([]byte(r.User), &material); err != nil {
		return nil, err
	}
	text := "Here you are: {\"answers\": ["
	for i, c := range material.Comments {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(`{"id": %q, "stance": "supportive", "sentiment": "positive", "quote": "right"}`, c.ID)
	}
	return &llm.Completion{Text: text + "]}"}, nil
}

func Example() {
	judge := llm.New(agreeable{}, &llm.Memory{}, llm.Options{Model: "agreeable"})
	thread := &corpus.Thread{
		Article:  corpus.Article{Title: "Council shuts the bridge", Case: "The bridge must shut."},
		Comments: []corpus.Comment{{ID: "c1", Text: "Quite right."}, {ID: "c2", Text: "At last!"}},
	}
	judged, err := judge.Judge(context.Background(), thread, []int{0, 1})
	if err != nil {
		log.Fatal(err)
	}
	for i, a := range judged.Answers {
		fmt.Printf("%v, %v, quoted %q, dropped %v\n", a.Stance, a.Polarity, a.Quote.In(thread.Comments[i].Text), a.Foreign)
	}
	fmt.Println(judge.Usage().Calls, "call")
	// Output:
	// supportive, positive, quoted "right", dropped false
	// supportive, positive, quoted "", dropped true
	// 1 call
}
