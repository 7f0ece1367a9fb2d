package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// site is a server for a test.
type site struct {
	*testing.T
	url              string
	labels, together *labelling.File
	client           *http.Client
	server           *Server
}

// start starts a server with a database and a file of labels of its own.
func start(t *testing.T, change func(*Options)) *site {
	t.Helper()
	dir := t.TempDir()
	db, err := database.Open(t.Context(), filepath.Join(dir, "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		Database: db, Settings: database.Settings{Program: "test"},
		Judge:  func(set *labels.Set) (*analysis.Pipeline, error) { return analysis.New(analysis.Options{Labels: set}) },
		Labels: labelling.Open(filepath.Join(dir, "labels.csv")), Together: labelling.Open(filepath.Join(dir, "together.csv")), Hosts: []string{"127.0.0.1"},
		Failed: t.Logf,
	}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	h := httptest.NewServer(s.Handler(ctx))
	t.Cleanup(func() {
		stop()
		h.Close()
		s.adding.Lock() // so that nothing is written any more
		defer s.adding.Unlock()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	jar, _ := cookiejar.New(nil)
	return &site{T: t, url: h.URL, labels: o.Labels, together: o.Together, client: &http.Client{Jar: jar}, server: s}
}

// do sends a request and returns the status and the body.
func (s *site) do(method, path, body string, headers ...string) (int, string) {
	s.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := s.client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func (s *site) get(path string) string {
	s.Helper()
	status, body := s.do(http.MethodGet, path, "")
	if status != http.StatusOK {
		s.Fatalf("%s: %d %s", path, status, body)
	}
	return body
}

// give uploads a thread by the interface for programs and returns its address.
func (s *site) give(name, content string) string {
	s.Helper()
	status, body := s.do(http.MethodPost, "/api/v1/threads?name="+url.QueryEscape(name), content)
	var job struct {
		Job      string   `json:"job"`
		Threads  []string `json:"threads"`
		Done     bool     `json:"done"`
		Problems []string `json:"problems"`
	}
	if err := json.Unmarshal([]byte(body), &job); err != nil || status != http.StatusAccepted {
		s.Fatalf("%d %s", status, body)
	}
	for range 600 {
		if err := json.Unmarshal([]byte(s.get(job.Job)), &job); err != nil {
			s.Fatal(err)
		}
		if job.Done {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if len(job.Threads) != 1 {
		s.Fatalf("the upload came to %+v", job)
	}
	return strings.TrimPrefix(job.Threads[0], "/api/v1")
}

// threadOf is a thread of so many comments.
func threadOf(id string, n int) string {
	says := []string{"I don't believe a word of that report.", "Finally someone repairs the bridge, well done.",
		"What about the other bridge? Nobody cared for years.", "When does the work begin?"}
	var b strings.Builder
	fmt.Fprintf(&b, `{"thread":%q,"title":"The council says that the bridge will be repaired","text":"The old bridge will be closed in May.","comments":[`, id)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"%d","author":"Reader %d","text":"%s Number %d."}`, i+1, i%7, says[i%len(says)], i+1)
	}
	return b.String() + "]}"
}

func TestReadAndDownload(t *testing.T) {
	s := start(t, nil)
	at := s.give("bridge.jsonl", threadOf("bridge", 24))
	page := s.get(at)
	for _, part := range []string{"The council says that the bridge will be repaired", "The old bridge will be closed in May.", "24 comments", at + "/label",
		"Number 24."} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	for query, want := range map[string]string{
		"words=number+7.": "1 of 24 comments", "author=Reader+6": "3 of 24 comments", "stance=none&words=bridge": "of 24 comments",
		"sure=nonsense": "24 comments", "from=-4": "24 comments", "from=99999999999999999999": "24 comments", "order=votes": "24 comments",
	} {
		if list := s.get(at + "/comments?" + query); !strings.Contains(list, want) {
			t.Errorf("%s: want %q in %.300s", query, want, list)
		}
	}
	for _, o := range reports.Outputs() {
		if got := s.get(at + "/download/" + o.Name); !strings.Contains(got, "Number 24.") && o.Name != "text" && o.Name != "markdown" || len(got) < 500 {
			t.Errorf("%s: %.200s", o.Name, got)
		}
	}
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(s.get("/api/v1/schema")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(s.get("/api/v1" + at)))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MustCompile("schema.json").Validate(document); err != nil {
		t.Error(err)
	}
	if again := s.give("bridge.jsonl", threadOf("bridge", 24)); again != at {
		t.Errorf("the same upload is %s and %s", at, again)
	}
	if list := s.get("/api/v1/threads"); strings.Count(list, `"key"`) != 1 {
		t.Errorf("the list has %s", list)
	}
	for _, missing := range []string{"/threads/1", "/threads/x", "/jobs/99", "/static/serve.go", at + "/download/exe", "/nothing"} {
		if status, _ := s.do(http.MethodGet, missing, ""); status != http.StatusNotFound {
			t.Errorf("%s: status %d", missing, status)
		}
	}
}

// TestALongThreadIsQuicklyThere holds the page of 2,000 comments to its size and time.
func TestALongThreadIsQuicklyThere(t *testing.T) {
	if testing.Short() {
		t.Skip("it judges 2,000 comments")
	}
	s := start(t, nil)
	at := s.give("long.jsonl", threadOf("long", 2000))
	s.get(at)
	begun := time.Now()
	page := s.get(at)
	if took := time.Since(begun); took > time.Second || len(page) > 1_500_000 {
		t.Errorf("the page of 2,000 comments has %d bytes and took %v, want 1.5 MB and a second at most", len(page), took)
	}
	if seen := s.count(page); seen != 2000 {
		t.Errorf("%d comments are shown in all stretches", seen)
	}
}

var next = regexp.MustCompile(`data-more="([^"]+)"`)

// count counts the comments of a list in all its stretches, the first of which is given.
func (s *site) count(list string) int {
	s.Helper()
	seen := strings.Count(list, `<li id=`)
	for more := next.FindStringSubmatch(list); more != nil; more = next.FindStringSubmatch(list) {
		list = s.get(strings.ReplaceAll(more[1], "&amp;", "&"))
		seen += strings.Count(list, `<li id=`)
	}
	return seen
}

// shown is the comment that a page asks to label.
var shown = regexp.MustCompile(`name="comment" value="([^"]*)"`)

// press presses a key on the page to label at, for the comment that it shows.
func (s *site) press(at, key string) string {
	s.Helper()
	page := s.get(at + "/label")
	form := url.Values{"key": {key}}
	if m := shown.FindStringSubmatch(page); m != nil {
		form.Set("comment", m[1])
	}
	status, body := s.do(http.MethodPost, at+"/label", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if status != http.StatusOK {
		s.Fatalf("%d %s", status, body)
	}
	return body
}

// TestTwoBrowsersLoseNothing labels one sample from two browsers at the same time, while a
// session of another process, as it were, does so too.
func TestTwoBrowsersLoseNothing(t *testing.T) {
	s := start(t, nil)
	at := s.give("bridge.jsonl", threadOf("bridge", 24))
	s.get(at + "/label") // draws the sample
	jar, _ := cookiejar.New(nil)
	other := &site{T: t, url: s.url, labels: s.labels, client: &http.Client{Jar: jar}}
	var all sync.WaitGroup
	for i, browser := range []*site{s, other} {
		all.Go(func() {
			for range 8 {
				browser.press(at, []string{"k", "p"}[i])
			}
		})
	}
	all.Go(func() {
		terminal, err := labelling.Open(s.labels.Path()).Sit("terminal", nil)
		if err != nil {
			t.Error(err)
			return
		}
		for range 8 {
			if err := terminal.Skip(); err != nil {
				t.Error(err)
			}
		}
		if err := terminal.Close(); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	rows, problems, err := s.labels.Read()
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	count := map[string]int{}
	for _, l := range rows {
		if l.State == labels.Given {
			count[l.Stance.String()]++
		}
		if l.State == labels.Skipped {
			count[l.Annotator]++
		}
	}
	if fmt.Sprint(count) != "map[skeptical:8 supportive:8 terminal:8]" {
		t.Errorf("the file has %v, want 8 of each", count)
	}
}

// TestLabelsCorrectTheReport: a sample is drawn, made larger, labelled, taken back.
func TestLabelsCorrectTheReport(t *testing.T) {
	s := start(t, nil)
	at := s.give("bridge.jsonl", threadOf("bridge", 80))
	page := s.get(at + "/label")
	if !strings.Contains(page, "0 of 60 labelled") {
		t.Fatalf("the sample isn't of 60: %.2000s", page)
	}
	status, page := s.do(http.MethodPost, at+"/label", "size=70", "Content-Type", "application/x-www-form-urlencoded")
	if status != http.StatusOK || !strings.Contains(page, "0 of 70 labelled") {
		t.Errorf("enlarging: %d", status)
	}
	before := s.get("/threads")
	s.press(at, "-")
	for _, key := range "kkkkkkkkkkpx" {
		page = s.press(at, string(key))
	}
	if !strings.Contains(page, "11 of 70 labelled, 1 skipped") || !strings.Contains(page, "without labels ±") {
		t.Errorf("after twelve keys: %.3000s", page)
	}
	if page = s.press(at, "u"); !strings.Contains(page, "11 of 70 labelled<") {
		t.Error("undo took nothing back")
	}
	if page = s.press(at, "z"); !strings.Contains(page, "does nothing here") {
		t.Error("a key without a meaning isn't told")
	}
	if page = s.press(at, "g"); !strings.Contains(page, "The program guesses") {
		t.Error("the guess isn't shown")
	}
	status, page = s.do(http.MethodPost, at+"/label", "key=k&comment=elsewhere", "Content-Type", "application/x-www-form-urlencoded")
	if status != http.StatusOK || !strings.Contains(page, "counts for nothing") || !strings.Contains(page, "11 of 70 labelled") {
		t.Error("a key for a comment that isn't at hand was taken")
	}
	rows, _, err := s.labels.Read()
	if err != nil {
		t.Fatal(err)
	}
	felt := 0
	for _, l := range rows {
		if l.Probability != 70.0/80 {
			t.Fatalf("the sample has the probability %v", l.Probability)
		}
		if l.Sentiment != nil {
			felt++
		}
	}
	if felt != 1 {
		t.Errorf("%d sentiments", felt)
	}
	if report := s.get(at); !strings.Contains(report, "labelled by hand") {
		t.Error("the report doesn't know the labels")
	}
	if s.get("/threads") == before {
		t.Error("the page of all threads doesn't know the labels")
	}
	// Programs label too; what they choose is no part of the sample.
	status, body := s.do(http.MethodPost, "/api/v1"+at+"/labels", `{"id":"80","stance":"none"}`)
	if status != http.StatusOK || !strings.Contains(body, `{"id":"80","stance":"none"`) {
		t.Errorf("%d %s", status, body)
	}
	for _, bad := range []string{`{`, `{"id":"81","stance":"none"}`, `{"id":"1","stance":"maybe"}`, `{"id":"1","sentiment":"sad"}`} {
		if status, body := s.do(http.MethodPost, "/api/v1"+at+"/labels", bad); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", bad, status, body)
		}
	}
	if err := os.WriteFile(s.labels.Path(), []byte("thread,id,stance,row\nbridge,1,no"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, body := s.do(http.MethodGet, at, ""); status != http.StatusConflict || !strings.Contains(body, "cut within this row") {
		t.Errorf("with a broken file of labels: %d", status)
	}
	if err := os.Remove(s.labels.Path()); err != nil {
		t.Fatal(err)
	}
}

// TestGuard: other sites, other names and those without the token get nothing.
func TestGuard(t *testing.T) {
	s := start(t, func(o *Options) { o.MaxUpload = 1 << 10 })
	for _, c := range []struct {
		name, method, path string
		headers            []string
		want               int
	}{
		{"another name for the server", "GET", "/threads", []string{"Host", "evil.example"}, 421},
		{"another name with its port", "GET", "/threads", []string{"Host", "evil.example:80"}, 421},
		{"another site's form", "POST", "/api/v1/threads", []string{"Origin", "http://evil.example"}, 403},
		{"another site's form, as browsers say", "POST", "/api/v1/threads", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"nothing", "POST", "/api/v1/threads", nil, 400},
	} {
		if status, body := s.do(c.method, c.path, "", c.headers...); status != c.want {
			t.Errorf("%s: %d %s, want %d", c.name, status, body, c.want)
		}
	}
	if status, _ := s.do("POST", "/api/v1/threads", strings.Repeat("x", 2<<20)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large an upload: %d", status)
	}
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, _ := m.CreateFormFile("file", `..\..\x.txt`)
	part.Write(bytes.Repeat([]byte("x"), 2<<10))
	m.Close()
	if status, _ := s.do("POST", "/threads", form.String(), "Content-Type", m.FormDataContentType()); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large a file in a form: %d", status)
	}
	answer, err := http.Get(s.url + "/threads")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if got := answer.Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || strings.Contains(got, "unsafe") {
		t.Errorf("policy %q", got)
	}

	s = start(t, func(o *Options) { o.Hosts, o.Token = nil, "secret" })
	if status, body := s.do("GET", "/threads", ""); status != 401 || strings.Contains(body, "secret") {
		t.Errorf("without the token: %d %s", status, body)
	}
	if status, _ := s.do("GET", "/threads?token=wrong", ""); status != 401 {
		t.Errorf("with a wrong token: %d", status)
	}
	if status, _ := s.do("GET", "/threads", "", "Authorization", "Bearer secret", "Host", "any.example"); status != 200 {
		t.Errorf("with the token in a header: %d", status)
	}
	if status, _ := s.do("GET", "/threads?token=secret", ""); status != 200 {
		t.Errorf("with the token in the address: %d", status)
	}
	if status, _ := s.do("GET", "/threads", ""); status != 200 {
		t.Errorf("with the cookie: %d", status)
	}
}
