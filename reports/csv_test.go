package reports

import (
	"encoding/csv"
	"strings"
	"testing"
)

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
