package table

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// maxPageHeader is the size of the longest header of a page, in bytes. Headers hold
// the least and the greatest value of the page.
const maxPageHeader = 64 << 10

// maxSpare is by how many values the runs of a page may exceed what it declares:
// packed ones come in groups.
const maxSpare = 512

var errSizes = errors.New("the sizes in a page contradict each other")

// pageCheck walks through the pages of a column before they are decoded.
type pageCheck struct {
	in       *bufio.Reader
	left     int64 // bytes of the column not read
	codec    format.CompressionCodec
	texts    bool  // the column holds strings of any length
	optional bool  // the column, so that its pages say which values are absent
	rows     int64 // that must still come
	largest  int64 // what the largest page takes in memory, in bytes
	fixed    int64 // what the dictionary takes

	packed, plain []byte
	zstd          *zstd.Decoder
}

// checkPages checks the pages of a column of that many rows and returns what has to
// be held of them at once, in bytes.
func checkPages(r io.ReaderAt, size int64, m *format.ColumnMetaData, optional bool, rows int64) (held int64, err error) {
	start := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		start = m.DictionaryPageOffset
	}
	if m.NumValues != rows || start < int64(len(parquetMark)) || m.TotalCompressedSize < 0 || m.TotalCompressedSize > size || start > size-m.TotalCompressedSize {
		return 0, errSizes
	}
	c := &pageCheck{left: m.TotalCompressedSize, codec: m.Codec, texts: m.Type == format.ByteArray, optional: optional, rows: rows}
	c.in = bufio.NewReaderSize(io.NewSectionReader(r, start, c.left), maxPageHeader)
	defer func() {
		if c.zstd != nil {
			c.zstd.Close()
		}
	}()
	for c.rows > 0 {
		if err := c.page(); err != nil {
			return 0, err
		}
	}
	return c.fixed + c.largest, nil
}

// page checks the next page.
func (c *pageCheck) page() error {
	h, err := c.header()
	if err != nil {
		return err
	}
	switch {
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		return c.dictionary(h)
	case h.Type == format.DataPage && h.DataPageHeader.Valid:
		return c.first(h)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
		return c.second(h)
	}
	return errors.New("a page of an unknown kind")
}

// header reads the header of the next page, and the page as it is packed.
func (c *pageCheck) header() (*format.PageHeader, error) {
	head, err := c.in.Peek(maxPageHeader)
	if len(head) == 0 {
		return nil, fmt.Errorf("a column ends early: %w", err)
	}
	var h format.PageHeader
	n, err := decodeThrift(head, 64, &h)
	if err != nil {
		return nil, err
	}
	c.in.Discard(n)
	c.left -= int64(n)
	packed := int64(h.CompressedPageSize)
	if packed < 0 || packed > c.left || packed > maxParquetPage || h.UncompressedPageSize < 0 || h.UncompressedPageSize > maxParquetPage {
		return nil, errSizes
	}
	c.left -= packed
	c.packed = grown(c.packed, int(packed))
	_, err = io.ReadFull(c.in, c.packed)
	return &h, err
}

func (c *pageCheck) dictionary(h *format.PageHeader) error {
	d := &h.DictionaryPageHeader.V
	if err := c.unfold(c.packed, h.UncompressedPageSize); err != nil {
		return err
	}
	//lint:ignore SA1019 what older writers made has it
	if d.NumValues < 0 || int(d.NumValues) > len(c.plain) || d.Encoding != format.Plain && d.Encoding != format.PlainDictionary {
		return errSizes
	}
	if c.texts && !stringsFit(c.plain, d.NumValues) {
		return errSizes
	}
	c.fixed += int64(h.UncompressedPageSize) + 16*int64(d.NumValues)
	return nil
}

// first checks a page of data of version 1, which is compressed whole.
func (c *pageCheck) first(h *format.PageHeader) error {
	d := &h.DataPageHeader.V
	if err := c.count(h, d.NumValues); err != nil {
		return err
	}
	if err := c.unfold(c.packed, h.UncompressedPageSize); err != nil {
		return err
	}
	values, present := c.plain, d.NumValues
	if c.optional {
		if len(values) < 4 || d.DefinitionLevelEncoding != format.RLE {
			return errSizes
		}
		length := int64(binary.LittleEndian.Uint32(values))
		if length > int64(len(values)-4) {
			return errSizes
		}
		present = presentIn(values[4:4+length], d.NumValues)
		values = values[4+length:]
	}
	return c.values(d.Encoding, values, present)
}

// second checks a page of data of version 2, of which only the values are compressed.
func (c *pageCheck) second(h *format.PageHeader) error {
	d := &h.DataPageHeaderV2.V
	if err := c.count(h, d.NumValues); err != nil {
		return err
	}
	levels := d.DefinitionLevelsByteLength
	if d.NumNulls < 0 || d.NumNulls > d.NumValues || d.RepetitionLevelsByteLength != 0 ||
		levels < 0 || int(levels) > len(c.packed) || levels > h.UncompressedPageSize {
		return errSizes
	}
	present := d.NumValues
	if c.optional {
		present = presentIn(c.packed[:levels], d.NumValues)
	}
	if present != d.NumValues-d.NumNulls {
		return errSizes
	}
	values := c.packed[levels:]
	if !d.IsCompressed.Valid || d.IsCompressed.V {
		if err := c.unfold(values, h.UncompressedPageSize-levels); err != nil {
			return err
		}
		values = c.plain
	}
	return c.values(d.Encoding, values, present)
}

