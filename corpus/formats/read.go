package formats

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/cancel"
	"stance.example/stance/corpus/internal/charset"
	"stance.example/stance/corpus/internal/webarchive"
)

// headSize is the number of bytes by which a form is recognised.
const headSize = 64 << 10

// Read returns the threads of r in the order of the input, by the contract of this
// package. The name, usually that of the file, is for messages, and the source of
// threads that state none.
//
// An unknown format is an *UnknownFormatError. The end of ctx ends the sequence with its
// error; a Read of r that is under way then isn't waited for.
func Read(ctx context.Context, name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	r = cancel.Reader(ctx, r)
	return cancel.Seq(ctx, func(yield func(*corpus.Thread, error) bool) {
		in, err := open(name, r, o)
		if err != nil {
			yield(nil, err)
			return
		}
		if o.State == nil {
			in.threads(yield)
			return
		}
		in.threads(func(t *corpus.Thread, err error) bool {
			if t != nil {
				o.State(t)
			}
			return yield(t, err)
		})
	})
}

// KnownEncoding reports whether an encoding has this name, by the names that web pages may state.
func KnownEncoding(name string) bool { return charset.Known(name) }

// input is a text whose form is known.
type input struct {
	name   string
	format Format
	bytes  *charset.Reader
	text   io.Reader
	o      Options
	pages  iter.Seq2[*webarchive.Page, error] // of an archive of pages, else nil
	// answers are those in a browser's recording, else nil.
	answers iter.Seq2[*webarchive.Answer, error]
	told    bool // that no column can be named
}

func open(name string, r io.Reader, o Options) (*input, error) {
	in := &input{name: name, o: o}
	var err error
	if o.Format != "" {
		if in.format, err = ByName(o.Format); err != nil {
			return nil, err
		}
	}
	form, file, r, err := binaryTable(name, r, o)
	if err != nil {
		return nil, err
	}
	if file != nil {
		in.format, in.text = form, file
		return in, nil
	}
	if r, err = expand(name, r, o); err != nil {
		return nil, err
	}
	raw := bufio.NewReaderSize(r, headSize)
	if start, _ := raw.Peek(headSize); o.Format == "" && webarchive.Detect(start) {
		in.pages = webarchive.Pages(name, raw, o.Page.Most())
		return in, nil
	} else if o.Format == "" && webarchive.DetectRecording(start) {
		in.answers = webarchive.Answers(name, raw, o.Page.Most())
		return in, nil
	}
	if in.bytes, err = charset.NewReaderIn(name, raw, o.Encoding); err != nil {
		return nil, err
	}
	text := bufio.NewReaderSize(in.bytes, headSize)
	if text, err = unwrapped(name, text, o); err != nil {
		return nil, err
	}
	in.text = text
	if o.Format == "" {
		in.format, err = recognise(name, text, o)
	}
	return in, err
}

// recognise tells the format by the content.
func recognise(name string, text *bufio.Reader, o Options) (Format, error) {
	head, err := text.Peek(headSize)
	var p *corpus.Problem
	switch {
	case errors.As(err, &p):
		return Format{}, p
	case err != nil && !errors.Is(err, io.EOF):
		return Format{}, fmt.Errorf("reading %s: %w", name, err)
	}
	for _, f := range exported() {
		if f.Detect(head, o) {
			return f, nil
		}
	}
	if p := refuse(name, head); p != nil {
		return Format{}, p
	}
	o.named = kindOf(name)
	all := general()
	for _, f := range all {
		if f.Detect(head, o) {
			return f, nil
		}
	}
	return Format{}, &corpus.Problem{File: name, Level: corpus.Failure, Kind: corpus.OtherForm, Message: misnamed(o.named)}
}

// threads yields the threads of the input.
func (in *input) threads(yield func(*corpus.Thread, error) bool) {
	if in.pages != nil {
		in.archived(yield)
		return
	}
	if in.answers != nil {
		in.recorded(yield)
		return
	}
	threads, said := 0, false
	for t, err := range in.format.Read(in.name, in.text, in.o) {
		if t != nil {
			in.complete(t)
			threads++
			said = said || len(t.Comments) > 0 || slices.ContainsFunc(t.Problems, func(p corpus.Problem) bool { return p.Level != corpus.Assumption })
		}
		said = said || err != nil
		if !yield(t, err) || ends(err) {
			return
		}
	}
	// What was found behind the last thread.
	behind := in.problems()
	if threads == 1 && !said {
		behind = append(behind, corpus.Problem{File: in.name, Level: corpus.Warning, Kind: corpus.NoComments, Message: "no comment was found, only the article"})
	}
	for _, p := range behind {
		if !yield(nil, &p) {
			return
		}
	}
}

// problems are those of the bytes since the last time; a Parquet file has none.
func (in *input) problems() []corpus.Problem {
	if in.bytes == nil {
		return nil
	}
	return in.bytes.Problems()
}

// ends reports whether err is more than a record's.
func ends(err error) bool {
	var p *corpus.Problem
	return err != nil && !errors.As(err, &p)
}

// complete adds to a thread what its reader can't know.
func (in *input) complete(t *corpus.Thread) {
	if t.Format == "" {
		t.Format = in.format.Name
	}
	if t.Source == "" {
		t.Source = in.name
	}
	t.Problems = append(in.problems(), t.Problems...)
	if len(in.o.Columns) > 0 && !in.format.Mapped && !in.told {
		in.told = true
		t.Problems = append(t.Problems, corpus.Problem{
			File: in.name, Level: corpus.Assumption,
			Message: fmt.Sprintf("no name of a column was taken: the form %s has none (--format records reads any JSON by the names of its fields)", in.format.Name),
		})
	}
}
