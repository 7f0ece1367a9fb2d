package formats

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/exports"
)

// quotedStart is how JSON begins that a program has written as a JSON string.
var quotedStart = regexp.MustCompile(`^\s*"(?:\s|\\[nrt])*[\[{](?:\s|\\[nrt])*(?:\\"|[\[{\]}])`)

// unquoted returns the text, or that in the string if it is JSON in a JSON string.
func unquoted(name string, text *bufio.Reader, o Options) (*bufio.Reader, error) {
	const enough = 1 << 10
	if head, _ := text.Peek(enough); !quotedStart.Match(head) {
		return text, nil
	}
	most := max(o.MaxDocument, exports.DefaultMaxDocument)
	value, err := io.ReadAll(io.LimitReader(text, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(value) > most {
		return nil, &corpus.Problem{File: name, Level: corpus.Failure, Oversize: true, Message: fmt.Sprintf("is JSON in a JSON string of more than %d MB", most>>20)}
	}
	var inner string
	if err := json.Unmarshal(value, &inner); err != nil {
		return nil, &corpus.Problem{File: name, Level: corpus.Failure, Message: fmt.Sprintf("is JSON in a JSON string that can't be read: %v", err)}
	}
	return bufio.NewReaderSize(strings.NewReader(inner), headSize), nil
}
