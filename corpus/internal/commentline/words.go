package commentline

import (
	"cmp"
	"embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"stance.example/stance/corpus/internal/wordfile"
)

// The files of words. In phrases # stands for a number; words are separated by one space
// and punctuation is left out, so that "Like · Reply · 12" is three phrases.
//
//go:embed words/*.txt
var files embed.FS

// sections are the phrases of all languages by their section. A phrase that means
// different things in different languages is in several.
var sections = sync.OnceValue(func() map[string][]string { return wordfile.Sections(files) })

// Words returns the phrases of a section in all languages.
func Words(section string) []string { return sections()[section] }

// WordSet returns what gives the phrases of a section as a set, which is made at its first
// use.
func WordSet(section string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for _, phrase := range Words(section) {
			set[phrase] = true
		}
		return set
	})
}

// Pattern returns what gives the compiled pattern, in which the name of a section, as in
// "{noun}", stands for any of its phrases, the longest first. It is compiled at its first use.
func Pattern(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(sectionName.ReplaceAllStringFunc(pattern, func(name string) string {
			var quoted []string
			for _, p := range Words(strings.Trim(name, "{}")) {
				quoted = append(quoted, regexp.QuoteMeta(p))
			}
			slices.SortFunc(quoted, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
			return strings.Join(slices.Compact(quoted), "|")
		}))
	})
}

var sectionName = regexp.MustCompile(`\{[a-z]+\}`)

var (
	sayVerbs      = WordSet("says")         // between an author and a colon, an ellipsis or a time
	byPhrases     = WordSet("by")           // open a line that signs a comment
	byWords       = WordSet("byword")       // before an author
	commentWords  = WordSet("commentword")  // before the word before an author: "Kommentar von"
	betweenWords  = WordSet("between")      // between a name and a time
	wroteWords    = WordSet("wrote")        // between a name and a time, as other words do
	updateWords   = WordSet("update")       // before the time at which an article was changed
	recentWords   = WordSet("recent")       // of a list of comments from all over the site
	headings      = WordSet("heading")      // alone over a comment section
	nameParticles = WordSet("particle")     // in names in small letters
	functionWords = WordSet("function")     // frequent in sentences and rare in names
	interjections = WordSet("interjection") // one-line comments that have the form of a name
)

// IsByline reports whether a line in lower case begins as one that names the author of an
// article or of a picture does.
func IsByline(folded string) bool {
	for _, by := range Words("byline") {
		if strings.HasPrefix(folded, by+" ") {
			return true
		}
	}
	return slices.ContainsFunc(Words("picture"), func(p string) bool { return strings.HasPrefix(folded, p) })
}

// StandsBetween reports whether a text in lower case is only what stands between a name and
// a time: "wrote", "on", "by".
func StandsBetween(text string) bool {
	return betweenWords()[text] || byWords()[text] || wroteWords()[text]
}

// IsBy reports whether the first word of an author's line, as written and in lower case, is
// none of the name. "Di" and "Da" begin names too.
func IsBy(written, word string) bool {
	return byWords()[word] && (len(word) > 2 || word == "by" || written == word)
}

// phrases maps a folded phrase to the kind of line it makes; where one stands in several
// sections, the one named first here wins.
var phrases = sync.OnceValue(func() map[string]Kind {
	all := make(map[string]Kind, 2500)
	for _, s := range []struct {
		section string
		means   Kind
	}{{"removed", Removed}, {"votes", Votes}, {"expand", Expand}, {"badge", Badge}, {"action", Action}, {"page", Page}, {"end", End}} {
		for _, text := range Words(s.section) {
			if all[text] == Plain {
				all[text] = s.means
			}
		}
	}
	return all
})
