package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/llm"
)

const key = "sk-very/secret+key"

// server answers the n-th request, from 0, as a test says.
func server(t *testing.T, serve func(n int, w http.ResponseWriter, r *http.Request)) string {
	t.Helper()
	var mu sync.Mutex
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		mine := n
		n++
		mu.Unlock()
		serve(mine, w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/v1"
}

func completion(text string) string {
	return fmt.Sprintf(`{"choices":[{"message":{"role":"assistant","content":%q}}],"usage":{"prompt_tokens":12,"completion_tokens":3}}`, text)
}

// client waits in no time and notes how long it would have waited.
func client(t *testing.T, url string) (*Client, *[]time.Duration) {
	t.Helper()
	var waits []time.Duration
	c, err := New(Options{URL: url, Model: "m", Key: key, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	c.now = func() time.Time { return time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC) }
	c.wait = func(ctx context.Context, d time.Duration) error { waits = append(waits, d); return ctx.Err() }
	return c, &waits
}

var question = &llm.Request{System: "You code.", User: `{"comments":[]}`, Name: "labels", Schema: json.RawMessage(`{"type":"object"}`), Temperature: 0,
	Seed: 4, MaxTokens: 700}

func TestComplete(t *testing.T) {
	url := server(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+key ||
			r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
		}
		var got, want any
		json.NewDecoder(r.Body).Decode(&got)
		json.Unmarshal([]byte(`{"model":"m","messages":[{"role":"system","content":"You code."},{"role":"user","content":"{\"comments\":[]}"}],
			"temperature":0,"seed":4,"max_tokens":700,"stream":false,
			"response_format":{"type":"json_schema","json_schema":{"name":"labels","strict":true,"schema":{"type":"object"}}}}`), &want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		fmt.Fprint(w, completion("fine"))
	})
	c, _ := client(t, url)
	got, err := c.Complete(context.Background(), question)
	if err != nil {
		t.Fatal(err)
	}
	if want := (llm.Completion{Text: "fine", PromptTokens: 12, AnswerTokens: 3}); *got != want {
		t.Errorf("%+v, want %+v", *got, want)
	}
}

// Counts of tokens that are no whole numbers cost no answer, one that was cut off is marked,
// and one that repeats the key is kept without it.
func TestOddAnswers(t *testing.T) {
	const answer = `{"choices":[{"message":{"content":"fine"}}],"usage":%s}`
	for _, c := range []struct {
		answer string
		want   llm.Completion
	}{
		{fmt.Sprintf(answer, `{"prompt_tokens":12.0,"completion_tokens":"3"}`), llm.Completion{Text: "fine", PromptTokens: 12, AnswerTokens: 3}},
		{fmt.Sprintf(answer, `{"prompt_tokens":-1,"completion_tokens":null}`), llm.Completion{Text: "fine"}},
		{fmt.Sprintf(answer, `{"prompt_tokens":[],"completion_tokens":1e99}`), llm.Completion{Text: "fine"}},
		{fmt.Sprintf(answer, `"none"`), llm.Completion{Text: "fine"}},
		{fmt.Sprintf(answer, `null`), llm.Completion{Text: "fine"}},
		{`{"choices":[{"message":{"content":"fi"},"finish_reason":"length"}]}`, llm.Completion{Text: "fi", Cut: true}},
		{`{"choices":[{"message":{"content":"fine"},"finish_reason":"stop"}]}`, llm.Completion{Text: "fine"}},
		{completion("your key is " + key), llm.Completion{Text: "your key is ***", PromptTokens: 12, AnswerTokens: 3}},
	} {
		url := server(t, func(_ int, w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, c.answer) })
		client, _ := client(t, url)
		got, err := client.Complete(context.Background(), question)
		if err != nil || *got != c.want {
			t.Errorf("%s: %+v, %v", c.answer, got, err)
		}
	}
}

