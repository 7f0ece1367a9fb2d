// Package chat asks language models by the chat completions that OpenAI's interface has
// made common: Ollama, llama.cpp and vLLM speak it, and many paid services.
//
// It is an adapter: it implements llm.Server and knows nothing of threads.
//
//  1. [New] takes the address, the model and the key.
//  2. [Client.Complete] sends a request with the JSON Schema of its answer, in OpenAI's way.
//     A server that refuses it is asked in the older way of llama.cpp, then without, and
//     from then on in the way that it took.
//  3. Requests that fail for a while are sent again, after waits that double and that the
//     server can set by Retry-After.
//
// The key goes into the header of requests to that address and nowhere else: redirects
// aren't followed, and it is taken out of what a server says before that is repeated.
package chat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"stance.example/stance/analysis/llm"
)

// Options say where and how a model is asked.
type Options struct {
	// URL is the address up to the version, such as http://localhost:11434/v1.
	URL   string
	Model string
	// Key is sent as a bearer token; "" sends none.
	Key string
	// Timeout is that of one request, until its answer is read.
	Timeout time.Duration
}

// Client asks one model. It is safe for concurrent use.
type Client struct {
	options  Options
	endpoint string
	http     *http.Client
	way      atomic.Int32 // in which the server takes schemas, or may
	reached  atomic.Bool  // the server has answered

	now  func() time.Time // tests have others
	wait func(ctx context.Context, d time.Duration) error
}

var _ llm.Server = (*Client)(nil)

