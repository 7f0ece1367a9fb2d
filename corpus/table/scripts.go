package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/script"
)

// InScripts returns a thread with the comments that the scripts of a page hold as data for its programs, and what is
// to be said of them: a script that is JSON, or one that assigns it, as in "window.__INITIAL_STATE__ = {…}". It is the
// thread with the most comments, nil if there is none. Only what is called a comment there is one. The name is for
// messages.
func InScripts(name string, scripts []string) *corpus.Thread {
	var best *corpus.Thread
	for _, source := range scripts {
		if found := inScript(name, source); found != nil && (best == nil || len(found.Comments) > len(best.Comments)) {
			best = found
		}
	}
	return best
}

func inScript(name, source string) *corpus.Thread {
	const enough = 4 << 10
	source = strings.TrimSpace(source)
	if !strings.Contains(strings.ToLower(source), "comment") {
		return nil
	}
	data := []byte(source)
	if !json.Valid(data) {
		if !script.Detect(data[:min(len(data), enough)]) {
			return nil
		}
		var err error
		if data, err = script.JSON(data); err != nil {
			return nil
		}
	}
	var most *corpus.Thread
	others := 0
	for t := range ReadRecords(name, bytes.NewReader(data), Options{inPage: true, Max: len(data)}) {
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
