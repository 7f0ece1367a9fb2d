package corpus

import (
	"strings"
	"time"
)

// Thread is one article with all the comments saved under it.
type Thread struct {
	// ID names the thread within its file; a file may hold many.
	ID string
	// Source is the file, or the collection, the thread came from.
	Source string
	// Format is the name of the saved form it was read from, such as "plaintext".
	Format string
	// Licence is the terms of the text where the input states them.
	Licence string

	Article Article

	// DeclaredComments is the number of comments the page itself announces,
	// 0 where it announces none. It often differs from len(Comments).
	DeclaredComments int

	// Comments are in the order of the input, removed ones included.
	Comments []Comment

	// Unused are the lines of a plain-text input that are in neither the article
	// nor a comment, with the reason for each, so that no text is lost silently.
	Unused []Line

	// Problems are what the reader assumed, found odd or could not read, in the
	// order of the input.
	Problems []Problem
}

// Article is what the comments were written under.
type Article struct {
	Title       string
	Description string // the lead or summary beside the headline, where given
	Text        string
	URL         string
	Site        string
	Published   string // as the input writes it

	// Case is the claim the article puts forward, in one sentence; For names the
	// parties whose case it carries, Against those it accuses or criticises.
	// All three are empty where the input doesn't state them.
	Case    string
	For     []string
	Against []string
}

// Comment is one reader's text.
type Comment struct {
	// ID is unique within the thread: the input's own where it has one,
	// otherwise "c1", "c2", … in the order of the input.
	ID string
	// Parent is the ID of the comment this one replies to, a comment of the same
	// thread; "" for a top-level comment or an unknown parent, which Reply tells apart.
	Parent string
	// ParentText quotes the parent where the input gives its text, for a
	// reply whose parent may not be in the thread.
	ParentText string
	// Reply says that the comment answers another one that isn't in the thread.
	Reply bool
	// Author is the reader's name as written, "" if unknown.
	Author string
	// Posted is the time of writing, zero if unknown or only relative.
	Posted time.Time
	// PostedAs is the time as the input writes it: "2 hours ago".
	PostedAs string
	// Votes is the net number of votes, nil where the input has none.
	Votes *int
	// Text is what the reader wrote, as valid UTF-8 and otherwise untouched.
	// Every span of the analysis points into it.
	Text string
	// Removed marks a comment whose text was taken away by its author or a
	// moderator. It keeps its place in the thread and is never judged.
	Removed bool
	// Aside says why the author's comments count in nothing, "" where they do. The input
	// doesn't say it.
	Aside Aside
	// Line is the line of the input at which the comment begins, from 1; 0 if the
	// form has no lines.
	Line int
	// Annotation is what a person decided about the comment, nil if nobody did.
	Annotation *Annotation
}

// Aside is a reason for which an author's comments are kept and count in nothing.
type Aside string

// The reasons, by the names that outputs give them.
const (
	Staff    Aside = "staff"    // they write for the site
	Excluded Aside = "excluded" // such as bots
)

// Counted reports whether the comment is judged and counted: it was neither removed nor set
// aside.
func (c *Comment) Counted() bool { return !c.Removed && c.Aside == "" }

// When is the time of writing as people read it: as the input writes it or, where it writes none or one for programs,
// such as a number of seconds, the time itself. It is "" if nothing tells it.
func (c *Comment) When() string {
	coded := strings.Trim(c.PostedAs, "0123456789.eE+") == "" || strings.HasPrefix(c.PostedAs, "/Date(")
	if coded && !c.Posted.IsZero() {
		return c.Posted.Format("2 January 2006, 15:04")
	}
	return c.PostedAs
}

// IsReply reports whether the comment answers another one, in the thread or not.
func (c *Comment) IsReply() bool { return c.Parent != "" || c.ParentText != "" || c.Reply }

// Line is one line of a plain-text input that was not used, and why.
type Line struct {
	Number int    `json:"line"` // from 1
	Text   string `json:"text"`
	Reason string `json:"reason"` // "furniture", "before the comments", …
}

// Parents gives each comment the index of its parent among the comments, -1 if it has
// none there or names itself. Of comments that share an ID, against the rule, the last
// is the parent.
func Parents(comments []Comment) []int {
	index := make(map[string]int, len(comments))
	for i := range comments {
		index[comments[i].ID] = i
	}
	parents := make([]int, len(comments))
	for i := range comments {
		parents[i] = -1
		id := comments[i].Parent
		if k, known := index[id]; known && id != "" && k != i {
			parents[i] = k
		}
	}
	return parents
}

// Answered gives each comment the index of the one it answers, as Parents does, or,
// where only the text of that is given, of the first comment with that text.
func Answered(comments []Comment) []int {
	byText := make(map[string]int, len(comments))
	for i := range comments {
		c := &comments[i]
		if _, known := byText[c.Text]; !known && !c.Removed {
			byText[c.Text] = i
		}
	}
	above := Parents(comments)
	for i := range comments {
		quoted := comments[i].ParentText
		if k, known := byText[quoted]; known && quoted != "" && above[i] < 0 && k != i {
			above[i] = k
		}
	}
	return above
}
