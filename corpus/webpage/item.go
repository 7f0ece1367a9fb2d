package webpage

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// item is an element of the page that is one comment, and the parts of it.
type item struct {
	at     int   // its place in the tree, -1 for a comment of the page's data
	above  int   // for those, the item that it answers, -1 for none
	inner  []int // items within it, directly
	parts  []int // its elements without those of inner items
	author string
	to     string // the author it answers, where it says so
	posted time.Time
	as     string // the time as written
	votes  *int
	title  string // of its own, where the page sets it apart from the text
	text   string
	gone   bool // removed
	depth  int  // how deep it stands, -1 if the page doesn't say
	meta   map[*html.Node]bool
	nested map[*html.Node]bool // the inner items
	bold   *html.Node          // of the author, if nothing but its place tells that it is
	stamp  *html.Node          // of the time
}

// items reads the comments in these elements of the page.
func (t *tree) items(members []int) []*item {
	inside := map[int]bool{}
	for _, m := range members {
		inside[m] = true
	}
	all := make([]*item, len(members))
	for k, m := range members {
		it := &item{at: m, depth: -1, meta: map[*html.Node]bool{}, nested: map[*html.Node]bool{}}
		for i := m + 1; i < t.nodes[m].end; {
			ping := t.nodes[i].words.has(pingWord) && (t.nodes[i].DataAtom == atom.Li || t.nodes[i].words.has(numbered))
			if inside[i] || ping {
				if !ping {
					it.inner = append(it.inner, i)
				}
				it.meta[t.nodes[i].Node], it.nested[t.nodes[i].Node] = true, true
				i = t.nodes[i].end
				continue
			}
			if t.nodes[i].DataAtom == atom.Blockquote {
				i = t.nodes[i].end // its author and time are another's
				continue
			}
			if t.nodes[i].Type == html.ElementNode {
				it.parts = append(it.parts, i)
			}
			i++
		}
		t.read(it)
		all[k] = it
	}
	return all
}

// read finds the author, the time, the votes and the text of an item.
func (t *tree) read(it *item) {
	sure := t.readAuthor(it)
	t.readTime(it)
	if !sure {
		t.readByline(it)
	}
	t.readVotes(it)
	t.readText(it)
}

// authorRank says how surely an element holds the author's name, 0 not at all.
func (t *tree) authorRank(i int) int {
	n := &t.nodes[i]
	if n.DataAtom == atom.Img || n.words.any(formWord|quoteWord) {
		return 0
	}
	class := attr(n.Node, "class")
	switch {
	case strings.Contains(attr(n.Node, "itemprop"), "author"), strings.Contains(attr(n.Node, "itemprop"), "creator"):
		return 6
	case slices.Contains(strings.Fields(class), "fn"):
		return 6
	case n.words.has(authorWord) && n.words.any(commentWord|postWord) && !n.words.any(bodyWord):
		return 5
	case attr(n.Node, "rel") == "author", n.DataAtom == atom.Cite:
		return 5
	case n.words.has(authorWord) && !n.words.any(bodyWord&^textWord|dateWord|articleWord):
		return 4
	case n.DataAtom == atom.A && profileLink(attr(n.Node, "href")):
		return 3
	case n.DataAtom == atom.A && strings.Contains(attr(n.Node, "rel"), "nofollow") && strings.Contains(attr(n.Node, "rel"), "external"):
		return 2
	case n.DataAtom == atom.B, n.DataAtom == atom.Strong, n.DataAtom == atom.H3, n.DataAtom == atom.H4, n.DataAtom == atom.H5, n.DataAtom == atom.H6, n.DataAtom == atom.Dt:
		return 1
	}
	return 0
}

// profileLink reports whether a link leads to a reader's own page.
func profileLink(href string) bool {
	for _, part := range []string{"/user/", "/users/", "/profile", "/profil", "/member", "/author/", "/u/", "/usuario", "/utente", "/nutzer", "/mitglied", "/people/", "user?id=", "member.php", "memberlist", "profile.php", "viewprofile", "=profile"} {
		if strings.Contains(href, part) {
			return true
		}
	}
	return profilePage().MatchString(href)
}

