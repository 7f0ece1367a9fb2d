package jsonl_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/jsonl"
)

// read returns all threads and all problems that stand for a record.
func read(t testing.TB, input string) ([]*corpus.Thread, []string) {
	t.Helper()
	return readWith(t, input, jsonl.Options{})
}

func readWith(t testing.TB, input string, o jsonl.Options) ([]*corpus.Thread, []string) {
	t.Helper()
	var threads []*corpus.Thread
	var failures []string
	for th, err := range jsonl.Read("in", strings.NewReader(input), o) {
		var p *corpus.Problem
		switch {
		case err == nil:
			threads = append(threads, th)
		case errors.As(err, &p) && p.Level == corpus.Failure && th == nil:
			failures = append(failures, p.Error())
		default:
			t.Fatalf("got thread %v with error %v", th, err)
		}
	}
	return threads, failures
}

func TestReadOwnForm(t *testing.T) {
	const in = `{"thread":"t7","source":"town","licence":"CC0","title":"Bridge closes","url":"https://town.example/b","site":"Town","published":"May 2024",` +
		`"format":"plaintext","case":"The bridge is unsafe.","for":["council"],"against":["builder"],"description":"Lead.","text":"Body.","declared_comments":5,` +
		`"comments":[` +
		`{"id":"a","author":"Ivo","posted":"2024-05-01T10:00:00+02:00","posted_as":"2 hours ago","votes":-3,"text":"Says who? <b> & co","stance":"skeptical",` +
		`"sentiment":"neutral","certainty":2,"sarcasm":true},` +
		`{"id":"b","parent":"a","parent_text":"Says who?","text":"The inspector.","unknown":{"x":[1]}},` +
		`{"id":"c","text":"","removed":true}]}`
	votes := -3
	want := []*corpus.Thread{{
		ID: "t7", Source: "town", Licence: "CC0", Format: "plaintext", DeclaredComments: 5,
		Article: corpus.Article{
			Title: "Bridge closes", URL: "https://town.example/b", Site: "Town", Published: "May 2024", Case: "The bridge is unsafe.",
			For: []string{"council"}, Against: []string{"builder"}, Description: "Lead.", Text: "Body.",
		},
		Comments: []corpus.Comment{
			{
				ID: "a", Author: "Ivo", Posted: time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC), PostedAs: "2 hours ago", Votes: &votes, Line: 1,
				Text: "Says who? <b> & co", Annotation: &corpus.Annotation{Label: "skeptical", Sentiment: "neutral", Certainty: 2, Sarcasm: true},
			},
			{ID: "b", Parent: "a", ParentText: "Says who?", Text: "The inspector.", Line: 1},
			{ID: "c", Removed: true, Line: 1},
		},
	}}
	got, failures := read(t, in)
	want[0].Problems = []corpus.Problem{{File: "in", Line: 1, Level: corpus.Assumption,
		Message: "not read, because comments of this form have no such fields: unknown"}}
	if diff := cmp.Diff(want, got); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%v", diff, failures)
	}
}

