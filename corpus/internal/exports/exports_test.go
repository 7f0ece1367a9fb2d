package exports_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/jsonl"
	"stance.example/stance/corpus/table"
)

var update = flag.Bool("update", false, "write the golden parts of testdata")

// read returns the threads of an input as the program's own lines, with what is said
// about them behind.
func read(t testing.TB, in []byte) (lines, said string) {
	t.Helper()
	var out, problems bytes.Buffer
	w := jsonl.NewWriter(&out)
	say := func(p *corpus.Problem) {
		problems.WriteString([]string{"assumption ", "warning ", "failure "}[p.Level] + p.Error() + "\n")
	}
	for th, err := range formats.Read(t.Context(), "in", bytes.NewReader(in), formats.Options{}) {
		var p *corpus.Problem
		switch {
		case errors.As(err, &p):
			say(p)
		case err != nil:
			t.Fatal(err)
		default:
			if err := w.Write(th); err != nil {
				t.Fatal(err)
			}
			for i := range th.Problems {
				say(&th.Problems[i])
			}
		}
	}
	return out.String(), problems.String()
}

// form is the form of that name.
func form(name string) exports.Form {
	all := exports.Forms()
	return all[slices.IndexFunc(all, func(f exports.Form) bool { return f.Name == name })]
}

func fixtures(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures: ", err)
	}
	return files
}

// Every file of testdata is an export with what is read from it. Read again, that is
// the same thread.
func TestFixtures(t *testing.T) {
	for _, file := range fixtures(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines, said := read(t, archive.Files[0].Data)
			if strings.Contains(lines, "mail.example") || strings.Contains(lines, "192.0.2.") {
				t.Error("an address of e-mail or of a computer was kept")
			}
			again, _ := read(t, []byte(lines))
			if diff := cmp.Diff(lines, again); diff != "" {
				t.Errorf("read again (-first +second):\n%s", diff)
			}
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "threads", Data: []byte(lines)}, txtar.File{Name: "said", Data: []byte(said)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), lines); diff != "" {
				t.Errorf("threads (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(string(archive.Files[2].Data), said); diff != "" {
				t.Errorf("said (-want +got):\n%s", diff)
			}
		})
	}
}

// What a form holds beside what is known of it is said, whatever its name and its place.
func TestUntaken(t *testing.T) {
	const remark = `{"id":"1","text":"<p>Who asked us?</p>","user":{"name":"Ola"},"locator":{"site":"s","url":"https://t.example/q"},` +
		`"time":"2024-03-01T10:00:00Z"}`
	for _, c := range []struct{ name, in, want string }{
		{"replies under another name", `{"data":[{"id":"1_2","message":"Who asked us?","created_time":"2024-03-01T10:00:00+0000","from":{"name":"Ola"},` +
			`"kidz":{"data":[{"id":"1_3","message":"They did ask.","from":{"name":"Kari"}}]}}]}`, `1 object with a text under "data.kidz.data.message"`},
		{"a comment that looks like the head", `{"version":1}` + "\n" + remark + "\n" + strings.Replace(remark, "{", `{"version":2,`, 1),
			`1 object with a text under "text"`},
		{"a short reply under another name", `{"comments":[{"id":1,"post_id":5,"body":"Says who?","name":"Ola","ancestor_path":"","kids":[{"id":2,"body":"Me.",` +
			`"name":"Kari","ancestor_path":"1"}]}]}`, `1 object with a text under "comments.kids.body"`},
		{"nothing", `{"version":1}` + "\n" + remark, ""},
		{"another way to write it", strings.Replace(remark, "{", `{"orig":"Who asked us?","body":"Who asked us?",`, 1), ""},
	} {
		lines, said := read(t, []byte(c.in))
		if lines == "" || !strings.Contains(said, c.want) || c.want == "" && said != "" {
			t.Errorf("%s: it says %q, want %q", c.name, said, c.want)
		}
	}
}

