package commentline_test

import (
	"testing"
	"time"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
)

// TestRead holds what lines of pages say, in the languages whose pages differ.
func TestRead(t *testing.T) {
	tests := []struct {
		line             string
		kind             commentline.Kind
		author, postedAs string
	}{
		{"Kari Lie", commentline.Plain, "", ""},
		{"Kari Lie · for 2 timer siden", commentline.Opener, "Kari Lie", "for 2 timer siden"},
		{"Kari Lie för 2 timmar sedan", commentline.Opener, "Kari Lie", "för 2 timmar sedan"},
		{"for 2 timer siden", commentline.Stamp, "", "for 2 timer siden"},
		{"för 2 timmar sedan", commentline.Stamp, "", "för 2 timmar sedan"},
		{"for en time siden", commentline.Stamp, "", "for en time siden"},
		{"20 minutter siden", commentline.Stamp, "", "20 minutter siden"},
		{"3 uger siden", commentline.Stamp, "", "3 uger siden"},
		{"2 tuntia sitten", commentline.Stamp, "", "2 tuntia sitten"},
		{"i går kl. 14.05", commentline.Stamp, "", "i går kl. 14.05"},
		{"igår kl 14:05", commentline.Stamp, "", "igår kl 14:05"},
		{"eilen klo 9.30", commentline.Stamp, "", "eilen klo 9.30"},
		{"5. tammikuuta 2021 klo 10.15", commentline.Stamp, "", "5. tammikuuta 2021 klo 10.15"},
		{"12. oktober 2020 kl. 14.05", commentline.Stamp, "", "12. oktober 2020 kl. 14.05"},
		{"Kari Lie skriver:", commentline.Opener, "Kari Lie", ""},
		{"Kirjoittanut Aino Salo 5. tammikuuta 2021", commentline.Opener, "Aino Salo", "5. tammikuuta 2021"},
		{"il y a 2 heures", commentline.Stamp, "", "il y a 2 heures"},
		{"just now", commentline.Stamp, "", "just now"},
		{"Kari Lie · 2 hr. ago (edited)", commentline.Opener, "Kari Lie", "2 hr. ago"},
		{"May 3rd, 2020 at 5 pm GMT+2", commentline.Stamp, "", "May 3rd, 2020 at 5 pm GMT+2"},
		{"Kari Lie on January 19th", commentline.Opener, "Kari Lie", "January 19th"},
		{"Apr 1, 2024 12:34 UTC (Mon)", commentline.Stamp, "", "Apr 1, 2024 12:34 UTC"},
		{"That was years ago", commentline.Plain, "", ""},
		{"Svar", commentline.Action, "", ""},
		{"Gilla · Svara · 12", commentline.Action, "", ""},
		{"Tykkää", commentline.Action, "", ""},
		{"Sortér efter", commentline.Action, "", ""},
		{"12 kommentarer", commentline.Count, "", ""},
		{"7 kommenttia", commentline.Count, "", ""},
		{"4 innlegg", commentline.Count, "", ""},
		{"Kommentaren er slettet", commentline.Removed, "", ""},
		{"Kommentti on poistettu", commentline.Removed, "", ""},
		{"Legg igjen en kommentar", commentline.End, "", ""},
		{"Update vom 03. Mai 2020, 16:00 Uhr", commentline.Plain, "", ""},
		{"Waiting for 2 hours", commentline.Plain, "", ""},
		{"Write to la Paz", commentline.Plain, "", ""},
		{"Quoted 24 times", commentline.Plain, "", ""},
	}
	for _, tt := range tests {
		r := commentline.Read(tt.line)
		if r.Kind != tt.kind || r.Author != tt.author || r.PostedAs != tt.postedAs {
			t.Errorf("%q is read as %v (%d) by %q at %q", tt.line, r.Kind, r.Kind, r.Author, r.PostedAs)
		}
	}
}

// TestSetTimes holds that dates in figures are read in the order that the others show.
func TestSetTimes(t *testing.T) {
	comments := []corpus.Comment{{PostedAs: "09/06/2020 at 1:53 pm"}, {PostedAs: "23/04/2020 at 9:00 am"}, {PostedAs: "2 hours ago"}}
	commentline.SetTimes(comments)
	want := time.Date(2020, 6, 9, 13, 53, 0, 0, time.UTC)
	if !comments[0].Posted.Equal(want) || comments[1].Posted.IsZero() || !comments[2].Posted.IsZero() {
		t.Errorf("got %v", comments)
	}
	alone := comments[:1]
	alone[0].Posted = time.Time{}
	if commentline.SetTimes(alone); !alone[0].Posted.IsZero() {
		t.Errorf("%s has one meaning only by its neighbours", alone[0].PostedAs)
	}
}

// BenchmarkFirstLine reads the first line of a process, with the files of words and the
// patterns that it needs. Run alone, with -benchtime 1x, it is what the package costs a command.
func BenchmarkFirstLine(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		commentline.Read("6 Comments")
	}
}
