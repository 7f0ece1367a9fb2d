package formats

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/internal/script"
)

var (
	// quotedStart is how JSON begins that a program has written as a JSON string.
	quotedStart = regexp.MustCompile(`^\s*"(?:\s|\\[nrt])*[\[{](?:\s|\\[nrt])*(?:\\"|[\[{\]}])`)
	// guardStart is what interfaces put before JSON, so that no page can run it.
	guardStart = regexp.MustCompile(`^\s*(?:\)\]\}',?|for\s*\(;;\);|while\s*\(1\);)\s*[\[{]`)
)

// unwrapped returns the text, or what is in it: the JSON of JSON strings, or that of a script.
func unwrapped(name string, text *bufio.Reader, o Options) (*bufio.Reader, error) {
	head, _ := text.Peek(headSize)
	if guard := guardStart.FindIndex(head); guard != nil {
		_, err := text.Discard(guard[1] - 1)
		return text, err
	}
	isQuoted := quotedStart.Match(head)
	if !isQuoted && !script.Detect(head) {
		return text, nil
	}
	what := "a script"
	if isQuoted {
		what = "JSON in a JSON string"
	}
	problem := func(format string, args ...any) *corpus.Problem {
		return &corpus.Problem{File: name, Level: corpus.Failure, Message: "is " + what + fmt.Sprintf(format, args...)}
	}
	most := max(o.MaxDocument, exports.DefaultMaxDocument)
	source, err := io.ReadAll(io.LimitReader(text, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(source) > most {
		p := problem(" of more than %d MB", most>>20)
		p.Oversize = true
		return nil, p
	}
	inner, err := source, error(nil)
	if isQuoted {
		inner, err = unquoted(source)
	} else {
		inner, err = script.JSON(source)
	}
	if err != nil {
		return nil, problem(" that can't be read: %v", err)
	}
	return bufio.NewReaderSize(bytes.NewReader(inner), headSize), nil
}

// unquoted returns what is in JSON strings, a line each.
func unquoted(source []byte) ([]byte, error) {
	var lines []string
	d := json.NewDecoder(bytes.NewReader(source))
	for {
		var inner string
		switch err := d.Decode(&inner); {
		case err == io.EOF:
			return []byte(strings.Join(lines, "\n")), nil
		case err != nil:
			return nil, err
		}
		lines = append(lines, inner)
	}
}
