package table_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/table"
)

const archive = `{"id":"c1","link_id":"t3_x","parent_id":"t3_x","author":"Ada","body":"First.","score":3,"gildings":{"a":1}}

{"id":"c2","link_id":"t3_y","parent_id":"t3_y","author":"Bo","body":"Another thread."}
{"id":"c3","link_id":"t3_x","parent_id":"t1_c1","author":null,"body":"A reply.","score":-1,"late":"left out"}
{"id":"c4","link_id":
`

func TestReadRecords(t *testing.T) {
	var threads []*corpus.Thread
	var failures []string
	for thread, err := range table.ReadRecords("a.jsonl", strings.NewReader(archive), table.Options{}) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		threads = append(threads, thread)
	}
	if len(threads) != 2 || len(threads[0].Comments) != 2 || len(threads[1].Comments) != 1 {
		t.Fatalf("read %d threads", len(threads))
	}
	reply := threads[0].Comments[1]
	if reply.Parent != "c1" || reply.Author != "" || reply.Text != "A reply." || reply.Votes == nil || *reply.Votes != -1 || reply.Line != 4 {
		t.Errorf("the reply is %+v", reply)
	}
	if len(failures) != 1 || !strings.HasPrefix(failures[0], "a.jsonl:5: not valid JSON") {
		t.Errorf("failures are %q", failures)
	}
}

func TestRecordsWithContext(t *testing.T) {
	const records = `{"ds":"a","platform":"east","group":"lanes","ctx":"Bus lanes","desc":"Two streets.","text":"No.","label":"against"}
{"ds":"a","platform":"east","group":"lanes","ctx":"Bus lanes","desc":"Two streets.","text":"Yes.","label":"in favour"}
{"ds":"a","platform":"west","group":"talk","ctx":"Who pays?","text":"You do.","label":"against"}
{"ds":"a","platform":"west","group":"talk","ctx":"Nobody rides it.","text":"I do.","label":"against"}
`
	var threads []*corpus.Thread
	for thread, err := range table.ReadRecords("a.jsonl", strings.NewReader(records), table.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, thread)
	}
	if len(threads) != 2 {
		t.Fatalf("read %d threads, want 2", len(threads))
	}
	lanes, talk := threads[0], threads[1]
	if a := lanes.Article; a.Title != "Bus lanes" || a.Description != "Two streets." || lanes.Source != "east" || lanes.Comments[0].ParentText != "" {
		t.Errorf("a context that all rows share is the title: article %+v of %q, parent %q", a, lanes.Source, lanes.Comments[0].ParentText)
	}
	if talk.Article.Title != "" || talk.Comments[0].ParentText != "Who pays?" || talk.Comments[1].ParentText != "Nobody rides it." {
		t.Errorf("contexts that differ are what the comments answer: title %q, comments %+v", talk.Article.Title, talk.Comments)
	}
	if a := lanes.Comments[1].Annotation; a == nil || a.Label != "in favour" {
		t.Errorf("the label is %+v", a)
	}
}