var profilePage = commentline.Pattern(`\buser-\d`)

// readAuthor takes the name from the element that holds it most surely, and the
// innermost of those, or from a line such as "Ada says:". It reports whether the element
// is named for it.
func (t *tree) readAuthor(it *item) bool {
	best, rank := -1, 0
	for _, i := range it.parts {
		r := t.authorRank(i)
		if r == 0 || r < rank {
			continue
		}
		within := best >= 0 && t.holds(best, i)
		if r == rank && !within {
			continue
		}
		name, _ := t.nameIn(i)
		if name == "" || r == rank && (!commentline.LooksLikeName(name) || t.nodes[i].words.has(metaWord) && !t.nodes[best].words.has(metaWord)) {
			continue
		}
		best, rank = i, r
	}
	// A link or a field within the element of the name holds it alone.
	for _, i := range it.parts {
		if best >= 0 && i != best && t.holds(best, i) && t.nodes[i].DataAtom == atom.A {
			if name, _ := t.nameIn(i); name != "" && commentline.LooksLikeName(name) {
				best = i
				break
			}
		}
	}
	if best < 0 {
		return false
	}
	it.author, it.to = t.nameIn(best)
	if rank > 1 || t.nodes[best].words.has(authorWord) {
		it.meta[t.nodes[best].Node] = true
		return true
	}
	// A bare bold text is the author only if it looks like a name and stands first.
	if !commentline.LooksLikeName(it.author) || t.textBefore(it, best) > 40 {
		it.author = ""
		return false
	}
	it.meta[t.nodes[best].Node], it.bold = true, t.nodes[best].Node
	return false
}

// readByline takes the author from the shortest line that names one beside the time of
// writing, or from a name that stands by itself next to the time, in place of a bold text
// that may be the title.
func (t *tree) readByline(it *item) {
	best, name := -1, ""
	if it.stamp != nil {
		best, name = t.signedAt(t.index[it.stamp])
	}
	if best < 0 {
		best, name = t.nameBeside(it)
	}
	for _, i := range it.parts {
		if best >= 0 {
			break
		}
		if !t.nodes[i].words.any(quoteWord | formWord) {
			best, name = t.signedAt(i)
		}
	}
	if best < 0 || strings.HasPrefix(it.author, name) {
		return
	}
	if it.bold != nil {
		delete(it.meta, it.bold)
	}
	it.author = name
	it.meta[t.nodes[best].Node] = true
}

// signedAt returns i and the author if the element there is a line with an author and a
// time, otherwise -1.
func (t *tree) signedAt(i int) (int, string) {
	if t.short(i) == "" {
		return -1, ""
	}
	for line := range strings.Lines(t.text(i)) {
		if r := t.lines.stamp(strings.TrimSpace(line)); r.Kind == commentline.Opener && r.Author != "" && r.PostedAs != "" {
			return i, withoutBy(r.Author)
		}
	}
	return -1, ""
}

// nameBeside returns the element just before the time of an item, or just behind it,
// whose text is a name, and the name; -1 if there is none.
func (t *tree) nameBeside(it *item) (int, string) {
	if it.stamp == nil {
		return -1, ""
	}
	stamp := t.index[it.stamp]
	end := t.nodes[it.at].end
	for k := stamp - 1; k > it.at; k-- {
		if t.nodes[k].Type == html.TextNode && strings.TrimSpace(t.nodes[k].Data) != "" && !t.isBy(k) {
			if i, name := t.nameAt(it, k); i >= 0 {
				return i, name
			}
			break
		}
	}
	for k := t.nodes[stamp].end; k < end; k++ {
		if t.nodes[k].Type == html.TextNode && strings.TrimSpace(t.nodes[k].Data) != "" && !t.isBy(k) {
			return t.nameAt(it, k)
		}
	}
	return -1, ""
}

