package reports

import (
	"cmp"
	"fmt"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// OverviewOutputs returns every output of an overview of many threads.
func OverviewOutputs() []OutputOf[*analysis.Overview] {
	list := outputsOf(overviewTitle, func(o *analysis.Overview, limit int) layout.Document {
		return overviewDocument(o, overviewTables(o, limit), limit)
	}, func(o *analysis.Overview) any { return serial.NewOverview(o) }, serial.OverviewGrid)
	list[pageOutput].Write = overviewHTML
	return list
}

// overviewDocument is tables of an overview with their notes, and where pictures are drawn the
// shares over time.
func overviewDocument(o *analysis.Overview, tables []table, limit int) layout.Document {
	d := layout.Document{
		layout.Heading{Text: overviewCounts(o)},
		layout.Picture{Lines: func(width int) []line { return togetherPlot(o.OverTime(), width) }},
	}
	return append(append(d, layout.Tables(tables...)...), layout.Notes(overviewNotes(o, limit)))
}

func overviewCounts(o *analysis.Overview) string {
	return fmt.Sprintf("%s, %s", Counted(len(o.Threads), "thread"), Counted(o.Total.Judged, "judged comment"))
}

// overviewNotes say how the tables are to be read.
func overviewNotes(o *analysis.Overview, limit int) []string {
	var notes []string
	if limit > 0 && len(o.Threads) > limit {
		notes = append(notes, fmt.Sprintf("%d of %d threads are listed.", limit, len(o.Threads)))
	}
	if o.ByModel > 0 {
		notes = append(notes, fmt.Sprintf("A language model judged %d of the %d comments, and the embedded engine or a person the others.", o.ByModel,
			o.Total.Judged))
	}
	if a := o.Total.Audit; a != nil {
		notes = append(notes, fmt.Sprintf("The total is corrected by %s that were drawn from all threads together and labelled by hand; "+
			"with the model they tell as much as %.0f labels alone. A group is corrected too where it has %d of them.",
			Counted(a.Labelled, "comment"), a.Effective, audit.Least))
	}
	if n := judgedThat(o, func(t *analysis.Outline) bool { return t.NoCase }); n > 0 {
		notes = append(notes, fmt.Sprintf("Nothing says what the comments of %s are about, as there is no headline and no article; "+
			"stance.toml can state the cases.", Counted(n, "thread")))
	}
	if n := judgedThat(o, func(t *analysis.Outline) bool { return !t.Bounded() }); n > 0 {
		notes = append(notes, fmt.Sprintf("%s without intervals, because no labels tell how far the language model errs.", Counted(n, "thread")))
	}
	if len(o.Threads) > 1 {
		notes = append(notes, "The intervals of several threads together take three quarters of the squared error of a thread's share to be common to all, "+
			"and the rest to cancel.")
	}
	if someDiffer(o) {
		notes = append(notes, differsNote)
	}
	return notes
}

// judgedThat is the number of threads with judged comments of which something holds.
func judgedThat(o *analysis.Overview, holds func(*analysis.Outline) bool) int {
	n := 0
	for i := range o.Threads {
		if t := &o.Threads[i]; t.Judged > 0 && holds(t) {
			n++
		}
	}
	return n
}

func someDiffer(o *analysis.Overview) bool {
	differs := func(list [corpus.NumStances]analysis.Compared) bool {
		return slices.ContainsFunc(list[:], func(c analysis.Compared) bool { return c.Differs })
	}
	group := func(g analysis.Group) bool { return differs(g.Compared) }
	return slices.ContainsFunc(o.Sites, group) || slices.ContainsFunc(o.Months, group) ||
		slices.ContainsFunc(o.Threads, func(t analysis.Outline) bool { return differs(t.Compared) })
}

// overviewTables returns the tables of an overview. Those that would repeat the total
// are left out.
func overviewTables(o *analysis.Overview, limit int) []table {
	if len(o.Threads) == 0 {
		return nil
	}
	total := o.Total
	total.Name = "all"
	list := []table{outlineTable(o.Threads, total, limit), countTable("All comments by stance and sentiment", "", []analysis.Group{total}, total)}
	for _, g := range []struct {
		title, head string
		groups      []analysis.Group
	}{{"By site", "Site", o.Sites}, {"By month", "Month", o.Months}} {
		if len(g.groups) > 1 {
			list = append(list, shareTable(g.title, g.head, g.groups, total))
		}
	}
	if len(o.Authors) > 0 {
		list = append(list, countTable("Readers who wrote most", "Author", o.Authors, total))
	}
	return list
}

// sided are the stances that have a column of shares; none is what is left.
var sided = []corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive}

// outlineTable has a row for each thread.
func outlineTable(threads []analysis.Outline, total analysis.Group, limit int) table {
	t := layout.NewTable("", append([]column{layout.Words("Thread").Filling(), commentsColumn}, shareColumns...)...)
	if limit > 0 {
		threads = threads[:min(limit, len(threads))]
	}
	for i := range threads {
		o := &threads[i]
		t.Add(outlineName(o), o.Judged, shareCells(o.Stance, o.Compared))
	}
	if len(threads) > 1 {
		t.Total = layout.Row(total.Name, total.Judged, shareCells(total.Stance, total.Compared))
	}
	return t
}

// shareTable has a row for each group, with the shares in its threads.
func shareTable(title, head string, groups []analysis.Group, total analysis.Group) table {
	t := layout.NewTable(title, append([]column{layout.Words(head).Filling(), threadsColumn, commentsColumn}, shareColumns...)...)
	row := func(g *analysis.Group) []line {
		return layout.Row(author(g.Name), g.Threads, g.Judged, shareCells(g.Stance, g.Compared))
	}
	for i := range groups {
		t.Add(row(&groups[i]))
	}
	t.Total = row(&total)
	return t
}

// shareCells are shares with their intervals, and a mark if they differ from the others.
func shareCells(shares [corpus.NumStances]aggregate.Share, compared [corpus.NumStances]analysis.Compared) []string {
	var cells []string
	for _, s := range sided {
		cell := percent(shares[s].Share)
		if cell != undefined {
			cell += " " + bounds(shares[s]) + map[bool]string{true: "≠", false: " "}[compared[s].Differs]
		}
		cells = append(cells, cell)
	}
	return cells
}

var stanceHeads = [corpus.NumStances]string{"Skeptical", "Relativist", "Supportive", "None"}

func outlineName(o *analysis.Outline) line {
	return author(cmp.Or(clean.Line(o.Title), clean.Line(o.Source+" "+o.ID)))
}

// countTable has a row for each group, with the counts of its comments and the part they are
// of all.
func countTable(title, head string, groups []analysis.Group, total analysis.Group) table {
	t := layout.NewTable(title, slices.Concat([]column{layout.Words(head).Filling(), threadsColumn, commentsColumn,
		layout.Numbers("Of all").Optional()}, stanceColumns, polarityColumns)...)
	for _, g := range groups {
		var counts []int
		for _, share := range g.Stance {
			counts = append(counts, share.Count)
		}
		t.Add(author(g.Name), g.Threads, g.Judged, percent(float64(g.Judged)/float64(total.Judged)), counts, g.Polarity)
	}
	return t
}
