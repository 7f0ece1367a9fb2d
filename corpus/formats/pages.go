package formats

import (
	"bytes"
	"io"
	"iter"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/charset"
	"stance.example/stance/corpus/internal/webarchive"
	"stance.example/stance/corpus/webpage"
)

// webPage is the format of saved web pages. A thread's own Format names the platform
// too, where it is known: "wordpress-html".
func webPage() Format {
	return Format{
		Name:    webpage.Format,
		Title:   "a saved web page, of a known platform or any other, also in MHTML, WARC and HAR",
		Carries: Article | Authors | Times | Replies | Votes | Removals | Gaps,
		Detect:  func(head []byte, _ Options) bool { return webpage.Detect(head) },
		Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
			return webpage.Read(name, r, o.Page)
		},
	}
}

// archived yields the threads of the pages in an archive of pages.
func (in *input) archived(yield func(*corpus.Thread, error) bool) {
	for page, err := range in.pages {
		if err != nil {
			if !yield(nil, err) || ends(err) {
				return
			}
			continue
		}
		one, err := in.page(page)
		if err != nil {
			if !yield(nil, err) {
				return
			}
			continue
		}
		stopped := false
		one.threads(func(t *corpus.Thread, err error) bool {
			stopped = !yield(t, err)
			return !stopped
		})
		if stopped {
			return
		}
	}
}

// page is one of the pages in the input, to be read.
func (in *input) page(page *webarchive.Page) (*input, error) {
	text, err := charset.NewReaderLabel(in.name, bytes.NewReader(page.Body), page.Charset)
	one := &input{name: in.name, format: webPage(), bytes: text, text: text, o: in.o}
	one.o.Page.URL, one.o.Page.Saved = page.URL, page.Saved
	return one, err
}