// isBy reports whether a text is only what stands between a name and a time.
func (t *tree) isBy(k int) bool {
	s := strings.ToLower(strings.Trim(t.nodes[k].Data, " \t\n\r\u00a0|·•–—-,:()«»#"))
	return s == "" || commentline.StandsBetween(s)
}

// nameAt returns the element that holds just the text at k, if that is a name.
func (t *tree) nameAt(it *item, k int) (int, string) {
	p := t.nodes[k].parent
	if p <= it.at || t.within(p).text != len(strings.TrimSpace(t.nodes[k].Data)) || t.nodes[p].words.any(bodyWord|textWord) {
		return -1, ""
	}
	name, _ := t.authorName(t.short(p))
	if name == "" || !commentline.LooksLikeName(name) {
		return -1, ""
	}
	return p, name
}

// textBefore counts the bytes of the item's text before the element at i.
func (t *tree) textBefore(it *item, i int) int {
	return int(t.nodes[i].before.text - t.nodes[it.at].before.text)
}

// authorName takes the name out of the text of an author's element.
func (t *tree) authorName(s string) (name, to string) {
	const longest = 90
	r := t.lines.read(s)
	switch r.Kind {
	case commentline.Opener:
		if r.Author != "" {
			return withoutBy(r.Author), r.ReplyTo
		}
		return "", ""
	case commentline.Stamp, commentline.Votes, commentline.Blank, commentline.Count, commentline.End, commentline.Removed:
		return "", ""
	}
	if label, rest := cutLabel(s); label != noLabel && rest == "" {
		return "", ""
	}
	switch r.Kind {
	case commentline.Action:
		// "gast7" is a name, "Gast" is what a site puts in its place.
		if !strings.ContainsFunc(s, unicode.IsLetter) || !strings.ContainsFunc(s, unicode.IsDigit) || strings.Contains(s, " ") {
			return "", ""
		}
	}
	s = strings.TrimSpace(strings.TrimRight(s, ":,;|·•–—- "))
	s = withoutBy(s)
	if strings.HasPrefix(s, ".") || len(s) > longest || !strings.ContainsFunc(s, unicode.IsLetter) && strings.HasPrefix(s, "#") || strings.Count(s, "@") > 0 && strings.Contains(s, ".") && !strings.HasPrefix(s, "@") {
		return "", ""
	}
	return s, ""
}

// nameIn takes the name out of an author's element, without the times, buttons and badges
// in it. Of several lines it is the first that is a name; a single letter stands for a
// picture.
func (t *tree) nameIn(i int) (name, to string) {
	if t.short(i) == "" {
		return "", ""
	}
	text := markup.Node(t.nodes[i].Node, func(n *html.Node) bool {
		k, ok := t.index[n]
		if !ok || n.Type != html.ElementNode {
			return false
		}
		part := &t.nodes[k]
		return isTimeMark(part) || isReplyMark(part) || part.words.has(metaWord) && !part.words.any(authorWord|textWord) || t.lines.states(t.short(k))
	})
	lines := strings.Split(text, "\n")
	for _, line := range lines {
		one, answered := t.authorName(strings.Join(strings.Fields(line), " "))
		if one == "" || len(lines) > 1 && !commentline.LooksLikeName(one) || name != "" && utf8.RuneCountInString(name) > 1 {
			continue
		}
		name, to = one, answered
	}
	if name == "" {
		return t.authorName(t.short(i))
	}
	return name, to
}

// withoutBy takes off the word before a name that says it is the author's.
func withoutBy(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	word := strings.ToLower(strings.TrimRight(first, ":"))
	if rest != "" && (commentline.IsBy(first, word) || labels()[word] == nameLabel) {
		return rest
	}
	return s
}

