package formats_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// The form is told by the content. What can't be read comes in the place of a thread, and says
// what is wrong with it.
func ExampleRead() {
	ctx := context.Background()
	saved := strings.NewReader("author,comment\nOla,Who counted?\nIda,Well done.\n")
	for thread, err := range formats.Read(ctx, "saved.csv", saved, formats.Options{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(thread.Format)
		for i := range thread.Comments {
			fmt.Println(thread.Comments[i].Author+":", thread.Comments[i].Text)
		}
	}
	for _, err := range formats.Read(ctx, "page.txt", strings.NewReader(""), formats.Options{}) {
		fmt.Println(errors.Is(err, corpus.Empty), err)
	}
	// Output:
	// csv
	// Ola: Who counted?
	// Ida: Well done.
	// true page.txt: is empty
}
