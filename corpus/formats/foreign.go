package formats

import (
	"path"
	"regexp"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/table"
	"stance.example/stance/corpus/webpage"
)

// foreign is a form of text that is known, so that it isn't taken for plain text,
// but can't be read.
type foreign struct {
	looks  string
	advice string
	begins *regexp.Regexp
}

// foreigners is the list of them. A pattern is tried on the first bytes, behind
// white space.
var foreigners = []foreign{
	{"a property list, such as a web archive of Safari", "save it again as page source, or as HTML from another browser",
		regexp.MustCompile(`(?is)^<\?xml[^>]*>\s*<!DOCTYPE plist`)},
	// One export is known to put a stray mark before its first line.
	{"an XML file of an unknown kind", "save the comments as a table, JSON or a page and read that, or read it as text by --format plaintext",
		regexp.MustCompile("(?i)^`?<(?:\\?xml\\s|!doctype\\s|[a-z_][\\w.:-]*(?:\\s[^<>]*)?>)")},
	{"a dump of a database", "export the table of the comments as CSV or JSON and read that",
		regexp.MustCompile(`(?i)^(?:-- *\r?\n)?(?:-- [^\n]*\bdump\b|(?:create table|insert into|drop table|pragma foreign_keys|set sql_mode)\b)`)},
	{"mail", "save the comments as a table or as JSON and read that",
		regexp.MustCompile(`^(?:From \S+(?:@| at )\S+ +\w.*\r?\n)?(?:[A-Z][A-Za-z-]*: .*\r?\n(?:[ \t].*\r?\n)*)*(?i:message-id|mime-version): `)},
	{"an export of Movable Type or TypePad", "import it into WordPress and export that as XML, or save its pages, and read those",
		regexp.MustCompile(`^(?:[A-Z][A-Z ]*:.*\r?\n)+-----\r?\n(?:(?:EXTENDED )?BODY|EXCERPT|KEYWORDS|COMMENT|PING):\r?\n`)},
	{"YAML", "save the comments as JSON and read that", regexp.MustCompile(`^(?:---\s*\n)?- \w+: .*\r?\n {2,}\w+:(?:\s|$)`)},
	{"a Rich Text document", "save it as plain text and read that", regexp.MustCompile(`^\{\\rtf`)},
}

// refuse returns what is wrong with an input that is known but can't be read, nil
// for any other.
func refuse(name string, head []byte) *corpus.Problem {
	if webpage.Detect(head) || table.DetectXML(head) { // XHTML is XML too
		return nil
	}
	const enough = 4 << 10
	start := strings.TrimSpace(string(head[:min(len(head), enough)]))
	for _, f := range foreigners {
		if f.begins.MatchString(start) {
			return &corpus.Problem{File: name, Level: corpus.Failure, Kind: corpus.Unsupported, Message: "is " + f.looks + "; " + f.advice}
		}
	}
	return nil
}

// fileKind is what the name of a file says of its content.
type fileKind uint8

const (
	textFile fileKind = iota // or nothing
	tableFile
	jsonFile
	xmlFile
	pageFile
)

// kindOf tells the kind by the ending of the name, before that of a compression.
func kindOf(name string) fileKind {
	name = strings.ToLower(name)
	for _, packed := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, packed)
	}
	switch path.Ext(name) {
	case ".csv", ".tsv", ".tab":
		return tableFile
	case ".json", ".jsonl", ".ndjson":
		return jsonFile
	case ".xml", ".rss", ".atom":
		return xmlFile
	case ".html", ".htm", ".xhtml":
		return pageFile
	}
	return textFile
}

// misnamed says that a file isn't what its name says.
func misnamed(kind fileKind) string {
	const anyway = "; --format plaintext reads it as text"
	switch kind {
	case jsonFile:
		return "is named as JSON, but doesn't begin with an object or an array" + anyway
	case xmlFile:
		return "is named as XML, but doesn't begin with an element" + anyway
	}
	return "is named as a web page, but no element of one is found at its beginning" + anyway
}
