package main

import (
	"io"
	"iter"

	"stance/corpus"
	"stance/corpus/archive"
	"stance/corpus/formats"
	"stance/reports"
)

// contents reads the threads of a file, or of the files of an archive one after the
// other, by the contract of package formats.
func contents(path string, r io.ReaderAt, size int64, o formats.Options) iter.Seq2[*corpus.Thread, error] {
	files, ok := archive.Read(path, r, size, archive.DefaultLimits())
	if !ok {
		return formats.Read(path, io.NewSectionReader(r, 0, size), o)
	}
	return func(yield func(*corpus.Thread, error) bool) {
		empty := true
		for f, err := range files {
			if err != nil {
				empty = false
				if !yield(nil, err) {
					return
				}
				continue
			}
			if passedOver(f.Name) {
				continue
			}
			empty = false
			for t, err := range formats.Read(path+"/"+reports.OneLine(f.Name), f.Reader, o) {
				if !yield(t, err) {
					return
				}
			}
		}
		if empty {
			yield(nil, &corpus.Problem{File: path, Level: corpus.Failure, Message: "an archive in which " + nothing})
		}
	}
}

// nothing is what is wrong with a directory or an archive that holds no thread.
const nothing = "no file could hold a thread"
