package webpage

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
)

// group is the elements of a page that are of one kind, in the order of the page.
type group struct {
	kind    string
	members []int
	weight  float64 // how surely one of them is a comment
	sum     float64 // of the weights of its members
}

// groups returns the kinds of elements that may be comments, the likeliest first.
func (t *tree) groups() []group {
	byKind := map[string]*group{}
	var order []string
	for i := range t.nodes {
		if !t.mayBeComment(i) {
			continue
		}
		up := 1
		switch t.nodes[i].DataAtom {
		case atom.Div, atom.Tbody, atom.Tr, atom.Td: // which lie in each other without a name
			up = 3
		}
		kind := t.kind(i, up)
		g := byKind[kind]
		if g == nil {
			g = &group{kind: kind}
			byKind[kind] = g
			order = append(order, kind)
		}
		g.members = append(g.members, i)
	}
	var all []group
	for _, kind := range order {
		g := byKind[kind]
		t.weigh(g)
		if g.sum > 0 {
			all = append(all, *g)
		}
	}
	slices.SortStableFunc(all, func(a, b group) int { return cmp.Compare(b.sum, a.sum) })
	return all
}

// headedAlone returns the elements just behind a heading for comments, each as a group of
// its own: a single comment may be of the same kind as other parts of its page.
func (t *tree) headedAlone() []group {
	var all []group
	for i := range t.nodes {
		if t.mayBeComment(i) && t.headed(i) {
			g := group{kind: t.kind(i, 1), members: []int{i}}
			if t.weigh(&g); g.sum > 0 {
				all = append(all, g)
			}
		}
	}
	return all
}

// mayBeComment reports whether the element at i could be one by its tag and size.
func (t *tree) mayBeComment(i int) bool {
	const longest = 100_000
	n := &t.nodes[i]
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Div, atom.Li, atom.Article, atom.Section, atom.Dl, atom.Dt, atom.Table, atom.Tbody, atom.Tr, atom.Td, atom.Blockquote, atom.P, atom.Details:
	default:
		if !strings.Contains(n.Data, "-") && (n.DataAtom != atom.A || isLink(n) || !n.words.has(commentWord|numbered)) {
			return false
		}
	}
	c := t.within(i)
	return c.text > 0 && c.text < longest && c.heads == 0 && (c.times > 0 || c.authors > 0)
}

// kind names the sort of an element by its tag and class, by its ID without the
// number, or by its parent's.
func (t *tree) kind(i, up int) string {
	n := &t.nodes[i]
	if names := classNames(n.Node); len(names) > 0 && !(n.words.has(numbered) && isRanked(n.Node)) {
		return n.Data + "." + strings.Join(names, ".")
	}
	if id := attr(n.Node, "id"); id != "" && n.words.has(numbered) {
		return n.Data + "#" + strings.TrimRightFunc(id, func(r rune) bool { return !unicode.IsLetter(r) })
	}
	if up > 0 && n.parent >= 0 {
		return t.kind(n.parent, up-1) + ">" + n.Data
	}
	return n.Data
}

// isRanked reports whether a class of an element is the rank of a writer. Those beside it
// may be too.
func isRanked(n *html.Node) bool {
	for name := range strings.FieldsSeq(strings.ToLower(attr(n, "class"))) {
		if isOne(name, "rank") {
			return true
		}
	}
	return false
}

// weigh judges a group by its names, its surroundings and what its members hold.
func (t *tree) weigh(g *group) {
	first := g.members[0]
	several := len(g.members) > 1 || t.announced(first, 1) == 1 || t.headed(first) || t.standsForOne(first)
	e := t.collect(g.members, several)
	if t.areOthers(e, several) {
		return
	}
	count := float64(len(e.good))
	// Those that aren't like a comment speak against the rest.
	g.weight = e.weight(t, several) * (0.5 + 0.5*count/float64(len(g.members)))
	g.members = e.kept
	g.sum = g.weight * count
}

