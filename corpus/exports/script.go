package exports

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// scriptStart is how a script begins that holds data: an assignment, a function that
// returns it, a call of a function with it.
var scriptStart = regexp.MustCompile(`^\s*(?:(?://[^\n]*|/\*(?s:.*?)\*/)\s*)*(?:(?:export\s+)?(?:var|let|const)\s+[\w$]+\s*=|window\.[\w$.]+\s*=|self\.[\w$.]+\s*=|module\.exports\s*=|export\s+default\b|[\w$.]+\()`)

func isScript(head []byte) bool { return scriptStart.Match(head) }

// script returns, as JSON, the largest literal of the script r that has no other.
func (in *input) script(r io.Reader) (io.Reader, error) {
	source, err := io.ReadAll(io.LimitReader(r, int64(in.max)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", in.name, err)
	case len(source) > in.max:
		return nil, in.book.oversize(0, "a script longer than %d MB", in.max>>20)
	case in.nested(source) != nil:
		return nil, in.book.problem(0, "%v", errNesting)
	}
	value, err := literal(source)
	if err != nil {
		return nil, in.book.problem(0, "a script that can't be read: %v", err)
	}
	return bytes.NewReader(value), nil
}

// literal returns the JSON of the largest object or array that a script writes out.
func literal(source []byte) ([]byte, error) {
	tree, err := js.Parse(parse.NewInputBytes(source), js.Options{})
	if err != nil {
		return nil, err
	}
	found := &finder{}
	js.Walk(found, tree)
	if found.json == nil {
		return nil, fmt.Errorf("it holds no data")
	}
	return found.json, nil
}

// finder is a visitor that keeps the largest literal.
type finder struct{ json []byte }

// Enter looks at a node; what is inside a literal isn't looked at again.
func (f *finder) Enter(n js.INode) js.IVisitor {
	var value js.IExpr
	switch n := n.(type) {
	case *js.ObjectExpr:
		value = n
	case *js.ArrayExpr:
		value = n
	default:
		return f
	}
	if found := literalJSON(nil, value); len(found) > len(f.json) {
		f.json = found
	}
	return nil
}

// Exit does nothing.
func (f *finder) Exit(js.INode) {}

// scriptFields returns the names of the fields in the head of a script, which stand
// before a colon and needn't be quoted.
func scriptFields(head []byte) map[string]bool {
	fields := map[string]bool{}
	place := scriptStart.FindIndex(head)
	if place == nil {
		return fields
	}
	lex := js.NewLexer(parse.NewInputBytes(bytes.Clone(head[place[1]:])))
	last := ""
	for {
		switch t, text := lex.Next(); t {
		case js.ErrorToken:
			return fields
		case js.ColonToken:
			fields[strings.Trim(last, `"'`)] = true
		case js.WhitespaceToken, js.LineTerminatorToken:
		default:
			last = string(text)
		}
	}
}
