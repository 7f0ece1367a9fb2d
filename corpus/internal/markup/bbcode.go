package markup

import (
	"html"
	"regexp"
	"strings"
)

var (
	// bbEnd is the end of an element of BBCode, which nobody types elsewhere, bbTag any of its marks, which
	// phpBB numbers, and bbPicture a picture.
	bbEnd     = regexp.MustCompile(`(?i)\[/(?:quote|b|i|u|url|img|code|color|size)(?::\w+)?\]`)
	bbTag     = regexp.MustCompile(`(?i)\[/?(quote|\*|b|i|u|s|url|code|color|size|list|email|center|font|spoiler)(?:[=: ][^\]\n]{0,200})?\]`)
	bbPicture = regexp.MustCompile(`(?i)\[img[^\]\n]*\][^\[\n]*\[/img[^\]\n]*\]`)
)

// IsBBCode reports whether a text has the markup of forums.
func IsBBCode(text string) bool { return strings.Contains(text, "[/") && bbEnd.MatchString(text) }

// BBCode returns the text of what is written in the markup of forums, as the package comment describes it.
func BBCode(text string) string {
	page := html.EscapeString(html.UnescapeString(bbPicture.ReplaceAllString(text, "")))
	page = bbTag.ReplaceAllStringFunc(page, func(tag string) string {
		switch name := strings.ToLower(tag); {
		case strings.HasPrefix(name, "[/quote"):
			return "</blockquote>"
		case strings.HasPrefix(name, "[quote"):
			return "<blockquote>"
		case name == "[*]":
			return "<li>"
		}
		return ""
	})
	return HTML(strings.ReplaceAll(page, "\n", "<br>"))
}