// evidence is what speaks for elements of one kind as comments.
type evidence struct {
	good          []int // those that are like a comment
	kept          []int // and those that may be one that was removed
	names, around float64
	texts         int // bytes
	// Counts of those with an author's name, with a name and a time, like the record of one
	// writer's text, with an author and a part named for the text, with a button to reply, and
	// like a teaser.
	marked, both, records, bodies, replies, teasers int
}

// collect looks at each of the elements.
func (t *tree) collect(members []int, several bool) *evidence {
	e := &evidence{}
	for k, i := range members {
		w := t.nodes[i].words
		beside := t.surroundings(i)
		if w.any(formWord) || beside < 0 || t.isPing(i) || t.byline(i) {
			continue
		}
		own := t.exclusive(members, k)
		like := likeComment(own)
		if like || w.has(commentWord|numbered) {
			e.kept = append(e.kept, i) // one that was removed may have neither author nor time
		}
		if like {
			e.around += beside
			e.add(t, i, own, several, beside > 0)
		}
	}
	return e
}

// add takes in the element at i, which has these marks of its own, and stands among what is
// named for comments or not. A name without a mark says something only where several elements
// begin with one, or behind a heading for comments.
func (e *evidence) add(t *tree, i int, own counts, several, among bool) {
	w := t.nodes[i].words
	teaser := t.isTeaser(i)
	record := !teaser && isRecord(own)
	e.good = append(e.good, i)
	e.names += nameWeight(w)
	e.texts += own.text
	e.replies += min(own.replies, 1)
	e.marked += min(own.authors, 1)
	if own.authors > 0 && among && record && t.hasBody(i) {
		e.bodies++
	}
	if own.times > 0 && (own.authors > 0 || several && !teaser && t.signed(i)) {
		e.both++
		if record {
			e.records++
		}
	}
	if teaser && !w.has(commentWord) {
		e.teasers++
	}
}

// most reports whether a count is that of nearly all.
func (e *evidence) most(n int) bool { return n*10 >= len(e.good)*8 }

// areOthers reports whether elements are no comments: teasers, comments on other pages, or the
// article and what is beside it.
func (t *tree) areOthers(e *evidence, several bool) bool {
	if len(e.good) == 0 || e.teasers > 1 && e.most(e.teasers) || t.areElsewhere(e.good) {
		return true
	}
	if t.nodes[e.good[0]].words.has(commentWord) {
		return false
	}
	return t.mostOfPage(e.good) || t.alikeHeads(e.good) || len(e.good) == 1 && e.around < 0.5 && !several
}

// weight is how surely one of the elements is a comment. What looks like a record is one if
// anything else speaks for it, or if it's the page: lists of news and of files have names and
// dates too.
func (e *evidence) weight(t *tree, several bool) float64 {
	announced := t.announced(e.kept[0], len(e.good))
	weight := 0.2 + (e.names+e.around+0.4*float64(e.both)+0.3*float64(e.replies))/float64(len(e.good))
	spoken := e.names+e.around+announced > 0 || e.replies > 0 || e.most(e.marked) || e.texts*2 > t.within(0).text
	if e.records > 1 && e.most(e.records) && spoken {
		weight += 0.45
	}
	if e.bodies > 1 && e.records == 0 && e.most(e.bodies) {
		weight += 0.55 // a writer and a text each, as reviews have them without a time
	}
	if len(e.good) == 1 {
		if several && e.records == 1 {
			weight += 0.5
		}
		weight -= 0.3
		if t.nodes[e.kept[0]].words.has(manyWord) {
			weight -= 0.6 // the list, not one of it
		}
	}
	return weight + announced
}

// isPing reports whether the element at i, or one around it, is named for links from other
// sites.
func (t *tree) isPing(i int) bool {
	for p := i; p >= 0; p = t.nodes[p].parent {
		if w := t.nodes[p].words; w.has(pingWord) {
			return p == i || !w.has(commentWord|manyWord)
		}
	}
	return false
}

