package wordpiece

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"stance.example/stance/analysis/encoder/internal/modelfile"
	"stance.example/stance/analysis/encoder/model"
)

// The checksums of testdata were made of the reference's tokens by training/reference.py.

const data = "../../../../../shared/data"

func lines(t testing.TB, path string, each func(number int, line string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		each(n, s.Text())
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// rows writes the tokens of a text as training/reference.py does.
func rows(dst []byte, v *Vocabulary, tokens []Token) []byte {
	for _, t := range tokens {
		dst = append(append(dst, v.Piece(t.ID)...), ' ')
		dst = append(strconv.AppendInt(dst, int64(t.Start), 10), ' ')
		dst = append(strconv.AppendInt(dst, int64(t.End), 10), '\n')
	}
	return append(dst, '\n')
}

// thread is what the data's files have of texts.
type thread struct {
	Title, Description, Case, Text *string
	Article                        struct{ Title, Text *string }
	Comments                       []struct {
		Parent string `json:"parent_text"`
		Text   string
	}
}

func (t *thread) texts() []string {
	var out []string
	for _, s := range []*string{t.Article.Title, t.Article.Text, t.Title, t.Description, t.Case, t.Text} {
		if s != nil {
			out = append(out, *s)
		}
	}
	for _, c := range t.Comments {
		for _, s := range []string{c.Parent, c.Text} {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// embedded is the vocabulary of the model in the binary: BERT's without the pieces that
// English doesn't need.
func embedded(t testing.TB) *Vocabulary {
	t.Helper()
	m, err := modelfile.Open(model.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	v, err := New(m.Vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEqualsReferenceOnTheData(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all texts beside the project")
	}
	if _, err := os.Stat(data); err != nil {
		t.Skip("needs the data beside the project")
	}
	vocabularies := map[string]*Vocabulary{"BERT's": bert(t), "the model's": embedded(t)}
	want := map[string]string{}
	lines(t, "testdata/texts.txt", func(_ int, line string) {
		x := strings.Fields(line)
		want[x[0]+" "+x[1]] = x[2]
	})
	files := map[string]bool{}
	for key := range want {
		files[strings.Fields(key)[0]] = true
	}
	var all []byte
	var tokens []Token
	compared := 0
	for file := range files {
		lines(t, filepath.Join(data, file), func(number int, line string) {
			var th thread
			if err := json.Unmarshal([]byte(line), &th); err != nil {
				t.Fatal(err)
			}
			for name, v := range vocabularies {
				all = all[:0]
				for _, s := range th.texts() {
					tokens = v.Append(tokens[:0], s, len(s)*maxLetters)
					all = rows(all, v, tokens)
				}
				if got := fmt.Sprintf("%08x", crc32.ChecksumIEEE(all)); got != want[fmt.Sprint(file, " ", number)] {
					t.Errorf("%s, line %d: tokens of %s pieces differ from the reference's", file, number, name)
				}
			}
			compared++
		})
	}
	if compared != len(want) {
		t.Errorf("compared %d threads of %d", compared, len(want))
	}
}

// changed reports whether a character is of another category or decomposition since the
// reference's version of Unicode, or a capital added of late.
func changed(r rune) bool {
	switch r {
	case 0x166d, 0x1734, 0x1885, 0x1886, 0xa9bd, 0x111c9, 0x11938, 0x1c89, 0xa7cb, 0xa7cc, 0xa7ce, 0xa7d2, 0xa7d4, 0xa7da, 0xa7dc:
		return true
	}
	return r >= 0x10d50 && r < 0x10d66 || r >= 0x16ea0 && r < 0x16eb9
}

func TestEqualsReferenceOnEveryCharacter(t *testing.T) {
	sums := map[int]string{}
	lines(t, "testdata/characters.txt", func(_ int, line string) {
		x := strings.Fields(line)
		block, err := strconv.ParseInt(x[0], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		sums[int(block)] = x[1]
	})
	if len(sums) != (unicode.MaxRune+1)/4096 {
		t.Fatalf("%d blocks", len(sums))
	}
	var s scanner
	var all []byte
	for block, want := range sums {
		all = all[:0]
		for r := rune(block); r < rune(block)+4096; r++ {
			if r >= 0xd800 && r < 0xe000 || changed(r) {
				continue
			}
			all = strconv.AppendInt(all, int64(r), 16)
			for s.src, s.at = "a"+string(r)+"b", 0; s.next(); {
				all = append(append(all, ' '), s.word.text[:s.word.ends[s.word.chars]]...)
			}
			all = append(all, '\n')
		}
		if got := fmt.Sprintf("%08x", crc32.ChecksumIEEE(all)); got != want {
			t.Errorf("a character from %U on gives other words than the reference's", block)
		}
	}
}

// ranges are RANGES of training/reference.py.
var ranges = slices.Concat(
	slices.Repeat([][2]uint64{{0x61, 0x7b}}, 6), slices.Repeat([][2]uint64{{0x20, 0x7f}}, 6), slices.Repeat([][2]uint64{{0x20, 0x21}}, 3),
	[][2]uint64{{0, 0x20}, {0x80, 0x250}, {0xc0, 0x100}, {0x300, 0x370}, {0x300, 0x310}, {0x370, 0x400}, {0x400, 0x500},
		{0x1e00, 0x2000}, {0x2000, 0x2070}, {0x2018, 0x201e}, {0x20a0, 0x20c0}, {0x2190, 0x2300}, {0x3040, 0x3100}, {0x4e00, 0xa000}, {0xac00, 0xd7a4},
		{0xf900, 0xfb07}, {0xfb00, 0xfb07},
		{0xfe00, 0xfe10}, {0xff00, 0xff60}, {0xfff0, 0x10000}, {0x1f1e6, 0x1f200}, {0x1f300, 0x1f650}, {0xe0020, 0xe0080}})

func TestEqualsReferenceOnMadeUpTexts(t *testing.T) {
	v := bert(t)
	state := uint64(1)
	below := func(n uint64) uint64 {
		state = state*6364136223846793005 + 1442695040888963407
		return state >> 33 % n
	}
	text := func() string {
		length := 1 + below(40)
		if below(10) == 0 {
			length += below(300)
		}
		var b strings.Builder
		for range length {
			r := ranges[below(uint64(len(ranges)))]
			b.WriteRune(rune(r[0] + below(r[1]-r[0])))
		}
		return b.String()
	}
	lines(t, "testdata/random.txt", func(n int, want string) {
		var all []byte
		first := ""
		for i := range 100 {
			s := text()
			if i == 0 {
				first = s
			}
			all = rows(all, v, v.Append(nil, s, len(s)*maxLetters))
		}
		if got := fmt.Sprintf("%08x", crc32.ChecksumIEEE(all)); got != want {
			t.Errorf("the hundred texts from %q on: tokens differ from the reference's", first)
		}
	})
}

func unlabelled(t testing.TB) []string {
	t.Helper()
	if _, err := os.Stat(data); err != nil {
		t.Skip("needs the data beside the project")
	}
	var out []string
	for _, name := range []string{"globeandmail", "reddit"} {
		lines(t, filepath.Join(data, "unlabelled", name+"-threads.jsonl"), func(_ int, line string) {
			var th thread
			if err := json.Unmarshal([]byte(line), &th); err != nil {
				t.Fatal(err)
			}
			for _, c := range th.Comments {
				out = append(out, c.Text)
			}
		})
	}
	return out
}
