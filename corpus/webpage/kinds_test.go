package webpage_test

import (
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/webpage"
)

// TestKinds reads small pages, each of a kind that was once read wrong, and holds what the
// kind is about.
func TestKinds(t *testing.T) {
	tests := []struct {
		page, reason string
		comments     int
		replies      int
		authors      string // in the order of the page, where they matter
		texts        []string
		article      string // a part of it
		posted       string // the time of the first comment
		parents      string // of all comments, where they matter
		votes        int    // of all comments
	}{
		{page: "01-wp-tag-bridges", reason: "the terms of a post are no surroundings", comments: 3, authors: "Ada Berg, Ben Kurz, Cleo Tann"},
		{page: "01-wp-tag-popular", reason: "not even one that sounds like a list of links", comments: 3, authors: "Ada Berg, Ben Kurz, Cleo Tann"},
		{page: "02-ds-align-right", reason: "a class for alignment is no body, and a button no text", comments: 3,
			texts: []string{"The ferry will cost more than the bridge ever did, believe me."}},
		{page: "03-php-notice", reason: "a notice before the document is none of the page", comments: 3, authors: "Ada Berg, Ben Kurz, Cleo Tann"},
		{page: "04-one-comment-author-h3", reason: "a single comment whose author is a heading isn't the article", comments: 1, authors: "Amine",
			article: "Paragraph 5"},
		{page: "06-table-one", reason: "one comment in a table, its author a link to a profile", comments: 1, authors: "tOm Rx",
			texts: []string{"I will come to the ferry too and take all of my friends with me."}},
		{page: "07-reviews-no-time", reason: "reviews have a writer and a text but no time", comments: 6,
			texts: []string{"Fine\n\nThe ferry will cost more than the bridge ever did, believe me."}},
		{page: "08-footer-widget", reason: "current comments in the footer are on other articles"},
		{page: "09-date-time-spans", reason: "figures of neighbouring elements don't join", comments: 3, authors: "Ada Berg, Ben Kurz, Cleo Tann"},
		{page: "10-form-only", reason: "the labels of a form are no comment"},
		{page: "12-empty-lists", reason: "the note that nobody has written is no comment"},
		{page: "13-live-updates", reason: "an update of the article has a time and no writer"},
		{page: "14-teasers", reason: "teasers are no comments, and don't hide the one there is", comments: 1, authors: "Ada Berg"},
		{page: "16-rank-as-class", reason: "guests and members of one list are one kind", comments: 5, replies: 2,
			authors: "Ada Berg, 4711 (Konto gelöscht), Ben Kurz, Cleo Tann, Dora Wenz"},
		{page: "19-name-in-text-cite", reason: "a name quoted in a text doesn't take the text from its writer", comments: 16},
		{page: "20-pingbacks-inner-div", reason: "links from other sites are known by what is around them", comments: 3, authors: "Ada Berg, Ben Kurz, Cleo Tann"},
		{page: "21-link-comments-aside", reason: "comments that are the aims of links, beside the article", comments: 6},
		{page: "byline_as_comment", reason: "a second byline is no comment", article: "It will stay closed until engineers have looked at it"},
		{page: "reddit_redesign", reason: "depth is told in words", comments: 6, replies: 4, authors: "olav_h, kari_l, olav_h, , nils_p, marit",
			article: "The council closes the east quay"},
		{page: "wp_long_name", reason: "a time beside a name is none of it", comments: 3,
			authors: "Mary Lindgren (rhymes with green), Rolf, Mary Lindgren (rhymes with green)"},
		{page: "nested-254", reason: "replies nested deeper than a parser allows", comments: 254, replies: 253},
		{page: "lwn", reason: "titles of their own, replies within", comments: 3, replies: 1, authors: "olav, kari, nils",
			texts: []string{"Boats first\n\nNobody asked the boat owners.", "They did ask, twice.",
				"Who pays?\n\nWe do, as always."}, article: "nobody has said what happens"},
		{page: "forum-quotes", reason: "a post of a forum answers the one that it begins by quoting", comments: 4, replies: 2,
			authors: "kari_l, nils_p, marit, kari_l", article: "nobody has asked"},
		{page: "hackernews-2012", reason: "depth is the width of a picture", comments: 3, replies: 1, authors: "olav, kari, "},
		{page: "own-titles", reason: "a title is kept, unless it answers another or is the text's own beginning", comments: 3,
			texts: []string{"About time\n\nWe lay on the moorings for two summers.", "Three, in my case.", "The price of it is paid by those who pay for a berth."}},
		{page: "own-forum", reason: "the post that opens a thread is what the others are about", comments: 2, authors: "tore, gro77", article: "My anchor chain"},
		{page: "own-recent", reason: "a list of the latest comments is on other articles, whatever its classes"},
		{page: "own-liveblog", reason: "entries of a live blog are the article's"},
		{page: "own-title-links", reason: "teasers whose titles are no headings"},
		{page: "own-ranks", reason: "a rank as the class of a comment makes it no author", comments: 5, authors: "Ivar Moe, Sol Vik, tina_k, Rune B., Åse Lund"},
		{page: "own-quoted-bold", reason: "a bold name that opens a text is another's", comments: 5, authors: "Ivar Moe, Sol Vik, tina_k, Rune B., Åse Lund"},
		{page: "own-wrapper", reason: "what holds most of the page is no sidebar, whatever its name", comments: 5},
		{page: "own-byline-count", reason: "a byline with the number of comments is none"},
		{page: "own-described-post", reason: "the text that the page's description begins is the opening post", comments: 4, article: "My blade rusts"},
		{page: "own-norwegian", reason: "times of other languages make no names", comments: 5, authors: "Ivar Moe, Sol Vik, tina_k, Rune B., Åse Lund"},
		{page: "own-php-log", reason: "a notice as PHP writes it to a log", comments: 5},
		{page: "own-latest-links", reason: "a list that leads to comments on several pages"},
		{page: "own-nested-ping", reason: "a link from another site among the replies is no part of what it is under", comments: 2, replies: 1, authors: "Ola, Kari",
			texts: []string{"Nobody asked us.", "They did."}, posted: "2024-03-01 10:00"},
		{page: "own-clock-beside", reason: "the time of day stands beside the date", comments: 2, authors: "Ola, Kari", posted: "2024-03-01 10:05"},
		{page: "own-short-article", reason: "an article of a few lines is one where it is marked", article: "The work takes two years"},
		{page: "own-excerpts", reason: "an excerpt cut on both sides is a link from another site", comments: 2, authors: "Mia Sand, Per Lund"},
		{page: "discord-export", reason: "a run of messages has its writer once, and what a message answers is no part of it", comments: 4, replies: 1,
			authors: "Olav H., Olav H., Kari L., Kari L.", parents: ", , 112200000000000001, ", texts: []string{"Not if you count the traffic jam."}},
		{page: "telegram-export", reason: "a message that is joined to another has its writer, and a link says what it answers", comments: 5, replies: 2,
			authors: "Olav Hem, Olav Hem, Kari Lund, Kari Lund, Olav Hem", parents: ", , message101, message102, ", posted: "2024-05-01 09:00", votes: 3},
		{page: "livejournal", reason: "a link named Parent leads to the parent", comments: 5, replies: 3, parents: ", t12801, t13057, t12801, "},
		{page: "livejournal-margins", reason: "where no link does, the margin tells the depth", comments: 4, replies: 2,
			parents: ", ljcmt12801, ljcmt13057, "},
		{page: "dreamwidth", reason: "threads lie in each other", comments: 5, replies: 3, parents: ", 12801, 13057, 12801, "},
		{page: "invision", reason: "the first post is the article, and a quote names what it is of", comments: 3, replies: 1, article: "nobody has said",
			authors: "kari_l, nils_p, marit", parents: ", 502, ", votes: 5,
			texts: []string{"> On 5/1/2024 at 10:07 AM, kari_l said:\n\n> the ferry\n\nIt has no room for a mast."}},
		{page: "singlefile-disqus", reason: "comments in a saved frame are the page's, and nothing else in one", comments: 3, replies: 1,
			authors: "olav_h, kari_l, marit", parents: ", 6401, ", article: "The harbour board", votes: 4},
	}
	tested := map[string]bool{}
	for _, tt := range tests {
		tested[tt.page+".html"] = true
		t.Run(tt.page, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join("testdata", "kinds", tt.page+".html"))
			if err != nil {
				t.Fatal(err)
			}
			if !webpage.Detect(content) {
				t.Error("not recognised as a page")
			}
			th := read(t, tt.page, string(content), webpage.Options{})
			if len(th.Comments) != tt.comments || replies(th) != tt.replies {
				t.Errorf("%s: %d comments, %d replies, want %d and %d:\n%s", tt.reason, len(th.Comments), replies(th), tt.comments, tt.replies, written(th))
			}
			if got := authors(th); tt.authors != "" && got != tt.authors {
				t.Errorf("%s: authors %q, want %q", tt.reason, got, tt.authors)
			}
			if got := parents(th); tt.parents != "" && got != tt.parents {
				t.Errorf("%s: parents %q, want %q", tt.reason, got, tt.parents)
			}
			if got := votes(th); tt.votes != 0 && got != tt.votes {
				t.Errorf("%s: %d votes, want %d", tt.reason, got, tt.votes)
			}
			for _, want := range tt.texts {
				if !slices.ContainsFunc(th.Comments, func(c corpus.Comment) bool { return c.Text == want }) {
					t.Errorf("%s: no text is %q:\n%s", tt.reason, want, written(th))
				}
			}
			if !strings.Contains(th.Article.Text, tt.article) {
				t.Errorf("%s: the article is %q, want %q in it", tt.reason, th.Article.Text, tt.article)
			}
			if tt.posted != "" && th.Comments[0].Posted.Format("2006-01-02 15:04") != tt.posted {
				t.Errorf("%s: posted %s, want %s", tt.reason, th.Comments[0].Posted, tt.posted)
			}
		})
	}
	pages, err := filepath.Glob("testdata/kinds/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if !tested[filepath.Base(page)] {
			t.Errorf("%s isn't tested", page)
		}
	}
}

