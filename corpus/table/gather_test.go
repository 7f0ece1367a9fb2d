package table

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A table sorted by thread is read in bounded memory; one that is not, and is too
// large, gives the later rows of a thread as another thread and says so.
func TestLimit(t *testing.T) {
	tests := []struct {
		name, order string
		want        string
	}{
		{"sorted", "aaaabbbbccccdddd", "a4 b4 c4 d4"},
		{"far apart", "aabbccddaabbccdd", "a2 b2 c2 d2 a2! b2! c2! d2!"},
		{"near", "abababcdcdcd", "a3 b3 c3 d3"},
		{"one too large", "aaaaaaaaaaaaaaaaaaaaaaabb", "a10 a10+ a3+ b2"},
	}
	limit := 2*perThread + 13*(perComment+10)/2 // two threads, six rows and a half
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := "thread,text\n"
			for _, id := range tt.order {
				in += string(id) + ",xxxxxxxxx\n"
			}
			var got []string
			for th, err := range read("in", strings.NewReader(in), Options{}, limit) {
				if err != nil {
					t.Fatal(err)
				}
				mark := ""
				for _, p := range th.Problems {
					if strings.Contains(p.Message, "goes on here") {
						mark = "!"
					}
					if p.Oversize {
						mark = "+"
					}
				}
				got = append(got, fmt.Sprint(th.ID, len(th.Comments), mark))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

// A date with two meanings is read once other rows have told the order of day and month.
func TestOrderOfDates(t *testing.T) {
	const in = "text,date,likes\nNo.,3/09/15 8:12am,1.2K\nYes.,13/09/15 9:00pm,many\n"
	for th, err := range Read("in", strings.NewReader(in), Options{}) {
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
