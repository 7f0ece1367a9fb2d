package scalar_test

import (
	"testing"
	"time"

	"stance.example/stance/corpus/internal/scalar"
)

func TestTime(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"},
		{"2024-05-01T10:00:00.250+02:00", "2024-05-01T08:00:00.25Z"},
		{"2024-05-01T10:00:00+0000", "2024-05-01T10:00:00Z"},
		{"2024-05-01T10:00", "2024-05-01T10:00:00Z"},
		{"2024-05-01 10:00:00", "2024-05-01T10:00:00Z"},
		{"2024-05-01 10:00:00 -0500", "2024-05-01T15:00:00Z"},
		{"2024-05-01 10:00:00 UTC", "2024-05-01T10:00:00Z"},
		{"2015-09-29 10:50:41.987077+00", "2015-09-29T10:50:41.987077Z"}, // Postgres
		{"2024-05-01", "2024-05-01T00:00:00Z"},
		{"2024/05/01 10:00", "2024-05-01T10:00:00Z"},
		{"20240501", "2024-05-01T00:00:00Z"},
		{"Wed, 01 May 2024 10:00:00 GMT", "2024-05-01T10:00:00Z"},   // RFC 1123
		{"Wed, 01 May 2024 10:00:00 +0200", "2024-05-01T08:00:00Z"}, // RFC 5322
		{"Wednesday, 01-May-24 10:00:00 GMT", "2024-05-01T10:00:00Z"},
		{"Wed May  1 10:00:00 2024", "2024-05-01T10:00:00Z"},       // ctime
		{"Wed May 01 10:00:00 +0000 2024", "2024-05-01T10:00:00Z"}, // Twitter
		{"Wed May 01 2024 10:00:00 GMT+0200 (Central European Summer Time)", "2024-05-01T08:00:00Z"},
		{"Wed May  1 10:00:00 UTC 2024", "2024-05-01T10:00:00Z"}, // date(1)
		{"Jun 17, 2024, 1:35 PM GMT+2", "2024-06-17T11:35:00Z"},
		{"26 February 2013 10:03am", "2013-02-26T10:03:00Z"},
		{"Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"},
		{"01-May-2023 10:00AM", "2023-05-01T10:00:00Z"},
		{"May 1st, 2024 at 12:15 a.m.", "2024-05-01T00:15:00Z"},
		{"10:15 p. m. · May 1, 2024", "2024-05-01T22:15:00Z"},
		{"Mar 5, 2024, 3:04\u202fPM", "2024-03-05T15:04:00Z"},
		{"May 1, 2024 5:00 pm EST", "2024-05-01T22:00:00Z"},
		{"1. Mai 2024 um 14:05 Uhr", "2024-05-01T14:05:00Z"},
		{"01.05.2024 - 14.05 Uhr", "2024-05-01T14:05:00Z"},
		{"1.5.24", "2024-05-01T00:00:00Z"},
		{"1er mai 2024 à 9h12", "2024-05-01T09:12:00Z"},
		{"martes, 5 de marzo de 2024, 10:30", "2024-03-05T10:30:00Z"},
		{"mar 5 mar 2024", "2024-03-05T00:00:00Z"},
		{"5. mars 2024 kl. 14.05", "2024-03-05T14:05:00Z"},
		{"5 mars 2024 14:05", "2024-03-05T14:05:00Z"},
		{"5. maaliskuuta 2024 klo 14.05", "2024-03-05T14:05:00Z"},
		{"5 марта 2024 г. в 14:05", "2024-03-05T14:05:00Z"},
		{"5 marca 2024 o 14:05", "2024-03-05T14:05:00Z"},
		{"2024年5月1日 10:00", "2024-05-01T10:00:00Z"},
		{"05/14/24(Tue)17:05:48", "2024-05-14T17:05:48Z"},
		{"segunda-feira, 6 de maio de 2024 às 14h05", "2024-05-06T14:05:00Z"},
		{"1 mai 2024 à 9 h 12", "2024-05-01T09:12:00Z"},
		{"am 1. Mai 2024, 9 Uhr", "2024-05-01T09:00:00Z"},
		{"1714557600", "2024-05-01T10:00:00Z"},
		{"1714557600.5", "2024-05-01T10:00:00.5Z"},
		{"1714557600000", "2024-05-01T10:00:00Z"},
		{"/Date(1714557600000)/", "2024-05-01T10:00:00Z"},
		{"/Date(1714557600000+0200)/", "2024-05-01T10:00:00Z"},
		{"1.7145576e9", "2024-05-01T10:00:00Z"},
		{"13/04/2024", "2024-04-13T00:00:00Z"},
		{"4/13/24 8:12am", "2024-04-13T08:12:00Z"},
		{"4/4/2024, 8:12:30 PM", "2024-04-04T20:12:30Z"},

		{"03/04/2024", ""}, // April or March
		{"2024-13-01", ""},
		{"31.02.2024", ""},
		{"1884-05-01", ""},
		{"2150-05-01", ""},
		{"May 5", ""},
		{"2 hours ago", ""},
		{"12", ""},
		{"12345678901234567890", ""},
		{"1.2K", ""},
		{"May the force of 2024 be with you 5", ""},
		{"2024-05-01 10:00:00 IST", ""}, // of India, Ireland or Israel
		{"2024-05-01 25:00", ""},
		{"5 May 2024 Sallie", ""},
		{"9.5/10", ""},
		{"", ""},
		{"NaN", ""},
	}
	for _, tt := range tests {
		got, ok := scalar.Time(tt.in)
		if s := format(got); s != tt.want || ok != (tt.want != "") {
			t.Errorf("Time(%q) = %q, %v; want %q", tt.in, s, ok, tt.want)
		}
	}
}

