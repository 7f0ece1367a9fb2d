// Package formats is the one visible list of the saved forms that can be read,
// and the way from a stream of bytes to threads.
//
// The steps of Read are:
//
//  1. What is compressed with gzip or Zstandard is unfolded, within limits.
//  2. Package charset makes the bytes valid UTF-8, by Options.Encoding or by the content, and refuses binary files.
//     The pages of an archive (MHTML, WARC) and the answers in a browser's recording (HAR) are read one by one.
//  3. The first 64 kB are looked at. What is known but can't be read is refused with
//     what it is and what to do.
//  4. The first [Format] of the list that recognises the content reads it, or the
//     one that the options name. The name of the file doesn't choose among them, it is
//     often wrong; but one that says table, JSON, XML or web page is never read as plain
//     text, unless the options say so.
//  5. Every thread gets its Format, its Source where the input names none, and
//     before its own problems those that were found on the level of bytes since
//     the thread before.
//
// Adding what a site or a program gives out is an entry in forms.toml of package exports; adding another form is a
// package with its reader and one entry in [All].
//
// # What a sequence yields
//
// All readers of saved forms keep to one contract. The sequence yields
//
//   - a thread and nil, or
//   - nil and a *corpus.Problem, after which it goes on. At level
//     [corpus.Failure] a record, or the whole input, could not be read; at a lower
//     level it is a remark that belongs to no thread.
//   - nil and any other error, such as one of the disk, which ends it.
//
// errors.Is tells the kinds of a problem ([corpus.Kind]), errors.As the problem.
//
// It can be ranged over once.
package formats

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/jsonl"
	"stance.example/stance/corpus/plaintext"
	"stance.example/stance/corpus/table"
	"stance.example/stance/corpus/webpage"
)

// Format is a saved form of threads.
type Format struct {
	// Name is the word by which it is chosen: "jsonl".
	Name string
	// Title is what it is, in a few words for a list.
	Title string
	// Carries is what its files can tell of a thread.
	Carries Content
	// Mapped says that its fields have names, which Options.Columns may give.
	Mapped bool
	// Detect reports whether the text that begins with head, cut anywhere, has
	// this form.
	Detect func(head []byte, o Options) bool
	// Read returns the threads of text in this form, in valid UTF-8, by the
	// contract of this package.
	Read func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error]
}

// Options say how to read an input. The zero value goes by the content.
type Options struct {
	// Format is the Name of the format, "" to go by the content.
	Format string
	// Encoding is the name of the encoding of the text, by the names that web pages may state; "" to go by the content.
	Encoding string
	// Columns names columns of a table, as in table.Options.
	Columns map[table.Field]string
	// MaxDocument raises the size of the longest piece that is held as a whole, in
	// bytes: a value of an export, a line, a row of a table, and a thread gathered from
	// rows. 0 leaves each reader its own.
	MaxDocument int
	// Page says how to read a web page.
	Page webpage.Options
	// Articles are those of threads whose comments are in another file, as in
	// table.Options; Articles reads them.
	Articles map[string]*corpus.Thread
	// State is told every thread before it is handed on and may state more of its
	// article; nil for nothing.
	State func(*corpus.Thread)

	named fileKind // what the name says
}

// Fallback is the name of the format that takes any text.
const Fallback = "plaintext"

// All returns the formats in the order in which the content is tried. The last
// one takes any text.
func All() []Format { return slices.Concat(exported(), general()) }

// general returns the formats that come from no site or program of their own.
func general() []Format {
	return []Format{
		{
			Name:    "html-table",
			Title:   "a table with a header in HTML, as programs save one for spreadsheets",
			Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
			Mapped:  true,
			Detect: func(head []byte, o Options) bool {
				return webpage.Detect(head) && table.DetectHTML(head, table.Options{Columns: o.Columns})
			},
			Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
				return table.ReadHTML(name, r, table.Options{Columns: o.Columns, Max: o.MaxDocument, Articles: o.Articles})
			},
		},
		webPage(),
		{
			Name:    "reddit-lines",
			Title:   "Reddit comments a line (Pushshift, Arctic Shift)",
			Carries: Article | Authors | Times | Replies | Votes | Removals | ManyThreads,
			Mapped:  true,
			Detect:  func(head []byte, _ Options) bool { return exports.IsRedditLines(head) },
			Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
				return table.ReadRecords(name, r, table.Options{Columns: o.Columns, Max: o.MaxDocument, Markup: exports.RedditText, Articles: o.Articles})
			},
		},
		{
			Name:    "jsonl",
			Title:   "JSON lines, the program's own form, and its JSON output",
			Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
			Detect: func(head []byte, o Options) bool {
				foreign, ok := jsonl.Detect(head)
				other := func(name string) bool { return table.KnownName(name) || table.ReplyName(name) }
				return ok && !slices.ContainsFunc(foreign, other) && len(o.Columns) == 0
			},
			Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
				return jsonl.Read(name, r, jsonl.Options{MaxLine: o.MaxDocument})
			},
		},
		{
			Name:    "records",
			Title:   "comments as objects of JSON, in lines, in an array or in a document, or as elements of XML",
			Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
			Mapped:  true,
			Detect:  func(head []byte, _ Options) bool { return table.DetectJSON(head) || table.DetectXML(head) },
			Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
				return table.ReadRecords(name, r, table.Options{Columns: o.Columns, Max: o.MaxDocument, Articles: o.Articles})
			},
		},
		{
			Name:    "csv",
			Title:   "a table with a header: CSV, TSV, or with semicolons",
			Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
			Mapped:  true,
			Detect: func(head []byte, o Options) bool {
				return o.named == tableFile || table.Detect(head, table.Options{Columns: o.Columns})
			},
			Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
				return table.Read(name, r, table.Options{Columns: o.Columns, Max: o.MaxDocument, Articles: o.Articles, Named: o.named == tableFile})
			},
		},
		parquetFormat(),
		xlsxFormat(),
		{
			Name:    Fallback,
			Title:   "text copied from a page: the article, then the comments",
			Carries: Article | Authors | Times | Replies | Votes | Removals,
			Detect:  func(_ []byte, o Options) bool { return o.named == textFile },
			Read:    readPlaintext,
		},
	}
}

// readPlaintext makes a sequence of the one thread of a text.
func readPlaintext(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		t, err := plaintext.Read(name, r, o.MaxDocument)
		if err != nil {
			yield(nil, err)
			return
		}
		yield(t, nil)
	}
}

// ByName returns the format of that name, or an *UnknownFormatError.
func ByName(name string) (Format, error) {
	all := All()
	for _, f := range all {
		if f.Name == name {
			return f, nil
		}
	}
	unknown := &UnknownFormatError{Name: name}
	for _, f := range all {
		unknown.Known = append(unknown.Known, f.Name)
	}
	return Format{}, unknown
}

// UnknownFormatError is a format asked for by a name that none has.
type UnknownFormatError struct {
	Name  string
	Known []string // the names there are, in the order of All
}

// Error returns a line that names the formats there are.
func (e *UnknownFormatError) Error() string {
	return fmt.Sprintf("unknown format %q: want one of %s", e.Name, strings.Join(e.Known, ", "))
}
