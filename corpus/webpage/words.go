package webpage

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
	numbered      // an ID with a number
	signatureWord // what a reader of a forum has under all posts
	titleWord     // of one comment
)

func (w words) has(m words) bool { return w&m == m }
func (w words) any(m words) bool { return w&m != 0 }

// vocabulary lists the words per meaning.
var vocabulary = []struct {
	means words
	list  string
}{
	{commentWord, "comment kommentar comentario comentário comentari commentaire commento reactie komentarz kommentti komment leserkommentar leserbrief usercomment commentitem commentbody commentbox commentblock cmt kmt disqus shreddit remark wpd wpdiscuz"},
	{commentWord | manyWord, "comments kommentare comentarios comentários commentaires commenti reacties komentarze leserkommentare commentlist commentslist commentarea commentaries"},
	{postWord, "post message posting beitrag answer antwort respuesta risposta réponse reponse response opinion opinión avis meinung contribution entry postbit postcontainer msg review recension bewertung discussionentry debate mensaje messaggio forumpost"},
	{postWord | manyWord, "posts messages postings beitraege beiträge answers antworten respuestas risposte reponses réponses responses opinions opiniones discussion diskussion debat debatte conversation thread threads messagelist reviews forum"},
	{replyWord, "reply replies children child nested indented sub subcomment subcomments antwort antworten respuesta respuestas reponse reponses réponse réponses risposta risposte indent level2"},
	{authorWord, "author autor auteur autore authors fn username user nick nickname name nombre nome nom pseudo pseudonym commenter commentator poster screenname displayname verfasser benutzer benutzername usuario utente member handle hnuser byline creator owner persona by from von profile contributor writer"},
	{dateWord, "date datum fecha data time timestamp datetime zeit hora heure when published posted created ago age moment publicado dateline postdate relativetime pubdate timeago uhrzeit jour dato"},
	{bodyWord, "body content inhalt contenido contenu contenuto corps cuerpo corpo entry description"},
	{bodyWord | textWord, "text texto texte testo copy message md bodytext usertext commtext commenttext commentbody commentcontent postbody posttext postcontent bbwrapper messagetext messagebody msgtext msgbody excerpt blurb prose markdown"},
	{voteWord, "vote votes score points rating like likes karma thumbs recommend recommendations recommends favs favourites upvotes kudos reactions"},
	{upWord, "up upvote upvotes like likes positive plus thumbsup"},
	{downWord, "down downvote downvotes dislike dislikes negative minus thumbsdown"},
	{metaWord, "avatar gravatar reply action actions buttons button tools toolbar controls share sharing report flag permalink meta vote votes like likes dislike rating says badge rank edit delete options menu footer header head top info icon label signature controls links responder antworten melden signaler répondre repondre rispondi moderation sr tooltip commentlink commentanchor karma score points stars reputation number reactions userinfo postdetails posthead postfoot"},
	{titleWord, "title subject headline heading betreff titel titre título titolo onderwerp"},
	{signatureWord, "signature signatur sig assinatura"},
	{quoteWord, "quote zitat bbcodequote citation quotecontent quoted blockquote"},
	{formWord, "respond form commentform replyform editor textarea login register captcha formular subscribe notification"},
	{asideWord | hardAside, "recent latest popular sidebar related recentcomments latestcomments letzte letzten aktuelle aktuellen neueste neuesten últimos recientes récents derniers ultimi recenti"},
	{asideWord, "gallery slideshow teaser teasers nav navigation menu breadcrumb breadcrumbs social newsletter promo carousel slider trending recommended outbrain taboola advert advertisement banner siblings pagination pager popup modal cookie gdpr tags categories mostread readmore read-more verwandt relacionados recents correlati bio aboutauthor authorbox authorbio masthead sitefooter pagefooter"},
	{removedWord, "deleted removed moderated geloescht gelöscht eliminado supprimé supprime rimosso"},
	{pingWord, "pingback pingbacks trackback trackbacks ping pings"},
	{articleWord, "article articlebody story storybody artikel articulo artículo articolo"},
}

// meanings is the vocabulary by word.
var meanings = buildMeanings()

func buildMeanings() map[string]words {
	m := map[string]words{}
	for _, row := range vocabulary {
		for word := range strings.FieldsSeq(row.list) {
			m[word] |= row.means
		}
	}
	return m
}

