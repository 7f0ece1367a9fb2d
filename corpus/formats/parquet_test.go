package formats_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// A Parquet file is read where it lies, and from a stream within a limit.
func TestParquet(t *testing.T) {
	type row struct {
		Author string `parquet:"author"`
		Text   string `parquet:"text"`
	}
	var file bytes.Buffer
	if err := parquet.Write(&file, []row{{"Ivo", "Says who?"}, {"Una", "The county."}}); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]io.Reader{
		"file":   bytes.NewReader(file.Bytes()),
		"stream": io.MultiReader(bytes.NewReader(file.Bytes())),
	} {
		var got []string
		for th, err := range formats.Read(t.Context(), "in", in, formats.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, th.Format, th.Source)
			for _, c := range th.Comments {
				got = append(got, c.Author, c.Text)
			}
		}
		if diff := cmp.Diff([]string{"parquet", "in", "Ivo", "Says who?", "Una", "The county."}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, err := range formats.Read(t.Context(), "in", io.MultiReader(bytes.NewReader(file.Bytes())), formats.Options{MaxDocument: 100}) {
		var p *corpus.Problem
		if !errors.As(err, &p) || p.Level != corpus.Failure {
			t.Errorf("a stream that is too long: got %v", err)
		}
	}
}
