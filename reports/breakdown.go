package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// BreakdownOutputs returns every output of a breakdown.
func BreakdownOutputs() []OutputOf[*analysis.Breakdown] {
	return outputsOf(func(b *analysis.Breakdown) string { return "Stance report by " + b.By }, breakdownDocument,
		func(b *analysis.Breakdown) any { return serial.NewBreakdown(b, breakdownWords(b)) }, serial.BreakdownGrid)
}

func breakdownDocument(b *analysis.Breakdown, limit int) layout.Document {
	d := layout.Document{
		layout.Lead{Head: "By " + b.By, Text: breakdownWords(b)},
		newPicture(togetherCharts(b), func(width int) []line { return togetherPlot(b, width) }),
	}
	for _, t := range breakdownTables(b, limit) {
		d = append(d, t)
	}
	return append(d, layout.Notes(breakdownNotes(b, limit)))
}

// breakdownTables are the table of the shares and, of periods, that of their changes.
func breakdownTables(b *analysis.Breakdown, limit int) []table {
	groups := listedGroups(b, limit)
	total := b.Total
	total.Name = "all"
	head := capital(b.By)
	if b.By == analysis.ByAuthor {
		return []table{countTable("Readers who wrote most", head, groups, total)}
	}
	list := []table{shareTable("By "+b.By, head, groups, total)}
	if b.Changes == nil {
		return append(list, pairTables(b.Pairs, limit)...)
	}
	t := layout.NewTable("Change against the "+b.By+" before, in points", append([]column{layout.Words(head).Filling()}, shareColumns...)...)
	for i := range groups {
		var changes []string
		for _, s := range sided {
			changes = append(changes, points(&b.Changes[i][s].Difference))
		}
		t.Add(author(groups[i].Name), changes)
	}
	return append(append(list, t), pairTables(b.Pairs, limit)...)
}

func listedGroups(b *analysis.Breakdown, limit int) []analysis.Group {
	if limit > 0 {
		return b.Groups[:min(limit, len(b.Groups))]
	}
	return b.Groups
}

// points is a change in percentage points with its interval, as "+12 [+3 to +21]".
func points(c *compare.Difference) string {
	if !c.Known() {
		return undefined
	}
	return wholePoints(c.Value) + " " + reaching(c)
}

// reaching is the interval of a change.
func reaching(c *compare.Difference) string {
	return fmt.Sprintf("[%s to %s]", wholePoints(c.Low), wholePoints(c.High))
}

func wholePoints(x float64) string {
	return strings.Replace(fmt.Sprintf("%+.0f", math.Round(100*x)+0), "-", "−", 1)
}

func breakdownNotes(b *analysis.Breakdown, limit int) []string {
	var notes []string
	if listed := len(listedGroups(b, limit)); listed < len(b.Groups) {
		notes = append(notes, fmt.Sprintf("%d of %d rows are listed.", listed, len(b.Groups)))
	}
	if b.By == analysis.ByAuthor {
		return append(notes, "An author has too few comments for shares, so they are counted as they were judged.")
	}
	if a := b.Total.Audit; a != nil {
		notes = append(notes, fmt.Sprintf("The total is corrected by %s labelled by hand, and a group where it has enough of them.", Counted(a.Labelled, "comment")))
	}
	if b.Changes != nil {
		notes = append(notes, "The interval of a change takes the errors of the two shares as independent; so far as the model errs alike in both, it is too wide.")
	}
	if slices.ContainsFunc(b.Groups, func(g analysis.Group) bool {
		return slices.ContainsFunc(g.Compared[:], func(c analysis.Compared) bool { return c.Differs })
	}) {
		notes = append(notes, differsNote)
	}
	if b.Pairs != nil {
		notes = append(notes, pairNotes(b.Pairs, limit)...)
	}
	return notes
}

// breakdownWords say in a paragraph what the tables come to.
func breakdownWords(b *analysis.Breakdown) string {
	g := &b.Total
	said := []string{fmt.Sprintf("%s with %s%s.", Counted(g.Threads, "thread"), Counted(g.Judged, "judged comment"), spread(b))}
	var shares []string
	for _, s := range sided {
		if share := g.Stance[s]; !math.IsNaN(share.Share) && g.Judged > 0 {
			shares = append(shares, strings.TrimSpace(fmt.Sprintf("%s %s %s", s, percent(share.Share), bounds(share))))
		}
	}
	if shares != nil {
		said = append(said, "All together: "+strings.Join(shares, ", ")+".")
	}
	if b.Changes == nil || !slices.ContainsFunc(b.Groups, func(g analysis.Group) bool { return g.Name != "" }) {
		return strings.Join(said, " ")
	}
	var clear []string
	known := 0
	for i := range b.Changes {
		for _, s := range sided {
			c := &b.Changes[i][s]
			if c.Known() {
				known++
			}
			if c.Clear() {
				clear = append(clear, fmt.Sprintf("%s in %s against %s by %s points %s", s, b.Groups[i].Name, c.Before, wholePoints(c.Value), reaching(&c.Difference)))
			}
		}
	}
	switch {
	case known == 0:
		said = append(said, fmt.Sprintf("There is no %s before that a change could be told against.", b.By))
	case clear == nil:
		said = append(said, fmt.Sprintf("No share is sure to have changed from one %s to the next: none has a q of at most 5 %%.", b.By))
	default:
		said = append(said, fmt.Sprintf("Of %s these are more than chance, at a false discovery rate of 5 %%: %s.", Counted(known, "change"),
			strings.Join(clear, "; ")))
	}
	return strings.Join(said, " ")
}

// spread says over how many periods or sites the threads are spread, "" for other keys.
func spread(b *analysis.Breakdown) string {
	if b.Changes == nil && b.By != analysis.BySite {
		return ""
	}
	named, nameless := len(b.Groups), 0
	for _, g := range b.Groups {
		if g.Name == "" {
			named, nameless = named-1, g.Threads
		}
	}
	if named == 0 && nameless > 0 {
		return " of no known " + b.By
	}
	said := ", in " + Counted(named, b.By)
	if nameless > 0 {
		said += fmt.Sprintf(" and %s of no known %s", Counted(nameless, "thread"), b.By)
	}
	return said
}
