package webpage

import (
	"regexp"
	"strings"
	"unicode"

	"stance/corpus/plaintext"
)

// lines reads the lines of a page and remembers what it read: the same line is looked at
// for several questions.
type lines map[string]plaintext.Reading

// read reads a line by its form alone.
func (ls lines) read(line string) plaintext.Reading {
	const longest = 240 // beyond it every line is text
	if len(line) > longest {
		return plaintext.Reading{}
	}
	r, known := ls[line]
	if !known {
		if r = plaintext.ReadLine(line); r.PostedAs != "" && since.MatchString(line) {
			r = plaintext.Reading{Kind: plaintext.Furniture}
		}
		ls[line] = r
	}
	return r
}

// since is what a forum puts before the day on which a member joined it.
var since = regexp.MustCompile(`(?i)\b(?:dabei seit|mitglied seit|registri|anmeldedatum|anmeldungsdatum|beigetreten|registered|registration|joined|member since|inscrit|inscription|miembro desde|registrad|membro d[ae]|iscritto|registrazione|lid sinds|geregistreerd|zarejestrowany|dołączył)`)

// nextField is a field of its own behind a time, as forums write it: "Posted: May 3,
// 2020 5 pm   Subject: Ferry".
var nextField = regexp.MustCompile(`\s\p{Lu}\p{L}+(?: \p{L}+)?: .*$`)

// stamp reads a line that has a time, without the field behind it.
func (ls lines) stamp(line string) plaintext.Reading {
	const longest = 160
	r := ls.read(line)
	if r.PostedAs == "" && len(line) <= longest && strings.Contains(line, ":") {
		line = strings.Join(strings.Fields(line), " ")
		if short := nextField.ReplaceAllString(line, ""); short != line {
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
	return r.PostedAs != "" && (r.Kind == plaintext.Stamp || r.Kind == plaintext.Signed)
}
