package table_test

import (
	"strings"
	"testing"
	"time"

	"stance.example/stance/corpus/table"
)

// A date with two meanings is read once other rows have told the order of day and month.
func TestOrderOfDates(t *testing.T) {
	const in = "text,date,likes\nNo.,3/09/15 8:12am,1.2K\nYes.,13/09/15 9:00pm,many\n"
	for th, err := range table.Read("in", strings.NewReader(in), table.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if got := th.Comments[0].Posted; got.Format(time.RFC3339) != "2015-09-03T08:12:00Z" {
			t.Errorf("got %v", got)
		}
		if got := th.Comments[0].Votes; got == nil || *got != 1200 {
			t.Errorf("got %v votes", got)
		}
	}
}