// Comments are found wherever they stand, and what isn't taken is said.
func TestRecordsAnywhere(t *testing.T) {
	for _, c := range []struct{ name, in, want, said string }{
		{"texts alone, in lines", `{"body":"Who asked us?"}` + "\n" + `{"body":"They did."}`, "c1 Who asked us?; c2 They did.", ""},
		{"strings under comments", `{"title":"Quay","comments":["Who asked us?","They did."]}`, "c1 Who asked us?; c2 They did.", ""},
		{"a text alone beside others", `{"title":"Quay","comments":[{"body":"Who asked us?","author":"Ola"},{"body":"They did."}]}`,
			"c1 Who asked us?; c2 They did.", ""},
		{"by their IDs", `{"comments":{"101":{"author":"Ola","text":"Who asked us?"},"102":{"author":"Kari","text":"They did.","parent":"101"}}}`,
			"101 Who asked us?; 102<101 They did.", ""},
		{"documents of an editor", `[{"id":1,"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Who "},` +
			`{"type":"text","text":"asked us?","marks":[{"type":"strong"}]}]}]}},{"id":2,"body":{"type":"doc","content":[{"type":"paragraph","content":[` +
			`{"type":"text","text":"They did."}]}]}}]`, "1 Who asked us?; 2 They did.", ""},
		{"answers to what isn't there", `[{"id":"9a","text":"Who asked us?","replyId":"8z"},{"id":"9b","text":"They did.","replyId":"9a"}]`,
			"9a Who asked us?; 9b<9a They did.", "1 reply's parent is not in the thread, so it stays unknown: \"9a\", names \"8z\""},
		{"notes of the program", `[{"id":1,"body":"Who asked us?","system":false},{"id":2,"body":"changed the title","system":true},{"id":3,"body":"They did.",` +
			`"system":false}]`, "1 Who asked us?; 3 They did.", ""},
		{"a reviewer and dates in objects", `[{"id":"a","text":"Who asked us?","consumer":{"displayName":"Ola"},"dates":{"publishedDate":"2024-03-05T08:00:00Z"}}]`,
			"a Who asked us?", ""},
		{"a post around pages of comments", `{"post":{"id":"p1","title":"Quay","body":"What now?","author":{"name":"Pål"},"comments":{"edges":[{"node":{"id":"c1",` +
			`"body":"Who asked us?","author":{"name":"Ola"}}},{"node":{"id":"c2","body":"They did.","author":{"name":"Kari"}}}]}}}`,
			"c1 Who asked us?; c2 They did.", ""},
		{"replies in columns", `[{"id":1,"text":"Who asked us?","replies/0/text":"They did."}]`, "1 Who asked us?",
			"replies in columns of what they answer are not read: \"replies/0/text\""},
		{"as columns", `{"author":{"0":"Ola","1":"Kari"},"text":{"0":"Who asked us?","1":"They did."}}`, "c1 Who asked us?; c2 They did.", ""},
		{"as columns of arrays", `{"id":[7,8],"parent":[null,7],"author":["Ola","Kari"],"likes":[3,0],"text":["Who asked us?","They did."]}`,
			"7 Who asked us?; 8<7 They did.", ""},
		{"columns beside rows", `{"columns":["id","author","text","parent"],"data":[[7,"Ola","Who asked us?",null],[8,"Kari","They did.",7]]}`,
			"7 Who asked us?; 8<7 They did.", ""},
		{"rows below their names", `{"range":"A1:B3","values":[["Author","Comment"],["Ola","Who asked us?"],["Kari","They did."]]}`,
			"c1 Who asked us?; c2 They did.", ""},
		{"rows alone", `[["author","likes","comment"],["Ola",3,"Who asked us?"],["Kari",null,"They did."]]`, "c1 Who asked us?; c2 They did.", ""},
		{"lists of words beside a comment", `[{"id":1,"body":"Who asked us?","data":[["who","asked"],["us"]]}]`, "1 Who asked us?", ""},
		{"a text in an object, and what was decided of it", `[{"id":1,"data":{"text":"Who asked us?","author":"Ola"},"annotations":[{"id":5,` +
			`"result":[{"type":"choices"}]}]}]`, "1 Who asked us?", ""},
		{"replies within an object of fields", `[{"id":1,"attributes":{"body":"Who asked us?","replies":[{"id":2,"body":"They did.","author":"Kari"}]}}]`,
			"1 Who asked us?; 2<1 They did.", ""},
		{"an API by JSON:API", `{"data":[{"id":"1","attributes":{"body":"Who asked us?"},"relationships":{"author":{"data":{"id":"u1"}},"parent":{"data":null}}},` +
			`{"id":"2","attributes":{"body":"They did."},"relationships":{"author":{"data":{"id":"u2"}},"parent":{"data":{"id":"1"}}}}]}`, "1 Who asked us?; 2<1 " +
			"They did.", ""},
		{"short names of parents", `[{"id":"1","rid":"0","nick":"Ola","content":"Who asked us?"},{"id":"2","rid":"1","nick":"Kari","content":"They did."}]`,
			"1 Who asked us?; 2<1 They did.", ""},
		{"short names that name no parents", `[{"id":"1","pid":"77","nick":"Ola","content":"Who asked us?"},{"id":"2","pid":"77","nick":"Kari","content":"They ` +
			`did."}]`, "1 Who asked us?; 2 They did.", ""},
		{"nodes of edges", `{"data":{"post":{"title":"Quay","comments":{"edges":[{"node":{"id":"1","body":"Who asked us?","user":{"name":"Ola"},` +
			`"children":{"edges":[{"node":{"id":"2","body":"They did.","user":{"name":"Kari"}}}]}}}]}}}}`, "1 Who asked us?; 2<1 They did.", ""},
		{"documents of a search", `{"hits":{"hits":[{"_id":"1","_source":{"body":"Who asked us?","author":{"name":"Ola"}}},{"_id":"2","_source":{"body":"They ` +
			`did.","author":{"name":"Kari"},"parent_id":"1"}}]}}`, "1 Who asked us?; 2<1 They did.", ""},
		{"values of MongoDB", `{"_id":{"$oid":"a1"},"user":{"name":"Ola"},"comment":"Who asked us?","createdAt":{"$date":{"$numberLong":"1709287200000"}}}` +
			"\n" + `{"_id":{"$oid":"a2"},"comment":"They did.","replyTo":{"$oid":"a1"}}`, "a1 Who asked us?; a2<a1 They did.", ""},
		{"replies under a name that isn't known", `{"title":"Quay","comments":[{"id":1,"body":"Who asked us?","author":"Ola","kidz":[{"body":"They did.",` +
			`"author":"Kari"}]}]}`, "1 Who asked us?", `"comments.kidz" (1)`},
		{"a value of another kind", `{"exported":"2024-03-01"}` + "\n" + `{"id":1,"user":"Ola","comment":"Who asked us?"}`, "1 Who asked us?",
			"no comment is (1 of 2)"},
	} {
		var got, said []string
		for th, err := range table.ReadRecords("in", strings.NewReader(c.in), table.Options{}) {
			if err != nil {
				said = append(said, err.Error())
				continue
			}
			for i := range th.Comments {
				at := &th.Comments[i]
				got = append(got, strings.TrimSuffix(at.ID+"<"+at.Parent, "<")+" "+at.Text)
			}
			for _, p := range th.Problems {
				if p.Level == corpus.Warning {
					said = append(said, p.Message)
				}
			}
		}
		if all := strings.Join(got, "; "); all != c.want {
			t.Errorf("%s: got %q, want %q", c.name, all, c.want)
		}
		if all := strings.Join(said, "; "); !strings.Contains(all, c.said) || c.said == "" && all != "" {
			t.Errorf("%s: it says %q, want %q", c.name, all, c.said)
		}
	}
}

