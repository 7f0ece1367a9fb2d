package webpage

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// platform is a program that makes pages, known by its markup. All patterns are CSS
// selectors; those of the parts of a comment are looked for within it, and what is
// empty or not found is left to the general reader.
type platform struct {
	name string
	sign string // an element that only its pages have
	item string // the comments; "" for those that the general reader finds

	author, posted, body, votes string
	leave                       string               // what isn't text in the body
	depth                       func(*html.Node) int // of an item, -1 if it doesn't say
	gone                        bool                 // an item without a body was removed

	// The article, where the page has it in a place of its own.
	title, link, post string
	opens             bool   // the first item is the article
	heading           string // a comment's own title
	more              string // links to comments that aren't in the file
}

// platforms is the list of them. The order counts where a page bears two signs.
func platforms() []platform {
	return []platform{
		{
			name: "hackernews", sign: "tr.comtr", item: "tr.comtr",
			author: ".hnuser", posted: ".age", body: ".commtext", votes: ".score", leave: ".reply",
			depth: indentation, gone: true,
			title: ".fatitem .titleline > a, .fatitem .storylink, .fatitem .title > a", link: ".fatitem .titleline > a, .fatitem .storylink",
			post: ".fatitem .toptext",
		},
		{
			name: "hackernews", sign: "td.default span.comhead", item: "td.default", // up to 2014
			author: ".comhead a[href*='user?id=']", posted: ".comhead", body: ".comment", leave: "font[size='1']",
			depth: func(n *html.Node) int { return indentation(n.Parent) },
			title: "td.title > a", link: "td.title > a",
		},
		{
			name: "lwn", sign: ".CommentPoster", item: ".CommentBox", heading: ".CommentTitle",
			author: ".CommentPoster b:last-of-type", posted: ".CommentPoster", body: ".FormattedComment, .CommentBody",
			leave: ".CommentPoster, .CommentTitle, .CommentReplyButton, form",
			title: ".PageHeadline h1", post: ".ArticleText",
		},
		{
			name: "reddit", sign: "div[id^=t1_]", item: "div[id^=t1_]", // 2018 to 2023
			author: "[data-testid=comment_author_link], a[href*='/user/']", posted: "[data-testid=comment_timestamp], [id^=CommentTopMeta--Created]",
			body: "[data-testid=comment], [data-test-id=comment]", votes: "button[aria-label=upvote] ~ div, [data-click-id=upvote] ~ div", depth: statedLevel,
			title: "[data-test-id=post-content] h1, [data-test-id=post-content] h3", post: "[data-test-id=post-content] [data-click-id=text]",
			more: "[id^=moreComments]",
		},
		{
			name: "reddit", sign: "shreddit-comment", item: "shreddit-comment",
			posted: "time, faceplate-timeago", body: "[slot=comment]", depth: depthOf,
			title: "shreddit-title, shreddit-post [slot=title]", post: "shreddit-post [slot=text-body]",
			more: "[slot^=more-comments], faceplate-partial[src*=more-comments]",
		},
		{
			name: "old-reddit", sign: ".thing.comment", item: ".thing.comment",
			author: ".tagline .author", posted: ".tagline time", body: ".usertext-body .md", votes: ".score.unvoted",
			title: ".thing.link a.title", link: ".thing.link a.title", post: ".thing.link .usertext-body", more: ".morecomments a",
		},
		{
			name: "stackexchange", sign: "#answers .answer, .question .post-layout", item: ".answer, li.comment",
			author: "[itemprop=author] > a, .comment-user, .user-details > a", posted: "[itemprop=dateCreated], .comment-date .relativetime-clean, .relativetime",
			body: ".comment-copy, .s-prose, .post-text", votes: ".js-vote-count, .vote-count-post, .comment-score", depth: underAnswer,
			post: ".question .s-prose, .question .post-text",
		},
		{
			name: "mastodon", sign: ".detailed-status, .status__content", item: ".status:not(.detailed-status), .entry:not(.entry-center)",
			author: ".display-name__html, .display-name strong", posted: "time", body: ".status__content, .e-content",
			post: ".detailed-status .status__content, .detailed-status .e-content",
		},
		{
			name: "github", sign: "[data-testid^=comment-viewer-outer-box], .timeline-comment",
			item:   "[data-testid^=comment-viewer-outer-box], .js-comment-container .timeline-comment",
			author: "[data-testid=avatar-link], .author", posted: "relative-time", body: "[data-testid=markdown-body], .comment-body",
			post: "[data-testid=issue-body-viewer], .js-comment-body",
		},
		{
			name: "lesswrong", sign: ".comments-node, .CommentFrame-node, .CommentsNode-root, .PostsPage-centralColumn",
			item:   ".comments-node, .CommentFrame-node",
			author: "[class*=UsersNameDisplay]", posted: "time", body: "[class*=CommentBody-root], .commentBody", votes: "[class*=voteScore]",
			post: "#postContent",
		},
		{
			name: "discourse", sign: "article[data-post-id], .crawler-post", item: "article[data-post-id], .crawler-post", opens: true,
			author: ".names .username, .creator [itemprop=name], .names", posted: ".post-time, .relative-date, time", body: ".cooked, [itemprop=text], .post",
		},
		{
			name: "lemmy", sign: ".comment-node, .md-div", item: "li.comment, .comment-node",
			author: ".person-listing", posted: ".moment-time, time", body: ".comment-content .md-div, .comment-content",
			post: "#postContent",
		},
		{
			name: "substack", sign: ".comment-list-items, .comments-page, [class^=commentBody-], link[href*='substackcdn.com']",
			post: ".available-content, .body.markup",
		},
		{name: "blogger", sign: "meta[name=generator][content=blogger], meta[content='blogger']", post: ".post-body"},
		{name: "drupal", sign: "[typeof*='sioc:Post'], [typeof='schema:Comment'], meta[name=Generator][content^=Drupal], #comments .comment[about]"},
		{
			name: "wordpress", sign: "meta[name=generator][content^=WordPress], link[href*='/wp-content/'], script[src*='/wp-includes/'], " +
				"li[id^='comment-'].depth-1, #commentlist, #wp-toolbar",
		},
	}
}

