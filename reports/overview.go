package reports

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"stance/analysis"
	"stance/analysis/aggregate"
	"stance/corpus"
)

// OverviewOutput is one way of writing an overview of many threads.
type OverviewOutput struct {
	Name string // as a user types it
	// Write writes the overview. Tables for people list so many threads at most, 0
	// for all; those for programs list all.
	Write func(w io.Writer, o *analysis.Overview, limit int, options Options) error
}

// OverviewOutputs returns every output of an overview.
func OverviewOutputs() []OverviewOutput {
	return []OverviewOutput{
		{"text", overviewText},
		{"html", overviewHTML},
		{"markdown", overviewMarkdown},
		{"json", func(w io.Writer, o *analysis.Overview, _ int, _ Options) error { return overviewJSON(w, o) }},
		{"csv", func(w io.Writer, o *analysis.Overview, _ int, _ Options) error { return overviewCSV(w, o) }},
	}
}

func overviewText(w io.Writer, o *analysis.Overview, limit int, options Options) error {
	t := newText(w, options).(*textWriter)
	t.paragraph(overviewCounts(o), 0, emphasised)
	for _, table := range overviewTables(o, limit) {
		if err := t.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	for _, note := range overviewNotes(o, limit) {
		t.w.WriteByte('\n')
		t.paragraph("* "+note, 2, unmarked)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

func overviewMarkdown(w io.Writer, o *analysis.Overview, limit int, _ Options) error {
	m := &markdownWriter{w: bufio.NewWriter(w)}
	fmt.Fprintf(m.w, "## %s\n", overviewCounts(o))
	for _, table := range overviewTables(o, limit) {
		if err := m.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	m.list(overviewNotes(o, limit))
	if err := m.w.Flush(); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

func overviewCounts(o *analysis.Overview) string {
	return fmt.Sprintf("%s, %s", counted(len(o.Threads), "thread"), counted(o.Total.Judged, "judged comment"))
}

func overviewNotes(o *analysis.Overview, limit int) []string {
	if limit > 0 && len(o.Threads) > limit {
		return []string{fmt.Sprintf("%d of %d threads are listed.", limit, len(o.Threads))}
	}
	return nil
}

// overviewTables returns the tables of an overview. Those that would repeat the total
// are left out.
func overviewTables(o *analysis.Overview, limit int) []table {
	if len(o.Threads) == 0 {
		return nil
	}
	total := groupTable("All comments by stance and sentiment", "", []analysis.Group{o.Total})
	total.rows[0][0] = line{text: "all"}
	list := []table{outlineTable(o.Threads, limit), total}
	for _, g := range []struct {
		title, head string
		groups      []analysis.Group
	}{{"By site", "Site", o.Sites}, {"By month", "Month", o.Months}} {
		if len(g.groups) > 1 {
			list = append(list, groupTable(g.title, g.head, g.groups))
		}
	}
	if len(o.Authors) > 0 {
		list = append(list, groupTable("Readers who wrote most", "Author", o.Authors))
	}
	return list
}

// outlineTable has a row for each thread.
func outlineTable(threads []analysis.Outline, limit int) table {
	t := table{columns: []column{{head: "Thread", rest: true}, {head: "Comments", short: "Com.", right: true}}}
	shown := []corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive}
	for _, s := range shown {
		t.columns = append(t.columns, column{head: stanceHeads[s], right: true})
	}
	if limit > 0 {
		threads = threads[:min(limit, len(threads))]
	}
	for i := range threads {
		row := []line{outlineName(&threads[i]), {text: strconv.Itoa(threads[i].Judged)}}
		for _, s := range shown {
			row = append(row, line{text: shareWithBounds(threads[i].Stance[s])})
		}
		t.rows = append(t.rows, row)
	}
	return t
}

var stanceHeads = [corpus.NumStances]string{"Skeptical", "Relativist", "Supportive", "None"}

func outlineName(o *analysis.Outline) line {
	return author(firstNonEmpty(cleanLine(o.Title), cleanLine(o.Source+" "+o.ID)))
}

func firstNonEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func shareWithBounds(s aggregate.Share) string {
	if p := percent(s.Share); p != undefined {
		return p + " " + bounds(s)
	}
	return undefined
}

// groupTable has a row for each group, with the counts of its comments.
func groupTable(title, head string, groups []analysis.Group) table {
	t := table{title: title, columns: []column{
		{head: head, rest: true},
		{head: "Threads", short: "Thr.", right: true},
		{head: "Skept.", right: true},
		{head: "Relat.", right: true},
		{head: "Supp.", right: true},
		{head: "None", right: true},
		{head: "Neg.", right: true},
		{head: "Neu.", right: true},
		{head: "Pos.", right: true},
	}}
	for _, g := range groups {
		counts := slices.Concat([]int{g.Threads}, g.Stance[:], g.Polarity[:])
		t.rows = append(t.rows, append([]line{author(g.Name)}, numbers(counts)...))
	}
	return t
}

// The documents of the JSON output.
type (
	overviewDoc struct {
		Threads []outlineDoc `json:"threads"`
		Total   groupDoc     `json:"total"`
		Sites   []groupDoc   `json:"sites"`
		Months  []groupDoc   `json:"months"`
		Authors []groupDoc   `json:"authors"`
	}
	outlineDoc struct {
		Source string             `json:"source"`
		Thread string             `json:"thread,omitempty"`
		Title  string             `json:"title,omitempty"`
		Site   string             `json:"site,omitempty"`
		Day    string             `json:"day,omitempty"`
		Judged int                `json:"judged"`
		Stance byStance[shareDoc] `json:"stance"`
	}
	groupDoc struct {
		Name     string        `json:"name,omitempty"`
		Threads  int           `json:"threads"`
		Judged   int           `json:"judged"`
		Stance   byStance[int] `json:"stance"`
		Polarity struct {
			Negative int `json:"negative"`
			Neutral  int `json:"neutral"`
			Positive int `json:"positive"`
		} `json:"polarity"`
	}
)

func overviewJSON(w io.Writer, o *analysis.Overview) error {
	d := overviewDoc{
		Threads: make([]outlineDoc, len(o.Threads)), Total: newGroupDoc(o.Total),
		Sites: groupDocs(o.Sites), Months: groupDocs(o.Months), Authors: groupDocs(o.Authors),
	}
	for i, t := range o.Threads {
		d.Threads[i] = outlineDoc{t.Source, t.ID, t.Title, t.Site, t.Day, t.Judged, perStance(t.Stance, newShareDoc)}
	}
	b, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encoding the overview: %w", err)
	}
	out := bufio.NewWriter(w)
	writeVisibly(out, append(b, '\n'))
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

func groupDocs(groups []analysis.Group) []groupDoc {
	docs := make([]groupDoc, len(groups))
	for i, g := range groups {
		docs[i] = newGroupDoc(g)
	}
	return docs
}

func newGroupDoc(g analysis.Group) groupDoc {
	d := groupDoc{Name: g.Name, Threads: g.Threads, Judged: g.Judged, Stance: perStance(g.Stance, func(n int) int { return n })}
	d.Polarity.Negative, d.Polarity.Neutral, d.Polarity.Positive = g.Polarity[corpus.Negative], g.Polarity[corpus.Neutral], g.Polarity[corpus.Positive]
	return d
}

// overviewCSV writes a row for each thread, then one for each group.
func overviewCSV(w io.Writer, o *analysis.Overview) error {
	out := csv.NewWriter(w)
	out.Write([]string{"of", "name", "source", "thread", "site", "day", "threads", "judged",
		"skeptical", "relativist", "supportive", "none", "negative", "neutral", "positive"})
	for _, t := range o.Threads {
		row := []string{"thread", field(t.Title), field(t.Source), field(t.ID), field(t.Site), t.Day, "1", strconv.Itoa(t.Judged)}
		for _, s := range t.Stance {
			row = append(row, strconv.Itoa(s.Count))
		}
		out.Write(append(row, "", "", ""))
	}
	for _, g := range []struct {
		of     string
		groups []analysis.Group
	}{{"all", []analysis.Group{o.Total}}, {"site", o.Sites}, {"month", o.Months}, {"author", o.Authors}} {
		for _, group := range g.groups {
			row := []string{g.of, field(group.Name), "", "", "", "", strconv.Itoa(group.Threads), strconv.Itoa(group.Judged)}
			for _, n := range slices.Concat(group.Stance[:], group.Polarity[:]) {
				row = append(row, strconv.Itoa(n))
			}
			out.Write(row)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
