// Package markup reduces markup to plain text, once, before a comment exists.
//
// [HTML] takes a fragment as exports hold it, [Node] a piece of a parsed page,
// [Markdown] what Reddit, Lemmy and others store, [BBCode] what forums do. All give the same plain text:
//
//   - paragraphs are set apart by a blank line, a line break is a line end;
//   - the items of lists are lines that begin with "- " or their number, "2. ";
//   - quoted paragraphs (blockquote) are lines that begin with "> ";
//   - a link is its text, entities are decoded, and an image is nothing unless
//     it stands for an emoji: then it is its alternative text;
//   - scripts, styles, forms' controls and embedded frames leave nothing.
//
// The words are never changed. White space is collapsed as a browser does it,
// except in preformatted text.
//
// Nothing here recurses, so the depth of hostile markup costs nothing.
package markup