// readTime takes the time of writing: from an attribute made for it, from an element
// named for it, or from a text that is one.
func (t *tree) readTime(it *item) {
	best, rank := -1, 0
	for _, i := range it.parts {
		n := &t.nodes[i]
		r := 0
		switch {
		case n.words.any(quoteWord):
		case n.DataAtom == atom.Time, attr(n.Node, "datetime") != "", strings.HasPrefix(attr(n.Node, "itemprop"), "date"):
			r = 4
		case isTimeMark(n) && machineTime(n.Node) != "":
			r = 3
		case isTimeMark(n) && t.lines.stamp(t.short(i)).PostedAs != "":
			r = 3
		case rank <= 2 && t.within(i).text > 0 && t.lines.states(t.short(i)):
			r = 2
		case isTimeMark(n) && n.words.any(commentWord|postWord):
			r = 1
		}
		// The innermost element that says it, and the first of those.
		if r > rank || r == rank && r > 0 && t.holds(best, i) && (r == 2 || t.short(i) == t.short(best)) {
			best, rank = i, r
		}
	}
	if best >= 0 {
		t.setTime(it, best)
	}
}

// setTime takes the time from the element at i.
func (t *tree) setTime(it *item, i int) {
	n := t.nodes[i].Node
	it.stamp = n
	it.as = t.short(i)
	r := t.lines.stamp(it.as)
	for k := i + 1; k < t.nodes[i].end && r.PostedAs == ""; k++ {
		if part := &t.nodes[k]; part.Type == html.TextNode {
			r = t.lines.stamp(strings.TrimSpace(part.Data))
		}
	}
	if beside := t.stampBeside(i); beside.PostedAs != "" {
		r = beside
	}
	if r.PostedAs != "" {
		it.as = r.PostedAs
		if it.author == "" && r.Kind == commentline.Opener {
			_, it.author = t.signedAt(i)
		}
	}
	it.posted = parseTime(machineTime(n))
	if it.posted.IsZero() {
		it.posted = r.Posted
	}
	if it.as == "" {
		it.as = machineTime(n)
	}
	it.meta[n] = true
}

// clock is a time of day by itself.
var clock = commentline.Pattern(`(?i)^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?(?:[ap]\.?m\.?|uhr|h))?$`)

// stampBeside reads the element at i together with the one before or behind it, where the one is
// a time of day and the other a date.
func (t *tree) stampBeside(i int) (r commentline.Reading) {
	n := t.nodes[i].Node
	at := func(n *html.Node) string {
		for ; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
			if strings.TrimSpace(n.Data) != "" {
				return ""
			}
		}
		if k, ok := t.index[n]; ok && n != nil {
			return t.short(k)
		}
		return ""
	}
	own := t.short(i)
	if !clock().MatchString(own) {
		if behind := at(n.NextSibling); clock().MatchString(behind) && !strings.Contains(own, ":") {
			r = t.lines.stamp(own + " " + behind)
		}
		return r
	}
	before := n.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	if k, ok := t.index[before]; ok && before != nil {
		r = t.lines.stamp(t.short(k) + " " + own)
	}
	if r.Posted.IsZero() {
		return commentline.Reading{}
	}
	return r
}

// machineTime is the attribute in which an element states a time for programs.
func machineTime(n *html.Node) string {
	for _, key := range []string{"datetime", "content", "data-timestamp", "data-time", "data-datetime", "data-utime", "data-date", "data-created", "data-epoch", "unixtime", "title"} {
		if v := attr(n, key); v != "" && !parseTime(v).IsZero() {
			return v
		}
	}
	return ""
}

// readVotes reads the number of an element named for votes. Votes against count
// against.
func (t *tree) readVotes(it *item) {
	up, down := -1, 0
	for _, i := range it.parts {
		n := &t.nodes[i]
		if !n.words.any(voteWord|upWord|downWord) || n.words.any(authorWord) {
			continue
		}
		v, ok := figure(t.short(i))
		if !ok && attr(n.Node, "itemprop") != "" {
			v, ok = figure(attr(n.Node, "content"))
		}
		if !ok {
			continue
		}
		switch {
		case n.words.has(downWord) && !n.words.has(upWord):
			down = v
		case up < 0:
			up = v
		}
		it.meta[n.Node] = true
	}
	if up >= 0 {
		net := up - down
		it.votes = &net
	}
}