// platform returns the platform that made the page, the zero one if it's unknown.
func (t *tree) platform(general bool) *platform {
	if !general {
		for _, p := range platforms() {
			if t.first(p.sign) != nil {
				return &p
			}
		}
	}
	return &platform{}
}

// format is what the pages of a platform are called.
func (p *platform) format() string {
	if p.name == "" {
		return Format
	}
	return p.name + "-" + Format
}

// first returns the first element of the page that a selector takes, nil for none.
func (t *tree) first(selector string) *html.Node { return cascadia.Query(t.root, selectors(selector)) }

// selectors compiles a selector of the list above. An empty one takes nothing.
func selectors(s string) cascadia.SelectorGroup {
	if s == "" {
		return nil
	}
	g, err := cascadia.ParseGroup(s)
	if err != nil {
		panic("webpage: selector " + s + ": " + err.Error()) // a test compiles all of them
	}
	return g
}

// find returns the comments of a platform's page. Where it has no place for them, or none is
// there, the general reader finds them.
func (p *platform) find(t *tree) []*item {
	var members []int
	for _, n := range cascadia.QueryAll(t.root, selectors(p.item)) {
		if i, ok := t.index[n]; ok {
			members = append(members, i)
		}
	}
	if len(members) == 0 {
		return t.items(t.general())
	}
	items := t.items(members)
	for _, it := range items {
		p.read(t, it)
	}
	return items
}

// read takes the parts of an item from where the platform has them.
func (p *platform) read(t *tree, it *item) {
	n := t.nodes[it.at].Node
	own := func(selector string) (int, bool) {
		s := selectors(selector)
		k := slices.IndexFunc(it.parts, func(i int) bool { return s.Match(t.nodes[i].Node) })
		if k < 0 {
			return -1, false
		}
		return it.parts[k], true
	}
	if i, ok := own(p.author); ok {
		it.Author = strings.Join(strings.Fields(t.text(i)), " ")
	}
	it.Author = cmp.Or(attr(n, "author", "data-author"), it.Author)
	if i, ok := own(p.posted); ok {
		t.setTime(it, i)
	}
	votes := attr(n, "score")
	if i, ok := own(p.votes); ok {
		votes = cmp.Or(votes, t.short(i), attr(t.nodes[i].Node, "title"))
	}
	if v, ok := figure(votes); ok {
		it.Votes = &v
	}
	it.title = ""
	if i, ok := own(p.heading); ok {
		it.title = t.short(i)
	}
	if p.depth != nil {
		it.depth = p.depth(n)
	}
	if i, ok := own(p.body); ok {
		leave := selectors(p.leave)
		it.Text = markup.Node(t.nodes[i].Node, func(n *html.Node) bool { return leave.Match(n) || it.nested[n] })
		it.Removed = false
	} else if p.gone {
		it.Text, it.Removed = "", true
	}
	it.settle(t.lines)
}

