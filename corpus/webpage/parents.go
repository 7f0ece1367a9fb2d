package webpage

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
)

// link makes comments of the items and names their parents: the opener, which may be nil, is the
// article. It tells what is odd about that.
func (t *tree) link(opener *item, items []*item) (comments []corpus.Comment, remarks []string) {
	items, twice := t.identify(items)
	if twice > 0 {
		remarks = append(remarks, fmt.Sprintf("comments that stand twice on the page with the same ID and text, read once: %d", twice))
	}
	parents, lost := t.parents(opener, items)
	if lost > 0 {
		remarks = append(remarks, fmt.Sprintf("comments that name a parent that is not on the page, taken as top-level: %d", lost))
	}
	comments = make([]corpus.Comment, len(items))
	for k, p := range parents {
		comments[k] = items[k].Comment
		if p >= 0 {
			comments[k].Parent = items[p].ID
		}
	}
	return comments, remarks
}

// identify gives every item its own ID from the page, or a number in the order of the
// page, and returns those twice on the page. A second copy of a comment, as pages
// keep for narrow screens, is dropped.
func (t *tree) identify(items []*item) (kept []*item, twice int) {
	seen := map[string]*item{"": nil}
	for _, it := range items {
		it.ID = t.id(it)
		if first := seen[it.ID]; first != nil {
			if first.Text == it.Text {
				twice++
				continue
			}
			it.ID = ""
		} else if it.ID != "" {
			seen[it.ID] = it
		}
		kept = append(kept, it)
	}
	for k, it := range kept {
		for n := k + 1; it.ID == ""; n++ {
			if id := "c" + strconv.Itoa(n); seen[id] == nil {
				it.ID, seen[id] = id, it
			}
		}
	}
	return kept, twice
}

// id is the item's ID on the page, without the words before its number; "" if it has
// none. It may stand on an element within it that is the same comment.
func (t *tree) id(it *item) string {
	const deep = 3
	for n, i := 0, it.at; n < deep && i < t.nodes[it.at].end; i++ {
		if t.nodes[i].Type != html.ElementNode {
			continue
		}
		n++
		if id := idOf(t.nodes[i].Node); id != "" && !it.meta[t.nodes[i].Node] {
			return id
		}
	}
	if p := t.nodes[it.at].parent; p >= 0 && t.onlyIn(it.at, p) {
		return idOf(t.nodes[p].Node)
	}
	return ""
}

// onlyIn reports whether all that is in the element at p is in the one at i.
func (t *tree) onlyIn(i, p int) bool {
	return t.within(i).text == t.within(p).text
}

// idOf reads the ID of an element that is a comment.
func idOf(n *html.Node) string {
	const longest = 80
	if v := attr(n, vocabulary()["attributes-id"]...); v != "" && len(v) < longest && !strings.ContainsAny(v, " {") {
		return v
	}
	id := attr(n, "id")
	digits := strings.IndexFunc(id, unicode.IsDigit)
	if digits < 0 || strings.ContainsAny(id, " ") {
		return ""
	}
	before := id[:digits]
	if strings.TrimRight(before, "-_:.") != before || before == "c" || before == "p" || meanings()[strings.ToLower(before)].has(commentWord) {
		return id[digits:]
	}
	return id
}

// parents returns for each item the item it answers, -1 for none, by what the page
// says of it: an attribute, a link or a quote that names the parent, its place within the parent
// or within a list of replies behind it, or its depth. It counts the top-level items that
// name a parent which isn't there.
func (t *tree) parents(opener *item, items []*item) (parents []int, lost int) {
	place := map[int]int{}
	for k, it := range items {
		place[it.at] = k
	}
	byID, depths := t.placesByID(opener, items), t.depths(items)
	lists := make([]int, len(items)) // the items by whose place each is an answer
	for k, it := range items {
		lists[k] = t.enclosing(it.at, place)
		switch {
		case lists[k] >= 0:
		case depths != nil:
			lists[k] = above(depths, k)
		default:
			lists[k] = t.listedUnder(items, lists, k)
		}
		p, known := byID[it.answers]
		if known = known && p != k; !known {
			p = lists[k]
		}
		if p < 0 && !known && depths == nil {
			p = lastAnswered(items[:k], it)
		}
		if p < 0 && !known && it.namesParent() {
			lost++
		}
		parents = append(parents, p)
	}
	return parents, lost
}

