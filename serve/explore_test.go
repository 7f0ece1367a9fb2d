package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestExplore finds comments by their words and topics by their threads.
func TestExplore(t *testing.T) {
	s := start(t, nil)
	bridge := s.give("bridge.jsonl", strings.Replace(threadOf("bridge", 40), `"title"`, `"site":"North Post","title"`, 1))
	ferry := s.give("ferry.jsonl", strings.Replace(strings.ReplaceAll(threadOf("ferry", 200), "bridge", "ferry"), `"title"`, `"site":"South Post","title"`, 1))

	page := s.get("/explore?words=ferry")
	for _, part := range []string{"100 comments", `<b class="hit">ferry</b>`, "South Post", `href="` + ferry, "#t-c", `name="words" value="ferry"`,
		"words=ferry"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page of a search lacks %q", part)
		}
	}
	if strings.Contains(page, bridge) {
		t.Error("a thread without the word is found")
	}
	if seen := s.count(page); seen != 100 {
		t.Errorf("all stretches show %d comments, want 100", seen)
	}
	var found struct {
		Found    int `json:"found"`
		Comments []struct {
			Number  int `json:"number"`
			Thread  struct{ URL, Source string }
			Comment struct{ ID, Text, Stance string }
		} `json:"comments"`
	}
	if err := json.Unmarshal([]byte(s.get("/api/v1/comments?words="+url.QueryEscape(`"number 7"`))), &found); err != nil {
		t.Fatal(err)
	}
	if found.Found != 2 || len(found.Comments) != 2 || found.Comments[0].Number != 7 || found.Comments[0].Comment.ID != "7" ||
		found.Comments[0].Comment.Stance == "" || !strings.HasPrefix(found.Comments[0].Thread.URL, "/api/v1/threads/") {
		t.Fatalf("the search for programs finds %+v", found)
	}
	judged, given := found.Comments[0].Comment.Stance, "relativist"
	if judged == given {
		given = "skeptical" // a label that isn't the program's own
	}
	for query, want := range map[string]int{
		"words=bridge": 20, "words=bridge&site=South+Post": 0, "words=number&site=*Post": 240, "words=number&site=North*": 40, "words=number&since=2024-01-01": 0,
		"words=numb*":                  240,
		"words=number&stance=nonsense": 0, "words=number&from=1000": 240, "words=number+OR+closed": 0,
	} {
		found.Found = -1
		if err := json.Unmarshal([]byte(s.get("/api/v1/comments?"+query)), &found); err != nil || found.Found != want {
			t.Errorf("%s: %d comments, want %d (%v)", query, found.Found, want, err)
		}
	}
	s.get(bridge + "/label")
	status, body := s.do(http.MethodPost, "/api/v1"+bridge+"/labels", `{"id":"7","stance":"`+given+`"}`)
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	if page := s.get("/explore?site=North+Post&words=" + url.QueryEscape(`"number 7"`)); !strings.Contains(page, given+" by hand") {
		t.Error("the search doesn't know the labels")
	}
	for stance, want := range map[string]int{given: 1, judged: 0} {
		query := url.Values{"words": {`"number 7"`}, "site": {"North Post"}, "stance": {stance}}
		if err := json.Unmarshal([]byte(s.get("/api/v1/comments?"+query.Encode())), &found); err != nil || found.Found != want {
			t.Errorf("%s: %d comments, want %d (%v)", stance, found.Found, want, err)
		}
	}

	var topics struct {
		Threads, Comments int
		Topics            []struct{ Words []string }
	}
	if err := json.Unmarshal([]byte(s.get("/api/v1/topics")), &topics); err != nil || topics.Threads != 2 || topics.Comments != 240 || len(topics.Topics) < 2 {
		t.Errorf("topics are %+v (%v)", topics, err)
	}
	if err := json.Unmarshal([]byte(s.get("/api/v1/topics?site=South+Post")), &topics); err != nil || topics.Threads != 1 || topics.Comments != 200 {
		t.Errorf("topics of a site are %+v (%v)", topics, err)
	}
	page = s.get("/explore")
	for range 100 {
		if !strings.Contains(page, "data-wait") {
			break
		}
		time.Sleep(50 * time.Millisecond)
		page = s.get("/explore")
	}
	if !strings.Contains(page, "What readers talk about") || !strings.Contains(page, `href="/explore?words=`) {
		t.Errorf("the page shows no topics: %.3000s", page)
	}
	for _, path := range []string{"/explore", "/explore/list", "/api/v1/topics", "/api/v1/comments"} {
		for _, bad := range []string{"since=yesterday", "until=2024-13-01", "words=%3f%3f"} {
			status, _ := s.do(http.MethodGet, path+"?"+bad, "")
			if want := http.StatusBadRequest; status != want && !(path == "/api/v1/topics" && strings.HasPrefix(bad, "words")) {
				t.Errorf("%s?%s: %d, want %d", path, bad, status, want)
			}
		}
	}
}