func replies(th *corpus.Thread) int {
	n := 0
	for i := range th.Comments {
		if th.Comments[i].Parent != "" {
			n++
		}
	}
	return n
}

func authors(th *corpus.Thread) string {
	var names []string
	for i := range th.Comments {
		names = append(names, th.Comments[i].Author)
	}
	return strings.Join(names, ", ")
}

func parents(th *corpus.Thread) string {
	var ids []string
	for i := range th.Comments {
		ids = append(ids, th.Comments[i].Parent)
	}
	return strings.Join(ids, ", ")
}

func votes(th *corpus.Thread) int {
	n := 0
	for i := range th.Comments {
		if v := th.Comments[i].Votes; v != nil {
			n += *v
		}
	}
	return n
}

// TestFrames holds that what lies in frames within frames is read, that a tree shown in the place
// of an element's own is too, and that the tags in frames count as the page's.
func TestFrames(t *testing.T) {
	const comments = `<div id="comments"><h2>2 comments</h2><ol>` +
		`<li class="comment" id="comment-1"><b class="fn">Ada</b> <time>3 May 2021</time><p>Boats first.</p></li>` +
		`<li class="comment" id="comment-2"><b class="fn">Ben</b> <time>4 May 2021</time><p>They were asked.</p></li></ol></div>`
	for name, saved := range map[string]string{
		"frames": `<iframe srcdoc="` + html.EscapeString(`<p>Loading</p><iframe srcdoc="`+html.EscapeString(comments)+`">`) + `"></iframe>`,
		"shadow": `<comment-box><template shadowrootmode="open">` + comments + `</template></comment-box>`,
	} {
		page := `<!DOCTYPE html><html><body><h1>Bridge</h1><p>The bridge closes in May.</p>` + saved + `</body></html>`
		th := read(t, name, page, webpage.Options{})
		if got := authors(th); got != "Ada, Ben" || strings.Contains(th.Article.Text, "Loading") {
			t.Errorf("%s: authors %q, article %q", name, got, th.Article.Text)
		}
	}
	page := `<!DOCTYPE html><html><body><iframe srcdoc="` + strings.Repeat("&lt;b>", 200_000) + `">`
	for _, err := range webpage.Read("dense", strings.NewReader(page), webpage.Options{}) {
		if p := (*corpus.Problem)(nil); !errors.As(err, &p) || !p.Oversize {
			t.Errorf("a frame of 200,000 tags gives %v", err)
		}
	}
	deep := `<!DOCTYPE html><html><body>` + strings.Repeat("<iframe/srcdoc=", 20_000) + "x"
	if th := read(t, "deep", deep, webpage.Options{}); len(th.Comments) != 0 {
		t.Errorf("%d comments in frames of nothing", len(th.Comments))
	}
}

// TestDeepPages holds that a page nested to any depth is read, and none of its text near
// the surface is lost.
func TestDeepPages(t *testing.T) {
	for _, deep := range []int{600, 3000, 100_000} {
		var page strings.Builder
		page.WriteString(`<!DOCTYPE html><html><head><title>Deep</title></head><body><h1>Deep</h1>`)
		for range deep {
			page.WriteString("<div>")
		}
		page.WriteString(`</div><ol class="comment-list">`)
		for i := range 3 {
			fmt.Fprintf(&page, `<li class="comment" id="comment-%d"><b class="fn">Ada %d</b><time>3 May 2021</time><div class="comment-content"><p>So it is, number `+
				`%d<p>and more.</div>`, i, i, i)
		}
		want := 3
		if deep > 2048 {
			want = 0 // too deep to have an element each
		}
		if th := read(t, "deep", page.String(), webpage.Options{}); len(th.Comments) != want {
			t.Errorf("%d deep: %d comments, want %d", deep, len(th.Comments), want)
		}
	}
}