// namesParent reports whether the page says that the item answers another comment.
func (it *item) namesParent() bool {
	return it.depth != 0 && it.answers != "" && !isOne(it.answers, "noparent")
}

// lastAnswered is the last of the items that another one quotes, or whose author it answers or
// names above a quote, -1 if there is none.
func lastAnswered(items []*item, it *item) int {
	said, by := quoteAtStart(it.Text)
	if p := lastQuoted(items, said); p >= 0 {
		return p
	}
	name := cmp.Or(it.to, by)
	if name == "" || strings.EqualFold(name, it.Author) {
		return -1
	}
	return lastBy(items, name)
}

// placesByID are the places of the items by their IDs, by the numbers in these and by those in the
// IDs and names of elements that only one item has, -1 for what the opener has.
func (t *tree) placesByID(opener *item, items []*item) map[string]int {
	const none = -2
	byID, byNumber, within := map[string]int{}, map[string]int{}, map[string]int{}
	add := func(k int, it *item) {
		byID[it.ID] = k
		if n := figuresOf(it.ID); n != it.ID && !strings.HasPrefix(it.ID, "c"+n) && !strings.ContainsFunc(strings.TrimSuffix(it.ID, n), unicode.IsDigit) {
			byNumber[n] = k
		}
		for _, i := range it.parts {
			for _, key := range []string{"id", "name"} {
				n := figuresOf(attr(t.nodes[i].Node, key))
				if other, met := within[n]; met && other != k {
					within[n] = none
				} else {
					within[n] = k
				}
			}
		}
	}
	for k, it := range items {
		add(k, it)
	}
	if opener != nil {
		add(-1, opener)
	}
	for _, more := range []map[string]int{byNumber, within} {
		for n, k := range more {
			if _, taken := byID[n]; !taken && k != none {
				byID[n] = k
			}
		}
	}
	delete(byID, "")
	return byID
}

// figuresOf are the last figures in a name or an address.
func figuresOf(s string) string {
	s = strings.TrimRightFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	return s[len(strings.TrimRight(s, "0123456789")):]
}

// quoteAtStart is the longest line of the quote by which a text begins, as answers in forums do,
// and the name before it of who said it; "" for what isn't there.
func quoteAtStart(text string) (said, by string) {
	for line := range strings.Lines(text) {
		line, quoted := strings.CutPrefix(strings.TrimSpace(line), ">")
		if !quoted && line != "" {
			break
		}
		if line = strings.TrimSpace(line); strings.HasPrefix(line, ">") {
			continue // what that one quoted
		}
		before, behind, _ := strings.Cut(line, ": ")
		if name := quotedName(before); said == "" && by == "" && name != "" {
			by, line = name, behind
		}
		if line = oneLine(strings.TrimRight(line, ".… ")); len(line) > len(said) {
			said = line
		}
	}
	return said, by
}

// quotedName is the name in the line above a quote, "" if it is another line.
func quotedName(line string) string {
	line = strings.Trim(line, ":↑» ")
	m := quoting().FindStringSubmatch(line)
	if m != nil && commentline.LooksLikeName(m[1]) {
		return m[1]
	}
	if line += ":"; m != nil {
		line = m[1]
	}
	if r := commentline.Read(line); r.Kind == commentline.Opener {
		return withoutBy(r.Author)
	}
	return ""
}

var quoting = commentline.Pattern(`(?i)^(?:{quoting}):? (.+)$`)

