package charset_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/charset"
)

// read returns the text of input and the problems in one string a line.
func read(t testing.TB, input string) (string, []string, error) {
	t.Helper()
	r, err := charset.NewReader("in", strings.NewReader(input))
	if err != nil {
		return "", nil, err
	}
	text, err := io.ReadAll(r)
	var problems []string
	for _, p := range r.Problems() {
		problems = append(problems, p.Error())
	}
	return string(text), problems, err
}

const sample = "Löwe: “I doubt it.” 🦁\r\nАнна: согласна\n"

func TestDecodes(t *testing.T) {
	utf16 := func(e unicode.Endianness, bom unicode.BOMPolicy) string {
		s, err := unicode.UTF16(e, bom).NewEncoder().String(sample)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	wide32, err := utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder().String(sample)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, why string
		in, want  string
		problems  []string
	}{
		{"UTF-8", "valid text passes unchanged", sample, sample, nil},
		{"UTF-8 with a mark", "editors on Windows write one", "\ufeff" + sample, sample, nil},
		{"mark inside", "only the one at the start is a mark", "a\ufeffb", "a\ufeffb", nil},
		{"UTF-16 little-endian with a mark", "Notepad's \"Unicode\"", utf16(unicode.LittleEndian, unicode.UseBOM), sample, nil},
		{"UTF-16 big-endian with a mark", "old Mac and Java exports", utf16(unicode.BigEndian, unicode.UseBOM), sample, nil},
		{"UTF-32", "rare, but unmistakable", wide32, sample, nil},
		{"UTF-16 little-endian without a mark", "told by the zero bytes", utf16(unicode.LittleEndian, unicode.IgnoreBOM), sample,
			[]string{"in: no byte order mark: read as UTF-16 little-endian"}},
		{"UTF-16 big-endian without a mark", "told by the zero bytes", utf16(unicode.BigEndian, unicode.IgnoreBOM), sample,
			[]string{"in: no byte order mark: read as UTF-16 big-endian"}},
		{"Windows-1252", "the usual form of old Western text", "ok\nna\xefve \x93yes\x94 \x80", "ok\nnaïve “yes” €",
			[]string{"in:2: 4 bytes are not UTF-8: read as Windows-1252"}},
		{"undefined in Windows-1252", "five bytes have no character there", "a\x81b", "a\ufffdb",
			[]string{"in:1: 1 character was lost before the text was saved, or can't be decoded: shown as U+FFFD"}},
		{"mixed", "files pasted together hold both", "caf\xe9 café", "café café",
			[]string{"in:1: 1 byte is not UTF-8: read as Windows-1252"}},
		{"cut at the end", "a lead byte alone is not UTF-8", "abc\xc3", "abcÃ",
			[]string{"in:1: 1 byte is not UTF-8: read as Windows-1252"}},
		{"CESU-8", "an emoji as two encoded surrogates", "a\n\n\xed\xa0\xbd\xed\xb8\x82!", "a\n\n😂!",
			[]string{"in:3: 1 character written as two surrogates (CESU-8): joined"}},
		{"half a CESU-8 pair", "the other half is lost: say so", "a\xed\xa0\xbdb\xed\xb8\x82", "a\ufffdb\ufffd",
			[]string{"in:1: 2 characters were lost before the text was saved, or can't be decoded: shown as U+FFFD"}},
		{"replacement characters", "somebody else lost them", "wouldn\ufffdt", "wouldn\ufffdt",
			[]string{"in:1: 1 character was lost before the text was saved, or can't be decoded: shown as U+FFFD"}},
		{"a zero byte", "one in a long text is an accident, not a binary", strings.Repeat("long text ", 20) + "\nx\x00y", strings.Repeat("long text ", 20) +
			"\nx\ufffdy",
			[]string{"in:2: 1 zero byte in the text: shown as U+FFFD"}},
		{"mojibake", "reported, never rewritten", "ok\nI canâ€™t, Ã©", "ok\nI canâ€™t, Ã©",
			[]string{"in:2: 2 places look like UTF-8 that was read as Windows-1252 (mojibake): left as they are"}},
		{"escaped bytes", "Facebook's downloads; other escapes stay",
			`{"a":"H\u00c3\u00a5kan \u00f0\u009f\u0098\u008d \\u00c3\u00a5 \u00e5 \ud83d\ude0d \u00c3"}`, `{"a":"Håkan 😍 \\u00c3\u00a5 \u00e5 \ud83d\ude0d \u00c3"}`,
			[]string{"in:1: 2 characters of which each byte is an escape of its own, as in Facebook's downloads: joined"}},
		{"not mojibake", "accented capitals before a quote or a stop are ordinary", "«CAFÉ», ÄRGER… der Spaß“ São Ângelo", "«CAFÉ», ÄRGER… der Spaß“ São Ângelo",
			nil},
		{"order", "problems come by line", "\xe9\n\xed\xa0\xbd\xed\xb8\x82\n\x93", "é\n😂\n“",
			[]string{"in:1: 2 bytes are not UTF-8: read as Windows-1252", "in:2: 1 character written as two surrogates (CESU-8): joined"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems, err := read(t, tt.in)
			if err != nil {
				t.Fatalf("%s: %v", tt.why, err)
			}
			if got != tt.want {
				t.Errorf("%s:\ngot  %q\nwant %q", tt.why, got, tt.want)
			}
			if strings.Join(problems, "\n") != strings.Join(tt.problems, "\n") {
				t.Errorf("%s:\ngot  %q\nwant %q", tt.why, problems, tt.problems)
			}
		})
	}
}

