// Package script takes the data out of scripts, as pages hold them and interfaces answer: an
// assignment, a function that returns data, a call of a function with it.
package script

import (
	"errors"
	"regexp"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"stance.example/stance/corpus/internal/jsonvalues"
)

var start = regexp.MustCompile(`^\s*(?:(?://[^\n]*|/\*(?s:.*?)\*/)\s*)*` +
	`(?:(?:export\s+)?(?:var|let|const)\s+[\w$]+\s*=|(?:window|self|globalThis)\.[\w$.]+(?:\[\w+\])?\s*=|` +
	`module\.exports\s*=|export\s+default\b|[\w$.]+\(\s*(?:[\[{]|function\b|\)))`)

// Detect reports whether the text that begins with head, cut anywhere, is a script that holds data.
func Detect(head []byte) bool { return start.Match(head) }

// JSON returns, as JSON, the largest object or array that a script writes out.
func JSON(source []byte) ([]byte, error) {
	if err := jsonvalues.Nesting(source); err != nil {
		return nil, err
	}
	tree, err := js.Parse(parse.NewInputBytes(source), js.Options{})
	if err != nil {
		return nil, err
	}
	found := &finder{}
	js.Walk(found, tree)
	if found.json == nil {
		return nil, errors.New("it holds no data")
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
