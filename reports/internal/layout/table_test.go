package layout

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNewTable: columns say how they are laid out, and rows are of whatever is shown.
func TestNewTable(t *testing.T) {
	got := NewTable("T", Numbers("#"), Words("Author").Or("Auth.").Within(6), Words("Sentiment").Initials(), Numbers("Of all").Optional(),
		Words("95 % interval").Filling())
	got.Add(1, Plain("Ann"), []string{"neutral", "5 %"}, [1]int{7})
	want := Table{Title: "T", Columns: []Column{{Head: "#", Right: true}, {Head: "Author", Short: "Auth.", Part: 6}, {Head: "Sentiment", Abbreviated: true},
		{Head: "Of all", Right: true, Spare: true}, {Head: "95 % interval", Rest: true}},
		Rows: [][]Line{{{Text: "1"}, {Text: "Ann"}, {Text: "neutral"}, {Text: "5 %"}, {Text: "7"}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
