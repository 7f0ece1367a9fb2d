package exports_test

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus/internal/exports"
)

// What the scripts of a page hold of comments is read, and nothing else of what they hold.
func TestInScripts(t *testing.T) {
	const comments = `[{"id":"7","author":{"name":"Ola Berg"},"body":"Who asked us?","createdAt":"2024-03-01T10:00:00Z","replies":` +
		`[{"id":"8","author":{"name":"Kari Moe"},"body":"Nobody did.","createdAt":"2024-03-01T11:00:00Z"}]},` +
		`{"id":"9","author":{"name":"Per Lund"},"body":"They did ask once.","createdAt":"2024-03-01T12:00:00Z"}]`
	const stories = `"latest":{"items":[{"id":"s1","author":"Staff","body":"The ferry stops at six from May.","createdAt":"2024-03-01T09:00:00Z"},` +
		`{"id":"s2","author":"Staff","body":"A bridge is closed this week.","createdAt":"2024-03-01T09:30:00Z"},` +
		`{"id":"s3","author":"Staff","body":"The pool opens again in June.","createdAt":"2024-03-01T09:40:00Z"},` +
		`{"id":"s4","author":"Staff","body":"Fares rise again next month.","createdAt":"2024-03-01T09:50:00Z"}]}`
	const want = "7 Ola Berg: Who asked us?; 8>7 Kari Moe: Nobody did.; 9 Per Lund: They did ask once."
	for _, tt := range []struct{ name, script, want string }{
		{"Next.js", `{"props":{"pageProps":{` + stories + `,"commentCount":3,"comments":` + comments + `}},"page":"/[slug]"}`, want},
		{"an assignment", `window.__INITIAL_STATE__ = {discussion: {total: 3, comments: ` + comments + `}, ` + stories + `};`, want},
		{"objects by their IDs", `window.state = {"comments":{"byId":{"7":{"author":"Ola Berg","text":"Who asked us?"},` +
			`"8":{"author":"Kari Moe","text":"Nobody did.","parentId":"7"},"9":{"author":"Per Lund","text":"They did ask once."}},"allIds":[7,8,9]}}`, want},
		{"Apollo", `window.__APOLLO_STATE__ = {"ROOT_QUERY":{"__typename":"Query","story({\"id\":\"s1\"})":{"__ref":"Story:s1"}},` +
			`"Story:s1":{"__typename":"Story","id":"s1","title":"The ferry stops at six","body":"From May the ferry stops at six.","author":{"__ref":"User:9"},` +
			`"comments({\"first\":10})":{"edges":[{"node":{"__ref":"Comment:7"}},{"node":{"__ref":"Comment:9"}}]}},` +
			`"User:1":{"__typename":"User","id":"1","name":"Ola Berg"},"User:2":{"__typename":"User","id":"2","name":"Kari Moe"},` +
			`"User:3":{"__typename":"User","id":"3","name":"Per Lund","bio":"I write what I think."},` +
			`"Comment:7":{"__typename":"Comment","id":"7","author":{"__ref":"User:1"},"body({\"format\":\"HTML\"})":"<p>Who asked us?</p>",` +
			`"replies":{"edges":[{"node":{"__ref":"Comment:8"}}]}},` +
			`"Comment:8":{"__typename":"Comment","id":"8","author":{"__ref":"User:2"},"body({\"format\":\"HTML\"})":"<p>Nobody did.</p>"},` +
			`"Comment:9":{"__typename":"Comment","id":"9","author":{"__ref":"User:3"},"body({\"format\":\"HTML\"})":"<p>They did ask once.</p>"}};`, want},
		{"Apollo's old form", `{"Comment:7":{"__typename":"Comment","id":"7","author":{"type":"id","generated":false,"id":"User:1"},"body":"Who asked us?",` +
			`"replies":[{"type":"id","generated":false,"id":"Comment:8"}]},"User:1":{"__typename":"User","id":"1","name":"Ola Berg"},` +
			`"Comment:8":{"__typename":"Comment","id":"8","author":{"type":"id","generated":false,"id":"User:1"},"body":"Nobody did."}}`,
			"7 Ola Berg: Who asked us?; 8>7 Ola Berg: Nobody did."},
		{"TanStack Query", `{"dehydratedState":{"queries":[{"state":{"data":{"pages":[{"items":` + comments + `}]}},"queryKey":["comments","s1"],` +
			`"queryHash":"[\"comments\",\"s1\"]"},{"state":{"data":{` + stories + `}},"queryKey":["latest"],"queryHash":"[\"latest\"]"}]}}`, want},
		{"comments of other articles", `{"sidebar":{"latestComments":` + comments + `}}`, ""},
		{"two threads", `{"threads":[{"thread_id":"t1","url":"/a","title":"A title","comments":` + comments + `},{"thread_id":"t2","url":"/b",` +
			`"title":"Another title","comments":[{"id":"1","author":{"name":"Una Dahl"},"body":"Elsewhere.","createdAt":"2024-03-01T10:00:00Z"}]}]}`, want},
		{"a known form", `{"cursor":{"hasNext":false},"response":{"posts":[{"id":"7","author":{"name":"Ola Berg"},"message":"<p>Who asked us?</p>",` +
			`"createdAt":"2024-03-01T10:00:00","parent":null},{"id":"8","author":{"name":"Kari Moe"},"message":"<p>Nobody did.</p>",` +
			`"createdAt":"2024-03-01T11:00:00","parent":7}],"thread":{"id":"5","title":"A title"}}}`, "7 Ola Berg: Who asked us?; 8>7 Kari Moe: Nobody did."},
		{"no comments", `{"props":{"pageProps":{` + stories + `,"commentCount":0,"comments":[]}}}`, ""},
		{"a program", `function comment() { return document.title }`, ""},
		{"not valid", `{"comments":[{"id":"7","body":"Who asked us?"`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			if th := exports.InScripts("in", []string{"var ads = [1];", tt.script}); th != nil {
				for i := range th.Comments {
					c := &th.Comments[i]
					got = append(got, fmt.Sprintf("%s %s: %s", strings.TrimSuffix(c.ID+">"+c.Parent, ">"), c.Author, c.Text))
				}
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}
