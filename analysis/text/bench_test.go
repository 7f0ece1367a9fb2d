package text_test

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// unlabelled returns the comments of the real threads beside the project, or skips.
func unlabelled(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../../shared/data/unlabelled/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Skip("needs the unlabelled threads beside the project")
	}
	var comments []string
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for d := json.NewDecoder(f); ; {
			var thread struct{ Comments []struct{ Text string } }
			if err := d.Decode(&thread); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			for _, c := range thread.Comments {
				comments = append(comments, c.Text)
			}
		}
	}
	return comments
}

// BenchmarkParse times parsing a comment.
func BenchmarkParse(b *testing.B) {
	comments := unlabelled(b)
	parser := newParser(b)
	b.ReportAllocs()
	bytes := 0
	for i := 0; b.Loop(); i++ {
		comment := comments[i%len(comments)]
		bytes += len(comment)
		parser.Parse(comment)
	}
	b.SetBytes(int64(bytes / b.N))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "comments/s")
}
