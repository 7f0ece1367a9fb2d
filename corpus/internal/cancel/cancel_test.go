package cancel_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"stance.example/stance/corpus/internal/cancel"
)

// counting yields 1, 2, … and remembers how far it got and that it ended.
type counting struct {
	at    int
	ended bool
}

func (c *counting) seq(yield func(int, error) bool) {
	defer func() { c.ended = true }()
	for c.at++; yield(c.at, nil); c.at++ {
	}
}

// Nothing is made before it is asked for, and who leaves ends the producer.
func TestTakesTurns(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var c counting
	for n, err := range cancel.Seq(ctx, c.seq) {
		if err != nil || n != c.at {
			t.Fatalf("%d and %v came with the producer at %d", n, err, c.at)
		}
		if n == 3 {
			break
		}
	}
	if c.at != 3 || !c.ended {
		t.Errorf("the producer went on to %d, ended: %t", c.at, c.ended)
	}
}

func TestEnds(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var got []int
	var last error
	for n, err := range cancel.Seq(ctx, new(counting).seq) {
		if last = err; err == nil {
			got = append(got, n)
		}
		if n == 2 {
			end()
		}
	}
	if len(got) != 2 || !errors.Is(last, context.Canceled) {
		t.Errorf("got %v and %v", got, last)
	}
	for _, err := range cancel.Seq(ctx, new(counting).seq) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a context that has ended: %v", err)
		}
	}
}

// A panic of the producer is the consumer's, who can recover.
func TestPanics(t *testing.T) {
	defer func() {
		if p := recover(); p != "damaged" {
			t.Errorf("recovered %v", p)
		}
	}()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	for range cancel.Seq(ctx, func(func(int, error) bool) { panic("damaged") }) {
		t.Error("something was yielded")
	}
}

func TestReader(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	r := cancel.Reader(ctx, strings.NewReader("abcd"))
	p := make([]byte, 2)
	if _, err := io.ReadFull(r, p); err != nil {
		t.Fatal(err)
	}
	at := r.(io.ReaderAt)
	end()
	if _, err := r.Read(p); !errors.Is(err, context.Canceled) {
		t.Errorf("Read: %v", err)
	}
	if _, err := at.ReadAt(p, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("ReadAt: %v", err)
	}
}
