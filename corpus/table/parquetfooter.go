package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// The decoder of Parquet files believes what a file says of its sizes. So all of it
// is checked before: the footer here, the pages in parquetpages.go.
const (
	parquetMark      = "PAR1"    // begins and ends a file
	maxParquetFooter = 16 << 20  // bytes
	maxParquetItems  = 1 << 18   // in all lists and structures of a footer
	maxParquetPage   = 64 << 20  // bytes, unfolded
	maxParquetValues = 8 << 20   // in a page
	maxParquetOpen   = 256 << 20 // bytes of all pages that are open at once
	slackParquetRows = 100_000   // allowed in a file of any size, above it one for each byte
	slackParquetText = 64 << 20  // bytes of cells allowed in a file of any size
	maxParquetRatio  = 200       // bytes of cells for each byte of a file above it
)

var errEncrypted = errors.New("it is encrypted")

// parquetFooter reads what a file says of itself. No more memory is asked for than
// the limits allow, whatever it says.
func parquetFooter(r io.ReaderAt, size int64) (*format.FileMetaData, error) {
	var end [8]byte
	if size < int64(len(parquetMark)+len(end)) {
		return nil, io.ErrUnexpectedEOF
	}
	if _, err := r.ReadAt(end[:], size-int64(len(end))); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(end[:4]))
	switch mark := string(end[4:]); {
	case mark == "PARE":
		return nil, errEncrypted
	case mark != parquetMark, length > size-int64(len(parquetMark)+len(end)):
		return nil, errors.New("its end is missing")
	case length > maxParquetFooter:
		return nil, fmt.Errorf("its footer has more than %d MB", maxParquetFooter>>20)
	}
	data := make([]byte, length)
	if _, err := r.ReadAt(data, size-int64(len(end))-length); err != nil {
		return nil, err
	}
	var meta format.FileMetaData
	if _, err := decodeThrift(data, maxParquetItems, &meta); err != nil {
		return nil, err
	}
	return &meta, checkGroups(&meta, size)
}

// checkGroups checks the numbers of rows.
func checkGroups(meta *format.FileMetaData, size int64) error {
	if meta.EncryptionAlgorithm.Value != nil {
		return errEncrypted
	}
	left := slackParquetRows + size
	for i := range meta.RowGroups {
		n := meta.RowGroups[i].NumRows
		if n < 0 || n > left {
			return fmt.Errorf("it claims more rows than %d bytes can hold", size)
		}
		left -= n
	}
	return nil
}

// decodeThrift reads a structure that data begins with and returns its length.
func decodeThrift(data []byte, items int, into any) (int, error) {
	in := &thriftReader{BytesReader: new(thrift.CompactProtocol).NewReaderFromBytes(data), items: items}
	err := thrift.NewDecoder(in).Decode(into)
	return in.BytesRead(), err
}

// thriftReader bounds the lists and structures of the Thrift encoding, which the
// decoder makes room for before it reads them.
type thriftReader struct {
	thrift.BytesReader
	items int // that may still come
}

var errItems = errors.New("too many items in its description")

func (r *thriftReader) take(n int) error {
	if r.items -= n; n < 0 || r.items < 0 {
		return errItems
	}
	return nil
}

// ReadList implements thrift.Reader.
func (r *thriftReader) ReadList() (thrift.List, error) {
	l, err := r.BytesReader.ReadList()
	if err == nil {
		err = r.take(int(l.Size))
	}
	return l, err
}

// ReadSet implements thrift.Reader.
func (r *thriftReader) ReadSet() (thrift.Set, error) {
	l, err := r.ReadList()
	return thrift.Set(l), err
}

// ReadMap implements thrift.Reader.
func (r *thriftReader) ReadMap() (thrift.Map, error) {
	m, err := r.BytesReader.ReadMap()
	if err == nil {
		err = r.take(int(m.Size))
	}
	return m, err
}

// ReadField implements thrift.Reader. Structures count, so that none is too deep.
func (r *thriftReader) ReadField() (thrift.Field, error) {
	f, err := r.BytesReader.ReadField()
	if err == nil && f.Type == thrift.STRUCT {
		err = r.take(1)
	}
	return f, err
}

// Discard skips bytes, for the decoder.
func (r *thriftReader) Discard(n int) (int, error) {
	d, ok := r.BytesReader.(interface{ Discard(int) (int, error) })
	if !ok {
		return 0, errors.ErrUnsupported
	}
	return d.Discard(n)
}
