package webpage

import (
	_ "embed" // for classes
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
)

// words is what the class and the ID of an element say, as a set of meanings.
// Pages in other languages than English use both their own words and English ones.
type words uint32

const (
	commentWord words = 1 << iota // comment, kommentar, comentario …
	postWord                      // post, message, answer: a comment in a forum
	manyWord                      // the plural, or a list of them
	replyWord                     // reply, child, nested
	authorWord
	dateWord
	bodyWord
	textWord // the text itself, where body may be the whole
	voteWord
	upWord
	downWord
	metaWord  // buttons, badges, pictures: no text of the reader
	quoteWord // of the parent
	formWord  // to write a comment
	asideWord // lists of links to other pages, navigation, advertisements
	removedWord
	pingWord // a link from another site
	articleWord
	hardAside     // asides whatever they hold
	signatureWord // what a reader of a forum has under all posts
	titleWord     // of one comment
	numbered      // an ID with a number
)

// meaningNames are the names of the meanings in the file of classes, in the same order.
var meaningNames = []string{
	"comment", "post", "many", "reply", "author", "date", "body", "text", "vote", "up", "down", "meta", "quote", "form", "aside",
	"removed", "ping", "article", "elsewhere", "signature", "title",
}

func (w words) has(m words) bool { return w&m == m }
func (w words) any(m words) bool { return w&m != 0 }

// classes is what the words of names mean: rows of a meaning, a colon and words.
//
//go:embed classes.txt
var classes string

// vocabulary is the rows of the file of classes.
var vocabulary = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for row := range strings.Lines(classes) {
		if meaning, list, ok := strings.Cut(row, ":"); ok && row[0] != '#' {
			all[meaning] = append(all[meaning], strings.Fields(list)...)
		}
	}
	return all
})

// meanings is the vocabulary by word.
var meanings = sync.OnceValue(func() map[string]words {
	m := map[string]words{}
	for names, list := range vocabulary() {
		var means words
		for name := range strings.SplitSeq(names, "+") {
			if bit := slices.Index(meaningNames, name); bit >= 0 {
				means |= 1 << bit
			}
		}
		for _, word := range list {
			m[word] |= means
		}
	}
	return m
})

// isOne reports whether a word is in the row of a meaning.
func isOne(word, meaning string) bool { return slices.Contains(vocabulary()[meaning], word) }

// wordsOf reads the class, the ID and the like of an element.
func wordsOf(n *html.Node) words {
	var w words
	whole := false
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			var means words
			means, whole = classWords(a.Val)
			w |= means
		case "id":
			w |= nameWords(a.Val)
			if strings.ContainsFunc(a.Val, unicode.IsDigit) {
				w |= numbered
			}
		case "itemprop", "rel", "itemtype", "property", "typeof", "component", "data-testid", "data-test", "data-hook", "data-component", "data-qa",
			"data-role", "data-e2e":
			// The name of a thing is that of an author only within one.
			if v := a.Val[strings.LastIndexByte(a.Val, '/')+1:]; v != "name" && v != "schema:name" && v != "jobTitle" {
				w |= nameWords(v)
			}
		}
	}
	if strings.Contains(n.Data, "-") { // a custom element
		w |= nameWords(n.Data)
	}
	if whole && n.DataAtom != atom.Span && n.DataAtom != atom.A && n.DataAtom != atom.P {
		w &^= authorWord | dateWord | metaWord | bodyWord | textWord | voteWord | upWord | downWord | manyWord
	}
	return w
}

// classWords reads the classes of an element, and whether they are those of one comment, among
// which are those of its writer and its place.
func classWords(class string) (w words, whole bool) {
	for name := range strings.FieldsSeq(class) {
		if isStyle(name) || isTerm(name) {
			continue
		}
		means := nameWords(name)
		if means.has(authorWord) && numberedName(strings.ToLower(name)) {
			means &^= authorWord // "comment-author-12" is by them
		}
		w |= means
		whole = whole || name == "comment" || strings.HasPrefix(name, "depth-") || name == "byuser"
	}
	return w, whole
}

// isTerm reports whether a class is a term of what a page is filed under or by whom, as
// WordPress adds them: "tag-popular", "category-latest-news", "comment-author-recent".
func isTerm(name string) bool {
	for _, taxonomy := range vocabulary()["taxonomy"] {
		if rest, ok := strings.CutPrefix(name, taxonomy); ok {
			return meanings()[rest] == 0 || meanings()[rest].any(asideWord|voteWord|formWord|postWord|commentWord)
		}
	}
	return false
}

// isStyle reports whether a class tells only how a text looks: "text-gray-500".
func isStyle(name string) bool {
	what, ok := strings.CutPrefix(name[strings.LastIndexByte(name, ':')+1:], "text-")
	return ok && !meanings()[what].has(bodyWord)
}

