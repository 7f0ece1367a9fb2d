package exports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/script"
	"stance.example/stance/corpus/table"
)

// InScripts returns a thread with the comments that the scripts of a page hold as data for its programs, and what is
// to be said of them: a script that is JSON, or one that assigns it, as in "window.__INITIAL_STATE__ = {…}". It is the
// thread with the most comments, nil if there is none. Where the data are of no known form, only what is called a comment
// there is one. The name is for messages.
func InScripts(name string, scripts []string) *corpus.Thread {
	var best *corpus.Thread
	for _, source := range scripts {
		if found := inScript(name, []byte(strings.TrimSpace(source))); found != nil && (best == nil || len(found.Comments) > len(best.Comments)) {
			best = found
		}
	}
	return best
}

func inScript(name string, data []byte) *corpus.Thread {
	const enough = 64 << 10
	if !json.Valid(data) {
		if !script.Detect(data[:min(len(data), enough)]) {
			return nil
		}
		var err error
		if data, err = script.JSON(data); err != nil {
			return nil
		}
	}
	var threads iter.Seq2[*corpus.Thread, error]
	all := Forms()
	known := slices.IndexFunc(all, func(f Form) bool { return f.Detect(data[:min(len(data), enough)]) })
	switch {
	case known >= 0:
		threads = all[known].Read(name, bytes.NewReader(data), Options{MaxDocument: max(len(data), DefaultMaxDocument)})
	case bytes.Contains(bytes.ToLower(data), []byte("comment")):
		threads = table.ReadRecords(name, bytes.NewReader(data), table.Options{InPage: true, Max: len(data)})
	default:
		return nil
	}
	return largest(name, threads)
}

// largest is the thread with the most comments, nil if none has any. Of the others it says how many they have.
func largest(name string, threads iter.Seq2[*corpus.Thread, error]) *corpus.Thread {
	var most *corpus.Thread
	others := 0
	for t := range threads {
		switch {
		case t == nil || len(t.Comments) == 0:
		case most == nil:
			most = t
		default:
			if len(t.Comments) > len(most.Comments) {
				most, t = t, most
			}
			others += len(t.Comments)
		}
	}
	if others > 0 {
		most.Problems = append(most.Problems, corpus.Problem{
			File: name, Level: corpus.Warning, Message: fmt.Sprintf("comments of other threads in the page's data, not read: %d", others),
		})
	}
	return most
}
