package formats_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/table"
)

// read returns the threads, and the errors as they are printed.
func read(name, in string, o formats.Options) (threads []*corpus.Thread, failures []string) {
	for t, err := range formats.Read(context.Background(), name, strings.NewReader(in), o) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		threads = append(threads, t)
	}
	return threads, failures
}

const paste = "Bridge closes on Monday\n\nThe council closes the old bridge, it says, for repairs.\n\n2 Comments\n\nIvo\nSays who?\nUna\nThe inspector, as " +
	"far as I know.\n"

func TestRecognises(t *testing.T) {
	tests := []struct{ name, why, in, want string }{
		{"thread a line", "the program's own form", `{"thread":"t","comments":[{"text":"x"}]}`, "jsonl"},
		{"a thread with replies in comments", "the program's own form has none there", `{"title":"T","comments":[{"text":"x","replies":[{"text":"y"}]}]}`, "records"},
		{"array", "any JSON objects are its reader's to judge", "[\n {\"thread\": \"t\", \"comments\": [{\"text\": \"x\"}]}\n]", "jsonl"},
		{"HTML", "a page as a browser saves it", "\ufeff\n<!-- saved from url=(0014)about:internet -->\n<!DOCTYPE html>\n<html><body><p>x", "html"},
		{"HTML without a doctype", "tags in any case", "<HTML>\n<head>", "html"},
		{"XHTML", "an XML declaration doesn't matter", "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">", "html"},
		{"a piece of a page", "a page copied from the inspector", "<div id=\"comments\"><p>x</p></div>", "html"},
		{"CSV", "a header with known names", "author,text\nIvo,\"Says who, and why?\"\n", "csv"},
		{"TSV", "the delimiter doesn't matter", "author\ttext\nIvo\tSays who?\n", "csv"},
		{"JSON in strings", "as a program writes it", `"{\"id\":1,\"author\":\"Ivo\",\"body\":\"Says who?\"}"` + "\n" + `"{\"id\":2,\"body\":\"Una\"}"`, "records"},
		{"a call with data", "as interfaces answer", `show({"posts":[{"author":"Ivo","body":"Says who?"}]});`, "records"},
		{"an assignment of data", "as archives keep it", "window.YTD.part0 = [{post: {author: 'Ivo', body: 'Says who?'}}]", "records"},
		{"guarded JSON", "so that no page can run it", ")]}'\n" + `{"posts":[{"author":"Ivo","body":"Says who?"}]}`, "records"},
		{"paste with a call first", "brackets are no script", "run(s) on the bank\n\n" + paste, "plaintext"},
		{"paste", "all else is plain text", paste, "plaintext"},
		{"paste with commas first", "a sentence is no header", "Well, the council, as ever, said no.\n\n" + paste, "plaintext"},
		{"paste with a brace first", "a brace alone makes no JSON", "{Update} " + paste, "plaintext"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read("in", tt.in, formats.Options{})
			if len(threads) != 1 || failures != nil {
				t.Fatalf("%s: got %d threads, failures %q", tt.why, len(threads), failures)
			}
			if got := threads[0].Format; got != tt.want {
				t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
			}
		})
	}
}

