package markup

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// around is the white space before and behind an element.
func around(name atom.Atom) gap {
	switch name {
	case atom.P, atom.Blockquote, atom.Pre, atom.Ul, atom.Ol, atom.Menu, atom.Dl, atom.Table, atom.Hr, atom.Figure,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Details:
		return blankLine
	case atom.Div, atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Address, atom.Header, atom.Footer, atom.Main, atom.Nav,
		atom.Aside, atom.Figcaption, atom.Summary, atom.Form, atom.Fieldset, atom.Center, atom.Legend, atom.Caption,
		atom.Tbody, atom.Thead, atom.Tfoot, atom.Body:
		return lineEnd
	case atom.Td, atom.Th:
		return space
	}
	return none
}

// Silent reports whether an element's content is never shown as text, or is a
// control of a form.
func Silent(name atom.Atom) bool {
	switch name {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Title, atom.Iframe, atom.Object,
		atom.Embed, atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Svg, atom.Audio, atom.Video, atom.Canvas,
		atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// breaks reports whether a fragment has an element that begins or ends a line.
func breaks(fragment string) bool {
	if !strings.Contains(fragment, "<") {
		return false
	}
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			raw, _ := z.TagName()
			if name := atom.Lookup(raw); name == atom.Br || around(name) >= lineEnd {
				return true
			}
		}
	}
}

// emojiClasses are parts of the classes of images that stand for an emoji.
var emojiClasses = []string{"emoji", "smil", "emote", "emoticon"}

// emoji returns the alternative text of an image that stands for an emoji, ""
// for any other.
func emoji(attr []html.Attribute) string {
	alt, marked := "", false
	for _, a := range attr {
		switch a.Key {
		case "alt":
			alt = strings.TrimSpace(a.Val)
		case "class":
			class := strings.ToLower(a.Val)
			for _, part := range emojiClasses {
				marked = marked || strings.Contains(class, part)
			}
		}
	}
	const longest = 40 // ":a_long_name_of_an_emoji:"
	if len(alt) > longest || alt == "" {
		return ""
	}
	if marked || !strings.ContainsFunc(alt, notEmoji) {
		return alt
	}
	return ""
}

// notEmoji reports whether r is no part of an emoji.
func notEmoji(r rune) bool {
	return !unicode.Is(unicode.So, r) && !unicode.Is(unicode.Sk, r) && r != '\u200d' && r != '\ufe0f' && r != '\u20e3'
}
