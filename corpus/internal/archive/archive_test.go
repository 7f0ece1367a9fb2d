package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/archive"
)

type entry struct{ name, content string }

func zipped(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, e.content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	w.WriteHeader(&tar.Header{Name: "dir/", Typeflag: tar.TypeDir, Mode: 0o755})
	w.WriteHeader(&tar.Header{Name: "link", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink})
	for _, e := range entries {
		w.WriteHeader(&tar.Header{Name: e.name, Size: int64(len(e.content)), Mode: 0o644, Typeflag: tar.TypeReg})
		io.WriteString(w, e.content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(content []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(content)
	z.Close()
	return b.Bytes()
}

// unfold returns "name=content" of each file, and the last problem.
func unfold(t *testing.T, content []byte, limits archive.Limits) (files []string, problem error) {
	t.Helper()
	all, ok := archive.Read("a", bytes.NewReader(content), int64(len(content)), limits)
	if !ok {
		return []string{"no archive"}, nil
	}
	for f, err := range all {
		if err != nil {
			problem = err
			continue
		}
		text, err := io.ReadAll(f.Reader)
		if err != nil {
			problem = err
		}
		files = append(files, f.Name+"="+string(text))
	}
	var p *corpus.Problem
	if problem != nil && !errors.As(problem, &p) {
		t.Errorf("%v is no problem of the corpus", problem)
	}
	return files, problem
}

func TestRead(t *testing.T) {
	two := []entry{{"a/x.txt", "one"}, {"../y.txt", "two"}}
	const both = "a/x.txt=one ../y.txt=two"
	half := func(b []byte) []byte { return b[:len(b)/2] }
	for _, c := range []struct {
		reason  string
		content []byte
		want    string
		problem string // a part of it, "" for none
	}{
		{"zip", zipped(t, two...), both, ""},
		{"empty zip", zipped(t), "", ""},
		{"tar", tarred(t, two...), both, ""},
		{"gzipped tar", gzipped(tarred(t, two...)), both, ""},
		{"gzipped text is left to the readers of text", gzipped([]byte("hello")), "no archive", ""},
		{"text", []byte("PK is how a text may begin"), "no archive", ""},
		{"nothing", nil, "no archive", ""},
		{"zip cut short", half(zipped(t, two...)), "", "damaged"},
		{"tar cut short keeps what came before", tarred(t, entry{"x", "one"}, entry{"y", strings.Repeat("z", 5000)})[:3500], "x=one", "damaged"},
		{"a document of an office program is no archive", zipped(t, entry{"[Content_Types].xml", "<x/>"}, entry{"word/document.xml", "<x/>"}), "",
			"is a Word document (.docx): save its text as plain text"},
		{"gzip whose checksum is wrong", damaged(gzipped(tarred(t, two...))), both, "checksum"},
		{"gzip cut short", half(gzipped(tarred(t, entry{"x", strings.Repeat("random-ish", 9)}))), "", "damaged"},
	} {
		files, problem := unfold(t, c.content, archive.DefaultLimits())
		got := strings.Join(files, " ")
		if i := strings.Index(got, " y=zzz"); i >= 0 {
			got = got[:i]
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.reason, got, c.want)
		}
		switch {
		case c.problem == "" && problem != nil:
			t.Errorf("%s: %v", c.reason, problem)
		case c.problem != "" && (problem == nil || !strings.Contains(problem.Error(), c.problem)):
			t.Errorf("%s: problem is %v, want %s", c.reason, problem, c.problem)
		}
	}
}

// damaged returns a gzip file with a bit of its checksum turned.
func damaged(b []byte) []byte {
	b[len(b)-6] ^= 1
	return b
}

func TestBombs(t *testing.T) {
	zeros := entry{"zeros", strings.Repeat("\x00", 3<<20)}
	limits := archive.Limits{Files: 3, Bytes: 1 << 30, Ratio: 10, Slack: 1 << 20}
	for _, c := range []struct {
		reason, want string
		content      []byte
	}{
		{"zip", "unfolds to more", zipped(t, zeros)},
		{"gzipped tar", "unfolds to more", gzipped(tarred(t, zeros))},
		{"many in a zip", "more than 3 files", zipped(t, entry{"1", ""}, entry{"2", ""}, entry{"3", ""}, entry{"4", ""})},
		{"many in a tar", "more than 3 files", tarred(t, entry{"1", ""}, entry{"2", ""}, entry{"3", ""}, entry{"4", ""})},
	} {
		files, problem := unfold(t, c.content, limits)
		if problem == nil || !strings.Contains(problem.Error(), c.want) {
			t.Errorf("%s: problem is %v, want %s", c.reason, problem, c.want)
		}
		if n := len(strings.Join(files, "")); n > 1<<20+100 {
			t.Errorf("%s: %d bytes were read", c.reason, n)
		}
	}
	// Files that aren't read count in a tar, which must unfold them to skip them.
	bomb := gzipped(tarred(t, zeros, entry{"last", "x"}))
	all, _ := archive.Read("a", bytes.NewReader(bomb), int64(len(bomb)), limits)
	var names []string
	for f, err := range all {
		if err == nil {
			names = append(names, f.Name)
		}
	}
	if len(names) != 1 {
		t.Errorf("skipping went on to %v", names)
	}
}

// FuzzRead holds that any bytes are unfolded within the limits, and that what is wrong is
// a problem.
func FuzzRead(f *testing.F) {
	t := &testing.T{}
	f.Add(zipped(t, entry{"a.txt", "one"}, entry{"b/c.txt", "two"}))
	f.Add(tarred(t, entry{"a.txt", "one"}))
	f.Add(gzipped(tarred(t, entry{"a.txt", "one"})))
	limits := archive.Limits{Files: 5, Bytes: 1 << 20, Ratio: 100, Slack: 1 << 16}
	f.Fuzz(func(t *testing.T, in []byte) {
		files, _ := unfold(t, in, limits)
		if len(files) > limits.Files {
			t.Errorf("%d files", len(files))
		}
	})
}
