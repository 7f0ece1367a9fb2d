package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/serial"
)

// TopicsOutput is one way of writing what comments are about.
type TopicsOutput struct {
	Name  string // as a user types it
	Write func(w io.Writer, t *analysis.Topics, options Options) error
}

// TopicsOutputs returns every output of topics.
func TopicsOutputs() []TopicsOutput {
	return []TopicsOutput{
		{"text", func(w io.Writer, t *analysis.Topics, o Options) error { return newTopicsSheet(t).text(w, o) }},
		{"html", func(w io.Writer, t *analysis.Topics, _ Options) error { return newTopicsSheet(t).html(w) }},
		{"markdown", func(w io.Writer, t *analysis.Topics, _ Options) error { return newTopicsSheet(t).markdown(w) }},
		{"json", func(w io.Writer, t *analysis.Topics, _ Options) error { return topicsJSON(w, t) }},
		{"csv", func(w io.Writer, t *analysis.Topics, _ Options) error { return topicsCSV(w, t) }},
	}
}

func newTopicsSheet(t *analysis.Topics) *sheet {
	const title = "What readers talk about"
	s := &sheet{title: title, head: title, words: topicsWords(t)}
	if len(t.List) == 0 {
		return s
	}
	s.tables = []table{topicTable("", t), typicalTable(t)}
	if t.Unit != "" {
		s.tables = append(s.tables, movesTable(t))
	}
	s.notes = topicsNotes(t)
	return s
}

// topicsWords say what the tables come to.
func topicsWords(t *analysis.Topics) string {
	said := fmt.Sprintf("%s with %s", Counted(t.Threads, "thread"), Counted(t.Of, "judged comment"))
	if t.Comments < t.Of {
		said += fmt.Sprintf(", of which %d were taken at even distances", t.Comments)
	}
	if len(t.List) == 0 {
		return said + ": too few that share words to find topics in."
	}
	return fmt.Sprintf("%s: %d of them are in %s.", said, t.Placed, Counted(len(t.List), "topic"))
}

func topicsNotes(t *analysis.Topics) []string {
	return []string{
		"Topics are groups of comments by their words; where few comments say much, groups are loose. Their words are those that set them apart.",
		"The shares are those expected among a topic's comments; no sample of labels corrects them.",
	}
}

// mostTopicWords is how many words name a topic.
const mostTopicWords = 5

// topicName are the words that set a topic apart.
func topicName(t *analysis.Topic) string {
	var words []string
	for _, w := range t.Words[:min(len(t.Words), mostTopicWords)] {
		words = append(words, clean.Line(w.Text))
	}
	if words == nil {
		return undefined
	}
	return strings.Join(words, ", ")
}

// threadTopics is the table of a thread's topics; empty if none were found.
func threadTopics(r *analysis.Result) table {
	if r.Examination == nil || r.Examination.Topics == nil {
		return table{}
	}
	return topicTable("What they talk about", r.Examination.Topics)
}

// topicTable has a row for each topic.
func topicTable(title string, t *analysis.Topics) table {
	list := table{title: title, columns: append([]column{
		{head: "Topic", rest: true}, {head: "Comments", short: "Com.", right: true},
	}, shareColumns()...)}
	several := t.Threads > 1
	if several {
		list.columns = append(list.columns[:2:2], append([]column{{head: "Threads", short: "Thr.", right: true}}, list.columns[2:]...)...)
	}
	for i := range t.List {
		topic := &t.List[i]
		row := []line{{text: topicName(topic)}, {text: strconv.Itoa(topic.Comments)}}
		if several {
			row = append(row, line{text: strconv.Itoa(topic.Threads)})
		}
		for _, s := range sided {
			row = append(row, shareCell(topic.Stance[s], false))
		}
		list.rows = append(list.rows, row)
	}
	return list
}

// typicalTable has the comment that is most like the others of each topic.
func typicalTable(t *analysis.Topics) table {
	list := table{title: "A typical comment of each", columns: []column{{head: "Topic", part: 4}, {head: "Comment", rest: true}}}
	for i := range t.List {
		topic := &t.List[i]
		list.rows = append(list.rows, []line{{text: topicName(topic)}, plain(topic.Typical.Text)})
	}
	return list
}

// movesTable has the part of each topic in the comments of each period.
func movesTable(t *analysis.Topics) table {
	list := table{title: "Its part in the comments of each " + t.Unit, columns: []column{{head: strings.ToUpper(t.Unit[:1]) + t.Unit[1:]}, {head: "Comments", short: "Com.", right: true}}}
	for i := range t.List {
		list.columns = append(list.columns, column{head: strings.Split(topicName(&t.List[i]), ",")[0], right: true, spare: i >= mostNarrowTopics})
	}
	for p, name := range t.Periods {
		row := []line{{text: name}, {text: strconv.Itoa(t.All[p])}}
		for i := range t.List {
			part := undefined
			if t.All[p] > 0 {
				part = percent(float64(t.List[i].Periods[p]) / float64(t.All[p]))
			}
			row = append(row, line{text: part})
		}
		list.rows = append(list.rows, row)
	}
	return list
}

// mostNarrowTopics is how many topics have a column on a narrow page.
const mostNarrowTopics = 5

func topicsJSON(w io.Writer, t *analysis.Topics) error {
	d := serial.NewTopics(t)
	if d == nil {
		d = &serial.Topics{Threads: t.Threads, Comments: t.Comments, Topics: []serial.Topic{}}
	}
	return serial.Write(w, d)
}

// topicsCSV writes a row for each topic.
func topicsCSV(w io.Writer, t *analysis.Topics) error {
	out := csv.NewWriter(w)
	header := []string{"topic", "comments", "threads"}
	for _, name := range stances() {
		header = append(header, name, name+"_share", name+"_low", name+"_high")
	}
	header = append(header, "typical", "source", "thread", "id")
	for _, p := range t.Periods {
		header = append(header, t.Unit+" "+p)
	}
	out.Write(header)
	for i := range t.List {
		topic := &t.List[i]
		row := []string{clean.Cell(topicName(topic)), strconv.Itoa(topic.Comments), strconv.Itoa(topic.Threads)}
		for s := range corpus.NumStances {
			share := topic.Stance[s]
			row = append(row, strconv.Itoa(share.Count), serial.Decimal(share.Share), serial.Decimal(share.Low), serial.Decimal(share.High))
		}
		row = append(row, clean.Cell(topic.Typical.Text), clean.Cell(topic.TypicalOf.Source), clean.Cell(topic.TypicalOf.ID), clean.Cell(topic.Typical.ID))
		for _, n := range topic.Periods {
			row = append(row, strconv.Itoa(n))
		}
		out.Write(row)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
