package table

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// batch is the number of rows that are decoded at once.
const batch = 64

// cursor reads the cells of a column one after the other.
type cursor struct {
	pages  parquet.Pages
	page   parquet.Page        // nil if the next isn't read
	values parquet.ValueReader // of page
	unit   time.Duration       // of times and dates, 0 if there are none
	buffer [batch]parquet.Value
	cells  [batch]string
	last   string // the cell before
	fresh  int64  // bytes of the cells of the last read, without repeated ones
}

func newCursor(chunk parquet.ColumnChunk, node parquet.Node) *cursor {
	return &cursor{pages: chunk.Pages(), unit: unitOf(node)}
}

// unitOf is the unit of a column's times or dates, 0 if it holds none.
func unitOf(n parquet.Node) time.Duration {
	logical := n.Type().LogicalType()
	if logical == nil {
		return 0
	}
	switch kind := logical.Value.(type) {
	case *format.DateType:
		return 24 * time.Hour
	case *format.TimestampType:
		if kind.Unit.Value != nil {
			return kind.Unit.Value.Duration()
		}
	}
	return 0
}

// read puts the next n cells, at most batch, into c.cells.
func (c *cursor) read(n int) error {
	c.fresh = 0
	for done := 0; done < n; {
		if c.page == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				return err // also at the end, since there must be more
			}
			c.page, c.values = page, page.Values()
		}
		got, err := c.values.ReadValues(c.buffer[:n-done])
		for _, v := range c.buffer[:got] {
			c.cells[done] = c.cell(v)
			done++
		}
		switch {
		case errors.Is(err, io.EOF):
			parquet.Release(c.page)
			c.page = nil
		case err != nil:
			return err
		case got == 0:
			return io.ErrNoProgress
		}
	}
	return nil
}

// cell is a value as the cell of a table, "" for none.
func (c *cursor) cell(v parquet.Value) string {
	if v.IsNull() {
		return ""
	}
	if k := v.Kind(); k != parquet.ByteArray && k != parquet.FixedLenByteArray {
		return c.written(v)
	}
	if b := v.ByteArray(); string(b) != c.last {
		c.last = strings.ToValidUTF8(string(b), "\uFFFD")
		c.fresh += int64(len(b))
	}
	return c.last
}

// written is a number, a time or a truth value.
func (c *cursor) written(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Int96:
		return "" // times of old programs, in a form of their own
	case parquet.Int32:
		if c.unit == 24*time.Hour {
			return time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
		}
	case parquet.Int64:
		if c.unit == 0 || c.unit > time.Second {
			return strconv.FormatInt(v.Int64(), 10)
		}
		per := int64(time.Second / c.unit)
		return time.Unix(v.Int64()/per, v.Int64()%per*int64(c.unit)).UTC().Format(time.RFC3339Nano)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	}
	return v.String()
}

func (c *cursor) close() {
	guarded(func() error {
		parquet.Release(c.page)
		return c.pages.Close()
	})
}
