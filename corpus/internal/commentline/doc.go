// Package commentline tells what one line of a page with comments can be by its form alone:
// a line that counts the comments or names an author, a time, a button, a badge, votes, the
// comment form, or text. Pasted texts and the elements of saved pages are read by the same
// rules.
//
// A line is measured and normalised (line.go) and classified (kind.go). Where a time stands
// in it package scalar says; set phrases are recognised by a vocabulary (phrase.go), names
// by their form (name.go). The words themselves are data, in words, one file a language.
package commentline
