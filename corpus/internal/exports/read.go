package exports

import (
	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/jsonvalues"
	"stance.example/stance/corpus/internal/xmlvalues"
	"stance.example/stance/corpus/table"
)

// options say how values are read.
func (in *input) options() jsonvalues.Options { return jsonvalues.Options{File: in.name, Max: in.max} }

// values gives every value of the input to add. What add doesn't take of the texts in it is counted.
func (in *input) values(add func(*jsonlite.Value)) error {
	_, err := jsonvalues.Each(in.r, in.options(), in.sink(add))
	return err
}

// elements gives the elements of XML of some names to add, each as the only field of an object.
func (in *input) elements(names []string, add func(*jsonlite.Value)) error {
	u := &in.book.untaken
	return xmlvalues.Each(in.r, xmlvalues.Options{Options: in.options(), Names: names, Words: func(element, text string) {
		if u.own.is(element) && table.Sentence(text) {
			u.leave(in.book.line, element)
		}
	}}, in.sink(add))
}

// sink gives values to add.
func (in *input) sink(add func(*jsonlite.Value)) jsonvalues.Sink {
	fail := func(p *corpus.Problem) bool { return in.book.Give(nil, p) }
	return jsonvalues.Sink{Fail: fail, Value: func(line int, value []byte) bool {
		in.book.line = line
		if err := in.value(value, add); err != nil {
			return fail(in.options().Problem(line, false, "%v", err))
		}
		return in.book.Relieve()
	}}
}

// value gives a value to add. Of a large one only the objects around the comments are parsed at first, so
// that its comments aren't all held as trees.
func (in *input) value(value []byte, add func(*jsonlite.Value)) error {
	const large = 1 << 20
	b := in.book
	depth := jsonvalues.MaxNesting + 1
	if b.partly = len(value) > large && in.depth > 0; b.partly {
		depth = in.depth
	}
	root, err := jsonvalues.Parse(value, depth)
	if err != nil {
		return err
	}
	add(root)
	b.untaken.look(b.line, root, "", false, b.texts)
	clear(b.texts)
	return nil
}

// whole is a part of the value that is read with all that is in it parsed.
func (b *book) whole(v *jsonlite.Value) *jsonlite.Value {
	if b.partly {
		if parsed, err := jsonlite.ParseMaxDepth(v.JSON(), jsonvalues.MaxNesting+1); err == nil {
			return parsed
		}
	}
	return v
}
