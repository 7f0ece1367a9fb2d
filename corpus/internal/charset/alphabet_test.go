package charset_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	xencoding "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/charset"
)

// A text whose words are wholly beyond ASCII is read in the one encoding that makes words of them, and refused where that
// can't be told; those of Latin letters are as they were.
func TestAlphabets(t *testing.T) {
	const (
		russian = `[{"author":"Ольга","text":"Никто нас не спросил, когда паром перестал ходить после шести вечера. Мы ездим через мост, а это ещё час."}]`
		serbian = `id,text` + "\n1,\"Трајект од маја не вози после шест сати. Нико нас није питао, а преко моста треба сат више.\"\n"
		greek   = `{"text":"Κανείς δεν μας ρώτησε όταν το πλοίο σταμάτησε να φεύγει μετά τις έξι το απόγευμα, και από τη γέφυρα είναι μία ώρα."}`
		hebrew  = `{"text":"אף אחד לא שאל אותנו כאשר המעבורת הפסיקה לצאת אחרי שש בערב, והדרך על הגשר ארוכה בשעה שלמה"}`
		french  = `{"text":"Personne ne nous a demandé notre avis : à l'été déjà, on nous a ôté le dernier bateau, et ça dure. «Été» — «été» !"}`
		czech   = `{"text":"Nikdo se nás neptal, když poslední přívoz začal končit v šest večer, a přes most je to ještě o hodinu víc."}`
		chinese = `{"text":"渡轮从五月起六点就停了，没有人问过我们的意见，走桥要多花一个小时，很多人下班都赶不上。"}`
		greekOr = "text\nΟΧΙ ΝΑΙ ΠΟΤΕ ΠΑΛΙ ΤΩΡΑ ΕΔΩ ΕΚΕΙ ΜΑΣ ΣΑΣ ΤΟΥΣ ΟΛΑ\n"
	)
	for _, tt := range []struct {
		name, text string
		in         xencoding.Encoding
		label      string
		as         string // read as this, "" for a refusal
		said       string
	}{
		{"Russian", russian, charmap.Windows1251, "", russian, "in: not UTF-8: read as windows-1251, in which its words are such"},
		{"Russian in KOI8", russian, charmap.KOI8R, "", russian, "in: not UTF-8: read as koi8-u, in which its words are such"},
		{"Russian of DOS", russian, charmap.CodePage866, "", russian, "in: not UTF-8: read as ibm866, in which its words are such"},
		{"Russian in ISO 8859", russian, charmap.ISO8859_5, "", russian, "in: not UTF-8: read as iso-8859-5, in which its words are such"},
		{"Russian of old Macs", russian, charmap.MacintoshCyrillic, "", "", "can't be told: --encoding names it"},
		{"Serbian", serbian, charmap.Windows1251, "", serbian, "in: not UTF-8: read as windows-1251, in which its words are such"},
		{"Greek", greek, charmap.Windows1253, "", greek, "in: not UTF-8: read as windows-1253, in which its words are such"},
		{"Hebrew, which Cyrillic letters fit too", hebrew, charmap.Windows1255, "", "", "can't be told: --encoding names it"},
		{"Hebrew that is named", hebrew, charmap.Windows1255, "windows-1255", hebrew, ""},
		{"capitals alone", greekOr, charmap.Windows1253, "", "", "can't be told: --encoding names it"},
		{"Chinese", chinese, simplifiedchinese.GBK, "", "", "can't be told: --encoding names it"},
		{"Chinese that is named", chinese, simplifiedchinese.GBK, "gbk", chinese, ""},
		{"emoji as surrogates", strings.Repeat("ok \xed\xa0\xbd\xed\xb8\x82 ", 20), xencoding.Nop, "", strings.Repeat("ok 😂 ", 20),
			"in:1: 20 characters written as two surrogates each (CESU-8): joined"},
		{"French", french, charmap.Windows1252, "", french, "in:1: 18 bytes are not UTF-8: read as Windows-1252"},
		{"Czech that is named", czech, charmap.Windows1250, "windows-1250", czech, ""},
		{"a few words", `{"text":"Нет, спасибо."}`, charmap.Windows1251, "windows-1251", `{"text":"Нет, спасибо."}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in, err := tt.in.NewEncoder().String(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			r, err := charset.NewReaderIn("in", strings.NewReader(in), tt.label)
			var p *corpus.Problem
			if errors.As(err, &p) && tt.as == "" && p.Kind == corpus.Unsupported && strings.Contains(p.Message, tt.said) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			var said []string
			for _, p := range r.Problems() {
				said = append(said, p.Error())
			}
			if s := strings.Join(said, "\n"); err != nil || string(got) != tt.as || s != tt.said {
				t.Errorf("got %v\n%s\nsaid %s, want\n%s\nsaid %s", err, got, s, tt.as, tt.said)
			}
		})
	}
}

func TestUnknownEncoding(t *testing.T) {
	if _, err := charset.NewReaderIn("in", strings.NewReader("x"), "klingon"); err == nil || charset.Known("klingon") || !charset.Known("koi8-r") {
		t.Error("an encoding that isn't known is taken")
	}
}
