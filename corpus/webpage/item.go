package webpage

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"
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
	corpus.Comment        // without its ID and its parent
	at             int    // its place in the tree
	parts          []int  // its elements without those of inner items
	answers        string // the ID or the number of the comment it answers, where it names one
	to             string // the author it answers, where it says so
	title          string // of its own, where the page sets it apart from the text
	depth          int    // how deep it stands, -1 if the page doesn't say
	meta           map[*html.Node]bool
	nested         map[*html.Node]bool // the inner items
	bold           *html.Node          // of the author, if nothing but its place tells that it is
	stamp          *html.Node          // of the time
}

// items reads the comments in these elements of the page.
func (t *tree) items(members []int) []*item {
	inside := map[int]bool{}
	for _, m := range members {
		inside[m] = true
	}
	all := make([]*item, len(members))
	for k, m := range members {
		all[k] = t.take(m, inside)
	}
	t.continueRuns(all)
	return all
}

// take reads the comment in the element at m. Inside are those in which comments are.
func (t *tree) take(m int, inside map[int]bool) *item {
	it := &item{at: m, depth: -1, meta: map[*html.Node]bool{}, nested: map[*html.Node]bool{}}
	own, quoted := figuresOf(t.id(it)), ""
	it.answers = strings.TrimPrefix(attr(t.nodes[m].Node, vocabulary()["attributes-parent"]...), "#")
	for i := m + 1; i < t.nodes[m].end; {
		n := &t.nodes[i]
		switch {
		case inside[i], isPingItem(n):
			it.meta[n.Node], it.nested[n.Node] = true, true
			i = n.end
			continue
		case n.DataAtom == atom.Blockquote:
			quoted = cmp.Or(quoted, t.targetIn(i, own))
			i = n.end // its author and time are another's
			continue
		case n.Type == html.ElementNode && t.isReference(i):
			target := t.targetIn(i, own)
			if to := t.answered(i); target == "" && to != "" {
				it.to = cmp.Or(it.to, to)
				it.meta[n.Node] = true
			}
			if target != "" {
				it.answers = cmp.Or(it.answers, target)
				it.meta[n.Node] = true
				i = n.end
				continue
			}
			fallthrough
		case n.Type == html.ElementNode:
			it.answers = cmp.Or(it.answers, attr(n.Node, "data-parent-id", "data-parent-comment-id"))
			it.parts = append(it.parts, i)
		}
		i++
	}
	it.answers = cmp.Or(it.answers, quoted)
	t.read(it)
	return it
}

// continueRuns gives the comments of a chat that go on with those of the same writer their name:
// those whose class says so, and those that aren't the first in elements of which just the first
// have one.
func (t *tree) continueRuns(items []*item) {
	first := func(k int) bool { return k == 0 || t.nodes[items[k].at].parent != t.nodes[items[k-1].at].parent }
	grouped := onlyFirstNamed(items, first)
	for k, it := range items {
		if k > 0 && it.Author == "" && (grouped && !first(k) || isContinued(t.nodes[it.at].Node)) {
			it.Author = items[k-1].Author
			t.chat = true
		}
	}
}

// onlyFirstNamed reports whether of items in groups nearly all that are the first have an author, and
// no other. What has no text is the program's own.
func onlyFirstNamed(items []*item, first func(k int) bool) bool {
	const most = 0.2 // of the first that may lack a name too
	firsts, unnamed := 0, 0
	for k, it := range items {
		switch {
		case it.Text == "":
		case first(k):
			if firsts++; it.Author == "" {
				unnamed++
			}
		case it.Author != "":
			return false
		}
	}
	return firsts > 1 && float64(unnamed) <= most*float64(firsts)
}