func TestRefuses(t *testing.T) {
	tests := []struct{ name, why, in, want string }{
		{"nothing", "there is nothing to read", "", "in: is empty"},
		{"white space", "nor here", " \n\t\r\n\u00a0\u200b", "in: is empty"},
		{"a byte order mark alone", "nor here", "\ufeff", "in: is empty"},
		{"much white space", "known only at the end", strings.Repeat(" \n", 50_000), "in: is empty"},
		{"PNG", "a screenshot of the comments", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "in: is a PNG image, not text"},
		{"JPEG", "a photo", "\xff\xd8\xff\xe0\x00\x10JFIF", "in: is a JPEG image, not text"},
		{"WebP", "its name stands inside", "RIFF\x10\x00\x00\x00WEBPVP8 ", "in: is a WebP image, not text"},
		{"PDF", "a page printed to a file", "%PDF-1.7\n", "in: is a PDF document, not text; save the page itself as HTML, or the document's text as .txt"},
		{"ZIP", "a .docx too", "PK\x03\x04\x14\x00", "in: is a ZIP archive, not text; an Office document is to be saved as plain text, or a table as CSV; of any " +
			"other give the file, not a pipe"},
		{"gzip", "a compressed export", "\x1f\x8b\x08\x00", "in: is gzip-compressed data, not text"},
		{"ELF", "the program itself", "\x7fELF\x02\x01\x01", "in: is an ELF program, not text"},
		{"zero bytes", "no text has so many", "ab\x00\x00\x00cd\x01\x02", "in: is binary data, not text"},
		{"noise", "compressed data of an unknown form has controls", strings.Repeat("\x01\xf3\x8a\x90q\x17z\xc5", 40), "in: is binary data, not text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := read(t, tt.in)
			var p *corpus.Problem
			if !errors.As(err, &p) {
				t.Fatalf("%s: got %v, want a *corpus.Problem", tt.why, err)
			}
			if p.Error() != tt.want || p.Level != corpus.Failure {
				t.Errorf("%s: got %q at level %d, want %q", tt.why, p, p.Level, tt.want)
			}
		})
	}
}

