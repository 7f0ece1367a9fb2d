package script

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tdewolff/parse/v2/js"
	"stance.example/stance/corpus/internal/jsonvalues"
)

// literalJSON returns the JSON of an expression that is written out: objects, arrays,
// strings, numbers, true, false and null. Anything else in it, such as a call or the
// name of a variable, is null, so that the rest can be read.
func literalJSON(out []byte, e js.IExpr) []byte {
	switch e := e.(type) {
	case *js.ObjectExpr:
		return objectJSON(out, e)
	case *js.ArrayExpr:
		out = append(out, '[')
		for i, element := range e.List {
			if i > 0 {
				out = append(out, ',')
			}
			out = literalJSON(out, element.Value)
		}
		return append(out, ']')
	case *js.LiteralExpr:
		return appendLiteral(out, e)
	case *js.UnaryExpr:
		if x, ok := e.X.(*js.LiteralExpr); ok && e.Op == js.NegToken {
			return appendLiteral(append(out, '-'), x)
		}
	case *js.TemplateExpr:
		if e.Tag == nil && len(e.List) == 0 && len(e.Tail) >= 2 {
			return jsonvalues.AppendString(out, unescape(string(e.Tail[1:len(e.Tail)-1])))
		}
	}
	return append(out, "null"...)
}

// objectJSON returns the JSON of an object, but for what is spread into it.
func objectJSON(out []byte, e *js.ObjectExpr) []byte {
	separator := byte('{')
	for _, property := range e.List {
		if property.Name != nil && !property.Spread {
			out = jsonvalues.AppendString(append(out, separator), fieldName(property.Name))
			out = literalJSON(append(out, ':'), property.Value)
			separator = ','
		}
	}
	if separator == '{' {
		out = append(out, separator)
	}
	return append(out, '}')
}

func fieldName(n *js.PropertyName) string {
	data := string(n.Literal.Data)
	if n.Literal.TokenType == js.StringToken && len(data) >= 2 {
		return unescape(data[1 : len(data)-1])
	}
	return data
}

func appendLiteral(out []byte, l *js.LiteralExpr) []byte {
	switch data := string(l.Data); l.TokenType {
	case js.StringToken:
		return jsonvalues.AppendString(out, unescape(data[1:len(data)-1]))
	case js.TrueToken, js.FalseToken:
		return append(out, data...)
	case js.IntegerToken, js.DecimalToken:
		if f, err := strconv.ParseFloat(data, 64); err == nil {
			if json.Valid(l.Data) {
				return append(out, data...) // an ID may have more digits than a float
			}
			return strconv.AppendFloat(out, f, 'g', -1, 64)
		}
	}
	return append(out, "null"...)
}

// unescape undoes the escapes of a string in JavaScript.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for s != "" {
		plain, rest, found := strings.Cut(s, `\`)
		out.WriteString(plain)
		if s = rest; !found || s == "" {
			break
		}
		r, n, err := escape(s)
		switch {
		case err != nil:
			out.WriteByte(s[0])
			n = 1
		case r >= 0:
			out.WriteRune(r)
		}
		s = s[n:]
	}
	return out.String()
}

var errEscape = errors.New("no escape")

// escape returns the character for what stands behind a backslash, less than 0 for
// none, and its length.
func escape(s string) (rune, int, error) {
	if simple := strings.IndexByte("nrtbfv0", s[0]); simple >= 0 {
		return rune("\n\r\t\b\f\v\x00"[simple]), 1, nil
	}
	switch {
	case s[0] == '\n': // the string goes on in the next line
		return -1, 1, nil
	case s[0] == 'x':
		return hexadecimal(s, 1, 3)
	case strings.HasPrefix(s, "u{"):
		end := strings.IndexByte(s, '}')
		if end < 0 {
			return 0, 0, errEscape
		}
		r, _, err := hexadecimal(s, 2, end)
		return r, end + 1, err
	case s[0] == 'u':
		r, n, err := hexadecimal(s, 1, 5)
		if err == nil && utf16.IsSurrogate(r) && strings.HasPrefix(s[n:], `\u`) {
			if low, m, err := hexadecimal(s[n:], 2, 6); err == nil && utf16.DecodeRune(r, low) != '\uFFFD' {
				return utf16.DecodeRune(r, low), n + m, nil
			}
		}
		return r, n, err
	}
	return 0, 0, errEscape
}

func hexadecimal(s string, from, to int) (rune, int, error) {
	if to > len(s) {
		return 0, 0, errEscape
	}
	n, err := strconv.ParseUint(s[from:to], 16, 31)
	return rune(n), to, err
}