func TestReadNearForms(t *testing.T) {
	doubt := func(label string) *corpus.Annotation { return &corpus.Annotation{Label: label} }
	tests := []struct {
		name, why, in string
		want          []*corpus.Thread
	}{
		{"article apart", "its id names the thread, its target is the case",
			`{"source":"s","article":{"id":9,"title":"T","text":"B","target":"the toll"},"comments":[{"id":1,"text":"No."}]}`,
			[]*corpus.Thread{{ID: "9", Source: "s", Article: corpus.Article{Title: "T", Text: "B", Case: "the toll"},
				Comments: []corpus.Comment{{ID: "1", Text: "No.", Line: 1}}}}},
		{"other labels", "a label is free text", `{"thread":"r","comments":[{"id":"1","is_source":true,"text":"It fell.","stance":"support"},{"id":"2",` +
			`"parent":"1","text":"It stands.","stance":"deny"}]}`,
			[]*corpus.Thread{{ID: "r", Problems: []corpus.Problem{{File: "in", Line: 1, Level: corpus.Assumption,
				Message: "not read, because comments of this form have no such fields: is_source"}}, Comments: []corpus.Comment{
				{ID: "1", Text: "It fell.", Line: 1, Annotation: doubt("support")}, {ID: "2", Parent: "1", Text: "It stands.", Line: 1, Annotation: doubt("deny")}}}}},
		{"output of an analysis", "the program's own judgement is not an annotation",
			`{"thread":{"source":"a.txt","format":"plaintext","title":"T","case":"C","for":["x"],"declared_comments":2},"comments":[{"id":"c1","author":"Lou",` +
				`"text":"Hm.","stance":"skeptical","probabilities":{"skeptical":0.8},"unsure":false,"polarity":"negative","valence":-0.2,"evidence":[]}],` +
				`"summary":{"comments":1}}`,
			[]*corpus.Thread{{Source: "a.txt", Format: "plaintext", DeclaredComments: 2, Article: corpus.Article{Title: "T", Case: "C", For: []string{"x"}},
				Comments: []corpus.Comment{{ID: "c1", Author: "Lou", Text: "Hm.", Line: 1}}}}},
		{"output of a language model's analysis", "nor is a judgement without probabilities, and the model's case isn't the article's",
			`{"thread":{"title":"T","case":"C","case_by":"llm"},"comments":[{"id":"c1","text":"Hm.","stance":"skeptical","engine":"llm","unsure":false,` +
				`"polarity":"negative","valence":-0.2}]}`,
			[]*corpus.Thread{{Article: corpus.Article{Title: "T"}, Comments: []corpus.Comment{{ID: "c1", Text: "Hm.", Line: 1}}}}},
		{"without ids", "they are named by their place", `{"comments":[{"text":"a"},{"text":"b","parent":"c1"}]}`,
			[]*corpus.Thread{{Comments: []corpus.Comment{{ID: "c1", Text: "a", Line: 1}, {ID: "c2", Parent: "c1", Text: "b", Line: 1}}}}},
		{"no comments", "an article nobody answered; some writers put null for an empty list",
			"{\"thread\":\"a\",\"comments\":[]}\n\n{\"thread\":\"b\",\"title\":\"T\",\"comments\":null}",
			[]*corpus.Thread{{ID: "a"}, {ID: "b", Article: corpus.Article{Title: "T"}}}},
		{"labels as numbers", "and a label of null is none", `{"comments":[{"text":"a","stance":1},{"text":"b","stance":null}]}`,
			[]*corpus.Thread{{Comments: []corpus.Comment{{ID: "c1", Text: "a", Line: 1, Annotation: doubt("1")}, {ID: "c2", Text: "b", Line: 1}}}}},
		{"another time", "kept as written", `{"comments":[{"text":"a","posted":"yesterday"}]}`,
			[]*corpus.Thread{{Comments: []corpus.Comment{{ID: "c1", Text: "a", PostedAs: "yesterday", Line: 1}}}}},
		{"over several lines", "as an editor or jq writes it, one after the other",
			"\n{\n \"thread\": \"a\",\n \"comments\": [\n  {\"text\": \"x\"}\n ]\n}\n{\n \"thread\": \"b\", \"comments\": []}\n",
			[]*corpus.Thread{{ID: "a", Comments: []corpus.Comment{{ID: "c1", Text: "x", Line: 2}}}, {ID: "b"}}},
		{"an array", "as many programs write a list", "[\n{\"thread\": \"a\", \"comments\": []},\n{\"thread\": \"b\", \"comments\": [{\"text\": \"x\"}]}\n]",
			[]*corpus.Thread{{ID: "a"}, {ID: "b", Comments: []corpus.Comment{{ID: "c1", Text: "x", Line: 3}}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, failures := read(t, tt.in)
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" || failures != nil {
				t.Errorf("%s (-want +got):\n%s%v", tt.why, diff, failures)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	const good = `{"thread":"good","comments":[]}`
	tests := []struct {
		name, why, in string
		threads       int
		want          []string
	}{
		{"cut", "a line cut short costs only itself", "{\"thread\":\"x\",\"comm\n" + good, 1,
			[]string{"in:1: not valid JSON at byte 19: unexpected end of JSON input"}},
		{"text between", "as in a log", good + "\nDone.\r\n" + good + "\r\n", 2,
			[]string{"in:2: not valid JSON at byte 1: invalid character 'D' looking for beginning of value"}},
		{"a field of another kind", "the path to it is given", good + "\n" + `{"comments":[{"id":"1","text":["a"]}]}` + "\n" + good, 2,
			[]string{"in:2: field comments.text: found array where a string is needed"}},
		{"an ID of another kind", "numbers are taken, lists are not", `{"comments":[{"id":["1"],"text":"a"}]}`, 0,
			[]string{"in:1: field comments.id: found array where a string is needed"}},
		{"a field of the header", "embedding doesn't show", `{"title":7,"comments":[]}`, 0,
			[]string{"in:1: field title: found number where a string is needed"}},
		{"a field of the inner header", "it is named with its place", `{"thread":{"title":7},"comments":[]}`, 0,
			[]string{"in:1: in field thread: field title: found number where a string is needed"}},
		{"no object", "a thread is one", "7\n" + good, 1,
			[]string{"in:1: JSON, but not a thread: found number where an object is needed"}},
		{"other records", "the first is shown, the rest are counted", strings.Repeat(`{"body":"x","author":"y"}`+"\n", 3) + good, 1,
			[]string{`in:1: JSON, but not a thread: it has no "comments", but author, body`, "in:3: JSON, but not a thread: 2 more, the last here"}},
		{"comments of another form", "no text would be left", `{"comments":[{"body":"x"}]}`, 0,
			[]string{`in:1: JSON, but not a thread: no comment has a "text"`}},
		{"an array that ends early", "what was whole is read", "[" + good + ",\n{\"thread\":", 1,
			[]string{"in:1: not valid JSON: the file ends within the value that begins after this"}},
		{"an object that ends early", "as a broken download", "{\n\"thread\": \"a\",\n", 0,
			[]string{"in:1: not valid JSON: the file ends within the value that begins after this"}},
		{"an array with an error", "the rest can't be told apart", "[\n" + good + ",\n}\n" + good + "]", 1,
			[]string{"in:2: not valid JSON after this: invalid character '}' looking for beginning of value: the rest is not read"}},
		{"an array of other things", "each value is judged alone", "[1,\n2,\n" + good + "]", 1,
			[]string{"in:1: JSON, but not a thread: found number where an object is needed", "in:2: JSON, but not a thread: 1 more, the last here"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read(t, tt.in)
			if diff := cmp.Diff(tt.want, failures); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			if len(threads) != tt.threads {
				t.Errorf("%s: got %d threads, want %d", tt.why, len(threads), tt.threads)
			}
		})
	}
}

// A thread that takes too much memory is given in parts, and nothing of it is lost.
func TestLargeThread(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a large thread")
	}
	const piece, n = `{"text":"x"}`, 260_000
	threads, failures := read(t, `{"thread":"t","title":"T","comments":[`+strings.Repeat(piece+",", n-1)+piece+`]}`)
	comments := 0
	for i, th := range threads {
		comments += len(th.Comments)
		if th.ID != "t" || th.Article.Title != "T" || (len(th.Problems) > 0) != (i > 0) || i > 0 && !th.Problems[0].Oversize {
			t.Errorf("part %d: %s, %q, %v", i, th.ID, th.Article.Title, th.Problems)
		}
	}
	if failures != nil || len(threads) < 2 || comments != n {
		t.Errorf("%d comments in %d parts, failures %v", comments, len(threads), failures)
	}
	if threads, _ := readWith(t, `{"comments":[`+strings.Repeat(piece+",", n-1)+piece+`]}`, jsonl.Options{MaxLine: 128 << 20}); len(threads) != 1 {
		t.Errorf("with more memory it has %d parts", len(threads))
	}
}

func TestOddReplies(t *testing.T) {
	threads, failures := read(t, "\n"+`{"comments":[{"id":"a","text":"x","parent":"z"},{"id":"a","text":"y"}]}`)
	if len(threads) != 1 || failures != nil {
		t.Fatalf("got %d threads, failures %v", len(threads), failures)
	}
	var got []string
	for _, p := range threads[0].Problems {
		got = append(got, p.Error())
	}
	want := []string{
		`in:2: 1 comment has the ID of an earlier one: "a" is now "a#2"`,
		`in:2: 1 reply's parent is not in the thread, so it stays unknown: "a", names "z"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// endless is a line without an end, of a given length.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	e.left -= n
	for i := range p[:n] {
		p[i] = 'x'
	}
	return n, nil
}

func TestLongLine(t *testing.T) {
	in := io.MultiReader(&endless{jsonl.MaxLine + 1}, strings.NewReader("\n{\"comments\":[]}\n"))
	var got []string
	for th, err := range jsonl.Read("in", in, jsonl.Options{}) {
		got = append(got, fmt.Sprint(th != nil, err))
	}
	want := []string{"false in:1: longer than 64 MB", "true <nil>"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLongObject(t *testing.T) {
	in := io.MultiReader(strings.NewReader("{\n\"text\": \""), &endless{jsonl.MaxLine + 1})
	for th, err := range jsonl.Read("in", in, jsonl.Options{}) {
		const want = "in:1: the object after this is longer than 64 MB: the rest is not read"
		if th != nil || err.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestReadErrorEnds(t *testing.T) {
	broken := errors.New("broken pipe")
	for _, start := range []string{"{\"comments\":[]}\n", "[{\"comments\":[]},\n"} {
		in := io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken))
		threads, last := 0, error(nil)
		for th, err := range jsonl.Read("in", in, jsonl.Options{}) {
			if last != nil {
				t.Fatalf("%q: went on after %v", start, last)
			}
			if th != nil {
				threads++
			}
			last = err
		}
		if !errors.Is(last, broken) || threads != 1 {
			t.Errorf("%q: got %d threads and %v, want 1 and %v", start, threads, last, broken)
		}
	}
}

func TestStopsWhenAsked(t *testing.T) {
	for _, in := range []string{"{\"comments\":[]}\nx\n{\"comments\":[]}", "[{\"comments\":[]},{\"comments\":[]}]"} {
		n := 0
		for range jsonl.Read("in", strings.NewReader(in), jsonl.Options{}) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q: got %d", in, n)
		}
	}
}

// anyThread makes a well-formed thread with every field set or not at random.
func anyThread(rnd *rand.Rand) *corpus.Thread {
	words := []string{"", "", "é <b> & \"q\"", "two\r\nlines\t", "🦁\u2028", "null", "0", " "}
	word := func() string { return words[rnd.IntN(len(words))] }
	list := func() []string { return strings.Fields(word()) }
	t := &corpus.Thread{
		ID: word(), Source: word(), Format: word(), Licence: word(), DeclaredComments: rnd.IntN(3),
		Article: corpus.Article{
			Title: word(), Description: word(), Text: word(), URL: word(), Site: word(), Published: word(),
			Case: word(), For: list(), Against: list(),
		},
	}
	for i := range rnd.IntN(6) {
		c := corpus.Comment{ID: fmt.Sprint(word(), i), ParentText: word(), Author: word(), PostedAs: word(), Text: word(), Removed: rnd.IntN(4) == 0}
		if i > 0 && rnd.IntN(2) == 0 {
			c.Parent = t.Comments[rnd.IntN(i)].ID
		}
		if rnd.IntN(2) == 0 {
			c.Posted = time.Unix(rnd.Int64N(2e9), rnd.Int64N(2)).In(time.FixedZone("", 3600*rnd.IntN(5)))
		}
		if n := rnd.IntN(5); n > 0 {
			n -= 2
			c.Votes = &n
		}
		if rnd.IntN(2) == 0 {
			c.Annotation = &corpus.Annotation{Label: "deny", Sentiment: word(), Sarcasm: rnd.IntN(2) == 0, Certainty: rnd.IntN(4)}
		}
		t.Comments = append(t.Comments, c)
	}
	return t
}

func TestRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var want []*corpus.Thread
	var out bytes.Buffer
	w := jsonl.NewWriter(&out)
	for range 500 {
		th := anyThread(rnd)
		want = append(want, th)
		if err := w.Write(th); err != nil {
			t.Fatal(err)
		}
	}
	got, failures := read(t, out.String())
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(corpus.Comment{}, "Line")); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%v", diff, failures)
	}
	var again bytes.Buffer
	w = jsonl.NewWriter(&again)
	for _, th := range got {
		if err := w.Write(th); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("equal threads were written as different bytes")
	}
}

func TestWriteError(t *testing.T) {
	r, w := io.Pipe()
	broken := errors.New("no space")
	r.CloseWithError(broken)
	if err := jsonl.NewWriter(w).Write(&corpus.Thread{ID: "t"}); !errors.Is(err, broken) {
		t.Errorf("got %v, want it to wrap %v", err, broken)
	}
}

// The collections beside the project hold every shape the reader promises.
func TestCollections(t *testing.T) {
	tests := []struct {
		file                         string
		threads, comments, annotated int
		articles                     int // with a title or a text
	}{
		{"news/threads-train.jsonl", 535, 13641, 13641, 535},
		{"unlabelled/globeandmail-threads.jsonl", 484, 12000, 0, 1},
		{"unlabelled/reddit-threads.jsonl", 205, 14324, 0, 205},
		{"public/rumoureval2019-threads.jsonl", 365, 6702, 6702, 365},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			f, err := os.Open(filepath.Join("../../../shared/data", filepath.FromSlash(tt.file)))
			if err != nil {
				t.Skip("needs the collections beside the project: ", err)
			}
			defer f.Close()
			var threads, comments, annotated, articles int
			for th, err := range jsonl.Read(tt.file, f, jsonl.Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				threads++
				comments += len(th.Comments)
				if th.Article.Title+th.Article.Text != "" {
					articles++
				}
				for _, c := range th.Comments {
					if c.Annotation != nil {
						annotated++
					}
				}
			}
			if threads != tt.threads || comments != tt.comments || annotated != tt.annotated || articles != tt.articles {
				t.Errorf("got %d threads, %d comments, %d annotated, %d articles; want %d, %d, %d, %d",
					threads, comments, annotated, articles, tt.threads, tt.comments, tt.annotated, tt.articles)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"thread":"a","comments":[{"id":"1","text":"x"},{"parent":"1","text":"y","votes":2}]}` + "\n{}\nx")
	f.Add("{\n\"comments\": [{\"text\": \"x\"}]\n}")
	f.Add(`[{"thread":{"id":1},"comments":null}, 3]`)
	f.Fuzz(func(t *testing.T, in string) {
		threads, _ := read(t, in)
		var out bytes.Buffer
		for _, th := range threads {
			for _, c := range th.Comments {
				if !utf8.ValidString(c.Text) {
					t.Fatalf("invalid UTF-8: %q", c.Text)
				}
			}
			if err := jsonl.NewWriter(&out).Write(th); err != nil {
				t.Fatal(err)
			}
		}
		again, failures := read(t, out.String())
		if diff := cmp.Diff(threads, again, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(corpus.Comment{}, "Line"), cmpopts.IgnoreFields(corpus.Thread{},
			"Problems")); diff != "" || failures != nil {
			t.Fatalf("reading what was written (-first +second):\n%s%v", diff, failures)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var in bytes.Buffer
	w := jsonl.NewWriter(&in)
	for range 200 {
		t := &corpus.Thread{ID: "t", Article: corpus.Article{Title: "Bridge closes", Text: strings.Repeat("The old bridge closes for repairs. ", 40)}}
		for i := range 40 {
			t.Comments = append(t.Comments, corpus.Comment{
				ID: fmt.Sprint(i), Author: "Ivo", Text: strings.Repeat("I doubt that it is “unsafe”.\n", 6),
				Annotation: &corpus.Annotation{Label: "skeptical", Sentiment: "neutral", Certainty: 3},
			})
		}
		if err := w.Write(t); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range jsonl.Read("in", bytes.NewReader(in.Bytes()), jsonl.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func TestDetect(t *testing.T) {
	for in, want := range map[string]bool{
		`{"thread":"t","comments":[]}`:               true,
		`{"thread":"t","comments":null}`:             true,
		`{"comments":[{"id":"1","text":"x"}]}`:       true,
		`{"post":7,"comments":[{"text":"x"`:          false, // nothing is seen of the comments
		`{"post":7,"comments":[{"text":"x"},`:        true,
		`[{"title":"cut off in the mid`:              true,
		`{"thread":"t","comm` + "\n{}":               true, // the line is faulty, the form is not
		`{"text":"x","author":"y"}`:                  false,
		`[{"title":"x","comments":[{"body":"y"}]}]`:  false,
		`{"postTitle":"x","text":"y","comments":[]}`: false,
		`{}`:                      false,
		`[{}]`:                    false,
		`[1] The report, page 3.`: false,
		`"quoted"`:                false,
		``:                        false,
	} {
		if _, got := jsonl.Detect([]byte(in)); got != want {
			t.Errorf("%q: got %t", in, got)
		}
	}
	foreign, _ := jsonl.Detect([]byte(`{"comments":[{"text":"x","likes":1}]}`))
	if len(foreign) != 1 || foreign[0] != "likes" {
		t.Errorf("fields that the form doesn't have: %q", foreign)
	}
}
