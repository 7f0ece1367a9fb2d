package table_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/table"
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

func readParquet(in []byte, o table.Options) (threads []*corpus.Thread, failures []string) {
	for th, err := range table.ReadParquet("in", bytes.NewReader(in), int64(len(in)), o) {
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
	got, failures := readParquet(parquetFile(t), table.Options{})
	if diff := cmp.Diff(want, got); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%q", diff, failures)
	}
}

func TestReadParquetDamaged(t *testing.T) {
	whole := parquetFile(t)
	for _, in := range [][]byte{whole[:len(whole)/2], append([]byte("PAR1"), whole[len(whole)-40:]...), []byte("PAR1")} {
		if _, failures := readParquet(in, table.Options{}); len(failures) != 1 || !strings.HasPrefix(failures[0], "in: a Parquet file that can't be read: ") {
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
			readParquet(in, table.Options{})
			runtime.ReadMemStats(&after)
			if asked := after.TotalAlloc - before.TotalAlloc; asked > 64<<20 {
				t.Errorf("byte %d as %#x: %d MB asked for", at, b, asked>>20)
			}
		}
	}
}

func FuzzReadParquet(f *testing.F) {
	f.Add(parquetFile(f))
	f.Fuzz(func(t *testing.T, in []byte) { readParquet(in, table.Options{}) })
}

// numbersRow holds what databases and older programs write.
type numbersRow struct {
	ID    int64            `parquet:"id,decimal(0:5)"`
	Score int32            `parquet:"score,decimal(2:9)"`
	Text  string           `parquet:"text"`
	Time  deprecated.Int96 `parquet:"time"`
}

func TestReadParquetDecimals(t *testing.T) {
	var out bytes.Buffer
	const day = 2_460_432 // 2024-05-01
	if err := parquet.Write(&out, []numbersRow{{812, -300, "Who counted?", deprecated.Int96{1_000_000_000, 0, day}}}); err != nil {
		t.Fatal(err)
	}
	less := -3
	want := []*corpus.Thread{{Comments: []corpus.Comment{
		{ID: "812", Text: "Who counted?", Posted: time.Date(2024, 5, 1, 0, 0, 1, 0, time.UTC), PostedAs: "2024-05-01T00:00:01Z", Votes: &less, Line: 1},
	}}}
	got, failures := readParquet(out.Bytes(), table.Options{})
	if diff := cmp.Diff(want, got); diff != "" || failures != nil {
		t.Errorf("(-want +got):\n%s%q", diff, failures)
	}
}

// Files that other programs wrote come with the module that decodes them.
func TestReadParquetOfOthers(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many files of others")
	}
	source, _ := runtime.FuncForPC(reflect.ValueOf(parquet.OpenFile).Pointer()).FileLine(0)
	folder := filepath.Join(filepath.Dir(source), "testdata")
	files, err := filepath.Glob(filepath.Join(folder, "*.parquet"))
	if err != nil || len(files) == 0 {
		t.Skipf("no Parquet files in %s: the module is not in the module cache", folder)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { readOfOthers(t, file) })
	}
}

// readOfOthers reads a file with each of its columns of texts for the comments'. Every
// row with a text is a comment, or the file is said to be of a kind that isn't read.
func readOfOthers(t *testing.T, file string) {
	in, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	readParquet(in, table.Options{}) // whatever is in it
	opened, err := parquet.OpenFile(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		return
	}
	for _, field := range opened.Schema().Fields() {
		if !field.Leaf() || field.Repeated() || field.Type().Kind() != parquet.ByteArray || !isText(field.Type().LogicalType()) {
			continue
		}
		threads, failures := readParquet(in, table.Options{Columns: map[table.Field]string{table.Text: field.Name()}})
		if len(failures) > 0 {
			if !strings.Contains(failures[0], "which is not read") {
				t.Errorf("%s: %q", field.Name(), failures)
			}
			continue
		}
		got := 0
		for _, th := range threads {
			for i := range th.Comments {
				if th.Comments[i].Text != "" {
					got++
				}
			}
		}
		if want := cellsIn(t, opened, field.Name()); got != want {
			t.Errorf("%s: %d comments, want %d", field.Name(), got, want)
		}
	}
}

// cellsIn counts the rows of a file whose cell in a column is a text.
func cellsIn(t *testing.T, f *parquet.File, name string) (n int) {
	column, _ := f.Schema().Lookup(name)
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		for buffer := make([]parquet.Row, 1); ; {
			got, err := rows.ReadRows(buffer)
			if got == 1 {
				for _, v := range buffer[0] {
					if v.Column() == column.ColumnIndex && len(bytes.TrimSpace(v.ByteArray())) > 0 {
						n++
					}
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
	}
	return n
}

func isText(l *format.LogicalType) bool {
	if l == nil {
		return false
	}
	_, is := l.Value.(*format.StringType)
	return is
}
