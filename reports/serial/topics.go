package serial

import "stance.example/stance/analysis"

type (
	// Topics are what comments are about.
	Topics struct {
		Threads  int      `json:"threads"`
		Of       int      `json:"of,omitempty"` // judged comments, where not all were taken
		Comments int      `json:"comments"`
		Placed   int      `json:"placed"`
		Unit     string   `json:"unit,omitempty"`
		Periods  []Period `json:"periods,omitempty"`
		Topics   []Topic  `json:"topics"`
	}
	// Period is a part of the time that they were written in.
	Period struct {
		From     string `json:"from"`
		Comments int    `json:"comments"`
	}
	// Topic is a group of comments by their words.
	Topic struct {
		Words    []string        `json:"words"`
		Comments int             `json:"comments"`
		Threads  int             `json:"threads"`
		Stance   ByStance[Share] `json:"stance"`
		Periods  []int           `json:"periods,omitempty"` // comments of each
		Typical  Typical         `json:"typical"`
	}
	// Typical is the comment that is most like the others.
	Typical struct {
		Source string `json:"source"`
		Thread string `json:"thread,omitempty"`
		ID     string `json:"id"`
		Text   string `json:"text"`
	}
)

// NewTopics is the document of topics.
func NewTopics(t *analysis.Topics) *Topics {
	d := &Topics{Threads: t.Threads, Comments: t.Comments, Placed: t.Placed, Unit: t.Unit, Topics: []Topic{}}
	if t.Comments < t.Of {
		d.Of = t.Of
	}
	for p, name := range t.Periods {
		d.Periods = append(d.Periods, Period{name, t.All[p]})
	}
	for i := range t.List {
		topic := &t.List[i]
		doc := Topic{
			Words: []string{}, Comments: topic.Comments, Threads: topic.Threads, Stance: PerStance(topic.Stance, newShare), Periods: topic.Periods,
			Typical: Typical{topic.TypicalOf.Source, topic.TypicalOf.ID, topic.Typical.ID, topic.Typical.Text},
		}
		for _, w := range topic.Words {
			doc.Words = append(doc.Words, w.Text)
		}
		d.Topics = append(d.Topics, doc)
	}
	return d
}