// readText takes the text of the element named for it, or all of the item's text
// that isn't one of its marks.
func (t *tree) readText(it *item) {
	t.markMeta(it)
	leave := func(n *html.Node) bool { return it.meta[n] }
	all := markup.Node(t.nodes[it.at].Node, leave)
	if body, text, rank := t.bodyText(it, leave); text != "" {
		// A part of a long text isn't all of it, whatever its name.
		const least, most = 0.3, 300
		if float64(len(text)) >= least*float64(len(all)) || rank > 1 && len(all)-len(text) < most {
			all, it.title = text, t.titleOf(it, body, text)
		}
	} else if t.leaveProfile(it) {
		all = markup.Node(t.nodes[it.at].Node, leave)
	}
	it.text = unquoted(t.trimLines(it, all))
	it.settle(t.lines)
	if it.text == "" && t.nodes[it.at].words.has(removedWord) {
		it.gone = true
	}
}

// leaveProfile marks the block around an author's name that holds only short lines about
// them, such as a rank and a number of posts, where the text stands elsewhere. It reports
// whether there is one.
func (t *tree) leaveProfile(it *item) bool {
	block := -1
	for _, i := range it.parts {
		if !it.meta[t.nodes[i].Node] || t.short(i) == "" || it.author == "" || !strings.HasSuffix(t.short(i), it.author) {
			continue
		}
		for p := t.nodes[i].parent; p > it.at && t.isProfile(it, p); p = t.nodes[p].parent {
			block = p
		}
		break
	}
	if block < 0 {
		return false
	}
	it.meta[t.nodes[block].Node] = true
	return true
}

// isProfile reports whether the element at i is less than half of its item and has only
// short lines that are no sentences.
func (t *tree) isProfile(it *item, i int) bool {
	const longest = 40
	if t.within(i).text*2 > t.within(it.at).text {
		return false
	}
	for line := range strings.Lines(t.text(i)) {
		line = strings.TrimSpace(line)
		if line == it.author {
			continue // "Jean P." is no sentence
		}
		if len(line) > longest || strings.HasSuffix(line, "?") || strings.HasSuffix(line, "!") || strings.HasSuffix(line, ".") && strings.Contains(line, " ") {
			return false
		}
	}
	return true
}

// unquoted takes the marks of a quote off a text that is nothing but one: some pages put
// every comment into a block quote.
func unquoted(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		bare := strings.TrimPrefix(line, "> ")
		if bare == line && strings.TrimSpace(line) != "" {
			return text
		}
		b.WriteString(bare)
	}
	return b.String()
}

// markMeta adds to the marks of an item its buttons, badges and pictures. What has
// more than a mark's text is never one, whatever its name.
func (t *tree) markMeta(it *item) {
	const longest = 80
	for _, i := range it.parts {
		n := &t.nodes[i]
		if n.words.has(formWord) && n.DataAtom != atom.P || n.DataAtom == atom.Form {
			it.meta[n.Node] = true
			continue
		}
		const longestSignature = 400
		if n.words.has(signatureWord) && t.within(i).text <= longestSignature {
			it.meta[n.Node] = true
			continue
		}
		if n.words.any(metaWord|voteWord) && !n.words.any(textWord|quoteWord) && t.within(i).text <= longest {
			if n.words.any(bodyWord) && !n.words.any(voteWord) {
				continue
			}
			it.meta[n.Node] = true
		}
	}
}

