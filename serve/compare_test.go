package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// sited gives a thread of a site and a day.
func (s *site) sited(id, site, day string, n int) string {
	s.Helper()
	fields := fmt.Sprintf(`"site":%q,"published":%q,"title"`, site, day)
	return s.give(id+".jsonl", strings.Replace(strings.ReplaceAll(threadOf(id, n), "bridge", id), `"title"`, fields, 1))
}

func TestCompare(t *testing.T) {
	if testing.Short() {
		t.Skip("judges three threads")
	}
	s := start(t, nil)
	s.sited("bridge", "North Post", "2024-03-04", 40)
	s.sited("ferry", "South Post", "2024-03-12", 40)
	s.sited("tunnel", "South Post", "2024-04-02", 40)
	for query, want := range map[string]struct{ groups, pairs int }{
		"": {2, 1}, "by=site": {2, 1}, "by=week": {3, 3}, "by=month": {2, 1}, "by=day": {3, 3}, "by=thread": {3, 3}, "by=thread&title=THE+FERRY": {1, 0},
		"by=thread&site=South+*": {2, 1}, "by=thread&since=2024-04-01": {1, 0}, "by=thread&title=nothing": {0, 0}, "by=thread&title=%5B": {0, 0},
	} {
		var got struct{ Groups, Pairs []json.RawMessage }
		if err := json.Unmarshal([]byte(s.get("/api/v1/compare?"+query)), &got); err != nil || len(got.Groups) != want.groups || len(got.Pairs) != want.pairs {
			t.Errorf("%q: %d groups and %d pairs, want %v (%v)", query, len(got.Groups), len(got.Pairs), want, err)
		}
	}
	if page := s.get("/compare?by=thread"); !strings.Contains(page, "every two set against each other") || !strings.Contains(page, "the ferry will be repaired") {
		t.Errorf("the page compares nothing: %.3000s", page)
	}
	for _, bad := range []string{"by=author", "by=nonsense", "since=x"} {
		if status, _ := s.do(http.MethodGet, "/compare?"+bad, ""); status != http.StatusBadRequest {
			t.Errorf("%s: status %d", bad, status)
		}
	}
	for i := range mostCompared {
		s.give(fmt.Sprintf("t%d.jsonl", i), threadOf(fmt.Sprintf("t%d", i), 1))
	}
	if page := s.get("/compare?by=thread"); !strings.Contains(page, "Of 43 rows not every two") || strings.Contains(page, "every two set against") {
		t.Error("too many rows are set against each other")
	}
}

// files are files of labels as a form sends them.
func files(t *testing.T, contents ...string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i, content := range contents {
		part, err := m.CreateFormFile("file", fmt.Sprintf(`C:\labels\annotator %d.csv`, i+1))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	m.Close()
	return b.String(), m.FormDataContentType()
}

func TestAnnotators(t *testing.T) {
	s := start(t, func(o *Options) { o.Annotator = "Ann" })
	at := s.give("bridge.jsonl", threadOf("bridge", 24))
	for range 12 {
		s.press(at, "k")
	}
	open, problems, err := labels.Read("open.csv", strings.NewReader(s.get("/labels.csv?open=1")))
	if err != nil || len(problems) > 0 || len(open) != 24 {
		t.Fatal(len(open), problems, err)
	}
	for i := range open {
		if open[i].State != labels.Open || open[i].Annotator != "" {
			t.Fatalf("the sample for another person tells a label: %+v", open[i])
		}
		open[i].State, open[i].Stance, open[i].Annotator = labels.Given, corpus.Skeptical, "Bob"
		if i%4 == 0 {
			open[i].Stance = corpus.None
		}
	}
	var hers bytes.Buffer
	if err := labels.Write(&hers, open); err != nil {
		t.Fatal(err)
	}
	body, kind := files(t, hers.String())
	status, page := s.do(http.MethodPost, "/compare/annotators", body, "Content-Type", kind)
	for _, part := range []string{"12 comments labelled by two annotators or more, 3 of them differently", "Ann skeptical, Bob none",
		"The council says that the bridge will be repaired", "alpha"} {
		if status != http.StatusOK || !strings.Contains(page, part) {
			t.Errorf("%d: the page lacks %q: %.5000s", status, part, page)
		}
	}
	status, answer := s.do(http.MethodPost, "/api/v1/annotators", body, "Content-Type", kind)
	var got struct {
		Annotators []string
		Comments   int
		Disputed   []struct{ Text string }
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || status != http.StatusOK || fmt.Sprint(got.Annotators) != "[Ann Bob]" || got.Comments != 12 ||
		len(got.Disputed) != 3 || !strings.Contains(got.Disputed[0].Text, "Number") {
		t.Errorf("%d %s", status, answer)
	}
	body, kind = files(t, "id,stance\n1,none\n2,none\n", "id,stance\n1,none\n2,skeptical\n99,none\n")
	if status, page := s.do(http.MethodPost, "/compare/annotators", body, "Content-Type", kind); status != http.StatusOK ||
		!strings.Contains(page, "annotator 1.csv none, annotator 2.csv skeptical") {
		t.Errorf("two files: %d %.3000s", status, page)
	}
	for _, contents := range [][]string{nil, {"a", "b", "c"}, {"\x00\x01\x02"}} {
		body, kind := files(t, contents...)
		if status, page := s.do(http.MethodPost, "/compare/annotators", body, "Content-Type", kind); status != http.StatusBadRequest {
			t.Errorf("%q: %d %.300s", contents, status, page)
		}
	}
	body, kind = files(t, "name,opinion\n<script>alert(1)</script>,none\n")
	if status, page := s.do(http.MethodPost, "/compare/annotators", body, "Content-Type", kind); status != http.StatusOK ||
		!strings.Contains(page, "needs the columns id and stance") {
		t.Errorf("another table: %d %.3000s", status, page)
	}
}