func TestRefuses(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"MHTML", "From: <Saved by a browser>\r\nSubject: Bridge\r\nContent-Type: multipart/related;\r\n",
			"in: a web archive (MHTML) that doesn't say how its parts are set apart"},
		{"XML", "<?xml version=\"1.0\"?>\n<catalogue>", "in: is an XML file of an unknown kind; save the comments as a table, JSON or a page and read that, or " +
			"read it as text by --format plaintext"},
		{"XML that doesn't say so", "<notes><note>One</note></notes>",
			"in: is an XML file of an unknown kind; save the comments as a table, JSON or a page and read that, or read it as text by --format plaintext"},
		{"SQL", "-- MySQL dump 10.13\nINSERT INTO `comments` VALUES (1,'Ola','No.');",
			"in: is a dump of a database; export the table of the comments as CSV or JSON and read that"},
		{"Movable Type", "TITLE: Bridge\nAUTHOR: Una\nDATE: 03/04/2024 06:00:00 PM\n-----\nBODY:\nIt closes.\n-----\nCOMMENT:\nAUTHOR: Ivo\nURL:\nNo.\n-----\n",
			"in: is an export of Movable Type or TypePad; import it into WordPress and export that as XML, or save its pages, and read those"},
		{"a list's archive", "From ola at b.example  Fri Mar  1 08:10:00 2024\nFrom: ola at b.example (Ola)\nMessage-ID: <m1@b.example>\n\nNo.",
			"in: is mail; save the comments as a table or as JSON and read that"},
		{"mail", "From ola@b.example Fri Mar  1 08:10:00 2024\nFrom: Ola\nSubject: Bridge\nMessage-ID: <m1@b.example>\n\nNo.",
			"in: is mail; save the comments as a table or as JSON and read that"},
		{"YAML", "- id: 1\n  author: Ola\n  text: No.\n", "in: is YAML; save the comments as JSON and read that"},
		{"RTF", `{\rtf1\ansi Bridge}`, "in: is a Rich Text document; save it as plain text and read that"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00", "in: is a PNG image, not text"},
		{"empty", "\n\n", "in: is empty"},
		{"late empty", strings.Repeat("\n", 200_000), "in: is empty"},
		{"other JSON", `{"kind":"Listing","data":{}}`, `in:1: JSON, but no comments: no object has a field of texts beside one of authors, times or the like; one ` +
			`has kind: --map text=FIELD names that of the texts`},
		{"no texts", "author,date,words\na,b,c\nd,e,f\ng,h,i\nj,k,l\n",
			`in:1: no column of comment texts among "author", "date", "words": name it with --map text=COLUMN`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read("in", tt.in, formats.Options{})
			if diff := cmp.Diff([]string{tt.want}, failures); diff != "" || len(threads) > 0 {
				t.Errorf("%d threads (-want +got):\n%s", len(threads), diff)
			}
		})
	}
}

func TestFormatByName(t *testing.T) {
	// A page of HTML is read as text if that is what is asked for.
	threads, failures := read("in", "<html>\n"+paste, formats.Options{Format: "plaintext"})
	if len(threads) != 1 || threads[0].Format != "plaintext" {
		t.Errorf("got %d threads, failures %q", len(threads), failures)
	}
	_, failures = read("in", "x;y\na;b\n", formats.Options{Format: "csv", Columns: map[table.Field]string{table.Text: "y"}})
	if failures != nil {
		t.Errorf("got %q", failures)
	}
	for _, err := range formats.Read(t.Context(), "in", strings.NewReader("x"), formats.Options{Format: "yaml"}) {
		var unknown *formats.UnknownFormatError
		if !errors.As(err, &unknown) || unknown.Name != "yaml" {
			t.Errorf("got %v", err)
		}
		if got := err.Error(); !strings.HasPrefix(got, `unknown format "yaml": want one of reddit, `) || !strings.HasSuffix(got, ", plaintext") {
			t.Errorf("got %q", got)
		}
	}
}