func TestDetectJSON(t *testing.T) {
	for in, want := range map[string]bool{
		`{"thread":"t"}`:                       true,
		"\n [\n {\"a\": 1}":                    true,
		`{"text":"cut off in the mid`:          true,
		`{}`:                                   true,
		`[[{"a":1}]]`:                          true,
		`[Photo: the bridge at night]`:         false,
		`[1] The report, page 3.`:              false,
		`{"No", she said} and went.`:           false,
		`{Update} The bridge is closed again.`: false,
		`"quoted"`:                             false,
		``:                                     false,
	} {
		if got := table.DetectJSON([]byte(in)); got != want {
			t.Errorf("%q: got %t", in, got)
		}
	}
}

func FuzzReadRecords(f *testing.F) {
	f.Add(archive)
	f.Add(`{"text":"a","text":"b","author":{}}` + "\n[]\n{}\n")
	f.Fuzz(func(t *testing.T, content string) {
		for thread, err := range table.ReadRecords("fuzz", strings.NewReader(content), table.Options{}) {
			if (thread == nil) == (err == nil) {
				t.Fatal("neither or both of a thread and an error")
			}
		}
	})
}

// Comments that are elements of XML are read as those that are objects of JSON.
func TestRecordsOfXML(t *testing.T) {
	const page = `<?xml version="1.0"?>
<page><title>The fares rise</title><url>https://t.example/fares</url><comments>
<comment id="1"><author id="u7">Ola Berg</author><date>2024-03-01T10:00:00Z</date><likes>3</likes><text>Who asked <b>us</b> &amp; them?</text>
<replies><comment id="2"><author>Kari</author><text>Nobody.</text></comment></replies></comment>
<comment id="3" author="Per">They did.</comment></comments></page>`
	const same = `{"page":{"title":"The fares rise","url":"https://t.example/fares","comments":[{"id":"1","author":{"name":"Ola Berg"},` +
		`"date":"2024-03-01T10:00:00Z","likes":3,"text":"Who asked us & them?",` +
		`"replies":[{"id":"2","author":"Kari","text":"Nobody."}]},{"id":"3","author":"Per","text":"They did."}]}}`
	read := func(text string) *corpus.Thread {
		for thread, err := range table.ReadRecords("a", strings.NewReader(text), table.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			thread.Problems = nil
			for i := range thread.Comments {
				thread.Comments[i].Line = 0
			}
			return thread
		}
		t.Fatal("no thread")
		return nil
	}
	if diff := cmp.Diff(read(same), read(page)); diff != "" {
		t.Errorf("as JSON and as XML (-JSON +XML):\n%s", diff)
	}
	for in, want := range map[string]bool{
		page: true, page[:len(page)-60]: true,
		`<comments><comment><author>Ola</author><text>Who asked us?</text></comment></comments>`:                                            true,
		`<?xml version="1.0" encoding="ISO-8859-1"?><comments><comment><author>Ola</author><text>Who asked us?</text></comment></comments>`: true,
		`<rows><row Id="1" UserId="4" Text="Who asked us?"/><row Id="2" UserId="5" Text="Nobody."/></rows>`:                                 true,
		`<note><from>Ola</from><body>Buy bread, please.</body></note>`:                                                                      false,
		`<project><name>ferry</name><version>1.2</version><dependency><id>a</id><scope>test</scope></dependency></project>`:                 false,
		`{"comments":[{"author":"Ola","text":"Who asked us?"}]}`:                                                                            false,
	} {
		if got := table.DetectXML([]byte(in)); got != want {
			t.Errorf("%s: comments are found: %t", in, got)
		}
	}
}