// bodyRank says how surely an element is named for the text of a comment.
func (t *tree) bodyRank(it *item, i int) int {
	n := &t.nodes[i]
	prop := attr(n.Node, "itemprop")
	switch {
	case it.meta[n.Node] || n.words.any(authorWord|dateWord|quoteWord) && !n.words.has(textWord):
		return 0
	case prop == "text" || prop == "commentText" || prop == "reviewBody" || strings.HasSuffix(attr(n.Node, "property"), ":text"):
		return 4
	case n.words.has(bodyWord) && n.words.any(commentWord|postWord):
		return 3
	case n.words.has(textWord):
		return 2
	case n.words.has(bodyWord):
		return 1
	}
	return 0
}

// marks counts the names of authors and the times in the element at i.
func (t *tree) marks(i int) int {
	c := t.within(i)
	return c.authors + c.times
}

// bodyText is the text of the element that is named for it most surely: the largest
// of those, or one within it that holds nearly all, with its rank. "" if there is none.
func (t *tree) bodyText(it *item, leave func(*html.Node) bool) (best int, text string, rank int) {
	best = -1
	for _, i := range it.parts {
		r := t.bodyRank(it, i)
		if r == 0 || r < rank && (best < 0 || !t.holds(best, i)) || t.within(i).text == 0 {
			continue
		}
		const nearly, some = 0.85, 0.3
		s := markup.Node(t.nodes[i].Node, leave)
		inside := best >= 0 && t.holds(best, i)
		switch {
		case s == "", t.lines.read(s).Kind == commentline.Action:
		case inside && float64(len(s)) >= nearly*float64(len(text)),
			inside && float64(len(s)) >= some*float64(len(text)) && t.marks(i) == 0 && t.marks(best) > 0,
			r > rank, r == rank && !inside && len(s) > len(text):
			best, rank, text = i, max(r, rank), s
		}
	}
	return best, text, rank
}

// titleOf is the comment's own title: a short part named for one before its body. The title
// of the page, and one made of the first words of the text, is none of its own.
func (t *tree) titleOf(it *item, body int, text string) string {
	for _, i := range it.parts {
		if i >= body {
			break
		}
		n := &t.nodes[i]
		if !n.words.has(titleWord) || n.words.any(authorWord|dateWord|formWord|quoteWord) || it.meta[n.Node] || t.marks(i) > 0 || t.holds(i, body) || t.isLabel(it, i, body) {
			continue
		}
		title := t.short(i)
		bare := strings.TrimSpace(strings.TrimRight(title, ".… "))
		if bare == "" || t.lines.read(title).Kind != commentline.Plain || strings.HasPrefix(text, bare) || subject().MatchString(title) || strings.Contains(t.title, bare) {
			return ""
		}
		return title
	}
	return ""
}

// isLabel reports whether the element at i says what something beside it is, which is
// neither the body nor the author.
func (t *tree) isLabel(it *item, i, body int) bool {
	for p := t.nodes[i].parent; p > it.at; p = t.nodes[p].parent {
		if c := t.within(p); c.text-c.marked > t.within(i).text {
			return !t.holds(p, body) && c.authors == 0
		}
	}
	return false
}

// addTitles puts the titles of comments before their texts. One that an earlier comment
// has, or most of them, is that of their thread, unless they are ratings.
func (t *tree) addTitles(items []*item) {
	const few = 2
	same, seen := map[string]int{}, map[string]bool{}
	for _, it := range items {
		same[it.title]++
	}
	for _, it := range items {
		shared := seen[it.title] || same[it.title] > few && same[it.title]*2 > len(items)
		if it.title != "" && it.text != "" && (!shared || it.isRating(t)) {
			it.text = it.title + "\n\n" + it.text
		}
		seen[it.title] = true
	}
}

// isRating reports whether a part of the item is named for votes.
func (it *item) isRating(t *tree) bool {
	return slices.ContainsFunc(it.parts, func(i int) bool { return t.nodes[i].words.has(voteWord) })
}

// postNumber is the number of a post on a line of its own.
var postNumber = commentline.Pattern(`^#\d{1,6}$`)

