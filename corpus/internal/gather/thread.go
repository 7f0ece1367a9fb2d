package gather

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// Thread is a thread whose comments are being collected.
type Thread struct {
	*corpus.Thread
	gaps
	place
	file string

	opening string // the ID of the post that opened it, if that was an item
	post    string // the ID of the item that it began with, if that may be a post (posts)
	url     urlState
	leads   bool // descriptions differ
	votes   unread
	// feelings are sentiments of which none of the usual three is written.
	feelings unread
	// contexts are those of the comments, nil if there are none.
	contexts []string
	numbers  []int // of the items of the comments
	named    bool  // parents may be given by the names of their authors
}

// urlState tells what is known of the address in the items of a thread.
type urlState uint8

const (
	noURL urlState = iota
	oneURL
	manyURLs
)

// unread counts values that couldn't be understood.
type unread struct {
	count, line int
	first       string
}

func (u *unread) add(line int, value string) {
	if u.count++; u.count == 1 {
		u.line, u.first = line, value
	}
}

// join adds those of a later thread.
func (u *unread) join(v unread) {
	if u.count == 0 {
		*u = v
		return
	}
	u.count += v.count
}

// message says what of the values wasn't understood.
func (u *unread) message(what string) string {
	message := fmt.Sprintf("%s: %q", what, u.first)
	if u.count > 1 {
		message += fmt.Sprintf(" (and %d more in the thread)", u.count-1)
	}
	return message
}

// opens takes the post that opened a thread for its article, if the item is that.
func (p *Thread) opens(it *Item) bool {
	const shortest = 4 // of an ID that isn't only a number in its thread
	id := it.Comment.ID
	if !it.Opens || len(id) < shortest || id != p.ID && !it.Titled || it.Article.Title == "" || len(p.Comments) > 0 || p.Article.Text != "" {
		return false
	}
	p.open(&it.Comment)
	return true
}

// open takes a post for the article.
func (p *Thread) open(c *corpus.Comment) {
	p.opening = c.ID
	p.Article.Text = c.Text
	p.Article.Published = scalar.Published(c.PostedAs)
}

// describe takes the article from the first item that tells of it.
func (p *Thread) describe(it *Item) {
	a := &p.Article
	Fill(&p.Source, it.Source)
	Fill(&a.Title, it.Article.Title)
	p.lead(it.Article.Description)
	Fill(&a.Text, it.Article.Text)
	Fill(&a.Case, it.Article.Case)
	Fill(&a.Site, it.Article.Site)
	Fill(&a.Published, it.Article.Published)
	p.address(it.Article.URL)
}

// Fill puts a value in place of an empty one.
func Fill(at *string, value string) {
	if *at == "" {
		*at = value
	}
}

// lead takes the description, unless it differs from item to item: then it is that of the
// comments.
func (p *Thread) lead(description string) {
	switch {
	case description == "" || p.leads || description == p.Article.Description:
	case p.Article.Description == "":
		p.Article.Description = description
	default:
		p.Article.Description, p.leads = "", true
	}
}

// address takes the article's address, unless it differs from item to item: then it
// is that of the comments.
func (p *Thread) address(url string) {
	url, _, _ = strings.Cut(url, "#")
	switch {
	case url == "" || url == p.Article.URL:
	case p.url == noURL:
		p.Article.URL, p.url = url, oneURL
	default:
		p.Article.URL, p.url = "", manyURLs
	}
}

// comment appends the comment of an item to its thread.
func (g *Gatherer) comment(p *Thread, it *Item) {
	c := it.Comment
	if commentPath.MatchString(c.ID) {
		c.Parent = pathParent(c.ID)
	}
	if c.Posted.IsZero() {
		c.Posted, _ = g.times.Time(c.PostedAs)
	}
	if it.OddVotes != "" {
		p.votes.add(c.Line, it.OddVotes)
	}
	if it.OddFeeling != "" {
		p.feelings.add(c.Line, it.OddFeeling)
	}
	if g.o.Numbered && c.ID == "" {
		c.ID = fmt.Sprintf("c%d", g.items)
	}
	if it.Context != "" || p.contexts != nil {
		for len(p.contexts) < len(p.Comments) {
			p.contexts = append(p.contexts, "")
		}
		p.contexts = append(p.contexts, it.Context)
	}
	p.named = p.named || it.ByName
	p.append(c, g.items)
}

// append adds a comment with the number of its item.
func (p *Thread) append(c corpus.Comment, number int) {
	p.Comments = append(p.Comments, c)
	p.numbers = append(p.numbers, number)
}