// A server is asked in one way after the other to hold the model to a schema, and from then
// on in the one that it took.
func TestWaysToTellASchema(t *testing.T) {
	for _, tt := range []struct {
		name   string
		takes  string // the type of a response format, "" for none
		status int    // of any other
		want   []string
	}{
		{"OpenAI's", "json_schema", http.StatusBadRequest, []string{"json_schema", "json_schema"}},
		{"llama.cpp's own", "json_object", http.StatusUnprocessableEntity, []string{"json_schema", "json_object", "json_object"}},
		{"llama.cpp in Python, to which it's an error of its own", "json_object", http.StatusInternalServerError,
			[]string{"json_schema", "json_object", "json_object"}},
		{"none", "", http.StatusBadRequest, []string{"json_schema", "json_object", "", ""}},
	} {
		var got []string
		url := server(t, func(_ int, w http.ResponseWriter, r *http.Request) {
			var b struct {
				Format *struct {
					Type   string          `json:"type"`
					Schema json.RawMessage `json:"schema"`
				} `json:"response_format"`
			}
			json.NewDecoder(r.Body).Decode(&b)
			way := ""
			if b.Format != nil {
				way = b.Format.Type
			}
			if way == "json_object" && len(b.Format.Schema) == 0 {
				t.Errorf("%s: no schema was sent", tt.name)
			}
			if got = append(got, way); way != tt.takes {
				w.WriteHeader(tt.status)
				fmt.Fprint(w, `{"error":{"message":"body.response_format.type isn't supported"}}`)
				return
			}
			fmt.Fprint(w, completion("answered"))
		})
		c, waits := client(t, url)
		for range 2 {
			if got, err := c.Complete(context.Background(), question); err != nil || got.Text != "answered" {
				t.Fatal(got, err)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || len(*waits) > 0 {
			t.Errorf("%s: %s, waited %v", tt.name, diff, *waits)
		}
	}
}

func TestRetries(t *testing.T) {
	retry := func(status int, after string) func(w http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			w.WriteHeader(status)
			fmt.Fprint(w, `{"error":"busy"}`)
		}
	}
	body := func(text string) func(w http.ResponseWriter) {
		return func(w http.ResponseWriter) { fmt.Fprint(w, text) }
	}
	short := func(w http.ResponseWriter) { // closes before all is sent
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, `{"choices":`)
	}
	s := time.Second
	for _, c := range []struct {
		name     string
		failures []func(http.ResponseWriter)
		waits    []time.Duration
		err      error
	}{
		{"too many requests", []func(http.ResponseWriter){retry(429, "7")}, []time.Duration{7 * s}, nil},
		{"until a time", []func(http.ResponseWriter){retry(503, "Wed, 01 May 2024 10:00:09 GMT")}, []time.Duration{9 * s}, nil},
		{"until a time that is over", []func(http.ResponseWriter){retry(503, "Wed, 01 May 2024 09:00:00 GMT")}, []time.Duration{0}, nil},
		{"for hours", []func(http.ResponseWriter){retry(429, "99999999")}, []time.Duration{mostWait}, nil},
		{"for no time that can be read", []func(http.ResponseWriter){retry(429, "soon")}, []time.Duration{s}, nil},
		{"an error of the server, thrice", []func(http.ResponseWriter){retry(500, ""), retry(502, ""), retry(504, "")}, []time.Duration{s, 2 * s, 4 * s}, nil},
		{"truncated JSON", []func(http.ResponseWriter){body(`{"choices":[{"mess`), body(`{}`)}, []time.Duration{s, 2 * s}, nil},
		{"a broken connection", []func(http.ResponseWriter){short}, []time.Duration{s}, nil},
		{"too often", []func(http.ResponseWriter){retry(500, ""), retry(500, ""), retry(500, ""), retry(500, ""), retry(500, "")},
			[]time.Duration{s, 2 * s, 4 * s, 8 * s}, llm.ErrUnavailable},
	} {
		asked := 0
		url := server(t, func(n int, w http.ResponseWriter, _ *http.Request) {
			if asked++; n < len(c.failures) {
				c.failures[n](w)
				return
			}
			fmt.Fprint(w, completion("fine"))
		})
		client, waits := client(t, url)
		_, err := client.Complete(context.Background(), question)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.waits, *waits); diff != "" {
			t.Errorf("%s: waits %s", c.name, diff)
		}
		if want := min(len(c.failures)+1, attempts); asked != want {
			t.Errorf("%s: %d requests, want %d", c.name, asked, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, body := range map[string]string{
		"refusal":    `{"choices":[{"message":{"content":"I won't","refusal":"I won't"}}]}`,
		"no content": `{"choices":[{"message":{"content":null}}]}`,
	} {
		url := server(t, func(_ int, w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		c, _ := client(t, url)
		if got, err := c.Complete(context.Background(), question); err != nil || got.Text != "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Whatever a server says, the key isn't repeated, and nothing is waited for that won't
// change.
func TestKeyStaysSecret(t *testing.T) {
	echo := func(w http.ResponseWriter, status int) {
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error":{"message":"Incorrect API key provided: %s.\u001b[31m Find yours\nthere.%s"}}`, key, strings.Repeat("x", 1000))
	}
	for _, c := range []struct {
		status   int
		rejected bool
		requests int
	}{{401, false, 1}, {403, false, 1}, {404, false, 1}, {400, true, 3}, {413, true, 1}, {307, false, 1}, {500, false, attempts}} {
		requests := 0
		url := server(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
			requests++
			w.Header().Set("Location", "http://elsewhere.example/"+key)
			echo(w, c.status)
		})
		client, _ := client(t, url)
		_, err := client.Complete(context.Background(), question)
		if err == nil || errors.Is(err, llm.ErrRejected) != c.rejected || requests != c.requests {
			t.Errorf("status %d: %v after %d requests, want %d", c.status, err, requests, c.requests)
			continue
		}
		if said := err.Error(); strings.Contains(said, key) || strings.ContainsAny(said, "\x1b\n") || len(said) > 600 ||
			!strings.Contains(said, "Incorrect API key provided: ***.") {
			t.Errorf("status %d says %q", c.status, said)
		}
	}
	// Text that is no error object.
	url := server(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, "<p>"+r.Header.Get("Authorization"))
	})
	c, _ := client(t, url)
	if _, err := c.Complete(context.Background(), question); strings.Contains(err.Error(), key) {
		t.Errorf("says %q", err)
	}
}

func TestUnreachedServers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := "http://" + l.Addr().String() + "/v1"
	l.Close()
	c, waits := client(t, gone)
	if _, err := c.Complete(context.Background(), question); err == nil || errors.Is(err, llm.ErrUnavailable) || len(*waits) > 0 {
		t.Errorf("a server that isn't there: %v after waiting %v", err, *waits)
	}

	release := make(chan struct{})
	slow := server(t, func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 0 {
			<-release
			return
		}
		fmt.Fprint(w, completion("fine"))
	})
	c, waits = client(t, slow)
	c.http.Timeout = 50 * time.Millisecond
	got, err := c.Complete(context.Background(), question)
	close(release)
	if err != nil || got.Text != "fine" || len(*waits) != 1 {
		t.Errorf("a slow server: %+v, %v, waited %v", got, err, *waits)
	}

	ctx, cancel := context.WithCancel(context.Background())
	hung := server(t, func(_ int, _ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // only then is the end of the connection seen
		cancel()
		<-r.Context().Done()
	})
	c, _ = client(t, hung)
	if _, err := c.Complete(ctx, question); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted request: %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for _, url := range []string{"", "localhost:11434", "ftp://host/v1", "http://", "http://me:" + key + "@host/v1", "http://host/v1?key=" + key,
		"http://ho st/" + key} {
		if _, err := New(Options{URL: url}); err == nil {
			t.Errorf("%q was taken", url)
		} else if strings.Contains(err.Error(), key) {
			t.Errorf("%q: %v repeats the password", url, err)
		}
	}
	for _, url := range []string{"http://localhost:11434/v1", "http://localhost:11434/v1/", "https://api.example.org/openai/v1"} {
		c, err := New(Options{URL: url})
		if err != nil || !strings.HasSuffix(c.endpoint, "/v1/chat/completions") {
			t.Errorf("%q: %+v, %v", url, c, err)
		}
	}
}