// subject is the line that forums put above a post in answer to others.
var subject = commentline.Pattern(`(?i)^(?:{subject}): ?\S`)

// trimLines takes the lines off both ends of a text that are marks: a time, a
// button, the author's name again.
func (t *tree) trimLines(it *item, text string) string {
	lines := strings.Split(text, "\n")
	isMark := func(s string) bool {
		s = strings.TrimSpace(s)
		switch label, rest := cutLabel(s); label {
		case nameLabel:
			it.author = cmp.Or(it.author, rest)
			return true
		case otherLabel:
			return true
		}
		if s == "" || it.author != "" && strings.TrimRight(s, ":") == it.author || postNumber().MatchString(s) {
			return true
		}
		r := t.lines.stamp(s)
		if it.as == "" && (r.Kind == commentline.Stamp || r.Kind == commentline.Opener) {
			it.as, it.posted = r.PostedAs, r.Posted
		}
		switch r.Kind {
		case commentline.Stamp, commentline.Action, commentline.Votes, commentline.Blank:
			return true
		case commentline.Opener:
			name := withoutBy(r.Author)
			if it.author == "" {
				it.author, it.to = name, r.ReplyTo
			}
			return name == it.author || name == ""
		}
		return false
	}
	for len(lines) > 0 && (isMark(lines[0]) || len(lines) > 1 && subject().MatchString(lines[0])) {
		lines = lines[1:]
	}
	for len(lines) > 0 && isMark(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	if len(lines) > 0 {
		if label, rest := cutLabel(lines[0]); label == textLabel {
			lines[0] = rest
			if rest == "" {
				lines = lines[1:]
			}
		}
	}
	if it.author == "" && len(lines) > 1 && commentline.LooksLikeName(lines[0]) {
		it.author, lines = strings.TrimSpace(lines[0]), lines[1:]
		for len(lines) > 0 && isMark(lines[0]) {
			lines = lines[1:]
		}
	}
	if len(lines) == 0 && !strings.ContainsAny(text, "\n") {
		return t.onlyMark(it, text)
	}
	return strings.Join(lines, "\n")
}

// label is what a guest book writes before a field of an entry.
type label uint8

const (
	noLabel label = iota
	nameLabel
	textLabel
	dateLabel
	otherLabel
)

// labels are the words of fields. One that names several is the first of them.
var labels = sync.OnceValue(func() map[string]label {
	all := map[string]label{}
	for _, field := range []struct {
		section string
		label   label
	}{{"label-name", nameLabel}, {"label-text", textLabel}, {"label-date", dateLabel}, {"label-other", otherLabel}} {
		for _, word := range commentline.Words(field.section) {
			if all[word] == noLabel {
				all[word] = field.label
			}
		}
	}
	return all
})

// cutLabel takes the label off the start of a line: "Name: Ada".
func cutLabel(s string) (label, string) {
	const longest = 12
	before, rest, ok := strings.Cut(s, ":")
	if !ok || len(before) > longest {
		return noLabel, s
	}
	return labels()[strings.ToLower(strings.TrimSpace(before))], strings.TrimSpace(rest)
}

// isRemovedNote reports whether a text only says that a comment was taken away.
func (ls lines) isRemovedNote(s string) bool { return ls.read(s).Kind == commentline.Removed }

// onlyMark keeps a text of one line that looks like a mark but is all that the
// comment has, such as "Like" or "12": it is what the reader wrote.
func (t *tree) onlyMark(it *item, text string) string {
	r := t.lines.read(text)
	if r.Kind == commentline.Action && it.author != "" && it.as != "" {
		return text
	}
	return ""
}

// comment is the item as a comment, without its ID and its parent.
func (it *item) comment() corpus.Comment {
	return corpus.Comment{Author: it.author, Posted: it.posted, PostedAs: it.as, Votes: it.votes, Text: it.text, Removed: it.gone}
}
