package table

import (
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
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
	scale  int                 // digits behind the point of decimals, -1 if there are none
	buffer [batch]parquet.Value
	cells  [batch]string
	last   string // the cell before
	fresh  int64  // bytes of the cells of the last read, without repeated ones
}

func newCursor(chunk parquet.ColumnChunk, node parquet.Node) *cursor {
	return &cursor{pages: chunk.Pages(), unit: unitOf(node), scale: scaleOf(node)}
}

// scaleOf is the number of digits behind the point of a column's decimals, -1 if it
// holds none.
func scaleOf(n parquet.Node) int {
	if logical := n.Type().LogicalType(); logical != nil {
		if d, ok := logical.Value.(*format.DecimalType); ok {
			return int(max(0, min(d.Scale, maxScale)))
		}
	}
	return -1
}

// maxScale is the most digits behind the point of a decimal that are kept apart:
// numbers of 128 bits have no more.
const maxScale = 38

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
	if c.scale >= 0 {
		return decimal(unscaled(v), c.scale)
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
		return oldTime(v.Int96()).Format(time.RFC3339Nano)
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

// oldTime is a time as older programs write it: the nanoseconds of a day in two words,
// behind them the Julian day.
func oldTime(v deprecated.Int96) time.Time {
	const epoch = 2_440_588 // the Julian day of 1970-01-01
	return time.Unix((int64(v[2])-epoch)*24*60*60, int64(uint64(v[1])<<32|uint64(v[0]))).UTC()
}

// unscaled is a decimal without its point: a number, or the bytes of one from the most
// significant on, as a two's complement.
func unscaled(v parquet.Value) *big.Int {
	const longest = 32 // bytes; no decimal has more
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	b := v.ByteArray()
	b = b[:min(len(b), longest)]
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// decimal writes a number with that many digits behind the point, without zeros at its
// end.
func decimal(n *big.Int, scale int) string {
	if scale == 0 {
		return n.String()
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	written := new(big.Rat).SetFrac(n, unit).FloatString(scale)
	return strings.TrimSuffix(strings.TrimRight(written, "0"), ".")
}

func (c *cursor) close() {
	guarded(func() error {
		parquet.Release(c.page)
		return c.pages.Close()
	})
}
