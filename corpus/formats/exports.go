package formats

import (
	"bufio"
	"context"
	"io"
	"iter"
	"sync"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/cancel"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/table"
)

// exported returns the formats that sites and programs give out as JSON, XML or text, the
// most telling first.
var exported = sync.OnceValue(func() []Format {
	var all []Format
	for _, form := range exports.Forms() {
		all = append(all, Format{
			Name: form.Name, Title: form.Title, Carries: contentOf(form.Carries),
			Detect: func(head []byte, _ Options) bool { return form.Detect(head) },
			Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
				return form.Read(name, r, exports.Options{MaxDocument: o.MaxDocument})
			},
		})
	}
	return all
})

// submissions is the name of the format whose threads have their comments in another
// file.
const submissions = "reddit-submissions"

// Articles returns the threads of a file that holds articles without their comments,
// to be given to Read as Options.Articles with the file of the comments; nil if the
// file is of another kind. A thread that can't be read is left out, and all behind the end
// of ctx.
func Articles(ctx context.Context, name string, r io.Reader, o Options) map[string]*corpus.Thread {
	in, err := open(name, cancel.Reader(ctx, r), o)
	if err != nil {
		return nil
	}
	if text, ok := in.text.(*bufio.Reader); ok {
		head, _ := text.Peek(headSize)
		if o := (table.Options{Columns: o.Columns, Max: o.MaxDocument}); table.DetectArticles(head, o) {
			return table.ReadArticles(text, o)
		}
	}
	if in.format.Name != submissions {
		return nil
	}
	articles := map[string]*corpus.Thread{}
	in.threads(func(t *corpus.Thread, err error) bool {
		if err == nil {
			articles[t.ID] = t
		}
		return err == nil || !ends(err)
	})
	return articles
}
