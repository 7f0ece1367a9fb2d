package formats

import (
	"io"
	"iter"

	"stance/corpus"
	"stance/corpus/webpage"
)

// webPage is the format of saved web pages. A thread's own Format names the platform
// too, where it is known: "wordpress-html".
func webPage() Format {
	return Format{
		Name:    webpage.Format,
		Title:   "a saved web page, of a known platform or any other",
		Carries: Article | Authors | Times | Replies | Votes | Removals,
		Detect:  func(head []byte, _ Options) bool { return webpage.Detect(head) },
		Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
			return webpage.Read(name, r, o.Page)
		},
	}
}
