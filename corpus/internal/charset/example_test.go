package charset_test

import (
	"fmt"
	"io"
	"strings"

	"stance.example/stance/corpus/internal/charset"
)

func ExampleNewReader() {
	r, err := charset.NewReader("old.txt", strings.NewReader("Anna: Caf\xe9 Roma raised its prices?"))
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := io.ReadAll(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", text)
	for _, p := range r.Problems() {
		fmt.Println(p.Error())
	}

	_, err = charset.NewReader("shot.txt", strings.NewReader("\x89PNG\r\n\x1a\n"))
	fmt.Println(err)
	// Output:
	// Anna: Café Roma raised its prices?
	// old.txt:1: 1 byte is not UTF-8: read as Windows-1252
	// shot.txt: is a PNG image, not text
}
