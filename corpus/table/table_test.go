package table_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/charset"
	"stance.example/stance/corpus/table"
)

// read returns all threads and all problems that stand for a row.
func read(t testing.TB, in string, o table.Options) ([]*corpus.Thread, []string) {
	t.Helper()
	var threads []*corpus.Thread
	var failures []string
	for th, err := range table.Read("in", strings.NewReader(in), o) {
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

// texts returns the texts of all comments.
func texts(threads []*corpus.Thread) []string {
	var all []string
	for _, t := range threads {
		for _, c := range t.Comments {
			all = append(all, c.Text)
		}
	}
	return all
}

func TestAllFields(t *testing.T) {
	const in = "Comment ID,Parent_ID,User Name,Comment Text,createdAt,Likes,parent_text,Article-Title,article_url,thread_id,stance,sentiment\n" +
		"7,,Ivo,\"Says who?\nI ask.\",2024-05-01T10:00:00+02:00,\"1,204\",,Bridge closes,https://town.example/b,t9,skeptical,neutral\n" +
		"8,7,Una,\"The \"\"inspector\"\" did.\",2 hours ago,,Says who?,Bridge closes,https://town.example/b,t9,,\n"
	votes := 1204
	want := &corpus.Thread{
		ID: "t9", Article: corpus.Article{Title: "Bridge closes", URL: "https://town.example/b"},
		Comments: []corpus.Comment{
			{
				ID: "7", Author: "Ivo", Text: "Says who?\nI ask.", Posted: time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC),
				PostedAs: "2024-05-01T10:00:00+02:00", Votes: &votes, Line: 2, Annotation: &corpus.Annotation{Label: "skeptical", Sentiment: "neutral"},
			},
			{ID: "8", Parent: "7", ParentText: "Says who?", Author: "Una", Text: `The "inspector" did.`, PostedAs: "2 hours ago", Line: 4},
		},
		Problems: []corpus.Problem{{
			File: "in", Line: 1, Level: corpus.Assumption,
			Message: `columns read: text from "Comment Text", author from "User Name", time from "createdAt", id from "Comment ID", parent from "Parent_ID", ` +
				`parent_text from "parent_text", votes from "Likes", thread from "thread_id", title from "Article-Title", url from "article_url", ` +
				`stance from "stance", sentiment from "sentiment"`,
		}},
	}
	got, failures := read(t, in, table.Options{})
	if diff := cmp.Diff([]*corpus.Thread{want}, got); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%v", diff, failures)
	}
}