// hasBody reports whether a part of the element at i is named for a text.
func (t *tree) hasBody(i int) bool {
	for k := i + 1; k < t.nodes[i].end; k++ {
		if w := t.nodes[k].words; w.any(bodyWord|textWord) && !w.any(authorWord|formWord) && t.within(k).text > 0 {
			return true
		}
	}
	return false
}

// standsForOne reports whether the element at i is a comment even if there is no other:
// it can be answered, or lies in what is named for the comments.
func (t *tree) standsForOne(i int) bool {
	const named = 0.6
	return t.within(i).replies == 1 || t.surroundings(i) >= named
}

// byline reports whether the element at i is only the line about a comment's author.
func (t *tree) byline(i int) bool {
	line := t.short(i)
	if !strings.HasSuffix(line, ":") || !strings.ContainsAny(line, "0123456789") {
		return false
	}
	r := t.lines.read(line)
	return r.Kind == commentline.Opener && r.Author != "" && r.PostedAs != ""
}

// signed reports whether the element at i begins or ends with a name beside a time,
// whatever they are marked up as, or goes on with one that does, or is rows of a table that begin
// with a name and end with a time, as forums have one for the writer and the text and one for the
// time.
func (t *tree) signed(i int) bool {
	const near = 3 // texts
	n := &t.nodes[i]
	first := t.said(i, n.end, near)
	if t.signs(first) || isContinued(n.Node) {
		return true
	}
	last := t.said(n.end, i+1, near+1)
	slices.Reverse(last)
	named := (n.DataAtom == atom.Table || n.DataAtom == atom.Tbody) && len(first) > 0 && commentline.LooksLikeName(first[0])
	return t.signs(last) || named && slices.ContainsFunc(last, t.lines.states)
}

// said returns up to so many texts of the nodes in [from, to), as texts yields them, that have
// a word or a figure and aren't labels.
func (t *tree) said(from, to, most int) []string {
	var all []string
	for _, s := range t.texts(from, to) {
		if label, rest := cutLabel(s); label != "" && rest == "" {
			continue
		}
		if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			all = append(all, s)
		}
		if len(all) == most {
			break
		}
	}
	return all
}

// signs reports whether a time is among these texts, and a name with it or before it.
func (t *tree) signs(texts []string) bool {
	name := false
	for _, s := range texts {
		r := t.lines.stamp(s)
		switch {
		case r.PostedAs != "" && (name || r.Kind == commentline.Opener && r.Author != ""):
			return true
		case r.Kind == commentline.Plain:
			author, _ := t.authorName(s)
			name = name || commentline.LooksLikeName(author)
		}
	}
	return false
}

// isRecord reports whether marks are those of one writer's text: there is text beside
// them, and not that of an article.
func isRecord(own counts) bool {
	const least, longest, mostMarks = 20, 8000, 3
	return own.unmarked()-own.linked >= least && own.text <= longest && own.times <= mostMarks && own.authors <= mostMarks
}

// commentMark is the address of a comment on a page: that of the page, and the comment's number.
var commentMark = commentline.Pattern(`(?i)^([^#?]+)[^#]*#(?:comments?|kommentar|commentaire|comentario|c|cmt|respond)[-_]?(\d+)$`)

// areElsewhere reports whether elements are the latest comments of a site: each leads to one on
// another page than the others. A page of its own, named by its number, is no other. One
// element is looked at with those beside it.
func (t *tree) areElsewhere(elements []int) bool {
	if len(elements) == 1 {
		one := elements[0]
		elements = nil
		for i := t.nodes[one].parent + 1; i > 0 && i < t.nodes[t.nodes[one].parent].end; i = t.nodes[i].end {
			if t.nodes[i].DataAtom == t.nodes[one].DataAtom && t.nodes[i].Type == html.ElementNode {
				elements = append(elements, i)
			}
		}
	}
	pages := map[string]bool{}
	for _, i := range elements {
		for k := i; k < t.nodes[i].end; k++ {
			m := commentMark().FindStringSubmatch(attr(t.nodes[k].Node, "href"))
			if t.nodes[k].DataAtom == atom.A && m != nil && !strings.Contains(m[1], m[2]) {
				pages[m[1]] = true
				break
			}
		}
	}
	return len(pages) > 1 && len(pages)*2 > len(elements)
}

