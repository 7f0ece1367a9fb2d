package charset_test

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"stance.example/stance/corpus/internal/charset"
)

func TestDeclared(t *testing.T) {
	page := func(declared string, enc encoding.Encoding, text string) string {
		s, err := enc.NewEncoder().String(`<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + declared + `"></head>` + text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const russian, german, kanji = "<p>Кто платит?</p>", "<p>Für Müßiggänger – „nie“</p>", "<p>誰が払う</p>"
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	tests := []struct{ name, in, label, want string }{
		{"windows-1251", page("windows-1251", charmap.Windows1251, russian), "", russian},
		{"koi8-r", page("koi8-r", charmap.KOI8R, russian), "", russian},
		{"iso-8859-1 is read as windows-1252", page("iso-8859-1", charmap.Windows1252, german), "", german},
		{"shift_jis", page("shift_jis", japanese.ShiftJIS, kanji), "", kanji},
		{"UTF-16 with a mark", page("utf-16", utf16, russian), "", russian},
		{"declared one way and saved as UTF-8", page("windows-1251", encoding.Nop, russian), "", russian},
		{"UTF-8 far behind the declaration", page("windows-1251", encoding.Nop, strings.Repeat(" ", 100_000)+russian), "", russian},
		{"an unknown name", page("klingon", encoding.Nop, russian), "", russian},
		{"named beside the text", strings.ReplaceAll(page("x", charmap.Windows1251, russian), "charset", ""), "windows-1251", russian},
		{"a text that speaks of charsets is no page", "say <meta charset=koi8-r> — or not", "", "say <meta charset=koi8-r> — or not"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := charset.NewReaderLabel("in", strings.NewReader(tt.in), tt.label)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil || !strings.HasSuffix(string(got), tt.want) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
