package wordpiece

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/text"
)

// bert is the vocabulary of BERT's uncased models.
func bert(t testing.TB) *Vocabulary {
	t.Helper()
	list, err := os.ReadFile("testdata/pieces.txt")
	if err != nil {
		t.Fatal(err)
	}
	v, err := New(list)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// show writes tokens as "piece@start:end", with a ^ before those that begin a word.
func show(v *Vocabulary, tokens []Token) string {
	var out []string
	for _, t := range tokens {
		s := fmt.Sprintf("%s@%d:%d", v.Piece(t.ID), t.Start, t.End)
		if t.Begins {
			s = "^" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestAppend(t *testing.T) {
	v := bert(t)
	for _, c := range []struct{ name, src, want string }{
		{"empty", "", ""},
		{"only spaces", " \t\r\n\u00a0\u2003\u3000", ""},
		{"words and marks", "Bridges fail, slowly.", "^bridges@0:7 ^fail@8:12 ^,@12:13 ^slowly@14:20 ^.@20:21"},
		{"pieces that go on", "tokenizing", "^token@0:5 ##izing@5:10"},
		{"longest first, not first found", "unaffordable", "^una@0:3 ##ff@3:5 ##ord@5:8 ##able@8:12"},
		{"accent composed", "Café crème", "^cafe@0:5 ^cr@6:8 ##eme@8:12"},
		{"accent as a combining mark", "Toke\u0301nizing", "^token@0:7 ##izing@7:12"},
		{"mark at the end lies outside", "cafe\u0301", "^cafe@0:4"},
		{"mark alone", "\u0301", ""},
		{"dotted capital I", "İstanbul", "^istanbul@0:9"},
		{"dotless i stays", "ılk", "^ı@0:2 ##lk@2:4"},
		{"sharp s stays", "Straße", "^st@0:2 ##raße@2:7"},
		{"ligature isn't taken apart", "ﬁne", "^ﬁ@0:3 ##ne@3:5"},
		{"wide letters aren't made narrow", "ｏｋ", "^[UNK]@0:6"},
		{"Greek with accents", "Ναί", "^ν@0:2 ##α@2:4 ##ι@4:6"},
		{"Cyrillic", "Йод", "^и@0:2 ##о@2:4 ##д@4:6"},
		{"not equal sign decomposes to a mark", "a≠b", "^a@0:1 ^=@1:4 ^b@4:5"},
		{"ideographs each by itself", "日本人ok", "^日@0:3 ^本@3:6 ^人@6:9 ^ok@9:11"},
		{"kana run together", "の本", "^の@0:3 ^本@3:6"},
		{"syllable in pieces with one span", "가", "^ᄀ@0:3 ##ᅡ@0:3"},
		{"emoji is unknown", "nice 👍🏽!", "^nice@0:4 ^[UNK]@5:13 ^!@13:14"},
		{"emoji with joiners is one unknown", "👩\u200d👧 x", "^[UNK]@0:11 ^x@12:13"},
		{"emoji on a word spoils it", "good👍", "^[UNK]@0:8"},
		{"zero width space joins", "foot\u200bball", "^football@0:11"},
		{"soft hyphen joins", "foot\u00adball", "^football@0:10"},
		{"control characters drop", "a\x00b\x07\x7fc\u0085d", "^abc@0:6 ##d@8:9"},
		{"vertical tab is a control character", "a\vb", "^ab@0:3"},
		{"line separators part", "a\u2028b", "^a@0:1 ^b@4:5"},
		{"byte order mark", "\ufeffyes", "^yes@3:6"},
		{"invalid bytes drop", "y\xffe\xc3s\xe2\x80", "^yes@0:5"},
		{"only invalid bytes", "\xff\xfe\xc0", ""},
		{"surrogate in bytes", "a\xed\xa0\x80b", "^ab@0:5"},
		{"curly apostrophe joins", "don’t", "^don@0:3 ’@3:6 t@6:7"},
		{"apostrophes twice", "rock'n'roll", "^rock@0:4 '@4:5 n@5:6 '@6:7 roll@7:11"},
		{"apostrophe after an accent", "cafe\u0301's", "^cafe@0:4 '@6:7 s@7:8"},
		{"quotes don't join", "'so' it's", "^'@0:1 ^so@1:3 ^'@3:4 ^it@5:7 '@7:8 s@8:9"},
		{"apostrophe before a number", "in '08", "^in@0:2 ^'@3:4 ^08@4:6"},
		{"currency is part of a word", "€50 $50", "^€@0:3 ##50@3:5 ^$@6:7 ^50@7:9"},
		{"names of special pieces mean nothing", "[SEP][CLS]", "^[@0:1 ^sep@1:4 ^]@4:5 ^[@5:6 ^cl@6:8 ##s@8:9 ^]@9:10"},
		{"a piece as it stands in the list isn't one", "##ing", "^#@0:1 ^#@1:2 ^ing@2:5"},
		{"a hundred characters", strings.Repeat("a", 100), ""},
		{"a hundred and one", strings.Repeat("a", 101), "^[UNK]@0:101"},
		{"characters count, not bytes", strings.Repeat("é", 101), "^[UNK]@0:202"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(v, v.Append(nil, c.src, len(c.src)))
			if c.name == "a hundred characters" {
				if strings.Contains(got, "[UNK]") {
					t.Errorf("a word of 100 characters is unknown: %s", got)
				}
				return
			}
			if got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.src, got, c.want)
			}
		})
	}
}

func TestAppendKnowsItsIDs(t *testing.T) {
	v := bert(t)
	var got []int32
	for _, token := range v.Append(nil, "The court's ruling, surprisingly, stands.", 100) {
		got = append(got, token.ID)
	}
	want := []int32{1996, 2457, 1005, 1055, 6996, 1010, 10889, 1010, 4832, 1012} // of the tokenizers library
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if v.Len() != 30522 || v.Unknown != 100 || v.Classify != 101 || v.Separate != 102 {
		t.Errorf("%d pieces, special ones %d, %d, %d", v.Len(), v.Unknown, v.Classify, v.Separate)
	}
}

func TestAppendStopsAtItsLimit(t *testing.T) {
	v := bert(t)
	src := "Nobody's unaffordable tokenizers stop 가 here; don’t they?"
	before := []Token{{Span: text.Span{Start: 7, End: 9}, ID: 5}}
	all := v.Append(before, src, 1000)
	if diff := cmp.Diff(before, all[:1]); diff != "" {
		t.Errorf("what stood there changed: %s", diff)
	}
	for limit := -1; limit <= len(all); limit++ {
		got := v.Append(nil, src, limit)
		if want := all[1:][:min(max(limit, 0), len(all)-1)]; len(got) != len(want) || show(v, got) != show(v, want) {
			t.Errorf("limit %d:\n got %s\nwant %s", limit, show(v, got), show(v, want))
		}
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	v := bert(t)
	src := strings.Repeat("Déjà vu, “tokenizers” don’t İmpress 가 👍 日本 \xff ", 20)
	tokens := make([]Token, 0, 2000)
	if n := testing.AllocsPerRun(20, func() { tokens = v.Append(tokens[:0], src, cap(tokens)) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNewRefuses(t *testing.T) {
	special := "[UNK]\n[CLS]\n[SEP]\n"
	for _, c := range []struct{ name, list, want string }{
		{"nothing", "", "vocabulary without the piece [UNK]"},
		{"no separator", "[UNK]\n[CLS]\na\n", "vocabulary without the piece [SEP]"},
		{"no line feed at the end", special + "a", "vocabulary without a line feed behind its last piece"},
		{"empty piece", special + "\na\n", "vocabulary, piece 3: 0 bytes long, want 1 to 256"},
		{"twice", special + "a\n##a\nb\n##a\n", `vocabulary, piece 6: "##a" stands there twice`},
		{"long", special + strings.Repeat("a", 300) + "\n", "vocabulary, piece 3: 300 bytes long, want 1 to 256"},
		{"bytes", special + "\xff\n", "vocabulary isn't UTF-8"},
		{"many", special + strings.Repeat("\n", maxPieces), "vocabulary of 262147 pieces: more than 262144"},
	} {
		_, err := New([]byte(c.list))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func FuzzAppend(f *testing.F) {
	v := bert(f)
	for _, src := range []string{"", "don't", "Cafe\u0301 가 日本 👩\u200d👧", "\xff\xc3a\x00b", strings.Repeat("é", 120), "a≠b ﬁ İ"} {
		f.Add(src, 5)
	}
	f.Fuzz(func(t *testing.T, src string, limit int) {
		tokens := v.Append(nil, src, len(src)*maxLetters)
		for i, token := range tokens {
			if token.Start < 0 || token.Start >= token.End || token.End > len(src) || token.ID < 0 || int(token.ID) >= v.Len() {
				t.Fatalf("%q: token %d is %v", src, i, token)
			}
			if i == 0 {
				continue
			}
			before := tokens[i-1]
			if token.Start < before.End && (token.Span != before.Span || len([]rune(token.In(src))) > 1) {
				t.Fatalf("%q: tokens %v and %v overlap", src, before, token)
			}
		}
		limit = min(max(limit, 0), len(tokens))
		if cut := v.Append(nil, src, limit); show(v, cut) != show(v, tokens[:limit]) {
			t.Fatalf("%q: under a limit of %d %s, else %s", src, limit, show(v, cut), show(v, tokens))
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	v := bert(b)
	comments := unlabelled(b)
	var tokens []Token
	bytes := 0
	for _, c := range comments {
		bytes += len(c)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range comments {
			tokens = v.Append(tokens[:0], c, len(c))
		}
	}
}

func BenchmarkNew(b *testing.B) {
	list, err := os.ReadFile("testdata/pieces.txt")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := New(list); err != nil {
			b.Fatal(err)
		}
	}
}
