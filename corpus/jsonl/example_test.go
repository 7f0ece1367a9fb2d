package jsonl_test

import (
	"fmt"
	"os"
	"strings"

	"stance.example/stance/corpus/jsonl"
)

func Example() {
	const in = `{"thread":"t1","title":"Bridge closes","comments":[{"id":"1","author":"Ivo","text":"Says who?"},{"id":"2","parent":"1","text":"The inspector."}]}
{"thread":"t2","comm`
	w := jsonl.NewWriter(os.Stdout)
	for t, err := range jsonl.Read("threads.jsonl", strings.NewReader(in), jsonl.Options{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		if err := w.Write(t); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// {"thread":"t1","title":"Bridge closes","comments":[{"id":"1","author":"Ivo","text":"Says who?"},{"id":"2","parent":"1","text":"The inspector."}]}
	// threads.jsonl:2: not valid JSON at byte 20: unexpected end of JSON input
}