// isTeaser reports whether the element at i leads to a page of its own: a heading in it
// is a link, and not to its author, or a link says that there is more.
func (t *tree) isTeaser(i int) bool {
	const mostWords = 3
	for k := i; k < t.nodes[i].end; k++ {
		n := &t.nodes[k]
		href := attr(n.Node, "href")
		if n.DataAtom != atom.A || href == "" || t.within(k).text == 0 ||
			strings.Contains(href, "#") || strings.HasPrefix(href, "javascript:") || profileLink(href) {
			continue
		}
		if moreLabels()[strings.ToLower(strings.Trim(t.short(k), " .…»›>→[]()"))] {
			return true
		}
		if t.under(k, isHeading) || t.headsUnder(k) || t.isTitleLink(i, k) {
			if author, _ := t.authorName(t.short(k)); !commentline.LooksLikeName(author) || len(strings.Fields(author)) > mostWords {
				return true
			}
		}
	}
	return false
}

// isTitleLink reports whether the link at k is a line by itself that reads like the title of
// what it leads to, in an element at i that isn't named for comments.
func (t *tree) isTitleLink(i, k int) bool {
	const least, words = 20, 4
	n := &t.nodes[i]
	if n.words.any(commentWord|replyWord) || n.words.has(postWord) && !strings.Contains(attr(n.Node, "class"), "hentry") {
		return false
	}
	title := t.short(k)
	return len(title) >= least && len(strings.Fields(title)) >= words && !strings.Contains(title, "://") &&
		(t.onlyIn(k, t.nodes[k].parent) || t.holdsBlock(k)) && t.lines.read(title).Kind == commentline.Plain
}

// holdsBlock reports whether all text in the element at i is in a block within it.
func (t *tree) holdsBlock(i int) bool {
	for k := i + 1; k < t.nodes[i].end && t.nodes[k].parent == i; k = t.nodes[k].end {
		if a := t.nodes[k].DataAtom; (a == atom.Div || a == atom.P) && t.onlyIn(k, i) {
			return true
		}
	}
	return false
}

// headsUnder reports whether the element at i holds a heading.
func (t *tree) headsUnder(i int) bool {
	for k := i + 1; k < t.nodes[i].end; k++ {
		if isHeading(&t.nodes[k]) {
			return true
		}
	}
	return false
}

// moreLabels are what links to the whole of an article say.
var moreLabels = commentline.WordSet("more")

