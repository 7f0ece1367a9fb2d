package exports

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus/jsonvalues"
)

// whole reads a form whose files are one value or several, each of type T, by adding
// every one to the book.
func whole[T any](add func(*T, *book)) func(*input) error {
	return func(in *input) error { return in.values(true, decoded(add)) }
}

// each is whole for a form whose values may also stand in an array.
func each[T any](add func(*T, *book)) func(*input) error {
	return func(in *input) error { return in.values(false, decoded(add)) }
}

// decoded makes of add a function that takes the bytes of a value.
func decoded[T any](add func(*T, *book)) func([]byte, *jsonlite.Value, *book) error {
	return func(value []byte, _ *jsonlite.Value, b *book) error {
		v := new(T)
		err := json.Unmarshal(value, v)
		var mismatch *json.UnmarshalTypeError
		if errors.As(err, &mismatch) {
			// The rest of the value was read.
			b.oddFields.add(mismatch)
			err = nil
		}
		if err == nil {
			add(v, b)
		}
		return err
	}
}

// values gives every value of the input to add, as bytes and as a tree. What add doesn't take of
// the texts in it is counted.
func (in *input) values(whole bool, add func([]byte, *jsonlite.Value, *book) error) error {
	sink := jsonvalues.Sink{
		Value: func(line int, value []byte) bool {
			in.book.line = line
			if err := jsonvalues.Nesting(value); err != nil {
				return in.book.fail(line, "%v", err)
			}
			if err := in.value(value, add); err != nil {
				return in.book.fail(line, "not valid JSON: %v", err)
			}
			return in.book.relieve()
		},
		Fail: func(line int, message string) bool { return in.book.fail(line, "%s", message) },
		Long: func(line int, message string) bool { return in.book.give(nil, in.book.oversize(line, "%s", message)) },
	}
	if _, err := jsonvalues.Each(in.r, jsonvalues.Options{Max: in.max, Whole: whole}, sink); err != nil {
		return fmt.Errorf("reading %s: %w", in.name, err)
	}
	return nil
}

func (in *input) value(value []byte, add func([]byte, *jsonlite.Value, *book) error) error {
	var whole json.RawMessage // json's errors tell more
	if err := json.Unmarshal(value, &whole); err != nil {
		return err
	}
	root, err := jsonlite.ParseMaxDepth(string(whole), jsonvalues.MaxNesting+1)
	if err != nil {
		return err
	}
	b := in.book
	before := b.words
	if err := add(value, root, b); err != nil {
		return err
	}
	b.untaken.look(b.line, root, b.texts)
	if !in.described && b.words == before {
		b.untaken.blank(root, "", "", b.texts)
	}
	clear(b.texts)
	return nil
}
