package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"sync/atomic"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/cancel"
)

// Input is a regular file that is open for a run, which can come back to it: its content is
// known by its hash.
type Input struct {
	Size int64
	// SHA256 is the hash of what its threads are read from: of the file and, where
	// there are, of those that hold their articles.
	SHA256 string

	set  *Set
	path string
	file *os.File
	info os.FileInfo
	read atomic.Int64 // bytes read after the hash
}

// Input opens and hashes a file.
func (s *Set) Input(ctx context.Context, f File) (*Input, error) {
	in, err := open(ctx, f)
	if err != nil {
		return nil, err
	}
	in.set = s
	if len(s.companions) > 0 {
		h := sha256.New()
		io.WriteString(h, in.SHA256)
		for _, path := range slices.Sorted(maps.Keys(s.companions)) {
			io.WriteString(h, s.companions[path])
		}
		in.SHA256 = hex.EncodeToString(h.Sum(nil))
	}
	return in, nil
}

func open(ctx context.Context, f File) (*Input, error) {
	if f.Err != nil {
		return nil, f.Err
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	in := &Input{path: f.Path, file: file}
	if err := in.hash(ctx); err != nil {
		file.Close()
		return nil, err
	}
	return in, nil
}

func (in *Input) hash(ctx context.Context) (err error) {
	if in.info, err = in.file.Stat(); err != nil {
		return err
	}
	if !in.info.Mode().IsRegular() {
		return errors.New("is not a regular file, which a run could come back to")
	}
	h := sha256.New()
	if in.Size, err = io.Copy(h, cancel.Reader(ctx, in.file)); err != nil {
		return err
	}
	in.SHA256 = hex.EncodeToString(h.Sum(nil))
	return nil
}

// errChanged is the error of a file that was written to since it was hashed.
var errChanged = errors.New("has changed while it was read")

// Threads yields the threads of the file, as those of the set do. If the file was written to
// since it was opened, that is the last value.
func (in *Input) Threads(ctx context.Context) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		for t, err := range contents(ctx, in.path, in, in.Size, in.set.options) {
			if !yield(t, err) {
				return
			}
		}
		if now, err := in.file.Stat(); err != nil || now.Size() != in.info.Size() || !now.ModTime().Equal(in.info.ModTime()) {
			yield(nil, errChanged)
		}
	}
}

// ReadAt implements io.ReaderAt and counts.
func (in *Input) ReadAt(p []byte, off int64) (int, error) {
	n, err := in.file.ReadAt(p, off)
	in.read.Add(int64(n))
	return n, err
}

// Read is the number of bytes read so far; it may be asked while threads are read.
func (in *Input) Read() int64 { return in.read.Load() }

// Close closes the file.
func (in *Input) Close() error { return in.file.Close() }
