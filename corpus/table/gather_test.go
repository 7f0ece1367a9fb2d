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

func TestParseTime(t *testing.T) {
	for in, want := range map[string]string{
		"2024-05-01T10:00:00Z":           "2024-05-01T10:00:00Z",
		"2024-05-01T10:00:00.25+02:00":   "2024-05-01T10:00:00.25+02:00",
		"2024-05-01 10:00:00":            "2024-05-01T10:00:00Z",
		"2024-05-01 10:00:00 UTC":        "2024-05-01T10:00:00Z",
		"2024-05-01":                     "2024-05-01T00:00:00Z",
		"20240501":                       "2024-05-01T00:00:00Z",
		"1714557600":                     "2024-05-01T10:00:00Z",
		"1714557600.0":                   "2024-05-01T10:00:00Z",
		"1714557600000":                  "2024-05-01T10:00:00Z",
		"5/31/2024 3:04 PM":              "2024-05-31T15:04:00Z",
		"31/5/2024":                      "2024-05-31T00:00:00Z",
		"05/05/2024":                     "2024-05-05T00:00:00Z",
		"1.5.2024 9:30":                  "2024-05-01T09:30:00Z",
		"Wed May 01 10:00:00 +0000 2024": "2024-05-01T10:00:00Z",
		"Wed, 01 May 2024 10:00:00 GMT":  "2024-05-01T10:00:00Z",
		"May 1, 2024":                    "2024-05-01T00:00:00Z",
		"1 May 2024":                     "2024-05-01T00:00:00Z",
		"03/04/2024":                     "", // March or April
		"Wed, 01 May 2024 10:00:00 IST":  "", // three zones have that name
		"2 hours ago":                    "",
		"17":                             "",
		"0001-01-01":                     "", // a missing value
		"":                               "",
	} {
		got, ok := new(clock).parse(in)
		if s := got.Format(time.RFC3339Nano); ok != (want != "") || ok && s != want {
			t.Errorf("%q: got %s, %t, want %q", in, s, ok, want)
		}
	}
}

func TestParseVotes(t *testing.T) {
	for in, want := range map[string]int{
		"12": 12, "-3": -3, "+1": 1, "1,204": 1204, "7.0": 7, "1.2K": 1200, "3m": 3_000_000, "0": 0,
	} {
		if got, ok := parseVotes(in); !ok || got != want {
			t.Errorf("%q: got %d, %t", in, got, ok)
		}
	}
	for _, in := range []string{"K", "many", "1.5", "1e99", "inf", "•"} {
		if got, ok := parseVotes(in); ok {
			t.Errorf("%q: got %d", in, got)
		}
	}
}
