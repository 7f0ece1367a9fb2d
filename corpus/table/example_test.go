package table_test

import (
	"fmt"
	"strings"

	"stance.example/stance/corpus/table"
)

func ExampleRead() {
	const in = `comment_id,user,words,reply_to
1,Ivo,"Says who, and why now?",
2,Una,The inspector.,1
3,Ben,"Nobody "checked" it",1
`
	o := table.Options{Columns: map[table.Field]string{table.Text: "words"}}
	for t, err := range table.Read("export.csv", strings.NewReader(in), o) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, c := range t.Comments {
			fmt.Printf("%s (reply to %q): %s\n", c.Author, c.Parent, c.Text)
		}
	}
	// Output:
	// export.csv:4: row left out: text after the quotation mark that closes a cell
	// Ivo (reply to ""): Says who, and why now?
	// Una (reply to "1"): The inspector.
}
