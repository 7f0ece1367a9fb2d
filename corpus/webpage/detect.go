package webpage

import "stance.example/stance/corpus/internal/commentline"

// beginnings are the ways in which a page begins, behind white space: with a document
// type, or the first element of a whole page or of a piece of one.
var beginnings = commentline.Pattern(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|main|article|section|div|ul|ol|table)(?:\s[^>]*)?>)`)

// Detect reports whether the text that begins with head is a web page.
func Detect(head []byte) bool {
	const enough = 4 << 10
	return beginnings().Match(head[:min(len(head), enough)]) || start(head) > 0
}