// count takes the values of a page from those that must come. Each takes, beside the
// page's bytes, a level, an offset or index, and room to decode them.
func (c *pageCheck) count(h *format.PageHeader, values int32) error {
	if values < 0 || values > maxParquetValues || int64(values) > c.rows {
		return errSizes
	}
	c.rows -= int64(values)
	c.largest = max(c.largest, int64(h.UncompressedPageSize)+int64(h.CompressedPageSize)+16*int64(values))
	return nil
}

// unfold puts what data unfolds to into c.plain. It must have that size.
func (c *pageCheck) unfold(data []byte, size int32) (err error) {
	switch c.codec {
	case format.Uncompressed:
		c.plain = data
	case format.Snappy:
		if n, err := snappy.DecodedLen(data); err != nil || n != int(size) {
			return errSizes
		}
		c.plain, err = snappy.Decode(c.plain[:cap(c.plain)], data)
	case format.Gzip:
		err = c.gunzip(data, size)
	case format.Zstd:
		if c.zstd == nil {
			c.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1),
				zstd.WithDecoderMaxMemory(maxParquetPage), zstd.WithDecoderMaxWindow(maxParquetPage))
			if err != nil {
				return err
			}
		}
		c.plain, err = c.zstd.DecodeAll(data, c.plain[:0])
	default:
		return fmt.Errorf("compressed with %s, which is not read: only Snappy, gzip and Zstandard are", c.codec)
	}
	if err == nil && len(c.plain) != int(size) {
		err = errSizes
	}
	return err
}

func (c *pageCheck) gunzip(data []byte, size int32) error {
	in, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	_, err = io.Copy(&out, io.LimitReader(in, int64(size)+1))
	c.plain = out.Bytes()
	return err
}

// grown returns a slice of that length, in b if there is room.
func grown(b []byte, length int) []byte {
	if length > cap(b) {
		return make([]byte, length)
	}
	return b[:length]
}

// values checks that the values of a page are those that it declares, -1 for a page
// that contradicts itself.
func (c *pageCheck) values(e format.Encoding, data []byte, present int32) error {
	fits := present >= 0
	switch {
	case !fits:
	case e == format.Plain && c.texts:
		fits = stringsFit(data, present)
	case e == format.Plain, e == format.ByteStreamSplit:
	//lint:ignore SA1019 what older writers made has it
	case e == format.PlainDictionary, e == format.RLEDictionary:
		fits = len(data) == 0 || data[0] <= 32 && runsFit(data[1:], uint64(data[0]), present)
	case e == format.RLE:
		fits = len(data) >= 4 && runsFit(data[4:], 1, present)
	case e == format.DeltaBinaryPacked, e == format.DeltaLengthByteArray:
		fits = len(data) == 0 && present == 0 || deltasFit(data, present)
	default:
		return fmt.Errorf("values in the encoding %s, which is not read", e)
	}
	if !fits {
		return errSizes
	}
	return nil
}

// presentIn counts the values that are there by the levels of a page, 1 for a value
// and 0 for none. It is -1 if the levels aren't those of so many values.
func presentIn(levels []byte, values int32) int32 {
	if !runsFit(levels, 1, values) {
		return -1
	}
	left, present := uint64(values), 0
	for left > 0 && len(levels) > 0 {
		header, n := binary.Uvarint(levels)
		levels = levels[n:]
		count := min(header>>1, left)
		if header&1 != 0 {
			count = min(header>>1*8, left)
		}
		left -= count
		switch {
		case len(levels) == 0:
			return -1
		case header&1 == 0:
			present += int(count) * int(levels[0]&1)
			levels = levels[1:]
			continue
		}
		for ; count > 0 && len(levels) > 0; levels = levels[1:] {
			taken := min(count, 8)
			present += bits.OnesCount8(levels[0] << (8 - taken))
			count -= taken
		}
		if count > 0 {
			return -1
		}
	}
	if left > 0 {
		return -1
	}
	return int32(present)
}

// stringsFit reports whether data are that many strings behind their lengths.
func stringsFit(data []byte, values int32) bool {
	for ; values > 0; values-- {
		if len(data) < 4 {
			return false
		}
		length := uint64(binary.LittleEndian.Uint32(data))
		if length > uint64(len(data)-4) {
			return false
		}
		data = data[4+length:]
	}
	return len(data) == 0
}

// runsFit reports whether runs of values of that many bits, in the hybrid of run
// lengths and packed bits, hold no more than that many values.
func runsFit(data []byte, width uint64, values int32) bool {
	most := uint64(values) + maxSpare
	seen := uint64(0)
	for len(data) > 0 {
		header, n := binary.Uvarint(data)
		count := header >> 1
		if n <= 0 || count > most {
			return false
		}
		length := (width + 7) / 8
		if header&1 != 0 {
			length, count = count*width, 8*count
		}
		if seen += count; seen > most {
			return false
		}
		data = data[n:]
		data = data[min(length, uint64(len(data))):]
	}
	return true
}

// deltasFit reports whether a block of differences declares that many values.
func deltasFit(data []byte, values int32) bool {
	var header [3]uint64 // size of a block, its parts, values
	for i := range header {
		u, n := binary.Uvarint(data)
		if n <= 0 {
			return false
		}
		header[i], data = u, data[n:]
	}
	return header[2] == uint64(values)
}
