package llm

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"stance.example/stance/corpus"
)

// scripted is a server that answers as a test says.
type scripted struct {
	mu       sync.Mutex
	requests []*Request
	// say returns what the model says to the n-th request, from 0.
	say func(n int, r *Request, m sent) (string, error)
}

// sent is the material of a request as a server reads it.
type sent struct {
	Article  struct{ Title, Description, Text string }
	Case     string
	Comments []sentComment
}

type sentComment struct{ ID, Parent, Text string }

func (s *scripted) Complete(ctx context.Context, r *Request) (*Completion, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	n := len(s.requests)
	s.requests = append(s.requests, r)
	s.mu.Unlock()
	var m sent
	if err := json.Unmarshal([]byte(r.User), &m); err != nil {
		return nil, fmt.Errorf("the material is no JSON: %w", err)
	}
	text, err := s.say(n, r, m)
	if err != nil {
		return nil, err
	}
	cut := len(text) > bytesPerToken*r.MaxTokens
	if cut {
		text = text[:bytesPerToken*r.MaxTokens]
	}
	return &Completion{Text: text, Cut: cut, PromptTokens: 100, AnswerTokens: 10}, nil
}

// one is an answer for a comment.
type one struct {
	ID        string `json:"id"`
	Stance    string `json:"stance"`
	Sentiment string `json:"sentiment"`
	Quote     string `json:"quote"`
}

// answered is a completion with those answers.
func answered(list ...one) string {
	b, err := json.Marshal(map[string]any{"answers": list})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// honest answers every request: questions are skeptical, the rest supports.
func honest(_ int, _ *Request, m sent) (string, error) {
	if m.Comments == nil {
		return `{"case": "The case of ` + m.Article.Title + `."}`, nil
	}
	var list []one
	for _, c := range m.Comments {
		list = append(list, honestly(c))
	}
	return answered(list...), nil
}

func honestly(c sentComment) one {
	a := one{c.ID, "supportive", "positive", strings.Fields(c.Text)[0]}
	if strings.Contains(c.Text, "?") {
		a.Stance, a.Sentiment = "skeptical", "neutral"
	}
	return a
}

// thread has so many comments, every third a question, each but the first a reply.
func thread(n int) *corpus.Thread {
	t := &corpus.Thread{Article: corpus.Article{Title: "Bridge shut", Text: "The council shuts the bridge."}}
	for i := range n {
		c := corpus.Comment{ID: fmt.Sprintf("c%d", i), Author: "Ann Reader", Text: fmt.Sprintf("Remark %d on it", i)}
		if i%3 == 0 {
			c.Text += ", really?"
		}
		if i > 0 {
			c.Parent = fmt.Sprintf("c%d", i-1)
		}
		t.Comments = append(t.Comments, c)
	}
	return t
}

func everything(t *corpus.Thread) []int {
	var list []int
	for i := range t.Comments {
		list = append(list, i)
	}
	return list
}

func newJudge(s Server, c Cache, o Options) *Judge {
	if o.Model == "" {
		o.Model = "m"
	}
	return New(s, c, o)
}

func judge(t *testing.T, j *Judge, thread *corpus.Thread) *Judged {
	t.Helper()
	judged, err := j.Judge(context.Background(), thread, everything(thread))
	if err != nil {
		t.Fatal(err)
	}
	return judged
}

// states counts the answers by state.
func states(j *Judged) (counts [numStates]int) {
	for _, a := range j.Answers {
		counts[a.State]++
	}
	return counts
}
