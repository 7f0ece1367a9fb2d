package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"stance.example/stance/reports/internal/layout"
)

// charts are one of each kind, with labels that would break a drawing and values that
// have none.
func charts() map[string]Chart {
	const hostile = `<script>alert("1")</script> & 'more' of it, far too long for its place`
	rows := func(values ...string) (t layout.Table) {
		t.Columns = []layout.Column{{Head: "a"}, {Head: hostile, Right: true}, {Head: "c", Right: true}}
		for _, v := range values {
			t.Rows = append(t.Rows, []layout.Line{layout.Plain(v), layout.Plain("1"), layout.Plain(hostile)})
		}
		return t
	}
	c := Chart{Name: "x", Title: hostile, Alt: hostile, Table: rows(hostile, "none", "undefined", "whole")}
	bars := []Bar{{"k", 0.5, 0.2, 0.8}, {"n", 0, 0, 1}, {"n", math.NaN(), math.NaN(), math.NaN()}, {"p", 1, 1, 1}}
	two := c
	two.Table = rows(hostile, "b")
	return map[string]Chart{
		"bars":  Bars(c, bars),
		"heat":  Heat(two, [][]int{{0, 1}, {0, 9999}}, []string{"k", "n"}),
		"empty": Heat(two, [][]int{{0}}, []string{"k"}),
		"strip": Strip(two, []string{"k", "n"}, []Tick{{0, 0, 1}, {1, 1, -1}, {1, 0.5, 0}}, "first", "last"),
		"trend": Trend(c, []Series{{hostile, "k", []Point{{0, hostile, bars[0]}, {0.5, "", bars[2]}, {1, "", bars[3]}}}, {"b", "n", []Point{{0, "", bars[1]}}}},
			hostile, "last"),
		"stacked": Stacked(two, [][]Part{{{"k", 1}, {"n", 0}, {"n", math.NaN()}}, nil}),
		"lengths": Lengths(two, []Part{{"n", 3}, {"n", 0}}),
		"balance": Balance(c, []Part{{"k", -1}, {"p", 1}, {"p", math.NaN()}, {"p", 0}}, "bad", hostile),
	}
}

// drawings are all that are made of a chart.
func drawings(c *Chart) []string {
	list := []string{c.Inline(c.Alt), c.Standalone()}
	for i := range c.rows {
		list = append(list, c.Row(i))
	}
	return list
}

// TestWellFormed: whatever the labels, a drawing is XML, alone and on a page, says what
// it shows, and holds no element of the labels.
func TestWellFormed(t *testing.T) {
	for name, c := range charts() {
		for _, drawing := range drawings(&c) {
			d := xml.NewDecoder(strings.NewReader(drawing))
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v in\n%s", name, err, drawing)
				}
				if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
					t.Errorf("%s: a label became an element", name)
				}
			}
			if !strings.HasPrefix(drawing, `<svg viewBox`) && (!strings.Contains(drawing, `role="img"`) || !strings.Contains(drawing, "alert(")) {
				t.Errorf("%s: the drawing doesn't say in words what it shows", name)
			}
			if strings.Contains(drawing, "NaN") {
				t.Errorf("%s: an undefined value is drawn", name)
			}
		}
	}
}

var coordinates = regexp.MustCompile(`(?: (?:x|width|cx)="|[MH])(-?[0-9.]+)`)

// TestInside: nothing is drawn beside the drawing.
func TestInside(t *testing.T) {
	for name, c := range charts() {
		for _, m := range coordinates.FindAllStringSubmatch(c.body, -1) {
			if v, err := strconv.ParseFloat(m[1], 64); err != nil || v < 0 || v > c.width {
				t.Errorf("%s: %s in a drawing of width %v", name, m[0], c.width)
			}
		}
	}
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	linear := func(v uint64) float64 {
		x := float64(v&255) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}

// TestPalette holds the colours to the contrasts of WCAG 2 at level AA: 4.5 for texts,
// 3 for the colours of the stances against their ground.
func TestPalette(t *testing.T) {
	light, dark := map[string]float64{}, map[string]float64{}
	for _, c := range palette() {
		light[c.Name], dark[c.Name] = luminance(t, c.Light), luminance(t, c.Dark)
	}
	for _, c := range []struct {
		above, below string
		least        float64
	}{
		{"ink", "page", 4.5}, {"ink", "card", 4.5}, {"quiet", "page", 4.5}, {"quiet", "card", 4.5}, {"link", "page", 4.5}, {"link", "card", 4.5},
		{"ink", "for", 4.5}, {"ink", "against", 4.5},
		{"skeptical", "card", 3}, {"relativist", "card", 3}, {"supportive", "card", 3}, {"none", "card", 3},
	} {
		for scheme, l := range map[string]map[string]float64{"light": light, "dark": dark} {
			high, low := max(l[c.above], l[c.below]), min(l[c.above], l[c.below])
			if ratio := (high + 0.05) / (low + 0.05); ratio < c.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", scheme, c.above, c.below, ratio, c.least)
			}
		}
	}
}