// A file of a known form whose texts stand in a field of another name is an error that names the
// field, and one whose texts are empty is none.
func TestTextlessFiles(t *testing.T) {
	const no = "failure in: no comment has a text in a field that is known for it, but there is something in %[1]s"
	for _, c := range []struct{ name, in, field string }{
		{"renamed", `{"comments":[{"id":"1","txt":"<p>Who asked us?</p>","user":{"name":"Ola Berg"},"locator":{"url":"https://t.example/q"}}]}`, "txt"},
		{"nested", `{"comments":[{"id":"1","text":{"inner":"Who asked us?"},"user":{"name":"Ola Berg"},"locator":{"url":"https://t.example/q"}}]}`, "text.inner"},
		{"beside others removed", `{"comments":[{"commentHex":"1","parentHex":"root","commenterHex":"a","words":"Who asked us?"},{"commentHex":"2",` +
			`"parentHex":"1","commenterHex":"a","deleted":true,"markdown":"[deleted]"}]}`, "words"},
		{"in an element", `<disqus xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><title>The fares rise again</title></thread><post dsq:id="2">` +
			`<body>Who asked us?</body><thread dsq:id="1"/></post></disqus>`, "body"},
		{"without a description", `[{"by":"ola","id":1,"time":1714557600,"type":"comment","parent":9,"words":"Who asked us?"}]`, "words"},
		{"empty", `{"comments":[{"id":"1","text":"","user":{"name":"Ola Berg"},"locator":{"url":"https://t.example/q"}}]}`, ""},
	} {
		_, said := read(t, []byte(c.in))
		if c.field == "" && strings.Contains(said, "failure") || c.field != "" && !strings.Contains(said, fmt.Sprintf(no, c.field)) {
			t.Errorf("%s: it says %q, want it to name %q", c.name, said, c.field)
		}
		if hint := ": --format records --map text=" + c.field + " takes it"; c.field != "" && !strings.Contains(said, hint) {
			t.Errorf("%s: it says %q", c.name, said)
		}
		if c.field == "" {
			continue
		}
		for th, err := range formats.Read(t.Context(), "in", strings.NewReader(c.in), formats.Options{Format: "records",
			Columns: map[table.Field]string{table.Text: c.field}}) {
			if err != nil || !strings.Contains(fmt.Sprint(th.Comments), "Who asked us?") {
				t.Errorf("%s: as records: %v, %v", c.name, th, err)
			}
		}
	}
}

