package table_test

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"stance/corpus"
	"stance/corpus/table"
)

// parquetRow is a comment in a file that the tests write.
type parquetRow struct {
	CommentID int64     `parquet:"comment_id"`
	ParentID  *int64    `parquet:"parent_id,optional"`
	ArticleID string    `parquet:"article_id"`
	User      string    `parquet:"user,optional"`
	Text      string    `parquet:"text,zstd"`
	CreatedAt time.Time `parquet:"created_at,timestamp(microsecond)"`
	Score     float64   `parquet:"score"`
	Tags      []string  `parquet:"tags,list"`
}

func parquetFile(t testing.TB) []byte {
	first := int64(7)
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	if err := parquet.Write(&out, []parquetRow{
		{7, nil, "a", "Ivo", "Says who?", at, 3, []string{"x"}},
		{8, nil, "b", "", "Good.", at.Add(time.Minute), 0, nil},
		{9, &first, "a", "Una", "The county.", at.Add(2 * time.Minute), -1, nil},
	}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readParquet(in []byte) (threads []*corpus.Thread, failures []string) {
	for th, err := range table.ReadParquet("in", bytes.NewReader(in), int64(len(in)), table.Options{}) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		th.Problems = nil
		threads = append(threads, th)
	}
	return threads, failures
}

func TestReadParquet(t *testing.T) {
	three, none, less := 3, 0, -1
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	want := []*corpus.Thread{
		{ID: "a", Comments: []corpus.Comment{
			{ID: "7", Author: "Ivo", Text: "Says who?", Posted: at, PostedAs: "2024-05-01T10:00:00Z", Votes: &three, Line: 1},
			{ID: "9", Parent: "7", Author: "Una", Text: "The county.", Posted: at.Add(2 * time.Minute), PostedAs: "2024-05-01T10:02:00Z", Votes: &less, Line: 3},
		}},
		{ID: "b", Comments: []corpus.Comment{
			{ID: "8", Text: "Good.", Posted: at.Add(time.Minute), PostedAs: "2024-05-01T10:01:00Z", Votes: &none, Line: 2},
		}},
	}
	got, failures := readParquet(parquetFile(t))
	if diff := cmp.Diff(want, got); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%q", diff, failures)
	}
}

func TestReadParquetDamaged(t *testing.T) {
	whole := parquetFile(t)
	for _, in := range [][]byte{whole[:len(whole)/2], append([]byte("PAR1"), whole[len(whole)-40:]...), []byte("PAR1")} {
		if _, failures := readParquet(in); len(failures) != 1 || !strings.HasPrefix(failures[0], "in: a Parquet file that can't be read: ") {
			t.Errorf("got %q", failures)
		}
	}
}

// Whatever byte of a file is damaged, it is read without a panic and without asking
// for more memory than a file of its size may.
func TestReadParquetDamagedAnywhere(t *testing.T) {
	whole := parquetFile(t)
	var before, after runtime.MemStats
	for at := 0; at < len(whole); at += 3 {
		for _, b := range []byte{0xff, whole[at] ^ 1} {
			in := bytes.Clone(whole)
			in[at] = b
			runtime.ReadMemStats(&before)
			readParquet(in)
			runtime.ReadMemStats(&after)
			if asked := after.TotalAlloc - before.TotalAlloc; asked > 64<<20 {
				t.Errorf("byte %d as %#x: %d MB asked for", at, b, asked>>20)
			}
		}
	}
}

func FuzzReadParquet(f *testing.F) {
	f.Add(parquetFile(f))
	f.Fuzz(func(t *testing.T, in []byte) { readParquet(in) })
}
