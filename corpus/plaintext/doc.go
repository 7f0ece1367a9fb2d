// Package plaintext reads a thread from text that a person copied from a page: the
// article, then the comments, in whatever way the page wrote them.
//
// The steps are:
//
//  1. Each line is classified by its own form (package commentline): a count line, an author
//     line with a verb or a time, a time, a button, a badge, votes, a comment form, or plain
//     text.
//  2. The comments are read in the first layout that fits: one a line, as chats are too
//     (perline.go), text signed below (signed.go), marked author lines (opened.go),
//     or names and texts in turn without any mark (alternating.go).
//  3. What stands before them is searched for the article (article.go).
//  4. Replies are linked where the text tells the parent (replies.go).
//
// Several lines of a page may announce comments, and the number is often not
// that of the comments: the last line with the comments behind it counts, and both
// numbers are kept. A page without comments gives none.
//
// The text of a comment is its lines as they were written, without the indentation
// and the blanks at their ends; paragraphs are set apart by a blank line. Every
// line that isn't blank is in the article, in a comment with its author, time
// and votes, or in Thread.Unused with a reason; FuzzRead holds that. What was
// assumed is in Thread.Problems. An author is never invented: a line stands for a
// name only by a mark or by its form and place together.
package plaintext