func TestTexts(t *testing.T) {
	tests := []struct {
		name, why, in string
		want          []string
		failures      []string
	}{
		{"semicolons", "where the comma is a decimal sign", "author;text\na;x, y\nb;\"z; w\"\n", []string{"x, y", "z; w"}, nil},
		{"bars", "database exports", "author|text\na|x, y\n", []string{"x, y"}, nil},
		{"declared delimiter", "a spreadsheet's first line", "sep=;\nauthor;text\na;x\n", []string{"x"}, nil},
		{"CRLF", "line ends of rows are not text, those within a cell are", "author,text\r\na,x\r\nb,\"y\r\nz\"\r\n", []string{"x", "y\r\nz"}, nil},
		{"lone CR", "line ends of old Macs", "author,text\ra,x\rb,y", []string{"x", "y"}, nil},
		{"no last line end", "editors leave it out", "author,text\na,\"x\"", []string{"x"}, nil},
		{"empty lines", "they are no rows", "\n\nauthor,text\n\na,x\n\n\nb,y\n\n", []string{"x", "y"}, nil},
		{"spaces around text", "text stays as it is", "author,text\na, x \n", []string{" x "}, nil},
		{"empty columns behind", "spreadsheets add them", "author,text\na,x,,\n", []string{"x"}, nil},
		{"name without a header", "statistics programs number the rows so", "\"\",\"com_text\",\"com_id\"\n\"1\",\"x\",\"7\"\n", []string{"x"}, nil},
		{"too few cells", "the row is left out, the next is read", "author,text\na\nb,y\n", []string{"y"},
			[]string{"in:2: row left out: the header has 2 cells, this row has 1"}},
		{"too many cells", "an unquoted comma: which part is the text can't be told", "author,text\na,x, y\nb,z\n", []string{"z"},
			[]string{"in:2: row left out: the header has 2 cells, this row has 3"}},
		{"a cell never closed", "the rest of the file is not swallowed", "author,text\na,\"x\nb,y\nc,z\n", []string{"y", "z"},
			[]string{"in:2: row left out: a quotation mark opens a cell and nothing closes it"}},
		{"closed by the next row's mark", "nor is the next row", "author,text\na,\"x\nb,\"y, w\"\nc,z\n", []string{"y, w", "z"},
			[]string{"in:2: row left out: text after the quotation mark that closes a cell"}},
		{"inner marks not doubled", "a faulty writer", "author,text\na,\"he said \"no\" to it\"\nb,y\n", []string{"y"},
			[]string{"in:2: row left out: text after the quotation mark that closes a cell"}},
		{"a mark within", "only a quoted cell may hold one", "author,text\na,he said \"no\"\nb,y\n", []string{"y"},
			[]string{"in:2: row left out: a quotation mark within a cell that isn't quoted"}},
		{"lines after a faulty row", "counted on", "author,text\na,\"x\ny\"z\nb,y\nc\n", []string{"y"},
			[]string{"in:2: 2 rows left out: text after the quotation mark that closes a cell", "in:5: row left out: the header has 2 cells, this row has 1"}},
		{"tabs without quoting", "marks are text and never open a cell", "author\ttext\tid\na\t\"Why\" he asked\t1\nb\t\"Never\t2\nc\t\"closed\"\t3\nd\tend\"\t4\n",
			[]string{`"Why" he asked`, `"Never`, `"closed"`, `end"`}, nil},
		{"tabs from a spreadsheet", "it quotes cells that need it", "author\ttext\na\t\"He said \"\"no\"\".\"\nb\t\"two\nlines\"\nc\tx\n",
			[]string{`He said "no".`, "two\nlines", "x"}, nil},
		{"tabs, all quoted", "told by the header", "\"author\"\t\"text\"\n\"a\"\t\"x\"\n", []string{"x"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read(t, tt.in, table.Options{})
			if diff := cmp.Diff(tt.want, texts(threads)); diff != "" {
				t.Errorf("%s: texts (-want +got):\n%s", tt.why, diff)
			}
			if diff := cmp.Diff(tt.failures, failures); diff != "" {
				t.Errorf("%s: failures (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestColumns(t *testing.T) {
	const kept = "\n1,2,3,4\n"
	tests := []struct {
		name, why, in string
		set           map[table.Field]string
		want          string // the assumption, or the failure
	}{
		{"the comment's own ID first", "a table may number its rows too", "id,comment_id,content,user_id" + kept, nil,
			`in:1: columns read: text from "content", author from "user_id", id from "comment_id"`},
		{"short for comment, on a network", "as exports of one network name them", "com_text,com_id,com_created,post_id_fb" + kept, nil,
			`in:1: columns read: text from "com_text", time from "com_created", id from "com_id", thread from "post_id_fb"`},
		{"camel case", "as interfaces on the Web name them", "commentBody,userDisplayName,inReplyTo,recommendations" + kept, nil,
			`in:1: columns read: text from "commentBody", author from "userDisplayName", parent from "inReplyTo", votes from "recommendations"`},
		{"names that say nothing", "the values look like times, other comments and people",
			"id,zq1,zq2,zq3,text\n1101,2024-03-01 10:00,,Ola Berg,a\n1102,2024-03-01 11:00,1101,Kari Vik,b\n1103,2024-03-02 12:00,1101,Eli Dahl,c\n", nil,
			`in:1: columns read: text from "text", id from "id"; "zq1" is not taken for the time, because its name is not known: --map time=zq1 takes it` +
				`; "zq2" is not taken for the parent, because its name is not known: --map parent=zq2 takes it; "zq3" is not taken for the author, because its name is ` +
				`not known: --map author=zq3 takes it`},
		{"values that say nothing", "a section is nobody, and a rating no comment, but perhaps votes",
			"id,zq1,zq2,text\n1,Politics,1,a\n2,Politics,2,b\n3,Sport,1,c\n", nil,
			`in:1: columns read: text from "text", id from "id"; "zq2" is not taken for the votes, because its name is not known: --map votes=zq2 takes it`},
		{"set by hand", "it wins over the usual name", "text,body,author,x" + kept, map[table.Field]string{table.Text: "x", table.Title: "body"},
			`in:1: columns read: text from "x", author from "author", title from "body"`},
		{"none by hand", "an empty name switches a field off", "text,author,score,x" + kept, map[table.Field]string{table.Votes: ""},
			`in:1: columns read: text from "text", author from "author"`},
		{"unknown by hand", "the columns there are get named", "text,author,score,x" + kept, map[table.Field]string{table.Time: "when"},
			`in:1: no column "when" for time: the columns are "text", "author", "score", "x"`},
		{"no texts", "what to do is said", "author,date,words,id" + kept, nil,
			`in:1: no column of comment texts among "author", "date", "words", "id": name it with --map text=COLUMN`},
		{"no rows", "there is nothing to read", "author,text\n", nil,
			"in:1: a header, but no row that could be read"},
		{"nothing", "not even a header", "\n\n", nil, "in: no header"},
		{"a faulty header", "no row could be understood", "author,\"text\na,b", nil,
			"in:1: the header can't be read: a quotation mark opens a cell and nothing closes it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, got := read(t, tt.in, table.Options{Columns: tt.set})
			for _, th := range threads {
				got = append(got, th.Problems[0].Error())
			}
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestFieldNames(t *testing.T) {
	for f := range table.Field(table.NumFields) {
		if got, err := table.ParseField(f.String()); got != f || err != nil {
			t.Errorf("%s: got %s, %v", f, got, err)
		}
	}
	if _, err := table.ParseField("colour"); err == nil {
		t.Error("an unknown name was taken")
	}
}

// threads of a table whose rows are mixed come whole, in the order of their first rows.
func TestThreadsNeedNotStandTogether(t *testing.T) {
	threads, failures := read(t, "post_id,text,url\nb,1,u\na,2,v\nb,3,w\na,4,v\n", table.Options{})
	var got []string
	for _, th := range threads {
		got = append(got, fmt.Sprint(th.ID, " ", th.Article.URL, texts([]*corpus.Thread{th})))
	}
	// The addresses of b differ, so they are those of its comments.
	if diff := cmp.Diff([]string{"b [1 3]", "a v[2 4]"}, got); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%v", diff, failures)
	}
}

// What a comment was written under is the title where all have the same, and the
// parent's text where they differ.
func TestContext(t *testing.T) {
	const in = `{"group":"g","ctx":"Ferry&#39;s fares rise","desc":"From May on.","text":"No.","label":"skeptical","sarcastic":"false"}
{"group":"h","ctx":"It is free.","text":"It isn't.","label":"none","sarcastic":"true"}
{"group":"g","ctx":"Ferry&#39;s fares rise","desc":"From May on.","text":"","label":"none"}
{"group":"h","ctx":"Who rows?","text":"Nobody."}
`
	var got []*corpus.Thread
	for th, err := range table.ReadRecords("in", strings.NewReader(in), table.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		th.Problems = nil
		got = append(got, th)
	}
	want := []*corpus.Thread{
		{ID: "g", Article: corpus.Article{Title: "Ferry's fares rise", Description: "From May on."}, Comments: []corpus.Comment{
			{ID: "c1", Text: "No.", Line: 1, Annotation: &corpus.Annotation{Label: "skeptical"}},
			{ID: "c3", Line: 3, Annotation: &corpus.Annotation{Label: "none"}},
		}},
		{ID: "h", Comments: []corpus.Comment{
			{ID: "c2", ParentText: "It is free.", Text: "It isn't.", Line: 2, Annotation: &corpus.Annotation{Label: "none", Sarcasm: true}},
			{ID: "c4", ParentText: "Who rows?", Text: "Nobody.", Line: 4},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutHeader(t *testing.T) {
	tests := []struct {
		name, why, in string
		set           map[table.Field]string
		want          []string // texts, or nil if it is no table
		assumed       string
	}{
		{"text, label, name", "as labelled sets are written", "I like it.\t2\tea\nWhy so late?\t0,3\teb\nOk\t1\tec\n\"No, never\t2\ted\n", nil,
			[]string{"I like it.", "Why so late?", "Ok", `"No, never`}, `text from "1", id from "3"`},
		{"number, rating, text", "a rating names nothing", "1\t2.25\tI like it.\n2\t-1.5\tWhy so late?\n3\t0.1\tNo, never.\n", nil,
			[]string{"I like it.", "Why so late?", "No, never."}, `text from "3", id from "1"`},
		{"by hand", "the numbers are the names", "I like it.\tno\tea\nWhy so late?\tyes\teb\nNo, never.\tno\tec\n",
			map[table.Field]string{table.Stance: "2", table.ID: ""}, []string{"I like it.", "Why so late?", "No, never."}, `text from "1", stance from "2"`},
		{"text by hand", "one word in the first row looks like a header", "Ok\tno\nNever\tyes\n",
			map[table.Field]string{table.Text: "1"}, []string{"Ok", "Never"}, `text from "1"`},
		{"a header", "a header's names are single words", "Blurb\tWhence\nI like it.\tIvo\nWhy so late?\tUna\nNo, never.\tBen\n", nil, nil, ""},
		{"commas", "any delimiter", "1,I like it\n2,\"Well, no\"\n3,Why so late?\n", nil,
			[]string{"I like it", "Well, no", "Why so late?"}, `text from "2", id from "1"`},
		{"prose", "no column of single words", "Well, I like it.\nSo, why not?\nNo, not now.\n", nil, nil, ""},
		{"two rows", "too few to tell", "1\tI like it.\n2\tWhy so late?\n", nil, nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := table.Options{Columns: tt.set}
			if got := table.Detect([]byte(tt.in), o); got != (tt.want != nil) {
				t.Fatalf("%s: detected %t", tt.why, got)
			}
			if tt.want == nil {
				return
			}
			threads, failures := read(t, tt.in, o)
			if diff := cmp.Diff(tt.want, texts(threads)); diff != "" || failures != nil {
				t.Errorf("%s (-want +got):\n%s%v", tt.why, diff, failures)
			}
			if got := threads[0].Problems[0].Message; got != "columns read: "+tt.assumed {
				t.Errorf("%s: got %q", tt.why, got)
			}
		})
	}
}

func TestParents(t *testing.T) {
	tests := []struct{ name, why, in, want string }{
		{"plain", "replies may stand before", "id,parent_id,text\n2,1,x\n1,,y\n", "2<1 1<"},
		{"fractions", "a column with gaps turned into fractions", "id,parent_id,text\n1,,x\n2,1.0,y\n", "1< 2<1"},
		{"Reddit", "the parent's kind stands before its ID", "id,parent_id,link_id,text\na,t3_p,t3_p,x\nb,t1_a,t3_p,y\n", "a< b<a"},
		{"the post as parent", "top-level, nothing odd", "id,parent_id,post_id,text\na,p,p,x\n", "a<"},
		{"words for none", "as programs write a missing value", "id,parent_id,text\na,NaN,x\nb,0,y\nc,root,z\n", "a< b< c<"},
		{"zero is an ID", "if a comment has it", "id,parent_id,text\n0,,x\n1,0,y\n", "0< 1<0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, _ := read(t, tt.in, table.Options{})
			var got []string
			for _, c := range threads[0].Comments {
				got = append(got, c.ID+"<"+c.Parent)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
			}
			if n := len(threads[0].Problems); n != 1 {
				t.Errorf("%s: got %d problems, want the assumption alone: %v", tt.why, n, threads[0].Problems)
			}
		})
	}
}

func TestOddCells(t *testing.T) {
	threads, _ := read(t, "id,parent,text,score\n1,9,[removed],score hidden\n2,,x,\n3,8,y,many\n", table.Options{})
	var got []string
	for _, p := range threads[0].Problems[1:] {
		got = append(got, p.Error())
	}
	want := []string{
		`in:2: the votes are not a number and were not read: "score hidden" (and 1 more in the thread)`,
		`in:2: 2 replies' parents are not in the thread, so they stay unknown: the first, "1", names "9"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !threads[0].Comments[0].Removed || threads[0].Comments[1].Removed {
		t.Error("the comment taken away is not told from the others")
	}
}

func TestLabels(t *testing.T) {
	threads, _ := read(t, "id,text,stance,sentiment\n1,x,Skeptical,NEGATIVE\n2,y,Query,2\n3,z,none,0\n", table.Options{})
	var got []corpus.Annotation
	for _, c := range threads[0].Comments {
		got = append(got, *c.Annotation)
	}
	want := []corpus.Annotation{{Label: "skeptical", Sentiment: "negative"}, {Label: "Query", Sentiment: "2"}, {Label: "none", Sentiment: "0"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const warning = `in:3: the sentiment is not negative, neutral or positive and will not be measured: "2" (and 1 more in the thread)`
	if last := threads[0].Problems[len(threads[0].Problems)-1]; last.Error() != warning {
		t.Errorf("got %q, want %q", last.Error(), warning)
	}
}

func TestLongRow(t *testing.T) {
	long := strings.Repeat("x", table.MaxRow+1)
	for name, in := range map[string]string{
		"a line":        "author,text\na," + long + "\nb,y\n",
		"a quoted cell": "author,text\na,\"" + strings.Repeat("x\n", table.MaxRow/2) + "\"\nb,y\n",
	} {
		threads, failures := read(t, in, table.Options{})
		if got := texts(threads); len(got) != 1 || got[0] != "y" {
			t.Errorf("%s: got %d texts, want the next row's", name, len(got))
		}
		if len(failures) == 0 || !strings.HasPrefix(failures[0], "in:2: ") {
			t.Errorf("%s: not reported at its line", name)
		}
	}
}

// A row above the limit says that the options can raise it, and they do.
func TestLongRowAllowed(t *testing.T) {
	long := strings.Repeat("x", table.MaxRow+1)
	csv, lines := "author,text\na,"+long+"\n", `{"author":"a","text":"`+strings.Repeat("x", table.MaxDocument+1)+`"}`+"\n"
	for _, tt := range []struct {
		all     iter.Seq2[*corpus.Thread, error]
		allowed bool
	}{
		{table.Read("in", strings.NewReader(csv), table.Options{}), false},
		{table.Read("in", strings.NewReader(csv), table.Options{Max: 2 * table.MaxRow}), true},
		{table.ReadRecords("in", strings.NewReader(lines), table.Options{}), false},
	} {
		got, oversize := 0, false
		for th, err := range tt.all {
			var p *corpus.Problem
			if errors.As(err, &p) {
				oversize = oversize || p.Oversize
			} else {
				got += len(th.Comments)
			}
		}
		if (got == 1) != tt.allowed || oversize == tt.allowed {
			t.Errorf("%d comments, oversize %t; want it allowed: %t", got, oversize, tt.allowed)
		}
	}
}

func TestReadErrorEnds(t *testing.T) {
	broken := errors.New("broken pipe")
	var last error
	for _, err := range table.Read("in", io.MultiReader(strings.NewReader("author,text\na,x\n"), iotest.ErrReader(broken)), table.Options{}) {
		if last != nil {
			t.Fatalf("went on after %v", last)
		}
		last = err
	}
	if !errors.Is(last, broken) {
		t.Errorf("got %v, want it to wrap %v", last, broken)
	}
}

func TestStopsWhenAsked(t *testing.T) {
	n := 0
	for range table.Read("in", strings.NewReader("thread,text\na\na,x\nb,y\n"), table.Options{}) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("got %d", n)
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		name, why, in string
		set           map[table.Field]string
		want          bool
	}{
		{"a table", "known names, rows of one width", "author,text,date\na,\"x, y\",today\nb,z,today\n", nil, true},
		{"tabs", "any delimiter", "id\tcomment\n1\tx\n", nil, true},
		{"a header alone", "two known names", "author,text\n", nil, true},
		{"some faulty rows", "most are good", "author,text\na,x\nb,y\nc\nd,z\ne,w\n", nil, true},
		{"a text column of another name", "so that Read can ask for it", "author,date,words\na,b,c\nd,e,f\ng,h,i\nj,k,l\n", nil, true},
		{"set by hand", "the name given counts as known", "who;words\na;b\nc;d\n", map[table.Field]string{table.Text: "words"}, true},
		{"prose with commas", "its first line is no header", "Well, the council, of course, said no.\nNobody, it seems, asked.\n", nil, false},
		{"a first line of usual words", "the lines that follow aren't rows",
			"Comment, Text, Author\n\nI like it.\nNobody, it seems, asked.\nSo it goes, as they say.\nNo.\n", nil, false},
		{"one column", "any line would do", "text\nx\ny\n", nil, false},
		{"names unknown", "a table, but of what?", "a,b\nc,d\ne,f\ng,h\n", nil, false},
		{"nothing", "no header", "", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := table.Detect([]byte(tt.in), table.Options{Columns: tt.set}); got != tt.want {
				t.Errorf("%s: got %t", tt.why, got)
			}
		})
	}
	long := "author,text\n" + strings.Repeat("a,\"x, y\"\n", 100) + "b,\"cut off in the"
	if !table.Detect([]byte(long), table.Options{}) {
		t.Error("the end of the head may cut a row")
	}
}

func TestSavedTables(t *testing.T) {
	root := filepath.FromSlash("../../../shared/data")
	tests := []struct {
		pattern           string
		threads, comments int // 0: not stated
		replies           int
	}{
		{"formats/facebook-csv/fb_comments.csv", 48, 9752, 0},
		{"sentiment/goemotions/group-dev.tsv", 1, 5426, 0},
		{"sentiment/vader/tweets_GroundTruth.txt", 1, 4200, 0},
		{"sentiment/fanchuan/CampusLife/comments_train.csv", 1, 482, 140},
		{"sentiment/fanchuan/Reddit-Trump/comments_train.csv", 1, 555, 109},
		{"sentiment/fanchuan/Tiktok-Trump/comments_train.csv", 1, 653, 115},
	}
	for _, tt := range tests {
		t.Run(tt.pattern, func(t *testing.T) {
			f, err := os.Open(filepath.Join(root, filepath.FromSlash(tt.pattern)))
			if err != nil {
				t.Skip("needs the saved tables beside the project: ", err)
			}
			defer f.Close()
			r, err := charset.NewReader(tt.pattern, f)
			if err != nil {
				t.Fatal(err)
			}
			var threads, comments, replies int
			for th, err := range table.Read(tt.pattern, r, table.Options{}) {
				if err != nil {
					t.Error(err)
					continue
				}
				threads++
				comments += len(th.Comments)
				for _, c := range th.Comments {
					if c.Parent != "" {
						replies++
					}
				}
			}
			if threads != tt.threads || comments != tt.comments || replies != tt.replies {
				t.Errorf("got %d threads, %d comments, %d replies; want %d, %d, %d", threads, comments, replies, tt.threads, tt.comments, tt.replies)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("author,text\na,x\nb,\"y\nz\"\n", 7)
	f.Add("id\ttext\n1\t\"x\n2\ty\"\n", 1)
	f.Add("sep=|\ntext|a\n\"\"|\"|\"\r\n", 3)
	f.Fuzz(func(t *testing.T, in string, chunk int) {
		whole, failures := read(t, in, table.Options{})
		for _, text := range texts(whole) {
			if utf8.ValidString(in) && !utf8.ValidString(text) {
				t.Fatalf("invalid UTF-8: %q", text)
			}
		}
		table.Detect([]byte(in), table.Options{})
		// How the input is cut into reads doesn't matter.
		var pieces []*corpus.Thread
		bad := 0
		for th, err := range table.Read("in", iotest.OneByteReader(strings.NewReader(in)), table.Options{}) {
			if err == nil {
				pieces = append(pieces, th)
			} else {
				bad++
			}
		}
		if diff := cmp.Diff(whole, pieces); diff != "" || bad != len(failures) {
			t.Fatalf("by single bytes (-whole +pieces):\n%s%d failures, not %d", diff, bad, len(failures))
		}
	})
}

// No text of a well-formed table is lost or changed, whatever it holds.
func FuzzWellFormed(f *testing.F) {
	f.Add("x", "y\n\"z\"", "\r\n", true)
	f.Add("", "a,b", "'", false)
	f.Add("\"", "\t", "=1", false)
	f.Fuzz(func(t *testing.T, a, b, c string, tabs bool) {
		var in bytes.Buffer
		w := csv.NewWriter(&in)
		if tabs {
			w.Comma = '\t'
		}
		want := []string{strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?"), strings.ToValidUTF8(c, "?")}
		if slices.ContainsFunc(want, table.IsHTML) {
			return // made text
		}
		rows := [][]string{{"id", "text", "thread"}}
		for i, text := range want {
			// Between tabs, a quoted cell in one line is text unless it must be
			// quoted, and a row within a cell is a row.
			if tabs && (strings.HasPrefix(strings.TrimLeftFunc(text, unicode.IsSpace), `"`) || text != strings.TrimLeftFunc(text, unicode.IsSpace) ||
				text == `\.` || strings.Contains(text, "\t")) {
				return
			}
			rows = append(rows, []string{fmt.Sprint(i), text, "t"})
		}
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		threads, failures := read(t, in.String(), table.Options{})
		if diff := cmp.Diff(want, texts(threads)); diff != "" || failures != nil {
			t.Fatalf("%q (-want +got):\n%s%v", in.String(), diff, failures)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, bench := range []struct{ name, row string }{
		{"plain", "%d,Ivo,2024-05-01 10:00:00,I doubt that the bridge is unsafe. Who measured it and when?,12,t%d\n"},
		{"quoted", "\"%d\",\"Ivo\",\"2 hours ago\",\"I doubt that \"\"the bridge\"\" is unsafe.\n\nWho measured it, and when?\",\"12\",\"t%d\"\n"},
	} {
		var in strings.Builder
		in.WriteString("id,author,time,text,votes,thread\n")
		for i := range 20_000 {
			fmt.Fprintf(&in, bench.row, i, i/100)
		}
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(in.Len()))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range table.Read("in", strings.NewReader(in.String()), table.Options{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// Without a column for threads the titles tell them apart, unless they are those of the
// comments.
func TestTitles(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"several articles", "title,text\nFerry,a\nFerry,b\nBridge,c\nFerry,d\nBridge,e\n", "Ferry/Ferry abd, Bridge/Bridge ce"},
		{"on the first row of each", "title,text\nFerry,a\n,b\nBridge,c\n,d\n", "Ferry/Ferry ab, Bridge/Bridge cd"},
		{"one article", "title,text\nFerry,a\nFerry,b\n", "/Ferry ab"},
		{"titles of comments", "title,text\nNever,a\nWell,b\nWell,c\nWhy not,d\n", "/ abcd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for th, err := range table.Read("in", strings.NewReader(tt.in), table.Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				s := th.ID + "/" + th.Article.Title + " "
				for _, c := range th.Comments {
					s += c.Text
				}
				got = append(got, s)
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

// The line that Markdown and databases draw below a header is no row, and spaces beside the lines are no part of a cell.
func TestRules(t *testing.T) {
	for _, in := range []string{
		"| author | comment |\n|:---|---:|\n| Ada | Who paid? |\n| Bo | --- and who knew? |\n",
		" author | comment\n--------+----------\n Ada    | Who paid?\n Bo     | --- and who knew?\n",
	} {
		threads, failures := read(t, in, table.Options{})
		if got := strings.Join(texts(threads), "; "); got != "Who paid?; --- and who knew?" || len(failures) > 0 {
			t.Errorf("%q: %s %q", in, got, failures)
		}
	}
}