// oneLine is a text with single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// lastQuoted is the last item in which something was said, -1 if there is none.
func lastQuoted(items []*item, said string) int {
	const back, least = 500, 20 // items, and bytes below which a quotation could be anybody's
	for k := len(items) - 1; k >= max(0, len(items)-back) && len(said) >= least; k-- {
		if own, _ := corpus.Own(items[k].Text); strings.Contains(oneLine(own), said) {
			return k
		}
	}
	return -1
}

// isReference reports whether an element names what a comment answers: by its class or the like,
// or as a link that says so.
func (t *tree) isReference(i int) bool {
	n := &t.nodes[i]
	if n.DataAtom == atom.A && parentLabels()[strings.ToLower(t.short(i))] || t.answered(i) != "" {
		return true
	}
	names := attr(n.Node, "rel") + " " + attr(n.Node, "property") + " " + attr(n.Node, "component") + " " + attr(n.Node, "class")
	return len(names) > 2 && slices.ContainsFunc(vocabulary()["reference"], func(part string) bool { return strings.Contains(names, part) })
}

// answered is which comment, or whose, is answered by what the element at i says, "" if it doesn't
// or says more.
func (t *tree) answered(i int) string {
	if t.within(i).text > longestLine/2 {
		return ""
	}
	m := answers().FindStringSubmatch(t.short(i))
	if m == nil {
		return ""
	}
	first, last, links := -1, -1, isLink(&t.nodes[i])
	for k := range t.texts(i+1, t.nodes[i].end) {
		if last = k; first < 0 {
			first = k
		}
		links = links || t.under(k, isLink)
	}
	if t.nodes[first].parent != i || links && !t.under(last, isLink) {
		return ""
	}
	return strings.TrimRight(m[1], ": ")
}

// answers is a line that says which comment, or whose, another one answers.
var answers = commentline.Pattern(`(?i)^[^\p{L}\p{N}]*(?:{answers}) [@#]?(\S.{0,50})$`)

// parentLabels are what links to the comment above say.
var parentLabels = commentline.WordSet("parent")

// targetIn is the number of another comment than that with the number own to which the
// beginning of a quote or of what else names it leads, "" if it leads to none.
func (t *tree) targetIn(i int, own string) string {
	const near = 80 // bytes of text
	for k := i; k < t.nodes[i].end && t.nodes[k].before.text-t.nodes[i].before.text <= near; k++ {
		for _, key := range vocabulary()["attributes-target"] {
			v := attr(t.nodes[k].Node, key)
			if key == "href" || key == "resource" {
				_, v, _ = strings.Cut(v, "#")
			}
			if target := figuresOf(v); target != "" && target != own {
				return target
			}
		}
	}
	return ""
}

// enclosing is the item that holds the element at i, -1 if there is none.
func (t *tree) enclosing(i int, place map[int]int) int {
	for p := t.nodes[i].parent; p >= 0; p = t.nodes[p].parent {
		if k, ok := place[p]; ok {
			return k
		}
	}
	return -1
}

// depths reads how deep each item stands, from a class such as "depth-2", an attribute or the
// margin on its left; nil if the page doesn't say it of all, or says the same of all.
func (t *tree) depths(items []*item) []int {
	for _, measure := range []func(*html.Node) int{depthOf, margin} {
		var depths []int
		for k, it := range items {
			d := it.depth
			for i := it.at; i > 0 && d < 0 && (i == it.at || t.nodes[it.at].parent == i || t.holdsOnly(i, items, k)); i = t.nodes[i].parent {
				d = measure(t.nodes[i].Node)
			}
			depths = append(depths, d)
		}
		if len(depths) > 0 && slices.Min(depths) >= 0 && slices.Min(depths) < slices.Max(depths) {
			return depths
		}
	}
	return nil
}

// holdsOnly reports whether the element at i holds item k and none beside it.
func (t *tree) holdsOnly(i int, items []*item, k int) bool {
	return (k == 0 || items[k-1].at < i) && (k+1 == len(items) || items[k+1].at >= t.nodes[i].end)
}

