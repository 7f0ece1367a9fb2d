package layout

import (
	"fmt"
	"slices"
	"strings"
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

// TestLongTable: a table of more rows than tablewriter is given at once has one head and one total,
// and is the same whether its rows are held or made.
func TestLongTable(t *testing.T) {
	held := NewTable("", Numbers("#"), Words("Said").Filling())
	var want strings.Builder
	want.WriteString("\n   #  Said\n" + strings.Repeat("─", 4+gap+9) + "\n")
	for i := range 2*rowsAtOnce + 1 {
		held.Add(i, fmt.Sprint("word ", i))
		fmt.Fprintf(&want, "%4d  word %d\n", i, i)
	}
	held.Total = Row("all", "")
	want.WriteString(strings.Repeat("─", 4+gap+9) + "\n all\n")
	made := held
	made.Rows, made.Made = nil, slices.Values(held.Rows)
	for name, table := range map[string]Table{"held": held, "made": made} {
		var got strings.Builder
		if err := NewText(&got, 80, false, false).Write(Document{table}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	var markdown [2]strings.Builder
	for i, table := range []Table{held, made} {
		if err := NewMarkdown(&markdown[i]).Write(Document{table}); err != nil {
			t.Fatal(err)
		}
	}
	if got := markdown[0].String(); got != markdown[1].String() || strings.Count(got, "\n") != 2*rowsAtOnce+1+4 {
		t.Errorf("%d lines of Markdown, the same made: %v", strings.Count(got, "\n"), got == markdown[1].String())
	}
}
