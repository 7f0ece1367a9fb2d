package table_test

import (
	"strings"
	"testing"

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

func TestDetectRecords(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
		reason     string
	}{
		{"archive", archive, true, "an author and a body"},
		{"thread", `{"thread":"1","title":"x","text":"y","comments":[]}`, false, "an object with comments of its own is a thread"},
		{"foreign", `{"a":1,"b":2}`, false, "nothing is known of it"},
		{"array", `[{"body":"x","author":"y"}]`, true, "objects of single comments"},
		{"text", "Ada\nNo.\n", false, "no JSON"},
	} {
		if got := table.DetectRecords([]byte(c.head), table.Options{}); got != c.want {
			t.Errorf("%s: got %v, want %v: %s", c.name, got, c.want, c.reason)
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