func format(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func TestRelative(t *testing.T) {
	at := time.Date(2024, 5, 10, 12, 0, 0, 0, time.UTC) // a Friday
	tests := []struct{ in, want string }{
		{"2 hours ago", "2024-05-10T10:00:00Z"},
		{"2h", "2024-05-10T10:00:00Z"},
		{"an hour ago", "2024-05-10T11:00:00Z"},
		{"about 3 weeks ago (edited)", "2024-04-19T12:00:00Z"},
		{"1 day 3 hours ago", "2024-05-09T09:00:00Z"},
		{"just now", "2024-05-10T12:00:00Z"},
		{"yesterday at 5:30 pm", "2024-05-09T17:30:00Z"},
		{"Monday 5 pm", "2024-05-06T17:00:00Z"},
		{"Friday at 13:00", "2024-05-03T13:00:00Z"},
		{"March 5 at 3:12 PM", "2024-03-05T15:12:00Z"},
		{"Nov 5", "2023-11-05T00:00:00Z"},
		{"vor einem Tag", "2024-05-09T12:00:00Z"},
		{"vor 3 Std.", "2024-05-10T09:00:00Z"},
		{"vorgestern, 14:05 Uhr", "2024-05-08T14:05:00Z"},
		{"il y a 3 jours", "2024-05-07T12:00:00Z"},
		{"il y a un an", "2023-05-10T12:00:00Z"},
		{"hace 2 horas", "2024-05-10T10:00:00Z"},
		{"2 ore fa", "2024-05-10T10:00:00Z"},
		{"há 2 dias", "2024-05-08T12:00:00Z"},
		{"2 uur geleden", "2024-05-10T10:00:00Z"},
		{"gisteren om 14:05", "2024-05-09T14:05:00Z"},
		{"for 2 timer siden", "2024-05-10T10:00:00Z"},
		{"for en time siden", "2024-05-10T11:00:00Z"},
		{"för 2 timmar sedan", "2024-05-10T10:00:00Z"},
		{"20 minutter siden", "2024-05-10T11:40:00Z"},
		{"2 tuntia sitten", "2024-05-10T10:00:00Z"},
		{"tunti sitten", "2024-05-10T11:00:00Z"},
		{"2 v sitten", "2022-05-10T12:00:00Z"},
		{"2 v sedan", "2024-04-26T12:00:00Z"},
		{"i går kl. 14.05", "2024-05-09T14:05:00Z"},
		{"I dag 08:15", "2024-05-10T08:15:00Z"},
		{"eilen klo 14.05", "2024-05-09T14:05:00Z"},
		{"вчера в 14:05", "2024-05-09T14:05:00Z"},
		{"2 часа назад", "2024-05-10T10:00:00Z"},
		{"2 godziny temu", "2024-05-10T10:00:00Z"},

		{"2024-05-01", ""},
		{"Sallie", ""},
		{"for Olav", ""},
		{"3", ""},
		{"14:05", ""},
		{"31 April", ""},
		{"2 hours ago in Berlin", ""},
		{"e7h056h", ""},
		{"just over an hour", ""},
		{"0 days", ""},
		{"99999 years ago", ""},
	}
	for _, tt := range tests {
		got, ok := scalar.Relative(at, tt.in)
		if s := format(got); s != tt.want || ok != (tt.want != "") {
			t.Errorf("Relative(%q) = %q, %v; want %q", tt.in, s, ok, tt.want)
		}
	}
	if got, ok := scalar.Relative(time.Time{}, "2 hours ago"); ok {
		t.Errorf("counted back from no time: %v", got)
	}
}

// The cells of a column tell the order of day and month for those that have two meanings.
func TestColumn(t *testing.T) {
	tests := []struct {
		name  string
		cells []string
		want  scalar.Order
	}{
		{"a day above twelve first", []string{"3/09/15 8:12am", "13/09/15 9:00pm"}, scalar.DayFirst},
		{"and second", []string{"9/03/15 8:12am", "9/13/15 9:00pm", "2015-09-14"}, scalar.MonthFirst},
		{"nothing tells", []string{"3/09/15", "4/09/15"}, scalar.UnknownOrder},
		{"both", []string{"13/09/15", "9/13/15"}, scalar.UnknownOrder},
	}
	for _, tt := range tests {
		var c scalar.Column
		for _, cell := range tt.cells {
			c.Time(cell)
		}
		if got := c.Order(); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
	if got, _ := scalar.DayFirst.Time("3/09/15 8:12am"); format(got) != "2015-09-03T08:12:00Z" {
		t.Errorf("day first: %v", got)
	}
	if got, _ := scalar.MonthFirst.Time("01-02-2024 15:04:05"); format(got) != "2024-01-02T15:04:05Z" {
		t.Errorf("month first: %v", got)
	}
}

func TestPublished(t *testing.T) {
	for in, want := range map[string]string{
		"20240501": "2024-05-01", "1 May 2024": "2024-05-01", "2024-05-01 10:00:00+02:00": "2024-05-01T08:00:00Z",
		"1714557600": "2024-05-01T10:00:00Z", "Spring 2024": "Spring 2024", "": "",
	} {
		if got := scalar.Published(in); got != want {
			t.Errorf("Published(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	tests := []struct {
		in   string
		want int
		ok   bool
	}{
		{"12", 12, true},
		{" -3 ", -3, true},
		{"−3", -3, true},
		{"+1", 1, true},
		{"7.0", 7, true},
		{"0", 0, true},
		{"1,234", 1234, true},
		{"1.234", 1234, true},
		{"1 234", 1234, true},
		{"1\u202f234\u00a0567", 1234567, true},
		{"1'234", 1234, true},
		{"1,234,567", 1234567, true},
		{"1.234.567", 1234567, true},
		{"1,204.0", 1204, true},
		{"1.204,0", 1204, true},
		{"1.2K", 1200, true},
		{"1,2k", 1200, true},
		{"1.234k", 1234, true},
		{"3 tys.", 3000, true},
		{"1,5 Mio.", 1500000, true},
		{"2M", 2000000, true},

		{"7.5", 0, false},
		{"0.653", 0, false},
		{"1,23", 0, false},
		{"1,23,456", 0, false},
		{"12 34", 0, false},
		{"NaN", 0, false},
		{"inf", 0, false},
		{"0x10", 0, false},
		{"1e3", 0, false},
		{"many", 0, false},
		{"", 0, false},
		{"-", 0, false},
		{".", 0, false},
		{"k", 0, false},
		{"99999999999", 0, false},
		{"2024-05-01", 0, false},
	}
	for _, tt := range tests {
		if got, ok := scalar.Count(tt.in); got != tt.want || ok != tt.ok {
			t.Errorf("Count(%q) = %d, %v; want %d, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func TestTruth(t *testing.T) {
	for in, want := range map[string][2]bool{
		"true": {true, true}, "TRUE": {true, true}, "1": {true, true}, "1.0": {true, true}, "yes": {true, true}, "Y": {true, true},
		"false": {false, true}, "0": {false, true}, "no": {false, true}, "n": {false, true},
		"": {}, "maybe": {}, "2": {}, "null": {},
	} {
		if value, ok := scalar.Truth(in); value != want[0] || ok != want[1] {
			t.Errorf("Truth(%q) = %v, %v", in, value, ok)
		}
	}
}

func TestKindOf(t *testing.T) {
	for in, want := range map[string]scalar.Kind{
		"mar": scalar.Month | scalar.Weekday, "igår": 0, "i-går": scalar.Day, "tuntia": scalar.Unit, "sitten": scalar.Ago,
		"cest": scalar.Zone, "pm": scalar.HalfDay, "sallie": 0,
	} {
		if got := scalar.KindOf(in); in != "igår" && got != want || in == "igår" && got != scalar.Day {
			t.Errorf("KindOf(%q) = %b, want %b", in, got, want)
		}
	}
}

// Whatever is read as a time or a count, it is a plausible one, and reading it never fails
// otherwise.
func FuzzScalar(f *testing.F) {
	for _, s := range []string{"2015-09-29 10:50:41.987077+00", "i går kl. 14.05", "3/09/15 8:12am", "1.2K", "il y a 3 jours", "９"} {
		f.Add(s)
	}
	at := time.Date(2024, 5, 10, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		var c scalar.Column
		if got, ok := c.Time(s); ok && !scalar.Plausible(got) {
			t.Errorf("%q is %v", s, got)
		}
		if got, ok := scalar.Relative(at, s); ok && !scalar.Plausible(got) {
			t.Errorf("%q is %v", s, got)
		}
		scalar.Count(s)
		_, _ = scalar.Truth(s)
		if again := scalar.Published(scalar.Published(s)); again != scalar.Published(s) {
			t.Errorf("%q is published %q, then %q", s, scalar.Published(s), again)
		}
	})
}

func BenchmarkTime(b *testing.B) {
	for _, s := range []string{"2024-05-01T10:00:00Z", "2 hours ago", "Wed, 01 May 2024 10:00:00 GMT", "Sallie says this is text"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				scalar.Time(s)
			}
		})
	}
}
