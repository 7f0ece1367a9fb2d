package reports

import (
	"fmt"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// TopicsOutputs returns every output of what comments are about.
func TopicsOutputs() []OutputOf[*analysis.Topics] {
	return outputsOf(func(*analysis.Topics) string { return topicsTitle }, func(t *analysis.Topics, _ int) layout.Document { return topicsDocument(t) },
		func(t *analysis.Topics) any { return serial.NewTopics(t) }, topicsGrid)
}

const topicsTitle = "What readers talk about"

func topicsDocument(t *analysis.Topics) layout.Document {
	d := layout.Document{layout.Lead{Head: topicsTitle, Text: topicsWords(t)}}
	if len(t.List) == 0 {
		return d
	}
	d = append(d, topicTable("", t), typicalTable(t))
	if t.Unit != "" {
		d = append(d, movesTable(t))
	}
	return append(d, layout.Notes(topicsNotes(t)))
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
	columns := []column{layout.Words("Topic").Filling(), commentsColumn}
	if t.Threads > 1 {
		columns = append(columns, threadsColumn)
	}
	list := layout.NewTable(title, append(columns, shareColumns...)...)
	for i := range t.List {
		topic := &t.List[i]
		counts := []int{topic.Comments, topic.Threads}
		list.Add(topicName(topic), counts[:len(columns)-1], shareCells(topic.Stance, [corpus.NumStances]analysis.Compared{}))
	}
	return list
}

// typicalTable has the comment that is most like the others of each topic.
func typicalTable(t *analysis.Topics) table {
	list := layout.NewTable("A typical comment of each", layout.Words("Topic").Within(4), layout.Words("Comment").Filling())
	for i := range t.List {
		list.Add(topicName(&t.List[i]), layout.Plain(t.List[i].Typical.Text))
	}
	return list
}

// movesTable has the part of each topic in the comments of each period.
func movesTable(t *analysis.Topics) table {
	list := layout.NewTable("Its part in the comments of each "+t.Unit, layout.Words(capital(t.Unit)), commentsColumn)
	for i := range t.List {
		list.Columns = append(list.Columns, column{Head: strings.Split(topicName(&t.List[i]), ",")[0], Right: true, Spare: i >= mostNarrowTopics})
	}
	for p, name := range t.Periods {
		var parts []string
		for i := range t.List {
			part := undefined
			if t.All[p] > 0 {
				part = percent(float64(t.List[i].Periods[p]) / float64(t.All[p]))
			}
			parts = append(parts, part)
		}
		list.Add(name, t.All[p], parts)
	}
	return list
}

// mostNarrowTopics is how many topics have a column on a narrow page.
const mostNarrowTopics = 5

// topicsGrid has a row for each topic.
func topicsGrid(t *analysis.Topics) *serial.Grid {
	g := serial.NewGrid("topic", "comments", "threads")
	for _, name := range corpus.StanceNames() {
		g.HeadShare(name)
	}
	g.Head("typical", "source", "thread", "id")
	for _, p := range t.Periods {
		g.Head(t.Unit + " " + p)
	}
	for i := range t.List {
		topic := &t.List[i]
		g.Row(topicName(topic), topic.Comments, topic.Threads)
		for _, share := range topic.Stance {
			g.AddShare(share)
		}
		g.Add(topic.Typical.Text, topic.TypicalOf.Source, topic.TypicalOf.ID, topic.Typical.ID)
		for _, n := range topic.Periods {
			g.Add(n)
		}
	}
	return g
}