func TestSourceAndFormat(t *testing.T) {
	threads, _ := read("file.jsonl", `{"source":"town","format":"plaintext","comments":[]}`+"\n"+`{"comments":[]}`, formats.Options{})
	var got []string
	for _, th := range threads {
		got = append(got, th.Source+" "+th.Format)
	}
	// What the input says of where a thread came from stays.
	if diff := cmp.Diff([]string{"town plaintext", "file.jsonl jsonl"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The problems of the bytes stand before those of the thread, each kind once.
func TestProblemsOfBytes(t *testing.T) {
	threads, failures := read("in", "id,reply_to,text\n1,9,caf\xe9\n", formats.Options{})
	if len(threads) != 1 {
		t.Fatalf("got %q", failures)
	}
	var got []string
	for _, p := range threads[0].Problems {
		got = append(got, p.Error())
	}
	want := []string{
		"in:2: 1 byte is not UTF-8: read as Windows-1252",
		`in:1: columns read: text from "text", id from "id", parent from "reply_to"`,
		`in:2: 1 reply's parent is not in the thread, so it stays unknown: "1", names "9"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	// Behind the last thread they stand alone, and are no failure.
	var alone []string
	for _, err := range formats.Read(t.Context(), "in", strings.NewReader("{\"comments\":[]}\n"+strings.Repeat(" ", 200_000)+"\ncaf\xe9"), formats.Options{}) {
		var p *corpus.Problem
		if errors.As(err, &p) {
			alone = append(alone, fmt.Sprint(p.Level == corpus.Failure, " ", p.Where()))
		}
	}
	if diff := cmp.Diff([]string{"true in:3", "false in:3"}, alone); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadErrorEnds(t *testing.T) {
	broken := errors.New("broken pipe")
	for _, start := range []string{"", "{\"comments\":[]}\n" + strings.Repeat(" ", 100_000), paste} {
		var last error
		for _, err := range formats.Read(t.Context(), "in", io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken)), formats.Options{}) {
			if last != nil {
				t.Errorf("%.20q: went on after %v", start, last)
			}
			last = err
		}
		if !errors.Is(last, broken) {
			t.Errorf("%.20q: got %v, want it to wrap %v", start, last, broken)
		}
	}
}

func TestList(t *testing.T) {
	seen := make(map[string]bool)
	for _, f := range formats.All() {
		if seen[f.Name] || f.Title == "" || f.Carries == 0 {
			t.Errorf("%q is there twice or lacks a description", f.Name)
		}
		seen[f.Name] = true
		if got, err := formats.ByName(f.Name); err != nil || got.Title != f.Title {
			t.Errorf("%q isn't found by its name: %v", f.Name, err)
		}
	}
	if got, want := (formats.Article | formats.Votes | formats.ManyThreads).String(), "article, votes, many threads"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The saved files beside the project are told apart by their content.
func TestSavedFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all saved files beside the project")
	}
	const html = "html"
	tests := []struct{ pattern, want string }{
		{"news/*.jsonl", "jsonl"},
		{"unlabelled/*.jsonl", "jsonl"},
		{"public/rumoureval2019-threads.jsonl", "jsonl"},
		{"public/arc.jsonl", "records"},
		{"formats/reddit-pushshift-jsonl/comments.jsonl", "reddit-lines"},
		{"formats/reddit-pushshift-jsonl/submissions.jsonl", "reddit-submissions"},
		{"formats/geiger-nyt-json/*.json", "records"},
		{"formats/isso-json/*.json", "isso"},
		{"formats/bluesky-json/*.json", "bluesky"},
		{"formats/commento-json/*.json", "commento"},
		{"formats/discourse-json/*.json", "discourse"},
		{"formats/hn-algolia-json/*.json", "hackernews"},
		{"formats/hn-firebase-json/*.json", "hackernews-firebase"},
		{"formats/mastodon-json/*.json", "mastodon"},
		{"formats/nyt-community-json/*.json", "nyt"},
		{"formats/reddit-json/*.js*", "reddit"},
		{"formats/reddit-urs-json/*.json", "reddit-urs"},
		{"formats/remark42-json/*.json", "remark42"},
		{"formats/youtube-api-json/*.js", "youtube"},
		{"formats/disqus-xml/*.xml", "disqus-xml"},
		{"formats/wordpress-wxr/*.xml", "wordpress-wxr"},
		{"formats/facebook-csv/*.csv", "csv"},
		{"sentiment/fanchuan/*/*.csv", "csv"},
		{"formats/plaintext-from-html/*.txt", "plaintext"},
		{"formats/html-saved-real/*.html", html},
		{"formats/html-saved/*.html", html},
		{"formats/html-forum-jsonld/*.html", html},
	}
	for _, tt := range tests {
		t.Run(tt.pattern, func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join("../../../shared/data", filepath.FromSlash(tt.pattern)))
			if err != nil || len(files) == 0 {
				t.Skip("needs the saved files beside the project")
			}
			for _, file := range files {
				if got := firstOf(t, file); !strings.Contains(got, tt.want) {
					t.Errorf("%s: got %q, want %s", filepath.Base(file), got, tt.want)
				}
			}
		})
	}
}

// firstOf returns the format of the first thread of a file, or the first error.
func firstOf(t *testing.T, file string) string {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for th, err := range formats.Read(t.Context(), filepath.Base(file), f, formats.Options{}) {
		if err != nil {
			return err.Error()
		}
		return th.Format
	}
	return "nothing"
}

// A column that somebody names is told to be none where the form has no names to go by.
func TestColumnsOfOtherForms(t *testing.T) {
	named := formats.Options{Columns: map[table.Field]string{table.Text: "said"}}
	for in, want := range map[string]bool{
		"said,who\nNo.,Ola\nYes.,Kari\n":                                       false,
		`[{"said":"No.","who":"Ola"}]`:                                         false,
		"Ferry to be cut\n\nOla\n2 hours ago\nNo.\n\nKari\n1 hour ago\nYes.\n": true,
	} {
		threads, failures := read("in", in, named)
		if len(threads) != 1 || failures != nil {
			t.Fatalf("%q: %d threads, failures %q", in, len(threads), failures)
		}
		told := slices.ContainsFunc(threads[0].Problems, func(p corpus.Problem) bool { return strings.Contains(p.Message, "no name of a column was taken") })
		if told != want {
			t.Errorf("%q: told %t, want %t: %v", in, told, want, threads[0].Problems)
		}
	}
}