// What no comment has in a field that is known for it is said where another field looks like it, and
// replies that stand in their comment stay replies without IDs.
func TestFieldsOfAnotherName(t *testing.T) {
	const file = `{"comments":[{"id":"a1f","pid":"","text":"<p>Who asked us?</p>","user":{"name":"Ola Berg"},"locator":{"url":"https://t.example/q"},` +
		`"time":"2024-03-01T10:00:00Z","score":2,"edits":3,"kind":"web"},` +
		`{"id":"b2c9","pid":"a1f","text":"<p>Nobody asked.</p>","user":{"name":"kari_92"},"locator":{"url":"https://t.example/q"},"time":"2024-03-01T11:00:00Z",` +
		`"score":2,"edits":3,"kind":"web"},` +
		`{"id":"c3d9","pid":"b2c9","text":"<p>They did.</p>","user":{"name":"Ola Berg"},"locator":{"url":"https://t.example/q"},"time":"2024-03-02T11:00:00Z",` +
		`"score":2,"edits":3,"kind":"web"}]}`
	const no = "warning in: no comment has "
	for _, c := range []struct{ was, is, want string }{
		{"edits", "edits", ""},
		{`"time":`, `"zq":`, no + `the time in a field that is known for it, but "zq" looks like it: --format records --map time=zq takes it` + "\n"},
		{`"name":`, `"zq":`, no + `the author in a field that is known for it, but "user.zq" looks like it: --format records --map author=user.zq takes it` + "\n"},
		{`"pid":`, `"zq":`, no + `the parent in a field that is known for it, but "zq" looks like it: --format records --map parent=zq takes it` + "\n"},
		{`"score":`, `"zq":`, no + `the votes in a field that is known for it, but "zq", "edits" look like it: --format records --map votes=zq takes it` + "\n"},
		{`"id":`, `"zq":`, no + "an ID in a field that is known for it, so what answers what may be lost\n"},
	} {
		lines, said := read(t, []byte(strings.ReplaceAll(file, c.was, c.is)))
		if c.want == "" && said != "" || !strings.Contains(said, c.want) || strings.Count(lines, `"text"`) != 3 {
			t.Errorf("%s: it says %q, want %q", c.was, said, c.want)
		}
	}
	const names = `{"comments":[{"commentHex":"1","parentHex":"root","commenterHex":"a1","markdown":"Who asked us?"}],"commenters":[{"commenterHex":"a1",` +
		`"zq":"Ola"}]}`
	if _, said := read(t, []byte(names)); !strings.Contains(said, no+"an author: they are given by their IDs") {
		t.Errorf("names elsewhere: it says %q", said)
	}
	const posts = `<disqus xmlns:dsq="http://disqus.com/disqus-internals"><post dsq:id="11"><message>Who asked?</message><when>2024-03-01T10:00:00Z</when>` +
		`<thread dsq:id="1"/></post>` +
		`<post dsq:id="12"><message>Nobody.</message><when>2024-03-01T11:00:00Z</when><above dsq:id="11"/><thread dsq:id="1"/></post></disqus>`
	for _, want := range []string{`the time in a field that is known for it, but "when" looks like it`,
		`the parent in a field that is known for it, but "above.@id" looks like it`} {
		if _, said := read(t, []byte(posts)); !strings.Contains(said, no+want) {
			t.Errorf("XML: it says %q, want %q", said, want)
		}
	}
	const context = `{"ancestors":[{"id":"20","content":"The fares rise.","account":{"acct":"town"}}],"descendants":[{"id":"2101","content":"Says who?",` +
		`"account":{"acct":"ivo"}},{"id":"2102","content":"The county.","account":{"acct":"una"},"zq":"2101"}]}`
	if lines, said := read(t, []byte(context)); strings.Count(lines, `"thread"`) != 1 || !strings.Contains(said,
		no+`the parent in a field that is known for it, but "zq" looks like it`) {
		t.Errorf("a context: %s, it says %q", lines, said)
	}
	const nested = `[{"cid":"","text":"Who asked us?","diggCount":1,"replies":[{"cid":"","text":"They did ask.","diggCount":0}]}]`
	if lines, _ := read(t, []byte(nested)); !strings.Contains(lines, `"parent":"c1"`) {
		t.Errorf("a reply in its comment: %s", lines)
	}
}

// What convert makes of the real files beside the project is read back as the same.
func TestRealFilesRoundTrip(t *testing.T) {
	files, err := filepath.Glob(filepath.FromSlash("../../../shared/data/formats/*/*"))
	if err != nil || len(files) == 0 {
		t.Skip("needs the saved files beside the project")
	}
	for _, file := range files {
		switch filepath.Ext(file) {
		case ".json", ".jsonl", ".js", ".xml", ".csv":
		default:
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines, _ := read(t, content)
			if again, _ := read(t, []byte(lines)); lines != "" && again != lines {
				t.Errorf("read again, it differs:\n%s", cmp.Diff(lines, again))
			}
		})
	}
}

