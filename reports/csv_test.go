package reports

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestField(t *testing.T) {
	cases := []struct{ name, reason, in, want string }{
		{"plain", "nothing to do", "a = b", "a = b"},
		{"empty", "nothing to do", "", ""},
		{"equals", "a formula", "=1+1", "'=1+1"},
		{"plus", "a formula", "+1", "'+1"},
		{"minus", "a formula, or a dash that starts a sentence", "- no", "'- no"},
		{"at", "a function, or a mention", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "some programs drop it and read on", "\tx", "'\tx"},
		{"carriage return", "as the tab", "\rx", "'\nx"},
		{"blank first", "some programs trim", "  =1", "'  =1"},
		{"invisible first", "a zero-width space hides the sign", "\u200B=1", "'\u200B=1"},
		{"full width", "East Asian versions read these as the signs", "＝1", "'＝1"},
		{"apostrophe", "what was written with one stays", "'=1", "'=1"},
		{"line ends", "line feeds only, as a carriage return overwrites a line", "a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"escape", "a terminal may show the file", "a\x1b[2J\u202Eb", "a\uFFFD[2J\uFFFDb"},
		{"joiners", "Persian needs them", "می\u200cخواهم", "می\u200cخواهم"},
	}
	for _, c := range cases {
		if got := field(c.in); got != c.want {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}

// TestNumbersKeepTheirSign: an apostrophe before a number would make it text.
func TestNumbersKeepTheirSign(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(write(t, "csv", Options{}, library()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	penny := rows[6]
	if got := penny[column["votes"]]; got != "-3" {
		t.Errorf("votes %q, want -3", got)
	}
	if got := penny[column["valence"]]; got != "-0.45" {
		t.Errorf("valence %q, want -0.45", got)
	}
	if got := penny[column["evidence"]]; got != "will never pay (denies +1.00)" {
		t.Errorf("evidence %q", got)
	}
	removed := rows[5]
	for i := column["stance"]; i < len(removed); i++ {
		if removed[i] != "" {
			t.Errorf("a removed comment has %s %q", rows[0][i], removed[i])
		}
	}
}