// margin is the width of an element's margin on the left in hundredths of its unit, -1 if it
// states none.
func margin(n *html.Node) int {
	m := leftMargin().FindStringSubmatch(attr(n, "style"))
	if m == nil {
		return -1
	}
	width, _ := strconv.ParseFloat(m[1], 64)
	return int(width * 100)
}

var leftMargin = commentline.Pattern(`(?i)(?:^|[;\s])(?:margin|padding)-(?:left|inline-start):\s*(\d{1,4}(?:\.\d+)?)\s*(?:px|r?em|%)`)

// depthOf is how deep an element says that it stands, -1 if it doesn't.
func depthOf(n *html.Node) int {
	const deepest = 1000
	if v := attr(n, "data-depth", "depth", "data-level", "aria-level", "data-indent"); v != "" {
		if d, err := strconv.Atoi(v); err == nil {
			return d
		}
		return -1
	}
	for name := range strings.FieldsSeq(strings.ToLower(attr(n, "class"))) {
		if m := depthClass().FindStringSubmatch(name); m != nil {
			if d, _ := strconv.Atoi(m[1]); d < deepest {
				return d
			}
		}
	}
	return -1
}

var depthClass = commentline.Pattern(`(?:depth|level|indent|lvl|ind|twig)[-_]*(\d+)$`)

// above is the last item before k that is less deep, -1 if there is none.
func above(depths []int, k int) int {
	for j := k - 1; j >= 0; j-- {
		if depths[j] < depths[k] {
			return j
		}
	}
	return -1
}

// listedUnder finds the parent of an item that stands in a list of replies, beside
// the comment they answer: going up from the item, the first element that holds an
// earlier item too. If the item's side of it is a list of replies, and the other side
// isn't alike, that is the parent; otherwise both are siblings.
func (t *tree) listedUnder(items []*item, parents []int, k int) int {
	mine := items[k].at
	for p := t.nodes[mine].parent; p >= 0 && k > 0; mine, p = p, t.nodes[p].parent {
		if items[k-1].at <= p {
			continue
		}
		first := firstWithin(items[:k], p)
		theirs := t.childHolding(p, items[first].at)
		n := &t.nodes[mine]
		list := n.words.any(replyWord|manyWord) || n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.DataAtom == atom.Dl
		if mine != items[k].at && list && !t.alike(mine, theirs) {
			if before := t.lastBeside(items[:k], p, mine); before >= 0 {
				return before
			}
		}
		return parents[first]
	}
	return -1
}

// firstWithin is the first of the items behind the start of the element at p.
func firstWithin(items []*item, p int) int {
	for k, it := range items {
		if it.at > p {
			return k
		}
	}
	return len(items) - 1
}

// lastBeside is the last item whose way down from p isn't like that of mine: the
// comment before the list of its replies.
func (t *tree) lastBeside(items []*item, p, mine int) int {
	for k := len(items) - 1; k >= 0 && items[k].at > p; k-- {
		if child := t.childHolding(p, items[k].at); child < mine && !t.alike(child, mine) {
			return k
		}
	}
	return -1
}

// childHolding is the child of p that holds the element at i, or is it.
func (t *tree) childHolding(p, i int) int {
	for t.nodes[i].parent != p && t.nodes[i].parent > p {
		i = t.nodes[i].parent
	}
	return i
}

// alike reports whether two elements are of one kind.
func (t *tree) alike(i, j int) bool { return t.kind(i, 0) == t.kind(j, 0) }

// lastBy is the last item of an author, -1 if there is none.
func lastBy(items []*item, author string) int {
	author = strings.TrimPrefix(author, "@")
	for k := len(items) - 1; k >= 0; k-- {
		if strings.EqualFold(strings.TrimPrefix(items[k].Author, "@"), author) {
			return k
		}
	}
	return -1
}