// take appends the comments of another thread, with what is known of them.
func (p *Thread) take(from *Thread) {
	p.Comments = append(p.Comments, from.Comments...)
	p.numbers = append(p.numbers, from.numbers...)
	p.named = p.named || from.named
	p.votes.join(from.votes)
	p.feelings.join(from.feelings)
	p.gaps.join(&from.gaps)
}

// placeContexts takes what the comments were written under for the title if it is the
// same for all and there is none, and for the texts of their parents otherwise.
func (p *Thread) placeContexts() {
	if len(p.contexts) == 0 {
		return
	}
	title := &p.Article.Title
	differs := func(context string) bool { return context != p.contexts[0] }
	if *title == "" && !slices.ContainsFunc(p.contexts, differs) {
		*title = p.contexts[0]
		return
	}
	for i := range p.contexts {
		if c := &p.Comments[i]; c.ParentText == "" && p.contexts[i] != *title {
			c.ParentText = p.contexts[i]
		}
	}
}

// resolveParents brings the parents as exports write them to the IDs of the
// comments: a number that went through a column of fractions ("284.0"), the kind
// of the parent before its ID (Reddit's "t1_" for a comment, "t3_" for the post),
// the name of its author, and the several ways to say that a comment is top-level. A
// reply whose parent isn't there, or that doesn't name it, stays one, without it. What answers an entry that was left out answers what that does.
func (g *Gatherer) resolveParents(p *Thread) {
	ids := make(map[string]bool, len(p.Comments))
	for i := range p.Comments {
		ids[p.Comments[i].ID] = true
	}
	last := map[string]string{} // the ID of an author's latest comment
	for i := range p.Comments {
		c := &p.Comments[i]
		g.resolveParent(p, c, ids, last)
		if !g.o.Described && c.Parent != "" {
			c.Reply = false // it is in the thread
		}
		if p.named && c.Author != "" {
			last[c.Author] = c.ID
		}
	}
}

// resolveParent is resolveParents for one comment, by the IDs in the thread and those of its authors' latest comments.
func (g *Gatherer) resolveParent(p *Thread, c *corpus.Comment, ids map[string]bool, last map[string]string) {
	c.Parent = p.answered(c.Parent)
	bare := strings.TrimSuffix(strings.TrimPrefix(c.Parent, "t1_"), ".0")
	switch {
	case ids[c.Parent]:
	case p.tops[c.Parent]:
		c.Parent = ""
	case g.o.Described: // what isn't there is for package wellformed to tell
	case ids[bare]:
		c.Parent = bare
	case ids[bare+".0"]: // numbers of a column with gaps
		c.Parent = bare + ".0"
	case c.Parent == "" && ids[numberAbove(c.ID)]:
		c.Parent = numberAbove(c.ID)
	case c.Reply && isTop(c.Parent):
		c.Parent = ""
		g.unnamed.add(c)
	case isTop(c.Parent) || p.is(c.Parent):
		c.Parent, c.Reply = "", false
	case p.named && last[c.Parent] != "":
		c.Parent = last[c.Parent]
	default:
		g.orphans.add(c)
		c.Parent, c.Reply = "", true
	}
}

// is reports whether a parent is the post that opened the thread: its ID, the thread's or its address.
func (p *Thread) is(parent string) bool {
	return strings.TrimPrefix(parent, "t3_") == strings.TrimPrefix(p.ID, "t3_") || parent == p.Article.URL || parent == p.opening
}

// commentPath is the ID of a comment in the SFU Opinion and Comments Corpus: its source,
// its article, and its place among the comments, the replies, their replies.
var commentPath = regexp.MustCompile(`^source\d+_\d+(?:_\d+)+$`)

// pathParent is the ID of the parent of a comment whose own ID is such a path, "" for a
// top-level one.
func pathParent(id string) string {
	const top = 2 // marks in the ID of a top-level comment
	if strings.Count(id, "_") <= top {
		return ""
	}
	return id[:strings.LastIndexByte(id, '_')]
}

// numberPath is the number of a reply below that of what it answers: "12-1".
var numberPath = regexp.MustCompile(`^\d+(?:-\d+)+$`)

// numberAbove is the number of what a reply of such a number answers, "" for any other.
func numberAbove(id string) string {
	if !numberPath.MatchString(id) {
		return ""
	}
	return id[:strings.LastIndexByte(id, '-')]
}

// isTop reports whether an export says by this parent that there is none.
func isTop(parent string) bool {
	switch strings.ToLower(parent) {
	case "0", "-1", "0.0", "-1.0", "root", "false":
		return true
	}
	return scalar.Absent(parent) || strings.HasPrefix(parent, "t3_")
}