// New returns a client. It fails if the address is none, or holds a password, which would
// end up in messages; the error doesn't repeat it.
func New(o Options) (*Client, error) {
	u, err := url.Parse(o.URL)
	switch {
	case err != nil:
		return nil, errors.New("the address of the server can't be read")
	case u.User != nil:
		return nil, errors.New("the address of the server holds a name or password, which would show in messages")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the address of the server must be like http://localhost:11434/v1, with nothing behind the path")
	}
	return &Client{
		options:  o,
		endpoint: u.JoinPath("chat", "completions").String(),
		http: &http.Client{
			Timeout:       o.Timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		now:  time.Now,
		wait: wait,
	}, nil
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// How requests that fail are sent again.
const (
	attempts  = 5
	firstWait = time.Second // doubled each time
	mostWait  = 2 * time.Minute
)

// Complete implements llm.Server.
func (c *Client) Complete(ctx context.Context, r *llm.Request) (*llm.Completion, error) {
	var failed *failure
	pause := firstWait
	for attempt := range attempts {
		if attempt > 0 {
			if failed.after >= 0 {
				pause = failed.after
			}
			if err := c.wait(ctx, min(pause, mostWait)); err != nil {
				return nil, err
			}
			pause = firstWait << attempt
		}
		var completion *llm.Completion
		completion, failed = c.once(ctx, r)
		switch {
		case failed == nil:
			return completion, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !failed.passing:
			return nil, failed.err
		}
	}
	return nil, fmt.Errorf("%w: after %d attempts, %w", llm.ErrUnavailable, attempts, failed.err)
}

// failure is a request that wasn't answered.
type failure struct {
	err     error
	passing bool          // another attempt may succeed
	after   time.Duration // that the server asks to wait, -1 if it doesn't
	format  bool          // it may be the form of the schema that the server doesn't take
}

// The ways in which a server is told the schema of its answer.
const (
	asSchema = iota // OpenAI's
	asObject        // that of llama.cpp before it took the other, and of its Python server
	asNothing
)

// once sends a request once, or again in every other way to tell the schema that the server
// may take.
func (c *Client) once(ctx context.Context, r *llm.Request) (*llm.Completion, *failure) {
	way := c.way.Load()
	for ; ; way++ {
		completion, failed := c.post(ctx, r, way)
		if failed == nil {
			c.way.Store(way)
			return completion, nil
		}
		if !failed.format || way == asNothing {
			return nil, failed
		}
	}
}

// The body of a request and of its answer, as far as they are used.
type (
	body struct {
		Model          string          `json:"model"`
		Messages       []message       `json:"messages"`
		Temperature    float64         `json:"temperature"`
		Seed           int             `json:"seed"`
		MaxTokens      int             `json:"max_tokens,omitempty"`
		Stream         bool            `json:"stream"`
		ResponseFormat *responseFormat `json:"response_format,omitempty"`
	}
	message struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	}
	responseFormat struct {
		Type   string          `json:"type"`
		Named  *jsonSchema     `json:"json_schema,omitempty"`
		Schema json.RawMessage `json:"schema,omitempty"`
	}
	jsonSchema struct {
		Name   string          `json:"name"`
		Strict bool            `json:"strict"`
		Schema json.RawMessage `json:"schema"`
	}
	answer struct {
		Choices []struct {
			Message struct {
				Content *string `json:"content"`
				Refusal *string `json:"refusal"`
			} `json:"message"`
			FinishReason string `json:"finish_reason"`
		} `json:"choices"`
		Usage json.RawMessage `json:"usage"`
	}
)

// tokens are the numbers of tokens that a server counted, 0 where it says none or nothing
// that is a number: what it charges is its own affair and no reason to lose an answer.
func (a *answer) tokens() (prompt, completion int) {
	var counts map[string]any
	if json.Unmarshal(a.Usage, &counts) != nil {
		return 0, 0
	}
	count := func(name string) int {
		n, err := strconv.ParseFloat(fmt.Sprint(counts[name]), 64)
		if err != nil || !(n > 0 && n <= math.MaxInt32) {
			return 0
		}
		return int(n)
	}
	return count("prompt_tokens"), count("completion_tokens")
}

// mostAnswer is the largest answer read, in bytes.
const mostAnswer = 4 << 20

// post sends one HTTP request.
func (c *Client) post(ctx context.Context, r *llm.Request, way int32) (*llm.Completion, *failure) {
	b := body{
		Model: c.options.Model, Temperature: r.Temperature, Seed: r.Seed, MaxTokens: r.MaxTokens,
		Messages: []message{{"system", r.System}, {"user", r.User}},
	}
	switch way {
	case asSchema:
		b.ResponseFormat = &responseFormat{Type: "json_schema", Named: &jsonSchema{r.Name, true, r.Schema}}
	case asObject:
		b.ResponseFormat = &responseFormat{Type: "json_object", Schema: r.Schema}
	}
	encoded, err := json.Marshal(b)
	if err != nil {
		return nil, &failure{err: err}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(encoded))
	if err != nil {
		return nil, &failure{err: err}
	}
	request.Header.Set("Content-Type", "application/json")
	if c.options.Key != "" {
		request.Header.Set("Authorization", "Bearer "+c.options.Key)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.unreached(err)
	}
	defer response.Body.Close()
	c.reached.Store(true)
	content, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	if err != nil && response.StatusCode == http.StatusOK {
		return nil, c.unreached(err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, c.refused(response, content)
	}
	return c.read(content)
}

// read takes the completion out of an answer. One that isn't what the interface says may
// have been cut short on its way.
func (c *Client) read(content []byte) (*llm.Completion, *failure) {
	var a answer
	if err := json.Unmarshal(content, &a); err != nil || len(a.Choices) == 0 {
		return nil, &failure{err: fmt.Errorf("the answer of %s is no chat completion: %s", c.endpoint, c.shown(content)), passing: true, after: -1}
	}
	completion := &llm.Completion{Cut: a.Choices[0].FinishReason == "length"}
	completion.PromptTokens, completion.AnswerTokens = a.tokens()
	if m := a.Choices[0].Message; m.Content != nil && (m.Refusal == nil || *m.Refusal == "") {
		completion.Text = c.withoutKey(*m.Content)
	}
	return completion, nil
}

// unreached is the failure of a request that got no answer, or not all of it. A server
// that can't be connected to may be starting again, unless it never answered.
func (c *Client) unreached(err error) *failure {
	var u *url.Error
	var dial *net.OpError
	passing := true
	if errors.As(err, &u) {
		passing = c.reached.Load() || !errors.As(err, &dial) || dial.Op != "dial" || u.Timeout()
		err = u.Err // which doesn't repeat the address
		if u.Timeout() {
			err = fmt.Errorf("no answer within %v", c.options.Timeout)
		}
	}
	return &failure{err: fmt.Errorf("%s: %s", c.endpoint, c.shown([]byte(err.Error()))), passing: passing, after: -1}
}

// refused is the failure of a request that was answered with another status than 200. Some
// servers call a request that they don't understand an error of their own.
func (c *Client) refused(r *http.Response, content []byte) *failure {
	f := &failure{err: fmt.Errorf("%s: status %d: %s", c.endpoint, r.StatusCode, c.shown(content)), after: -1}
	switch s := r.StatusCode; {
	case s == http.StatusTooManyRequests, s == http.StatusRequestTimeout, s >= 500:
		f.passing, f.after = true, c.retryAfter(r.Header.Get("Retry-After"))
		f.format = s == http.StatusInternalServerError && bytes.Contains(content, []byte("response_format"))
	case s == http.StatusBadRequest, s == http.StatusUnprocessableEntity:
		f.format = true
		f.err = fmt.Errorf("%w: %w", llm.ErrRejected, f.err)
	case s == http.StatusRequestEntityTooLarge:
		f.err = fmt.Errorf("%w: %w", llm.ErrRejected, f.err)
	}
	return f
}

// retryAfter reads the header, a number of seconds or a time; -1 if it holds neither.
func (c *Client) retryAfter(header string) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, int(mostWait/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(c.now()))
	}
	return -1
}

// withoutKey is what a server says without the key, which it may repeat.
func (c *Client) withoutKey(said string) string {
	if c.options.Key == "" {
		return said
	}
	return strings.ReplaceAll(said, c.options.Key, "***")
}

// mostShown is how much of what a server says is repeated, in characters.
const mostShown = 300

// shown is what a server says, on one line, without the key and not too long. The
// message of an error object stands for the object.
func (c *Client) shown(content []byte) string {
	var object struct {
		Error json.RawMessage `json:"error"`
	}
	said := string(content)
	if json.Unmarshal(content, &object) == nil && object.Error != nil {
		var inner struct {
			Message string `json:"message"`
		}
		if json.Unmarshal(object.Error, &said) != nil && json.Unmarshal(object.Error, &inner) == nil && inner.Message != "" {
			said = inner.Message
		}
	}
	said = c.withoutKey(said)
	said = strings.Join(strings.FieldsFunc(said, func(r rune) bool { return r <= ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }), " ")
	if runes := []rune(said); len(runes) > mostShown {
		said = string(runes[:mostShown]) + "…"
	}
	return said
}