// nameWords reads one name: its words, and all of it together.
func nameWords(name string) words {
	const longest = 80
	if len(name) > longest {
		return 0
	}
	var w words
	var whole strings.Builder
	writer := false // the part before names who writes
	parts := split(name)
	for i, part := range parts {
		means := meanings()[part]
		switch {
		case part == "text" && i+1 < len(parts) && isOne(parts[i+1], "style"):
			means = 0 // "ds-text-right"
		case means == 0:
			means = compound(part)
		}
		if writer && (means.any(commentWord|postWord) || isOne(part, "ofwriter")) {
			w &^= authorWord // "user-comment", "user-title"
			means &^= titleWord
		}
		w |= means
		writer = means.has(authorWord)
		whole.WriteString(part)
	}
	if strings.HasSuffix(whole.String(), "username") {
		w |= authorWord // "bigusername"
	}
	if w |= meanings()[whole.String()]; w.has(bodyWord | authorWord) {
		if writer {
			w &^= bodyWord | textWord // "message-author"
		} else {
			w &^= authorWord // "field-name-comment-body"
		}
	}
	return w
}

// compound reads a word that ends in one for comments, written together: "fancomments".
func compound(part string) words {
	for _, noun := range vocabulary()["compound"] {
		if strings.HasSuffix(part, noun) {
			return meanings()[noun]
		}
	}
	return 0
}

// split cuts a name at punctuation, figures and inner capitals, into small letters.
func split(name string) []string {
	var parts []string
	start, small := 0, false
	cut := func(end int) {
		if end > start {
			parts = append(parts, strings.ToLower(name[start:end]))
		}
		start = end
	}
	for i, r := range name {
		switch {
		case !unicode.IsLetter(r):
			cut(i)
			start = i + len(string(r))
			small = false
		case unicode.IsUpper(r):
			if small {
				cut(i)
			}
			small = false
		default:
			small = true
		}
	}
	cut(len(name))
	return parts
}

// classNames returns the class names that tell the kind of an element: not those
// that tell its place or its writer, which differ from one comment to the next.
func classNames(n *html.Node) []string {
	const most = 3
	var names []string
	for name := range strings.FieldsSeq(strings.ToLower(attr(n, "class"))) {
		if numberedName(name) || strings.Contains(name, "--") || volatile(name) {
			continue
		}
		if w := meanings()[name]; w.any(commentWord|postWord) && !w.has(manyWord) {
			return []string{name} // what stands beside it is of no weight
		}
		if len(names) < most {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// numberedName reports whether a class is the number of one element: three figures at
// its end, or any behind a word for comments. Generated names have figures too, but
// are the same for all of a kind.
func numberedName(name string) bool {
	word := strings.TrimRightFunc(name, unicode.IsDigit)
	figures := len(name) - len(word)
	return figures >= 3 || figures > 0 && nameWords(word).any(commentWord|postWord)
}

// isContinued reports whether an element's class says that it goes on with the one before.
func isContinued(n *html.Node) bool {
	return slices.ContainsFunc(strings.Fields(attr(n, "class")), func(name string) bool { return isOne(name, "continued") })
}

// volatile names tell the place of a comment or its writer.
func volatile(name string) bool {
	return isOne(name, "place") || isOne(name, "rank") ||
		slices.ContainsFunc(vocabulary()["placeprefix"], func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

func isTimeMark(n *node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	if n.DataAtom == atom.Time || attr(n.Node, "datetime") != "" {
		return true
	}
	return n.words.has(dateWord) && n.DataAtom != atom.Body && (shortHere(n.Node) || !parseTime(attr(n.Node, "content")).IsZero())
}

func isAuthorMark(n *node) bool {
	named := n.words.has(authorWord) && !n.words.any(bodyWord)
	switch n.DataAtom {
	case atom.Img, atom.Label, atom.Body:
		return false
	case atom.Li, atom.Tr, atom.Article, atom.Div:
		// The rank of the writer is a class of the comment.
		named = named && !(n.words.has(numbered) && n.words.any(commentWord|postWord))
	case atom.A:
		named = named || profileLink(attr(n.Node, "href"))
	}
	if n.Type != html.ElementNode || n.words.has(formWord) {
		return false
	}
	return n.DataAtom == atom.Cite || named && shortHere(n.Node)
}

func isReplyMark(n *node) bool {
	switch n.DataAtom {
	case atom.A, atom.Button, atom.Span:
		return n.words.any(replyWord) && shortHere(n.Node) || n.FirstChild != nil && replyLabels()[strings.ToLower(strings.TrimSpace(n.FirstChild.Data))]
	}
	return false
}

// replyLabels are what buttons to reply say.
var replyLabels = commentline.WordSet("reply")

// shortHere reports whether an element has some text of its own, or in its first
// descendants, and not more than a mark has.
func shortHere(n *html.Node) bool {
	const longest, most = 120, 30
	length, seen := 0, 0
	for d := range below(n) {
		if p := d.Parent.DataAtom; p == atom.Script || p == atom.Style {
			continue
		}
		if d.Type == html.TextNode {
			length += len(strings.TrimSpace(d.Data))
		}
		if seen++; seen > most || length > longest {
			return false
		}
	}
	return length > 0
}
