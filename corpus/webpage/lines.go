package webpage

import (
	"strings"
	"unicode"

	"stance.example/stance/corpus/internal/commentline"
)

// lines reads the lines of a page and remembers what it read: the same line is looked at
// for several questions.
type lines map[string]commentline.Reading

// read reads a line by its form alone.
func (ls lines) read(line string) commentline.Reading {
	const longest = 240 // beyond it every line is text
	if len(line) > longest {
		return commentline.Reading{}
	}
	r, known := ls[line]
	if !known {
		if r = commentline.Read(line); r.PostedAs != "" && since().MatchString(line) {
			r = commentline.Reading{Kind: commentline.Action}
		}
		ls[line] = r
	}
	return r
}

// since is what a forum puts before the day on which a member joined it.
var since = commentline.Pattern(`(?i)(?:^|[^\p{L}])(?:{since})`)

// nextField is a field of its own behind a time, as forums write it: "Posted: May 3,
// 2020 5 pm   Subject: Ferry".
var nextField = commentline.Pattern(`\s\p{Lu}\p{L}+(?: \p{L}+)?: .*$`)

// stamp reads a line that has a time, without the field behind it.
func (ls lines) stamp(line string) commentline.Reading {
	const longest = 160
	r := ls.read(line)
	if r.PostedAs == "" && len(line) <= longest && strings.Contains(line, ":") {
		line = strings.Join(strings.Fields(line), " ")
		if short := nextField().ReplaceAllString(line, ""); short != line {
			if r := ls.read(short); r.PostedAs != "" {
				return r
			}
		}
	}
	return r
}

// states reports whether a text is a time, or a name with a time.
func (ls lines) states(text string) bool {
	const longest = 90
	if len(text) < 2 || len(text) > longest {
		return false
	}
	// "Yesterday" is a time only where the page says so.
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	r := ls.stamp(text)
	return r.PostedAs != "" && (r.Kind == commentline.Stamp || r.Kind == commentline.Opener)
}