// wordsOf reads the class, the ID and the like of an element.
func wordsOf(n *html.Node) words {
	var w words
	whole := false // one comment, with classes of its writer and its place
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			for name := range strings.FieldsSeq(a.Val) {
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
		case "id":
			w |= nameWords(a.Val)
			if strings.ContainsFunc(a.Val, unicode.IsDigit) {
				w |= numbered
			}
		case "itemprop", "rel", "itemtype", "property", "typeof", "component", "data-testid", "data-test", "data-hook", "data-component", "data-qa", "data-role":
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

// isTerm reports whether a class is a term of what a page is filed under or by whom, as
// WordPress adds them: "tag-popular", "category-latest-news", "comment-author-recent".
func isTerm(name string) bool {
	for _, taxonomy := range []string{"tag-", "category-", "cat-", "tax-", "term-", "topic-", "post_format-", "format-", "series-", "comment-author-"} {
		if rest, ok := strings.CutPrefix(name, taxonomy); ok {
			return meanings[rest] == 0 || meanings[rest].any(asideWord|voteWord|formWord|postWord|commentWord)
		}
	}
	return false
}

// isStyle reports whether a class tells only how a text looks: "text-gray-500".
func isStyle(name string) bool {
	_, what, ok := strings.Cut(name[strings.LastIndexByte(name, ':')+1:], "text-")
	return ok && strings.HasPrefix(name[strings.LastIndexByte(name, ':')+1:], "text-") && !meanings[what].has(bodyWord)
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
		means := meanings[part]
		switch {
		case part == "text" && i+1 < len(parts) && textStyles[parts[i+1]]:
			means = 0 // "ds-text-right"
		case means == 0:
			means = compound(part)
		}
		if writer && (means.any(commentWord|postWord) || ofWriter[part]) {
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
	if w |= meanings[whole.String()]; w.has(bodyWord | authorWord) {
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
	for _, noun := range []string{"comment", "comments", "kommentar", "kommentare"} {
		if len(part) > len(noun) && strings.HasSuffix(part, noun) {
			return meanings[noun]
		}
	}
	return 0
}

// textStyles are what classes say of how a text looks: "text-right".
var textStyles = map[string]bool{
	"right": true, "left": true, "center": true, "centre": true, "justify": true, "start": true, "end": true, "muted": true, "small": true, "large": true,
	"xs": true, "sm": true, "lg": true, "xl": true, "bold": true, "light": true, "dark": true, "gray": true, "grey": true, "white": true, "black": true, "red": true,
	"primary": true, "secondary": true, "danger": true, "success": true, "warning": true, "info": true, "nowrap": true, "truncate": true, "uppercase": true, "lowercase": true,
	"align": true, "color": true, "size": true, "style": true, "decoration": true, "shadow": true, "link": true,
}

// ofWriter are things of a writer that aren't the name.
var ofWriter = map[string]bool{
	"title": true, "rank": true, "rang": true, "role": true, "group": true, "level": true, "status": true, "badge": true, "stats": true,
	"posts": true, "count": true, "since": true, "joined": true, "location": true, "avatar": true, "image": true, "picture": true, "pic": true, "photo": true,
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
		if w := meanings[name]; w.any(commentWord|postWord) && !w.has(manyWord) {
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

// volatile names tell the place of a comment or its writer.
func volatile(name string) bool {
	switch name {
	case "member", "guest", "gast", "mitglied", "registered", "unregistered", "moderator", "admin", "administrator", "staff", "subscriber", "anonymous",
		"even", "odd", "alt", "first", "last", "parent", "byuser", "bypostauthor", "reply", "child", "children", "clearfix", "cf", "active", "open", "hidden", "hide", "new", "op", "highlight", "highlighted", "toplevel", "top-level", "author", "byauthor":
		return true
	}
	for _, prefix := range []string{"thread-", "comment-author-", "comment-by", "depth", "level", "user-", "author-", "is-", "has-", "js-", "role-", "odd", "even", "indent"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
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
	if n.Type != html.ElementNode || n.DataAtom == atom.Img || n.DataAtom == atom.Label || n.words.has(formWord) {
		return false
	}
	if n.DataAtom == atom.Cite || n.DataAtom == atom.A && profileLink(attr(n.Node, "href")) && shortHere(n.Node) {
		return true
	}
	return n.words.has(authorWord) && !n.words.any(bodyWord) && n.DataAtom != atom.Body && shortHere(n.Node)
}

func isReplyMark(n *node) bool {
	switch n.DataAtom {
	case atom.A, atom.Button, atom.Span:
		return n.words.any(replyWord) && shortHere(n.Node) || n.FirstChild != nil && replyLabels[strings.ToLower(strings.TrimSpace(n.FirstChild.Data))]
	}
	return false
}

// replyLabels are what buttons to reply say.
var replyLabels = map[string]bool{
	"reply": true, "antworten": true, "antwort": true, "responder": true, "répondre": true, "rispondi": true,
	"zitieren": true, "quote": true, "citer": true, "citar": true, "cita": true, "citeren": true, "citera": true, "sitér": true, "citer ": true, "lainaa": true, "cytuj": true, "цитировать": true,
	"beantwoorden": true, "reageer": true, "svara": true, "svar": true, "odpowiedz": true, "ответить": true, "responda": true,
}

// shortHere reports whether an element has some text of its own, or in its first
// descendants, and not more than a mark has.
func shortHere(n *html.Node) bool {
	const longest, most = 120, 30
	length, seen := 0, 0
	for at := n.FirstChild; at != nil && seen < most && length <= longest; seen++ {
		if at.Type == html.TextNode {
			length += len(strings.TrimSpace(at.Data))
		}
		switch {
		case at.FirstChild != nil && at.DataAtom != atom.Script && at.DataAtom != atom.Style:
			at = at.FirstChild
		default:
			for at != n && at.NextSibling == nil {
				at = at.Parent
			}
			if at == n {
				return length > 0 && length <= longest
			}
			at = at.NextSibling
		}
	}
	return length > 0 && length <= longest && seen < most
}