func TestLimits(t *testing.T) {
	deep := `{"ancestors":[],"descendants":[` + strings.Repeat("[", 3000)
	long := `{"ancestors":[],"descendants":[{"content":"` + strings.Repeat("x", 2<<20) + `"}]}`
	for _, tt := range []struct{ name, in, want string }{
		{"deep", deep, "in:1: nested deeper than 2000 arrays and objects"},
		{"long line", long, "in:1: longer than 1 MB"},
		{"long document", strings.Replace(long, "{", "{\n", 1), "in:1: the object after this is longer than 1 MB: the rest is not read"},
		{"cut off", "{\n" + `"ancestors":[],"descendants":[{"content":"x"`, "in:1: not valid JSON: the file ends within the value that begins after this"},
	} {
		var got []string
		for th, err := range form("mastodon").Read("in", strings.NewReader(tt.in), exports.Options{MaxDocument: 1 << 20}) {
			if th != nil || err == nil {
				t.Fatalf("%s: got a thread", tt.name)
			}
			got = append(got, err.Error())
		}
		if len(got) == 0 || got[0] != tt.want {
			t.Errorf("%s: got %q, want %q first", tt.name, got, tt.want)
		}
	}
}

func TestReadErrorEnds(t *testing.T) {
	broken := errors.New("broken pipe")
	var last error
	for _, err := range form("reddit").Read("in", iotest.ErrReader(broken), exports.Options{}) {
		last = err
	}
	if !errors.Is(last, broken) {
		t.Errorf("got %v", last)
	}
}

// Whatever an export holds, a thread keeps the promises of the types.
func FuzzRead(f *testing.F) {
	for _, file := range fixtures(f) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for th, err := range formats.Read(t.Context(), "in", bytes.NewReader(in), formats.Options{MaxDocument: 1 << 20}) {
			if (th == nil) == (err == nil) {
				t.Fatal("neither or both of a thread and an error")
			}
			if th == nil {
				continue
			}
			ids := map[string]bool{}
			for i := range th.Comments {
				if c := &th.Comments[i]; c.ID == "" || ids[c.ID] {
					t.Fatalf("comment %d has no ID of its own: %q", i, c.ID)
				}
				ids[th.Comments[i].ID] = true
			}
			for i := range th.Comments {
				if p := th.Comments[i].Parent; p != "" && !ids[p] {
					t.Fatalf("the parent %q is not in the thread", p)
				}
			}
		}
	})
}

// A thread that takes more memory than is allowed is given out in parts, with a warning
// that the options can do away with.
func TestLargeThread(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a large thread")
	}
	const comments = 180_000
	line := strings.Repeat("Who counted them, and when? ", 8)
	var in strings.Builder
	for i := range comments {
		fmt.Fprintf(&in, `{"cid":"c%d","text":"%s","time":"2 weeks ago","author":"@gull","votes":"3","replies":"","photo":""}`+"\n", i, line)
	}
	for _, o := range []exports.Options{{}, {MaxDocument: 4 * exports.MaxHeld}} {
		parts, found, warned := 0, 0, 0
		for th, err := range form("youtube-downloader").Read("in", strings.NewReader(in.String()), o) {
			if err != nil {
				t.Fatal(err)
			}
			parts++
			found += len(th.Comments)
			for _, p := range th.Problems {
				if p.Oversize {
					warned++
				}
			}
		}
		if want := 2 - min(1, o.MaxDocument); found != comments || parts != want || warned != want-1 {
			t.Errorf("up to %d: %d comments in %d parts, %d warnings; want %d parts", o.MaxDocument, found, parts, warned, want)
		}
	}
}

// BenchmarkDeepReplies reads replies that stand in each other: the time for a byte must
// not grow with the depth.
func BenchmarkDeepReplies(b *testing.B) {
	body := strings.Repeat("Who counted them? ", 50)
	for _, depth := range []int{10, 100, 380} {
		listing := `""`
		for i := depth; i > 0; i-- {
			listing = fmt.Sprintf(`{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"c%d","parent_id":"t1_c%d","link_id":"t3_p","author":"a",`+
				`"body":"%s","replies":%s}}]}}`, i, i-1, body, listing)
		}
		in := `[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"id":"p","title":"Ferry"}}]}},` + listing + `]`
		b.Run(fmt.Sprint(depth), func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				for _, err := range form("reddit").Read("in", strings.NewReader(in), exports.Options{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
