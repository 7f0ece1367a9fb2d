package formats_test

import (
	"strings"
	"testing"

	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/webpage"
)

// One thread of Hacker News, saved as a page and given out as JSON, has the same
// comments either way. The JSON also has those that were removed, and knows the parents
// of the two dead ones, which the page shows at its end without indentation. Some
// readers have changed their names in between.
func TestPageEqualsExport(t *testing.T) {
	type comment struct{ parent, text string }
	read := func(name string) map[string]comment {
		comments := map[string]comment{}
		for _, c := range saved(t, name).Comments {
			if !c.Removed {
				comments[c.ID] = comment{c.Parent, strings.Join(strings.Fields(c.Text), " ")}
			}
		}
		return comments
	}
	page, export := read("hn-html/HNAPI-2-news_ycombinator_com_item_id_1.html"), read("hn-algolia-json/HNAPI-1-hn_algolia_com_api_v1_items_1.json")
	if len(page) == 0 || len(page) != len(export) {
		t.Fatalf("%d comments on the page, %d in the export", len(page), len(export))
	}
	const dead = 2
	orphans := 0
	for id, want := range export {
		got := page[id]
		if got.text != want.text {
			t.Errorf("%s: got %q, want %q", id, got.text, want.text)
		}
		switch {
		case got.parent == want.parent:
		case got.parent == "":
			orphans++
		default:
			t.Errorf("%s: parent %s, want %s", id, got.parent, want.parent)
		}
	}
	if orphans != dead {
		t.Errorf("%d comments without the parent that the export knows, want %d", orphans, dead)
	}
}

// A page in an archive has the address and the time of saving from there, and times
// that are told as so long ago are counted back from it.
func TestArchivedPage(t *testing.T) {
	const in = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://bad.example/freibad\r\nDate: Tue, 5 Mar 2024 12:00:00 -0000\r\nContent-Type: " +
		"multipart/related; boundary=\"X\"\r\n\r\n" +
		"--X\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><h1>Freibad</h1><ol class=3D\"kommentare\"><li " +
		"id=3D\"kommentar-1\"><b class=3D\"autor\">J=C3=B6rg</b> <span class=3D\"datum\">vor 3 Stunden</span><p>Endlich!</p></li></ol></html>\r\n--X--\r\n"
	threads, failures := read("page.mht", in, formats.Options{})
	if len(threads) != 1 || failures != nil {
		t.Fatalf("%d threads, %q", len(threads), failures)
	}
	th := threads[0]
	if th.Article.URL != "https://bad.example/freibad" || th.Article.Site != "bad.example" || len(th.Comments) != 1 {
		t.Fatalf("got %+v", th)
	}
	c := th.Comments[0]
	if got := c.Posted.Format("2006-01-02 15:04"); got != "2024-03-05 09:00" || c.PostedAs != "vor 3 Stunden" || c.Author != "Jörg" || c.Text != "Endlich!" {
		t.Errorf("got %+v posted %s", c, got)
	}
}

func TestPageLimits(t *testing.T) {
	small := formats.Options{Page: webpage.Options{MaxPage: 1 << 20}}
	const want = "in: a page of more than 1 MB: not read"
	threads, failures := read("in", "<html>"+strings.Repeat("<p>a", 1<<19), small)
	if len(threads) != 0 || len(failures) != 1 || !strings.HasPrefix(failures[0], want) {
		t.Errorf("%d threads, %q", len(threads), failures)
	}
	threads, failures = read("in", "<html>"+strings.Repeat("<i>", 900_000), formats.Options{})
	if len(threads) != 0 || len(failures) != 1 || failures[0] != "in: 2700006 bytes with more than 337500 tags, which no page of comments has: not read" {
		t.Errorf("many tags: %d threads, %q", len(threads), failures)
	}
}
