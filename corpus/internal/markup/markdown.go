package markup

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// Limits above which a text is not read as Markdown: the parser recurses into
// what is nested, and nobody's comment nests that deep.
const (
	maxMarkdown = 1 << 18
	maxMarks    = 64
)

// Markdown returns the text of Markdown as comments are written in it, as the
// package comment describes it. HTML tags in it are text: a reader who writes
// "<sarcasm>" means it to be read.
//
// A text longer than 256 kB, or with a line that opens more than 64 quotes or
// lists, is returned as it is.
func Markdown(md string) string {
	if len(md) > maxMarkdown || nestsDeep(md) {
		return strings.TrimFunc(md, isBlank)
	}
	if isPlain(md) {
		w := new(writer)
		w.text(md)
		return w.String()
	}
	var page bytes.Buffer
	md = spoiler.ReplaceAllString(md, "$1")
	if err := markdown().Convert([]byte(md), &page); err != nil {
		return strings.TrimFunc(md, isBlank) // a buffer takes every write
	}
	return HTML("<p>" + page.String())
}

// isPlain reports whether a text is one line without any mark of Markdown or HTML.
func isPlain(md string) bool {
	if strings.ContainsAny(md, "*_`[<>&~\\\n\r") || strings.HasPrefix(md, " ") {
		return false
	}
	return md == "" || !strings.ContainsRune("-+=#0123456789\t", rune(md[0]))
}

// spoiler is the text between Reddit's marks of what gives a story away.
var spoiler = regexp.MustCompile(`>!\s*([^\n]*?)\s*!<`)

// containers are the marks at the beginning of a line that open quotes and lists.
var containers = regexp.MustCompile(`(?m)^[ \t]*(?:(?:>|[-+*][ \t]|\d+[.)][ \t])[ \t]*)+`)

// nestsDeep reports whether a line opens more quotes and lists than anybody means.
func nestsDeep(md string) bool {
	for _, at := range containers.FindAllStringIndex(md, -1) {
		if at[1]-at[0] > maxMarks && len(strings.Fields(strings.ReplaceAll(md[at[0]:at[1]], ">", "> "))) > maxMarks {
			return true
		}
	}
	return false
}

// markdown is the parser: that of CommonMark without its two for raw HTML, and
// with struck-out text.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	const blocks, inline = 900, 400 // the priorities of the two
	without := func(priority int, all []util.PrioritizedValue) []util.PrioritizedValue {
		return slices.DeleteFunc(all, func(p util.PrioritizedValue) bool { return p.Priority == priority })
	}
	p := parser.NewParser(
		parser.WithBlockParsers(without(blocks, parser.DefaultBlockParsers())...),
		parser.WithInlineParsers(without(inline, parser.DefaultInlineParsers())...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	return goldmark.New(goldmark.WithParser(p), goldmark.WithExtensions(extension.Strikethrough))
})