func isHeading(n *node) bool {
	switch n.DataAtom {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// announced is what a line such as "12 Comments" shortly before the first of a group
// adds to its weight: more if the number is about that of the group.
func (t *tree) announced(first, members int) float64 {
	const near, longest = 600, 80 // bytes of text between, and of the line
	weight := 0.0
	for i, text := range t.texts(first, 0) {
		if t.nodes[first].before.text-t.nodes[i].before.text > near {
			break
		}
		if len(text) > longest {
			continue
		}
		r := t.lines.read(text)
		if r.Kind != commentline.Count && r.Count == 0 { // "4 reacties" may be a button too
			continue
		}
		weight = max(weight, 0.4)
		if off := r.Count - members; r.Count > 0 && off*off <= max(1, members*members/25) && (members > 1 || off == 0) {
			weight = 1
		}
	}
	return weight
}

// mostOfPage reports whether there are only a few elements and one of them, as long as an
// article, holds more than half of the page's text.
func (t *tree) mostOfPage(elements []int) bool {
	const few, long = 3, 1500
	return len(elements) <= few && slices.ContainsFunc(elements, func(i int) bool {
		text := t.within(i).text
		return text > long && text*2 > t.within(0).text
	})
}

// alikeHeads reports whether a few elements all begin with the same texts up to a time:
// the byline of one article, here and there.
func (t *tree) alikeHeads(elements []int) bool {
	const few, most, near = 2, 4, 6
	if len(elements) < few || len(elements) > most {
		return false
	}
	heads := make([]string, len(elements))
	for at, i := range elements {
		texts := t.said(i, t.nodes[i].end, near)
		stamp := slices.IndexFunc(texts, t.lines.states)
		heads[at] = strings.Join(texts[:stamp+1], "\n")
	}
	return heads[0] != "" && len(slices.Compact(heads)) == 1
}

// headed reports whether a bare heading for comments stands just before the element at i.
func (t *tree) headed(i int) bool {
	const near, most = 60, 200 // bytes of text, its own included, and nodes
	for k := i - 1; k >= max(0, i-most) && t.nodes[i].before.text-t.nodes[k].before.text <= near; k-- {
		if n := &t.nodes[k]; n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			r := t.lines.read(strings.TrimSpace(n.Data))
			return r.Kind == commentline.Count && r.Count == 0 && !announcesNone(r, n.Data) && !t.under(k, func(n *node) bool { return n.DataAtom == atom.A })
		}
	}
	return false
}

// exclusive counts the marks in member k of a group without those in members
// within it.
func (t *tree) exclusive(members []int, k int) counts {
	c := t.within(members[k])
	end := t.nodes[members[k]].end
	for j := k + 1; j < len(members) && members[j] < end; {
		c = c.minus(t.within(members[j]))
		inner := t.nodes[members[j]].end
		for j < len(members) && members[j] < inner {
			j++
		}
	}
	return c
}

// likeComment reports whether marks are those of one comment.
func likeComment(c counts) bool {
	const mostTimes, mostAuthors = 4, 4
	return c.unmarked() > 1 && c.times <= mostTimes && c.authors <= mostAuthors && c.times+c.authors > 0 &&
		c.linked*10 <= c.unmarked()*9
}

// nameWeight judges the names of one comment.
func nameWeight(w words) float64 {
	weight := 0.0
	switch {
	case w.has(commentWord) && w.has(numbered):
		weight = 1
	case w.has(commentWord):
		weight = 0.9
	case w.has(postWord) && w.has(numbered):
		weight = 0.6
	case w.any(postWord | replyWord):
		weight = 0.4
	}
	if w.any(asideWord) {
		weight -= 1.2
	}
	return weight
}

// surroundings judges the names of the elements around the one at i, up to the one
// that holds the headline. It is less than 0 where nothing is a comment.
func (t *tree) surroundings(i int) float64 {
	weight, inside := 0.0, false // … of what is named for the comments
	for p := t.nodes[i].parent; p >= 0 && !t.isPage(p); p = t.nodes[p].parent {
		n := &t.nodes[p]
		if n.words.has(articleWord|bodyWord) && !n.words.has(commentWord) && t.nodes[i].DataAtom == atom.P {
			return -1
		}
		switch {
		case isAside(n) && t.within(p).text*2 > t.within(0).text: // the page with all that is aside, "content-sidebar-wrap"
		case isElsewhere(n, inside):
			return -1
		case n.words.has(commentWord):
			weight = max(weight, 0.6)
			inside = inside || n.words.has(manyWord)
		case n.words.any(postWord|replyWord) && n.words.has(manyWord):
			weight = max(weight, 0.3)
		}
	}
	return weight
}

// isPage reports whether the element at i is the page's body or holds its headline.
func (t *tree) isPage(i int) bool {
	n := &t.nodes[i]
	return n.DataAtom == atom.Body || n.DataAtom == atom.Html || t.within(i).heads > 0
}

// isAside reports whether an element is beside the article and its comments by its name or tag.
func isAside(n *node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside:
		return true
	}
	return n.words.any(asideWord)
}

// isElsewhere reports whether no comment of the page lies in an element: it is a form, or aside
// and not inside of what is named for the comments.
func isElsewhere(n *node, inside bool) bool {
	return n.words.has(hardAside) || isAside(n) && !inside && !n.words.has(commentWord) || n.DataAtom == atom.Form && n.words.has(commentWord|formWord)
}
