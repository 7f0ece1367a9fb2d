package analysis

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"stance.example/stance/corpus"
)

const (
	ferries = "ferry harbour timetable crossing captain deck quay sailing ticket island"
	schools = "school teacher lesson pupils classroom homework exam headmaster desk grades"
)

// talking is a thread of comments on ferries and schools by turns, one an hour, of which
// the first one is removed and the second one not judged.
func talking(id string, n int, from time.Time) *Result {
	subjects := []string{ferries, schools}
	random := rand.New(rand.NewPCG(8, 9))
	r := &Result{Thread: &corpus.Thread{ID: id, Source: "talk.jsonl"}}
	for i := range n {
		words := strings.Fields(subjects[i%2])
		c := corpus.Comment{
			ID: fmt.Sprint(id, i), Author: fmt.Sprint("reader ", id, i), Posted: from.Add(time.Duration(i) * time.Hour),
			Text: fmt.Sprintf("People in town really think about %s and the %s, and %s too.", words[random.IntN(len(words))], words[random.IntN(len(words))],
				words[random.IntN(len(words))]),
		}
		j := Judgement{Judged: true, Stance: corpus.Skeptical, Polarity: corpus.Negative}
		if i%2 == 1 {
			j.Stance, j.Polarity = corpus.Supportive, corpus.Positive
		}
		j.Probabilities[j.Stance] = 1
		switch i {
		case 0:
			c.Removed, j = true, Judgement{}
		case 1:
			j = Judgement{Withheld: true}
		}
		r.Thread.Comments = append(r.Thread.Comments, c)
		r.Judgements = append(r.Judgements, j)
	}
	return r
}

func TestTopics(t *testing.T) {
	day := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	var c Conversation
	c.Add(talking("a", 48, day))
	c.Add(talking("b", 48, day.AddDate(0, 0, 2)))
	got := c.Topics()
	if got.Threads != 2 || got.Comments != 92 || len(got.List) < 2 {
		t.Fatalf("%d comments of %d threads, in %d topics; want 92 of 2, in two or more", got.Comments, got.Threads, len(got.List))
	}
	if want := []string{"2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"}; got.Unit != "day" || !slices.Equal(got.Periods, want) ||
		!slices.Equal(got.All, []int{22, 24, 22, 24}) {
		t.Errorf("by %s: %q with %d comments, want %q with 22, 24, 22, 24", got.Unit, got.Periods, got.All, want)
	}
	placed := 0
	for _, topic := range got.List {
		want := corpus.Supportive
		if strings.Contains(ferries, topic.Words[0].Text) {
			want = corpus.Skeptical
		}
		placed += topic.Comments
		if share := topic.Stance[want]; topic.Threads != 2 || share.Count != topic.Comments || share.Share < 0.999 || share.Low > 0.9 {
			t.Errorf("%q: %d comments of %d threads, %v %+v; want those of 2, all so", topic.Words[0].Text, topic.Comments, topic.Threads, want, share)
		}
		inPeriods := 0
		for _, n := range topic.Periods {
			inPeriods += n
		}
		if inPeriods != topic.Comments {
			t.Errorf("%q: %d comments in the periods %d, want %d", topic.Words[0].Text, inPeriods, topic.Periods, topic.Comments)
		}
		if !strings.Contains(topic.Typical.Text, topic.Words[0].Text) && !strings.Contains(topic.Typical.Text, topic.Words[1].Text) {
			t.Errorf("%q stands for %q", topic.Typical.Text, topic.Words[0].Text)
		}
	}
	if placed != got.Placed || placed < 80 {
		t.Errorf("%d comments are in topics, and %d are said to be", placed, got.Placed)
	}
}

// TestPeriods: the unit follows from how long the talk lasts, and nothing is said where few
// comments have a time.
func TestPeriods(t *testing.T) {
	at := time.Date(2024, 12, 30, 23, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		unit    string
		times   []time.Time
		first   string
		periods int
	}{
		{"", []time.Time{at, at.Add(time.Minute)}, "", 0},
		{"hour", []time.Time{at.Add(time.Hour), at}, "2024-12-30 23:00", 2},
		{"day", []time.Time{at, at.AddDate(0, 0, 3)}, "2024-12-30", 4},
		{"week", []time.Time{at, at.AddDate(0, 0, 40)}, "2024-12-30", 6},
		{"month", []time.Time{at, at.AddDate(1, 0, 0)}, "2024-12", 13},
		{"year", []time.Time{at, at.AddDate(9, 0, 0)}, "2024", 10},
		{"", []time.Time{at, at.AddDate(900, 0, 0)}, "", 0},
		{"", []time.Time{at, at.Add(time.Hour), {}, {}, {}}, "", 0},
	} {
		var talk Conversation
		talk.threads = make([]spokenOf, 1)
		for _, when := range c.times {
			talk.of = append(talk.of, spokenIn{comment: &corpus.Comment{Posted: when}})
		}
		var got Topics
		talk.periods(&got)
		if got.Unit != c.unit || len(got.Periods) != c.periods || c.periods > 0 && (got.Periods[0] != c.first || got.All[0] != 1) {
			t.Errorf("%v: %q %q, want %d of unit %q from %q", c.times, got.Unit, got.Periods, c.periods, c.unit, c.first)
		}
	}
}

// TestEvery: a conversation that takes every third comment holds no others, and says so.
func TestEvery(t *testing.T) {
	conversation := (&Pipeline{}).Converse()
	conversation.Every(3)
	conversation.Add(talking("a", 102, time.Time{}))
	conversation.Add(talking("b", 102, time.Time{}))
	if got := conversation.Topics(); got.Of != 200 || got.Comments != 66 || got.Threads != 2 {
		t.Errorf("of %d comments %d were taken, of %d threads", got.Of, got.Comments, got.Threads)
	}
}
