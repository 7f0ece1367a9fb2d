// Package cancel ends the reading of threads with a context, whatever its reader is at:
// waiting for bytes, or working on a large piece that it holds.
package cancel

import (
	"context"
	"io"
	"iter"
)

// Seq yields what read yields, until the end of ctx, whose error it then yields last. It
// doesn't wait for read to come to an end, which goes on with the piece that it is at; what
// read reads should fail with ctx, as [Reader] does. Otherwise the two take turns, so that
// nothing is read ahead. A panic of read is one of the caller.
func Seq[V any](ctx context.Context, read iter.Seq2[V, error]) iter.Seq2[V, error] {
	if ctx.Done() == nil {
		return read
	}
	return func(yield func(V, error) bool) {
		var none V
		if ctx.Err() != nil {
			yield(none, ctx.Err())
			return
		}
		next, turn := make(chan step[V]), make(chan struct{})
		left, ended := make(chan struct{}), make(chan struct{}) // by this function and the producer
		wait := true
		defer func() {
			if close(left); wait {
				<-ended
			}
		}()
		go func() {
			defer close(ended)
			produce(read, next, turn, left)
		}()
		for {
			select {
			case <-ctx.Done():
				wait = false
				yield(none, ctx.Err())
				return
			case s := <-next:
				switch {
				case s.panicked != nil:
					panic(s.panicked)
				case s.last || !yield(s.value, s.err):
					return
				case ctx.Err() != nil:
					yield(none, ctx.Err())
					return
				}
			}
			turn <- struct{}{}
		}
	}
}

// step is what came of a turn of the producer.
type step[V any] struct {
	value    V
	err      error
	last     bool // nothing more comes
	panicked any
}

func produce[V any](read iter.Seq2[V, error], next chan<- step[V], turn, left <-chan struct{}) {
	give := func(s step[V]) bool {
		select {
		case next <- s:
			return true
		case <-left:
			return false
		}
	}
	defer func() { give(step[V]{last: true, panicked: recover()}) }()
	read(func(value V, err error) bool {
		if !give(step[V]{value: value, err: err}) {
			return false
		}
		select {
		case <-turn:
			return true
		case <-left:
			return false
		}
	})
}

// Reader is r until ctx ends, with whose error it then fails. It implements io.ReaderAt and
// io.Seeker if r does.
func Reader(ctx context.Context, r io.Reader) io.Reader {
	if ctx.Done() == nil {
		return r
	}
	if at, ok := r.(file); ok {
		return &seekable{reader{ctx, r}, readerAt{ctx, at}, at}
	}
	return &reader{ctx, r}
}

// ReaderAt is r until ctx ends, with whose error it then fails.
func ReaderAt(ctx context.Context, r io.ReaderAt) io.ReaderAt { return &readerAt{ctx, r} }

type file interface {
	io.ReaderAt
	io.Seeker
}

type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

type readerAt struct {
	ctx context.Context
	r   io.ReaderAt
}

func (r *readerAt) ReadAt(p []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.ReadAt(p, off)
}

type seekable struct {
	reader
	readerAt
	io.Seeker
}