func TestTextThatLooksBinary(t *testing.T) {
	for _, in := range []string{
		"MZ is short for the motor zone.",
		"GIF or JPEG? I doubt it matters.",
		"The word WEBP stands here.",
		"Bob ftyp said so",
		"\x1b[1mbold\x1b[0m from a terminal log",
	} {
		if got, _, err := read(t, in); err != nil || got != in {
			t.Errorf("%q: got %q, %v", in, got, err)
		}
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("broken pipe")
	_, err := charset.NewReader("in", iotest.ErrReader(broken))
	if !errors.Is(err, broken) {
		t.Errorf("at the start: got %v, want it to wrap %v", err, broken)
	}
	r, err := charset.NewReader("in", io.MultiReader(strings.NewReader(strings.Repeat("text ", 5000)), iotest.ErrReader(broken)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, broken) {
		t.Errorf("later: got %v, want %v", err, broken)
	}
}

func TestCountsSoFar(t *testing.T) {
	r, err := charset.NewReader("in", strings.NewReader("\xe9"+strings.Repeat("text ", 50_000)+"\xe9"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	const want = "at least 1 byte is not UTF-8: read as Windows-1252"
	if ps := r.Problems(); len(ps) != 1 || ps[0].Message != want {
		t.Errorf("before the end: got %v, want %q", ps, want)
	}
	if ps := r.Problems(); len(ps) != 0 {
		t.Errorf("told again: %v", ps)
	}
}

// A character may be cut anywhere by the size of a read.
func TestChunksDoNotMatter(t *testing.T) {
	in := strings.Repeat("é\xe9 \xed\xa0\xbd\xed\xb8\x82 🦁 â€™ plain\n", 700)
	whole, problems, err := read(t, in)
	if err != nil {
		t.Fatal(err)
	}
	r, err := charset.NewReader("in", iotest.OneByteReader(strings.NewReader(in)))
	if err != nil {
		t.Fatal(err)
	}
	bytewise, err := io.ReadAll(iotest.OneByteReader(r))
	if err != nil {
		t.Fatal(err)
	}
	if string(bytewise) != whole {
		t.Error("the text depends on the sizes of the reads")
	}
	for i, p := range r.Problems() {
		if p.Error() != problems[i] {
			t.Errorf("got %q, want %q", p.Error(), problems[i])
		}
	}
}

func TestSavedExportWithSurrogates(t *testing.T) {
	b, err := os.ReadFile(filepath.FromSlash("../../../shared/data/formats/facebook-csv/fb_comments.csv"))
	if err != nil {
		t.Skip("needs the saved exports beside the project: ", err)
	}
	text, problems, err := read(t, string(b))
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
		t.Error("not all surrogates were joined")
	}
	const want = "730 characters written as two surrogates each (CESU-8): joined"
	if len(problems) == 0 || !strings.HasSuffix(problems[0], want) {
		t.Errorf("got %q, want %q first", problems, want)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("\xff\xfea\x00\n\x00"))
	f.Add([]byte("caf\xe9 \xed\xa0\xbd\xed\xb8\x82 \xed\xa0\xbd"))
	f.Add([]byte("\x00\x00\xfe\xff\x00\x00\x00a"))
	f.Fuzz(func(t *testing.T, in []byte) {
		text, _, err := read(t, string(in))
		if err != nil {
			return
		}
		if !utf8.ValidString(text) {
			t.Fatalf("invalid UTF-8 from %q: %q", in, text)
		}
		marked := bytes.HasPrefix(in, []byte("\ufeff"))
		if utf8.Valid(in) && !marked && bytes.IndexByte(in, 0) < 0 && text != string(in) {
			t.Fatalf("valid text was changed:\n%q\n%q", in, text)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	for _, bench := range []struct{ name, line string }{
		{"ascii", "A plain line of a comment, of the usual length, and no more than that.\n"},
		{"accents", "Où ça? Öfter schön “zitiert” – und gräßlich übersetzt, naïve garçon 🦁.\n"},
	} {
		in := strings.Repeat(bench.line, 20_000)
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				r, err := charset.NewReader("in", strings.NewReader(in))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
