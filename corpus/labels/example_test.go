package labels_test

import (
	"fmt"
	"log"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

func Example() {
	file := "id,stance\nc1,skeptical\nc2,supportive\nc9,none\n"
	list, problems, err := labels.Read("mine.csv", strings.NewReader(file))
	if err != nil || len(problems) > 0 {
		log.Fatal(problems, err)
	}
	set, _ := labels.NewSet(list)
	thread := &corpus.Thread{Comments: []corpus.Comment{{ID: "c1"}, {ID: "c2"}, {ID: "c3"}}}
	for i, l := range set.Of(thread) {
		if l != nil {
			fmt.Println(thread.Comments[i].ID, l.Stance)
		}
	}
	for _, p := range set.Unplaced() {
		fmt.Println(p.Error())
	}
	// Output:
	// c1 skeptical
	// c2 supportive
	// mine.csv:4: no comment has the ID "c9"
}
