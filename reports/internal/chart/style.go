package chart

import (
	_ "embed" // for the style
	"fmt"
	"strings"
)

//go:embed chart.css
var style string

// colour is a colour of charts and pages, on a light ground and on a dark one.
type colour struct{ Name, Light, Dark string }

// palette returns the colours by name. Those of the stances differ in lightness as
// well as in hue, so that they stay apart for the colour-blind and in a grey print;
// texts and lines keep the contrast that WCAG 2 asks for at level AA.
func palette() []colour {
	return []colour{
		{"page", "#fbfaf7", "#16181b"},
		{"card", "#ffffff", "#1e2125"},
		{"ink", "#1d1c1a", "#ece9e3"},
		{"quiet", "#5f5b54", "#aaa69e"},
		{"rule", "#dedad2", "#393d43"},
		{"link", "#1b5e86", "#86c1e6"},
		{"skeptical", "#b3402a", "#e8765c"},
		{"relativist", "#c28a00", "#f0c65c"},
		{"supportive", "#2b6f9e", "#5fa6d8"},
		{"none", "#8c877e", "#8b867e"},
		{"for", "#ffe7a8", "#5a4712"},
		{"against", "#e4e1da", "#3a3d42"},
		{"heat", "#2b6f9e", "#5fa6d8"},
	}
}

// Style returns the rules for charts of a page that defines the colours of the
// palette as custom properties.
func Style() string { return style }

// Properties returns the palette as declarations of custom properties.
func Properties(dark bool) string {
	var b strings.Builder
	for _, c := range palette() {
		value := c.Light
		if dark {
			value = c.Dark
		}
		fmt.Fprintf(&b, "--%s:%s;", c.Name, value)
	}
	return b.String()
}

// standaloneStyle has the colours themselves in place of custom properties, which
// programs other than browsers don't know.
func standaloneStyle() string {
	var pairs []string
	for _, c := range palette() {
		value := c.Light
		if c.Name == "page" {
			value = "#ffffff"
		}
		pairs = append(pairs, "var(--"+c.Name+")", value)
	}
	return strings.NewReplacer(pairs...).Replace(style)
}