// indentation is the depth of a comment of Hacker News: an attribute, or the width of
// a picture.
func indentation(n *html.Node) int {
	cell := cascadia.Query(n, selectors("td.ind"))
	if cell == nil {
		cell = n
	}
	if d, err := strconv.Atoi(attr(cell, "indent")); err == nil {
		return d
	}
	const step = 40
	if img := cascadia.Query(cell, selectors("img")); img != nil {
		if w, err := strconv.Atoi(attr(img, "width")); err == nil {
			return w / step
		}
	}
	return -1
}

// statedLevel is the depth of a comment that tells it in words: "level 2" is a reply.
func statedLevel(n *html.Node) int {
	const near = 40 // nodes
	seen := 0
	for d := range below(n) {
		if m := level().FindStringSubmatch(d.Data); m != nil && d.Type == html.TextNode {
			depth, _ := strconv.Atoi(m[1])
			return depth
		}
		if seen++; seen == near {
			break
		}
	}
	return -1
}

var level = commentline.Pattern(`^\s*\p{L}+ (\d{1,3})\s*$`)

// forums are elements that only the pages of programs for forums have. The first post of a
// thread opens it.
const forums = "#phpbb, html#XF, html.xenForo, .message--post, .postbitlegacy, #posts .postcontainer, " +
	"meta[name=generator][content*=vBulletin], meta[name=generator][content*=MyBB], meta[name=generator][content*='Simple Machines'], " +
	".wbbPost, #tplThread, #forumposts .post_wrapper, .cTopic .ipsComment, .bbp-topic-content, .bbp-reply-content, #pun .blockpost"

// laterPage is the address of a page of a forum's thread that isn't the first.
var laterPage = commentline.Pattern(`(?i)(?:page|seite|pagina|pageno)[-/=]?(?:[2-9]|[1-9]\d)|[?&](?:start|st)=[1-9]`)

// underAnswer is the depth on a page of questions: a comment under an answer replies
// to it.
func underAnswer(n *html.Node) int {
	answer := selectors(".answer")
	for p := n.Parent; p != nil && !answer.Match(n); p = p.Parent {
		if answer.Match(p) {
			return 1
		}
	}
	return 0
}

// header completes the article from where the platform has it.
func (p *platform) header(t *tree, a *corpus.Article) {
	if p.name == "" {
		return
	}
	if n := t.first(p.title); n != nil {
		a.Title = cmp.Or(lineOf(n), a.Title)
	}
	if n := t.first(p.link); n != nil && strings.Contains(attr(n, "href"), "://") {
		a.URL = attr(n, "href")
		a.Site = host(a.URL)
	}
	if n := t.first(p.post); n != nil {
		a.Text = markup.Node(n, nil)
	}
	if n := t.first("shreddit-post"); n != nil {
		a.Title = cmp.Or(attr(n, "post-title"), a.Title)
		a.Published = cmp.Or(attr(n, "created-timestamp"), a.Published)
		a.URL = cmp.Or(attr(n, "content-href"), a.URL)
	}
}

// unloaded counts the comments behind the page's "load more" links: those whose
// number it says, and 1 for each other link.
func (p *platform) unloaded(t *tree) int {
	count := 0
	for _, n := range cascadia.QueryAll(t.root, selectors(p.more)) {
		v := 1
		for _, figures := range strings.FieldsFunc(markup.Node(n, nil), func(r rune) bool { return r < '0' || r > '9' }) {
			if f, err := strconv.Atoi(figures); err == nil && f < 1e6 {
				v = f
			}
		}
		count += v
	}
	return count
}
