// Package webpage reads the thread of a saved web page: the article and the comments
// that the file holds.
//
// The steps are:
//
//  1. The page is parsed, with the frames that are saved in it (parse.go). Comments that have
//     no element of their own get one (flat.go), and the page is laid out in the order of the
//     document (tree.go), so that what an element holds is a range and can be counted: text,
//     names of authors, times, buttons to reply. The comments of a bare list behind a heading
//     for comments get their names (headed.go). What classes and IDs mean is told by a
//     vocabulary in several languages (words.go, classes.txt), what a line of text means by
//     package commentline.
//  2. If the page bears the sign of a platform (platform.go, platforms.txt) its comments and
//     their parts are taken from where that platform has them. Otherwise, and for platforms
//     whose pages differ from site to site, the general reader finds them: of all
//     kinds of elements (group.go) the one that is most like comments by its names,
//     its surroundings and what each of its elements holds (choose.go).
//  3. Of each comment the author, the time, the votes and the text are read (item.go), in
//     chats the author of the message that it goes on with, and the comment that it
//     answers (parents.go). What holds nothing that a reader wrote
//     is left out (written.go).
//  4. The article is what the page's head says of it and what a readability extractor
//     takes for its text once the comments are out of the page (article.go). On 84 made
//     pages in five languages it found all 1942 sentences of the articles and none of the
//     922 of the comments, go-trafilatura 1923 and none; on 21 real ones both took the
//     same text but for captions, subheadings and leads, and go-trafilatura put words
//     between inline elements out of order.
//  5. How many comments the page announces, and where it loads them from if they are
//     not in the file, is told (declared.go).
//
// It refuses to guess where guessing would invent: a page without comments gives
// none, and links from other sites (pingbacks), lists of recent comments and the forms
// to write one are not comments. Relative times stay as they are written.
package webpage