// isPingItem reports whether an element is a link from another site among comments.
func isPingItem(n *node) bool {
	return n.words.has(pingWord) && (n.DataAtom == atom.Li || n.words.has(numbered))
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

// authorRanks say how surely an element holds the author's name, the surest first.
var authorRanks = []struct {
	rank int
	is   func(n *node) bool
}{
	{6, func(n *node) bool {
		prop := attr(n.Node, "itemprop")
		return strings.Contains(prop, "author") || strings.Contains(prop, "creator") || slices.Contains(strings.Fields(attr(n.Node, "class")), "fn")
	}},
	{5, func(n *node) bool {
		return n.words.has(authorWord) && n.words.any(commentWord|postWord) && !n.words.any(bodyWord) || attr(n.Node, "rel") == "author" || n.DataAtom == atom.Cite
	}},
	{4, func(n *node) bool { return n.words.has(authorWord) && !n.words.any(bodyWord|dateWord|articleWord) }},
	{3, func(n *node) bool { return n.DataAtom == atom.A && profileLink(attr(n.Node, "href")) }},
	{2, func(n *node) bool {
		rel := attr(n.Node, "rel")
		return n.DataAtom == atom.A && strings.Contains(rel, "nofollow") && strings.Contains(rel, "external")
	}},
	{1, func(n *node) bool {
		switch n.DataAtom {
		case atom.B, atom.Strong, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt:
			return true
		}
		return false
	}},
}

// authorRank says how surely an element holds the author's name, 0 not at all.
func authorRank(n *node) int {
	if n.DataAtom == atom.Img || n.words.any(formWord|quoteWord) {
		return 0
	}
	for _, r := range authorRanks {
		if r.is(n) {
			return r.rank
		}
	}
	return 0
}

// profileLink reports whether a link leads to a reader's own page.
func profileLink(href string) bool {
	isPart := func(part string) bool { return strings.Contains(href, part) }
	return slices.ContainsFunc(vocabulary()["profile"], isPart) || profilePage().MatchString(href)
}

var profilePage = commentline.Pattern(`\buser-\d`)

// readAuthor takes the name from the element that holds it most surely, and the
// innermost of those, or from a line such as "Ada says:". It reports whether the element
// is named for it.
func (t *tree) readAuthor(it *item) bool {
	if name := attr(t.nodes[it.at].Node, vocabulary()["attributes-author"]...); commentline.LooksLikeName(name) {
		it.Author = name
		for _, i := range it.parts {
			it.meta[t.nodes[i].Node] = it.meta[t.nodes[i].Node] || t.short(i) == name
		}
		return true
	}
	best, rank := t.authorIn(it)
	if best < 0 {
		return false
	}
	// A link within the element of the name holds it alone.
	for _, i := range it.parts {
		if i != best && t.holds(best, i) && t.nodes[i].DataAtom == atom.A {
			if name, _ := t.nameIn(i); commentline.LooksLikeName(name) {
				best = i
				break
			}
		}
	}
	name, to := t.nameIn(best)
	it.Author, it.to = name, cmp.Or(it.to, to)
	n := &t.nodes[best]
	sure := rank > 1 || n.words.has(authorWord)
	if !sure {
		// A bare bold text is the author only if it looks like a name and stands first.
		const first = 40
		if !commentline.LooksLikeName(it.Author) || int(n.before.text-t.nodes[it.at].before.text) > first {
			it.Author = ""
			return false
		}
		it.bold = n.Node
	}
	it.meta[n.Node] = true
	return sure
}

// authorIn returns the element of an item that holds the author's name most surely, the
// innermost of those, and how surely; -1 if there is none.
func (t *tree) authorIn(it *item) (best, rank int) {
	best = -1
	for _, i := range it.parts {
		r := authorRank(&t.nodes[i])
		same := r == rank
		if r == 0 || r < rank || same && !t.holds(best, i) {
			continue
		}
		name, _ := t.nameIn(i)
		if name == "" || same && (!commentline.LooksLikeName(name) || t.nodes[i].words.has(metaWord) && !t.nodes[best].words.has(metaWord)) {
			continue
		}
		best, rank = i, r
	}
	return best, rank
}

// readByline takes the author from the shortest line that names one beside the time of
// writing, or from a name that stands by itself next to the time, in place of a bold text
// that may be the title.
func (t *tree) readByline(it *item) {
	best, name := -1, ""
	if it.stamp != nil {
		best = t.index[it.stamp]
		if name = t.signedAt(best); name == "" {
			best, name = t.nameBeside(it, best)
		}
	}
	for _, i := range it.parts {
		if name == "" && !t.nodes[i].words.any(quoteWord|formWord) {
			best, name = i, t.signedAt(i)
		}
	}
	if name == "" || strings.HasPrefix(it.Author, name) {
		return
	}
	delete(it.meta, it.bold)
	it.Author = name
	it.meta[t.nodes[best].Node] = true
}

// signedAt returns the author if the element at i is a line with an author and a time, otherwise "".
func (t *tree) signedAt(i int) string {
	if t.short(i) == "" {
		return ""
	}
	for line := range strings.Lines(t.text(i)) {
		if r := t.lines.stamp(strings.TrimSpace(line)); r.Kind == commentline.Opener && r.Author != "" && r.PostedAs != "" {
			return withoutBy(r.Author)
		}
	}
	return ""
}

// nameBeside returns the element just before the time of an item, or just behind it,
// whose text is a name, and the name; -1 if there is none.
func (t *tree) nameBeside(it *item, stamp int) (int, string) {
	for _, texts := range []iter.Seq2[int, string]{t.texts(stamp, it.at+1), t.texts(t.nodes[stamp].end, t.nodes[it.at].end)} {
		for k, s := range texts {
			between := strings.ToLower(strings.Trim(s, " \t\n\r\u00a0|·•–—-,:()«»#"))
			if between == "" || commentline.StandsBetween(between) {
				continue
			}
			if i, name := t.nameAt(it, k); i >= 0 {
				return i, name
			}
			break
		}
	}
	return -1, ""
}

// nameAt returns the element that holds just the text at k, if that is a name.
func (t *tree) nameAt(it *item, k int) (int, string) {
	p := t.nodes[k].parent
	if p <= it.at || t.within(p).text != len(strings.TrimSpace(t.nodes[k].Data)) || t.nodes[p].words.any(bodyWord|textWord) {
		return -1, ""
	}
	name, _ := t.authorName(t.short(p))
	if !commentline.LooksLikeName(name) {
		return -1, ""
	}
	return p, name
}

// authorName takes the name out of the text of an author's element.
func (t *tree) authorName(s string) (name, to string) {
	const longest = 90
	s = t.withoutBadge(s)
	r := t.lines.read(s)
	switch label, rest := cutLabel(s); {
	case r.Kind == commentline.Opener:
		return withoutBy(r.Author), r.ReplyTo
	case label != "" && rest == "":
		return "", ""
	case r.Kind == commentline.Action && isHandle(s), r.Kind == commentline.Plain, r.Kind == commentline.Pingback:
		s = withoutBy(strings.TrimSpace(strings.TrimRight(s, ":,;|·•–—- ")))
	default:
		return "", ""
	}
	isNumber := strings.HasPrefix(s, "#") && !strings.ContainsFunc(s, unicode.IsLetter)
	isMail := strings.Contains(s, "@") && strings.Contains(s, ".") && !strings.HasPrefix(s, "@")
	if len(s) > longest || strings.HasPrefix(s, ".") || isNumber || isMail {
		return "", ""
	}
	return s, ""
}

// withoutBadge takes off what stands behind a name: a degree, a role or a time behind a dot, a
// badge in brackets as in "Ada (not verified)".
func (t *tree) withoutBadge(s string) string {
	s, _, _ = strings.Cut(s, "•")
	if before, inside, ok := strings.Cut(strings.TrimSuffix(s, ")"), " ("); ok && t.lines.read(inside).Kind == commentline.Action {
		return before
	}
	return s
}

// isHandle reports whether a word of a button is a name all the same: "gast7" is one, "Gast"
// is what a site puts in its place.
func isHandle(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && strings.ContainsFunc(s, unicode.IsDigit) && !strings.Contains(s, " ")
}

// nameIn takes the name out of an author's element, without the times, buttons and badges
// in it. Of several lines it is the first that is a name; a single letter stands for a
// picture.
func (t *tree) nameIn(i int) (name, to string) {
	if t.short(i) == "" {
		return "", ""
	}
	lines := strings.Split(markup.Node(t.nodes[i].Node, t.besideName), "\n")
	for _, line := range lines {
		one, answered := t.authorName(strings.Join(strings.Fields(line), " "))
		if one == "" || len(lines) > 1 && !commentline.LooksLikeName(one) {
			continue
		}
		if name, to = one, answered; utf8.RuneCountInString(name) > 1 {
			break
		}
	}
	if name == "" {
		return t.authorName(t.short(i))
	}
	return name, to
}

// besideName reports whether an element within that of a name is a time, a button or a badge.
func (t *tree) besideName(n *html.Node) bool {
	k, ok := t.index[n]
	if !ok {
		return false
	}
	part := &t.nodes[k]
	return isTimeMark(part) || isReplyMark(part) || part.words.has(metaWord) && !part.words.any(authorWord|textWord) || t.lines.states(t.short(k))
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
// named for it, or from a text that is one. It is the innermost element that says it, and
// the first of those.
func (t *tree) readTime(it *item) {
	best, rank := -1, 0
	for _, i := range it.parts {
		r := t.timeRank(i, rank)
		if r > rank || r == rank && r > 0 && t.holds(best, i) && (r == statedTime || t.short(i) == t.short(best)) {
			best, rank = i, r
		}
	}
	if best >= 0 {
		t.setTime(it, best)
	}
}

// statedTime is the rank of an element whose text is a time, whatever it is named for.
const statedTime = 2

// timeRank says how surely an element holds the time of writing, 0 not at all. That its text
// is a time isn't asked where that is less than least.
func (t *tree) timeRank(i, least int) int {
	n := &t.nodes[i]
	marked := isTimeMark(n)
	switch {
	case n.words.any(quoteWord), attr(n.Node, "itemprop") == "dateModified":
	case n.DataAtom == atom.Time, attr(n.Node, "datetime") != "", strings.HasPrefix(attr(n.Node, "itemprop"), "date"):
		return 4
	case marked && (machineTime(n.Node) != "" || t.lines.stamp(t.short(i)).PostedAs != ""):
		return 3
	case least <= statedTime && t.within(i).text > 0 && t.lines.states(t.short(i)):
		return statedTime
	case marked && n.words.any(commentWord|postWord):
		return 1
	}
	return 0
}

// setTime takes the time from the element at i.
func (t *tree) setTime(it *item, i int) {
	n := t.nodes[i].Node
	it.stamp, it.PostedAs = n, t.short(i)
	r := t.lines.stamp(it.PostedAs)
	for _, s := range t.texts(i+1, t.nodes[i].end) {
		if r.PostedAs != "" {
			break
		}
		r = t.lines.stamp(s)
	}
	if beside := t.stampBeside(i); beside.PostedAs != "" {
		r = beside
	}
	if r.PostedAs != "" {
		it.PostedAs = r.PostedAs
		if it.Author == "" && r.Kind == commentline.Opener {
			it.Author = t.signedAt(i)
		}
	}
	machine := machineTime(n)
	if it.Posted = parseTime(machine); it.Posted.IsZero() {
		it.Posted = r.Posted
	}
	it.PostedAs = cmp.Or(it.PostedAs, machine)
	it.meta[n] = true
}

// clock is a time of day by itself.
var clock = commentline.Pattern(`(?i)^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?(?:[ap]\.?m\.?|uhr|h))?$`)

// stampBeside reads the element at i together with the one before or behind it, where the one is
// a time of day and the other a date.
func (t *tree) stampBeside(i int) (r commentline.Reading) {
	own := t.short(i)
	if clock().MatchString(own) {
		before := t.nodes[i].PrevSibling
		for before != nil && before.Type != html.ElementNode {
			before = before.PrevSibling
		}
		if k, ok := t.index[before]; ok {
			r = t.lines.stamp(t.short(k) + " " + own)
		}
		if r.Posted.IsZero() {
			return commentline.Reading{}
		}
		return r
	}
	if k := t.nextShown(i); k >= 0 && clock().MatchString(t.short(k)) && !strings.Contains(own, ":") {
		r = t.lines.stamp(own + " " + t.short(k))
	}
	return r
}

// machineTime is the time that an element states for programs, "" if it states none.
func machineTime(n *html.Node) string {
	for _, key := range vocabulary()["attributes-time"] {
		if v := attr(n, key); !parseTime(v).IsZero() {
			return v
		}
	}
	return ""
}

// readVotes reads the number of an element named for votes. Votes against count
// against.
func (t *tree) readVotes(it *item) {
	up, down := (*int)(nil), 0
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
		case up == nil:
			up = &v
		}
		it.meta[n.Node] = true
	}
	if up != nil {
		net := *up - down
		it.Votes = &net
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
	it.Text = ownText(t.trimLines(it, all))
	it.settle(t.lines)
	if it.Text == "" && t.nodes[it.at].words.has(removedWord) {
		it.Removed = true
	}
}

// leaveProfile marks the block around an author's name that holds only short lines about
// them, such as a rank and a number of posts, where the text stands elsewhere. It reports
// whether there is one.
func (t *tree) leaveProfile(it *item) bool {
	named := slices.IndexFunc(it.parts, func(i int) bool {
		return it.meta[t.nodes[i].Node] && it.Author != "" && strings.HasSuffix(t.short(i), it.Author)
	})
	if named < 0 {
		return false
	}
	block := 0
	for p := t.nodes[it.parts[named]].parent; p > it.at && t.isProfile(it, p); p = t.nodes[p].parent {
		block = p
	}
	if block == 0 {
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
		if line == it.Author {
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

// longestSignature is the most bytes of what a reader has under all posts.
const longestSignature = 400

// markMeta adds to the marks of an item its buttons, badges and pictures. What has
// more than a mark's text is never one, whatever its name.
func (t *tree) markMeta(it *item) {
	const longest = 80
	for _, i := range it.parts {
		n, text := &t.nodes[i], t.within(i).text
		w := n.words
		badge := w.any(metaWord|voteWord) && !w.any(textWord|quoteWord) && (w.any(voteWord) || !w.any(bodyWord))
		if w.has(formWord) && n.DataAtom != atom.P || n.DataAtom == atom.Form || w.has(signatureWord) && text <= longestSignature || badge && text <= longest {
			it.meta[n.Node] = true
		}
	}
}

// bodyRank says how surely an element is named for the text of a comment.
func (t *tree) bodyRank(it *item, i int) int {
	n := &t.nodes[i]
	prop := attr(n.Node, "itemprop")
	switch {
	case it.meta[n.Node] || n.words.any(authorWord|dateWord|quoteWord) && !n.words.has(textWord) || t.within(i).text == 0:
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
		inside := best >= 0 && t.holds(best, i)
		if r == 0 || r < rank && !inside {
			continue
		}
		s := markup.Node(t.nodes[i].Node, leave)
		if s == "" || t.lines.read(s).Kind == commentline.Action {
			continue
		}
		if r > rank || inside && t.holdsMost(best, i, float64(len(s))/float64(len(text))) || r == rank && !inside && len(s) > len(text) {
			best, rank, text = i, max(r, rank), s
		}
	}
	return best, text, rank
}

// holdsMost reports whether an element that has this share of the text of the one around it
// has nearly all of it, or is free of the names and times that the other has.
func (t *tree) holdsMost(outer, inner int, share float64) bool {
	const nearly, some = 0.85, 0.3
	return share >= nearly || share >= some && t.marks(inner) == 0 && t.marks(outer) > 0
}

// titleOf is the comment's own title: a short part named for one before its body. The title
// of the page, and one made of the first words of the text, is none of its own.
func (t *tree) titleOf(it *item, body int, text string) string {
	for _, i := range it.parts {
		if i >= body {
			break
		}
		w := t.nodes[i].words
		if !w.has(titleWord) || w.any(authorWord|dateWord|formWord|quoteWord) || it.meta[t.nodes[i].Node] || t.isLabel(it, i, body) {
			continue
		}
		title := t.short(i)
		bare := strings.TrimSpace(strings.TrimRight(title, ".… "))
		if bare == "" || t.lines.read(title).Kind != commentline.Plain || subject().MatchString(title) ||
			strings.HasPrefix(text, bare) || strings.Contains(t.title, bare) || strings.Contains(t.heading, bare) {
			return ""
		}
		return title
	}
	return ""
}

// isLabel reports whether the element at i is no title: it has names, times or the body in
// it, or says what something beside it is, which is neither the body nor the author.
func (t *tree) isLabel(it *item, i, body int) bool {
	if t.marks(i) > 0 || t.holds(i, body) {
		return true
	}
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
		if it.title != "" && it.Text != "" && (!shared || it.isRating(t)) {
			it.Text = it.title + "\n\n" + it.Text
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
	for len(lines) > 0 && (t.isMark(it, lines[0]) || len(lines) > 1 && subject().MatchString(lines[0])) {
		lines = lines[1:]
	}
	for len(lines) > 0 && t.isMark(it, lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 0 {
		return t.onlyMark(it, text)
	}
	if label, rest := cutLabel(lines[0]); label == textLabel {
		if lines[0] = rest; rest == "" {
			lines = lines[1:]
		}
	}
	if it.Author == "" && len(lines) > 1 && commentline.LooksLikeName(lines[0]) {
		it.Author, lines = strings.TrimSpace(lines[0]), lines[1:]
		first := slices.IndexFunc(lines, func(line string) bool { return !t.isMark(it, line) })
		if first < 0 {
			return ""
		}
		lines = lines[first:]
	}
	return strings.Join(lines, "\n")
}

// ownText is a text without a signature behind it, in which the line above a quote at its
// beginning that says whose it is is a part of the quote.
func ownText(text string) string {
	text = unquoted(text)
	line, rest, _ := strings.Cut(text, "\n")
	if !corpus.Quotes(line) && corpus.Quotes(strings.TrimLeft(rest, "\n")) && len(line) < longestLine && quotedName(line) != "" {
		text = "> " + text
	}
	if rule := signatureRule().FindStringIndex(text); rule != nil && len(text)-rule[0] <= longestSignature {
		text = text[:rule[0]]
	}
	return text
}

// signatureRule is what mail and forums have above a signature.
var signatureRule = commentline.Pattern(`\s*\n(?:--|_{8,}) *\n`)

// onlyMark keeps a text of one line that looks like a button but is all that the comment
// has, such as "Like": it is what the reader wrote.
func (t *tree) onlyMark(it *item, text string) string {
	if it.Author != "" && it.PostedAs != "" && !strings.Contains(text, "\n") && t.lines.read(text).Kind == commentline.Action {
		return text
	}
	return ""
}

// isMark reports whether a line at an end of an item's text is a mark. The item gets from it
// what it lacks.
func (t *tree) isMark(it *item, s string) bool {
	s = strings.TrimSpace(s)
	switch label, rest := cutLabel(s); label {
	case nameLabel:
		it.Author = cmp.Or(it.Author, rest)
		return true
	case otherLabel:
		return true
	}
	if s == "" || it.Author != "" && withoutBy(strings.TrimRight(s, ":»•·| ")) == it.Author || postNumber().MatchString(s) {
		return true
	}
	r := t.lines.stamp(s)
	if it.PostedAs == "" && (r.Kind == commentline.Stamp || r.Kind == commentline.Opener) {
		it.PostedAs, it.Posted = r.PostedAs, r.Posted
	}
	switch r.Kind {
	case commentline.Stamp, commentline.Action, commentline.Votes, commentline.Blank:
		return true
	case commentline.Opener:
		name := withoutBy(r.Author)
		if it.Author == "" {
			it.Author, it.to = name, r.ReplyTo
		}
		return name == it.Author || name == ""
	}
	return false
}

// The sections of the words that a guest book writes before the fields of an entry.
const (
	nameLabel  = "label-name"
	textLabel  = "label-text"
	dateLabel  = "label-date"
	otherLabel = "label-other"
)

// labels are the sections of those words. One that names several fields is the first of them.
var labels = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, label := range []string{nameLabel, textLabel, dateLabel, otherLabel} {
		for _, word := range commentline.Words(label) {
			all[word] = cmp.Or(all[word], label)
		}
	}
	return all
})

// cutLabel takes the label off the start of a line: "Name: Ada". It is "" if there is none.
func cutLabel(s string) (label, rest string) {
	const longest = 12
	before, rest, ok := strings.Cut(s, ":")
	if !ok || len(before) > longest {
		return "", s
	}
	return labels()[strings.ToLower(strings.TrimSpace(before))], strings.TrimSpace(rest)
}

// settle makes a removed comment of one that only says so.
func (it *item) settle(ls lines) {
	if ls.read(it.Text).Kind == commentline.Removed {
		it.Text, it.Removed = "", true
	}
	if ls.read(it.Author).Kind == commentline.Removed {
		it.Author = ""
	}
}
