package formats_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// records are files of no known form.
var records = map[string]string{
	"lines": `{"id":"a1",` +
		`"author":"Ola Berg","text":"Who asked us before the fares went up?","created":"2024-03-01T10:00:00Z","likes":4,"parent":null,"deleted":false}
{"id":"b2","author":"kari_92","text":"Nobody did, as usual.","created":"2024-03-01T11:00:00Z","likes":0,"parent":"a1","deleted":false}
{"id":"c3","author":"Per Lund","text":"[taken away]","created":"2024-03-02T08:30:00Z","likes":11,"parent":"b2","deleted":true}
`,
	"document": `{"page":{"title":"The fares rise again","url":"https://t.example/fares"},"comments":[{"id":11,"user":{"name":"Ola Berg"},"body":"Who asked us ` +
		`before?","time":1709287200,"score":3,"replies":[` +
		`{"id":12,"user":{"name":"Kari Moe"},"body":"Nobody did, as usual.","time":1709290800,"score":-1}]},{"id":13,"user":{"name":"Per Lund"},"body":"They did ` +
		`ask once.","time":1709294400,"score":7}]}`,
	"table": "comment_id,commenter,comment,date,upvotes,in_reply_to,removed\n1,Ola Berg,Who asked us before?,2024-03-01,3,,no\n2,Kari Moe,\"Nobody did, as " +
		"usual.\",2024-03-02,0,1,no\n3,Per Lund,They did ask once.,2024-03-02,12,2,yes\n",
}

// carried is what the comments of a file carry: how many have each thing.
type carried map[string]int

// less is what fewer comments have now.
func (c carried) less(now carried) []string {
	var lost []string
	for _, thing := range slices.Sorted(maps.Keys(c)) {
		if now[thing] < c[thing] {
			lost = append(lost, fmt.Sprintf("%d of %d with %s", now[thing], c[thing], thing))
		}
	}
	return lost
}

// carries reads a file: what its comments carry, what is said of it, and whether something can't be read.
func carries(t *testing.T, in []byte) (has carried, said []string, failed bool) {
	t.Helper()
	has = carried{}
	for th, err := range formats.Read(t.Context(), "in", bytes.NewReader(in), formats.Options{}) {
		var p *corpus.Problem
		switch {
		case errors.As(err, &p):
			failed = failed || p.Level == corpus.Failure
			said = append(said, p.Message)
			continue
		case err != nil:
			t.Fatal(err)
		}
		for i := range th.Problems {
			said = append(said, th.Problems[i].Message)
		}
		for i := range th.Comments {
			c := &th.Comments[i]
			for thing, there := range map[string]bool{
				"comment": true, "text": c.Text != "", "author": c.Author != "", "time": c.PostedAs != "" || !c.Posted.IsZero(), "votes": c.Votes != nil,
				"reply": c.IsReply(), "removed": c.Removed,
			} {
				if there {
					has[thing]++
				}
			}
		}
	}
	return has, said, failed
}

// fields are the places of the fields in a value: their names joined.
func fields(v any, at string, places map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			fields(e, at, places)
		}
	case map[string]any:
		for name, e := range v {
			places[at+"/"+name] = true
			fields(e, at+"/"+name, places)
		}
	}
}

// another is a value with the field at a place changed.
func another(v any, at, place string, change func(object map[string]any, name string)) any {
	switch v := v.(type) {
	case []any:
		made := make([]any, len(v))
		for i := range v {
			made[i] = another(v[i], at, place, change)
		}
		return made
	case map[string]any:
		made := make(map[string]any, len(v))
		for name, e := range v {
			made[name] = another(e, at+"/"+name, place, change)
		}
		if name, ok := strings.CutPrefix(place, at+"/"); ok && !strings.Contains(name, "/") {
			if _, there := made[name]; there {
				change(made, name)
			}
		}
		return made
	}
	return v
}

// changes are what is done to a field.
var changes = map[string]func(object map[string]any, name string){
	"renamed":  func(object map[string]any, name string) { object["zq"] = object[name]; delete(object, name) },
	"prefixed": func(object map[string]any, name string) { object["zq_"+name] = object[name]; delete(object, name) },
	"nested":   func(object map[string]any, name string) { object[name] = map[string]any{"zq": object[name]} },
}

// named is what names what isn't read: the field or, where that can't be told, entries without a text,
// authors by their IDs, what answers what, and what other fields look like.
var named = regexp.MustCompile(`zq|entr(?:y|ies) without a text|given by their IDs|what answers what|is not taken for the`)

// elementName is where an element of XML has its name.
var elementName = regexp.MustCompile(`<(/?)([a-zA-Z][\w:.-]*)`)

// renamings are the files that a file becomes when one field is changed, by what was done.
func renamings(in []byte) map[string][]byte {
	made := map[string][]byte{}
	text := string(in)
	if strings.HasPrefix(strings.TrimLeft(text, "` \n"), "<") {
		names := map[string]bool{}
		for _, m := range elementName.FindAllStringSubmatch(text, -1) {
			names[m[2]] = true
		}
		for name := range names {
			made["renamed "+name] = []byte(elementName.ReplaceAllStringFunc(text, func(s string) string {
				if strings.TrimLeft(s, "</") == name {
					return strings.Replace(s, name, "zq", 1)
				}
				return s
			}))
		}
		return made
	}
	values := jsonOf(in)
	if values == nil {
		header, rows, _ := strings.Cut(text, "\n")
		columns := strings.Split(header, ",")
		for i, name := range columns {
			changed := slices.Clone(columns)
			changed[i] = "zq"
			made["renamed "+name] = []byte(strings.Join(changed, ",") + "\n" + rows)
		}
		return made
	}
	places := map[string]bool{}
	for _, v := range values {
		fields(v, "", places)
	}
	for place := range places {
		for what, change := range changes {
			var out bytes.Buffer
			for _, v := range values {
				b, err := json.Marshal(another(v, "", place, change))
				if err != nil {
					panic(err)
				}
				out.Write(append(b, '\n'))
			}
			made[what+" "+place] = out.Bytes()
		}
	}
	return made
}

// A file in which one field has another name, or stands deeper, is read all the same, refused, or
// says what isn't read of it.
func TestNothingIsLostInSilence(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every sample with each field renamed")
	}
	files := map[string][]byte{}
	for name, content := range records {
		files[name] = []byte(content)
	}
	for name, archive := range archives(t, "../internal/exports/testdata/*.txtar") {
		files[strings.TrimSuffix(name, ".txtar")] = archive.Files[0].Data
	}
	read := 0
	var silent []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "kialo") || name == "reddit-script" { // no fields
			continue
		}
		has, said, _ := carries(t, files[name])
		made := renamings(files[name])
		for _, what := range slices.Sorted(maps.Keys(made)) {
			read++
			got, now, failed := carries(t, made[what])
			if failed {
				continue
			}
			now = slices.DeleteFunc(now, func(s string) bool { return slices.Contains(said, s) || !named.MatchString(s) })
			if lost := has.less(got); len(lost) > 0 && len(now) == 0 {
				silent = append(silent, fmt.Sprintf("%s, %s: %s", name, what, strings.Join(lost, ", ")))
			}
		}
	}
	// What can't be told from anything else: a form that is no longer known, a depth, a flag of its own.
	if most := read / 50; len(silent) > most {
		t.Errorf("%d of %d files lose something in silence, want %d at most:\n%s", len(silent), read, most, strings.Join(silent, "\n"))
	}
	t.Logf("%d of %d files lose something in silence", len(silent), read)
}
