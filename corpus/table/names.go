package table

import (
	"embed"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"

	"stance.example/stance/corpus/internal/wordfile"
)

// A column's name is read as a composition: whom or what it tells of (the comment, its
// author, the comment or the article it answers), and what of it (a text, a name, a
// time). "comment_author_name", "user.login" and "createdUtc" are such, in any spelling;
// every word must be known, so that "harbour_comments_count" is nothing.

// role is what a word of a name can be.
type role uint32

const (
	theComment role = 1 << iota // whom or what the column tells of
	thePerson
	theParent
	theArticle

	aText // what it tells
	aName
	anID
	aTime
	votesFor
	votesAgainst
	aTitle
	anURL
	aLead
	aCase
	aStance
	aSentiment
	aSarcasm
	aContext
	aSource
	aRemoval

	aCount // "number of", which only votes have
	aFlag  // "is"
	filler // says how, not what: "full", "raw"

	numRoles = iota

	subjects = theComment | thePerson | theParent | theArticle
	roots    = aCount - 1 - subjects
)

// roleSections are the sections of the words with these roles, in the same order.
var roleSections = [numRoles]string{
	"comment", "person", "parent", "article", "text", "name", "id", "time", "for", "against", "title", "url", "lead", "case", "stance", "sentiment",
	"sarcasm", "context", "source", "removal", "count", "flag", "filler",
}

// The files of words: those of the languages, the most telling of a role first, and exports.txt with
// what exports and interfaces call things, in no language.
//
//go:embed words/*.txt
var files embed.FS

// nameWord is a word or a phrase of names.
type nameWord struct {
	role  role
	order [numRoles]uint8 // its place among the words of its language for a role
}

// vocabulary is the words of the files.
type vocabulary struct {
	words    map[string]*nameWord // and the parts of phrases, which say nothing by themselves
	sections map[string]map[string]bool
	// odd are the fields of names that say nothing by their words.
	odd map[string]Field
}

var known = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{words: map[string]*nameWord{}, sections: map[string]map[string]bool{}, odd: map[string]Field{}}
	placed := map[string]int{}
	wordfile.Each(files, func(language, section string, phrases []string) {
		if name, odd := strings.CutPrefix(section, "field-"); odd {
			v.name(name, phrases)
			return
		}
		if v.sections[section] == nil {
			v.sections[section] = map[string]bool{}
		}
		for _, phrase := range phrases {
			v.sections[section][phrase] = true
		}
		if bit := slices.Index(roleSections[:], section); bit >= 0 {
			v.give(bit, placed[language+section], phrases)
			placed[language+section] += len(phrases)
		}
	})
	return v
})

// name gives names that say nothing by their words a field.
func (v *vocabulary) name(field string, names []string) {
	f, err := ParseField(field)
	if err != nil {
		panic(fmt.Sprintf("a file of words: %v", err)) // it is a part of the program
	}
	for _, name := range names {
		v.odd[name] = f
	}
}

// give gives phrases a role, the first of which stands at a place among those of its language.
func (v *vocabulary) give(bit, place int, phrases []string) {
	for i, phrase := range phrases {
		for _, part := range append(strings.Fields(phrase), phrase) {
			if v.words[part] == nil {
				v.words[part] = &nameWord{}
			}
		}
		w := v.words[phrase]
		if w.role&(1<<bit) == 0 || int(w.order[bit]) > place+i {
			w.order[bit] = uint8(place + i)
		}
		w.role |= 1 << bit
	}
}

// lists reports whether a word or phrase stands in a section of the files.
func lists(section, phrase string) bool { return known().sections[section][phrase] }

// anyOf returns what reports whether a phrase stands in a section.
func anyOf(section string) func(phrase string) bool {
	return func(phrase string) bool { return lists(section, phrase) }
}

// roleOf is what a word or a phrase can be, 0 if nothing.
func roleOf(word string) role {
	if w := known().words[word]; w != nil {
		return w.role
	}
	return 0
}

// nameParts cuts a name into words in lower case: at spaces, marks, and capitals behind
// small letters. The name of a network as the last word says only where the table is from.
func nameParts(name string) []string {
	var b strings.Builder
	last := ' '
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && (unicode.IsLower(last) || unicode.IsUpper(last) && i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		last = r
	}
	parts := strings.Fields(b.String())
	if n := len(parts); n > 1 && lists("network", parts[n-1]) {
		parts = parts[:n-1]
	}
	return parts
}

// nameTokens are the known words and phrases of a name, nil if there is one that isn't
// known. What stands behind "of", in any language, is put first.
func nameTokens(name string) []string {
	var parts []string
	for i, part := range nameParts(name) {
		switch {
		case i == 0 && lists("network", part):
			part = "network"
		case known().words[part] == nil:
			cut := segment(part)
			if cut == nil {
				return nil
			}
			parts = append(parts, cut...)
			continue
		}
		parts = append(parts, part)
	}
	parts = reordered(parts)
	var tokens []string
	for len(parts) > 0 {
		n := min(4, len(parts))
		for n > 1 && known().words[strings.Join(parts[:n], " ")] == nil {
			n--
		}
		token := strings.Join(parts[:n], " ")
		if roleOf(token) == 0 {
			return nil
		}
		tokens, parts = append(tokens, token), parts[n:]
	}
	return tokens
}

// reordered puts first whose something is.
func reordered(parts []string) []string {
	last := len(parts) - 1
	if at := slices.IndexFunc(parts, anyOf("of")); at > 0 && at < last {
		of := parts[:at]
		if len(of) == 1 && roleOf(of[0])&aCount != 0 {
			of = []string{"count"} // "nombre", which is a name in Spanish
		}
		return slices.Concat(parts[at+1:], of)
	}
	if last > 0 && lists("whose", parts[last]) {
		return slices.Concat(parts[last:], parts[:last])
	}
	return parts
}

// segment cuts a word that is several written together, "likecount", into the fewest
// known words; nil if that can't be done. Parts of phrases are known too.
func segment(word string) []string {
	const longest = 40
	if len(word) > longest {
		return nil
	}
	best := make([][]string, len(word)+1)
	best[0] = []string{}
	for end := 2; end <= len(word); end++ {
		for start := 0; start <= end-2; start++ {
			if best[start] == nil || known().words[word[start:end]] == nil || best[end] != nil && len(best[start])+1 >= len(best[end]) {
				continue
			}
			best[end] = append(slices.Clone(best[start]), word[start:end])
		}
	}
	return best[len(word)]
}

// meaning is what a column's name says it holds.
type meaning struct {
	field Field
	// rank orders the columns of a field, the most telling first.
	rank int
	// strong says that the name names the article.
	strong bool
}

// behind is the rank of columns that are taken only where no other is, such as those of an
// answer from the owner of the page.
const behind = 100

// personID is the rank of columns with IDs of persons, behind those with names.
const personID = 40

// composed reads a name. It returns false if the name is no composition of known words. What
// stands behind it in brackets explains it, and what a person's object calls its ID is that of
// the person: "author.steamid".
func composed(name string) (meaning, bool) {
	if f, ok := known().odd[strings.Join(nameParts(name), "")]; ok {
		return meaning{field: f}, true
	}
	c := composition{tokens: nameTokens(name)}
	if len(c.tokens) > 0 && c.read() {
		m, ok := c.meaning()
		if c.answer {
			m.rank += behind
		}
		return m, ok
	}
	if short, _, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(name, ")") {
		return composed(short)
	}
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(c.tokens) == 0 && strings.HasSuffix(strings.ToLower(name), "id") {
		if m, ok := composed(name[:dot]); ok && m.field == Author {
			m.rank += 50
			return m, true
		}
	}
	return meaning{}, false
}

// resembled returns the field that a name looks like, of which not all words are known.
func resembled(name string) (Field, bool) {
	if at := strings.LastIndexByte(name, '.'); at > 0 && hasWord(name[at:], aName) {
		return Author, true // somebody's or something's name
	}
	parts := nameParts(name)
	for i, part := range parts {
		if answers(parts[i:]) {
			return Parent, true
		}
		if lists("small", part) {
			continue
		}
		switch r := roleOf(part); {
		case r&theParent != 0:
			return Parent, true
		case r&thePerson != 0 && r&filler == 0:
			return Author, true
		case r == aTime:
			return Time, true
		case r&votesFor != 0:
			return Votes, true
		case r == aRemoval:
			return Removed, true
		}
	}
	return 0, false
}

// answers reports whether words begin with a phrase for what a comment answers.
func answers(words []string) bool {
	for n := 2; n <= min(3, len(words)); n++ {
		if roleOf(strings.Join(words[:n], " "))&theParent != 0 {
			return true
		}
	}
	return false
}

// hasWord reports whether a name has a word of one of the roles.
func hasWord(name string, roles role) bool {
	return slices.ContainsFunc(nameParts(name), func(part string) bool { return roleOf(part)&roles != 0 })
}

// KnownName reports whether a column or field of this name would be read.
func KnownName(name string) bool {
	_, ok := composed(name)
	return ok
}

// IsText reports whether a column or field of this name would be read as a text of somebody.
func IsText(name string) bool {
	m, ok := composed(name)
	return ok && (m.field == Text || m.field == ArticleText || m.field == ParentText)
}

// composition is a name that is being read.
type composition struct {
	tokens  []string
	subject role // the last one named, beside the person
	person  bool
	answer  bool   // what is told may be an answer's to the comment
	head    string // the word that says what is told
	root    role   // … and as what, 0 if only a subject is named
	count   bool
	flag    bool
	fillers int
}

// has reports whether a word of the name stands in a section.
func (c *composition) has(section string) bool { return slices.ContainsFunc(c.tokens, anyOf(section)) }

// read tells subjects and root apart. It returns false if they don't go together.
func (c *composition) read() bool {
	at := c.headAt()
	if at < 0 {
		return false
	}
	c.head = c.tokens[at]
	head := roleOf(c.head)
	for i, token := range c.tokens {
		if i != at && !c.take(token, head, i < at) {
			return false
		}
	}
	switch {
	case head&roots != 0:
		c.root = pick(head & roots)
	case head&thePerson != 0:
		c.person = true
	case c.subject != theParent:
		c.subject = head & subjects
	}
	return !c.count || c.root&(votesFor|votesAgainst) != 0
}

// headAt is the place of the head among the words, -1 for none.
func (c *composition) headAt() int {
	head := len(c.tokens) - 1
	for head >= 0 && roleOf(c.tokens[head])&(roots|subjects) == 0 {
		head--
	}
	// A trailing zone or "at" belongs to the time before it.
	for head > 0 && roleOf(c.tokens[head]) == aTime && roleOf(c.tokens[head-1])&aTime != 0 {
		head--
	}
	return head
}

// take takes in a word beside the head, before or behind it. It returns false if they don't go together.
func (c *composition) take(token string, head role, before bool) bool {
	switch r := roleOf(token); {
	case r&subjects != 0 && before:
		switch {
		case r&thePerson != 0:
			c.person = true
		case r&theArticle != 0 && c.subject != theParent:
			c.subject = theArticle
		case c.subject != theParent:
			c.subject = r & subjects
			c.answer = c.answer || lists("answer", token)
		}
	case r&(aCount|aFlag) != 0:
		c.count, c.flag = c.count || r&aCount != 0, c.flag || r&aFlag != 0
	case r&filler != 0:
		c.fillers++
	default:
		return r&head&roots != 0
	}
	return true
}

// pick chooses what a word with several meanings tells: "link" is an address, and "snippet"
// the lead, unless something stands behind them.
func pick(r role) role {
	for _, one := range []role{aText, anURL, aLead, aTitle} {
		if r&one != 0 {
			return one
		}
	}
	return r
}

// order is the place of a word among those of its language for the same.
func order(word string, r role) int { return int(known().words[word].order[bits.Len32(uint32(r))-1]) }

// meaning is the field that the subject and the root are.
func (c *composition) meaning() (meaning, bool) {
	if c.flag && c.root&(aRemoval|aSarcasm) == 0 && c.subject != theParent {
		return meaning{}, false
	}
	m := meaning{rank: 3, strong: c.subject == theArticle && !c.has("loose")}
	if c.root != 0 {
		m.rank += 2 * order(c.head, c.root)
	}
	if c.subject == theComment || c.subject&theComment != 0 && c.root != aText {
		m.rank -= 3
	}
	switch c.root {
	case 0:
		return c.bare(m)
	case aText:
		return c.text(m)
	case aName:
		return c.name(m)
	case anID:
		return c.id(m)
	case aTime:
		return c.time(m)
	case aTitle:
		return c.title(m)
	case anURL:
		return c.url(m)
	}
	return c.judged(m)
}

// as is a meaning with its field, further behind by some ranks.
func (m meaning) as(f Field, ranks int) (meaning, bool) {
	m.field = f
	m.rank += ranks
	return m, true
}

// name is a name of somebody's name, or of the article's.
func (c *composition) name(m meaning) (meaning, bool) {
	switch {
	case c.subject == theParent:
		return m, false
	case c.person:
		return m.as(Author, -m.rank)
	case c.subject != theArticle:
		return m.as(Author, 6)
	}
	m, _ = m.as(Title, 20)
	return m, lists("called", c.head) // "post username" is that of whoever wrote it
}

// id is a name of an identifier.
func (c *composition) id(m meaning) (meaning, bool) {
	parent, article := c.subject == theParent, c.subject == theArticle
	if c.subject&theComment != 0 {
		m.rank = 0
	}
	switch {
	case c.person && (parent || article), lists("row", c.head) && c.subject == 0:
		return m, false
	case c.person:
		return m.as(Author, personID)
	case parent:
		return m.as(Parent, 0)
	case article:
		return m.as(Thread, 2*c.articleOrder()-m.rank)
	case slices.Contains(c.tokens, "network"):
		return m.as(ID, 30) // mostly that of the post
	}
	return m.as(ID, 0)
}

// time is a name of a time. Beside one in UTC the others are of the site's own zone.
func (c *composition) time(m meaning) (meaning, bool) {
	switch {
	case c.person || c.subject == theParent:
		return m, false
	case m.strong:
		return m.as(Published, 0)
	}
	for _, token := range c.tokens {
		if lists("exact", token) {
			m.rank -= 20
		}
	}
	if c.subject == theComment {
		m.rank -= 20
	}
	return m.as(Time, 0)
}

// title is a name of a title; that of a channel is its author's.
func (c *composition) title(m meaning) (meaning, bool) {
	switch {
	case c.person && c.has("channel"):
		return m.as(Author, 30)
	case c.person || c.subject != 0 && c.subject != theArticle:
		return m, false
	case c.subject == 0:
		m.rank += 5
	}
	return m.as(Title, c.fillers)
}

// url is a name of an address.
func (c *composition) url(m meaning) (meaning, bool) {
	switch {
	case c.person || c.subject != 0 && c.subject != theArticle:
		return m, false
	case c.subject == 0:
		return m.as(URL, 10)
	}
	return m.as(URL, 0)
}

// bare is a name without a root.
func (c *composition) bare(m meaning) (meaning, bool) {
	m.rank = 0
	switch {
	case c.subject == theParent:
		m.field, m.rank = Parent, 4
		return m, !c.person
	case c.subject == theArticle && c.person && !slices.Contains(c.tokens, "post"):
		return m, false
	case c.person && c.subject&theComment != 0:
		return m.as(Author, 1)
	case c.person && c.subject == theArticle:
		return m.as(Author, 60)
	case c.person:
		return m.as(Author, 2+3*order(c.head, thePerson))
	case c.subject == theArticle && lists("thread", c.head):
		return m.as(Thread, 2*c.articleOrder()+1)
	}
	return m, false
}

// articleOrder is the place of the word for the article that was named.
func (c *composition) articleOrder() int {
	place := 0
	for _, token := range c.tokens {
		if roleOf(token)&theArticle != 0 {
			place = order(token, theArticle)
		}
	}
	return place
}

// text is a name of a text. The ranks tell the whole text from what was made of it.
func (c *composition) text(m meaning) (meaning, bool) {
	switch {
	case c.subject == theParent:
		m.field = ParentText
		return m, !c.person
	case c.subject == theArticle && !c.person:
		return m.as(ArticleText, 0)
	case c.subject != 0:
		m.rank = order(c.head, aText)
	default:
		m.rank += 6
	}
	for _, token := range c.tokens {
		switch {
		case lists("whole", token):
			m.rank -= 2
		case lists("altered", token):
			m.rank++
		case lists("coded", token):
			m.rank += 2
		}
	}
	if c.person {
		m.rank += 12
	}
	return m.as(Text, 0)
}

// judgedFields are the fields of the remaining roots.
var judgedFields = map[role]Field{
	votesFor: Votes, votesAgainst: Against, aLead: Description, aCase: Case, aStance: Stance, aSentiment: Sentiment,
	aSarcasm: Sarcasm, aContext: Context, aSource: Source, aRemoval: Removed,
}

// judged is a name of votes, of what people or programs decided, or of the collection.
func (c *composition) judged(m meaning) (meaning, bool) {
	if c.person || c.subject == theParent || c.subject == theArticle && c.root&(aCase|aLead) == 0 {
		return m, false
	}
	if slices.Contains(c.tokens, "total") {
		m.rank += 60 // those for and against
	}
	m.field = judgedFields[c.root]
	return m, c.root != aLead || c.subject == 0 || c.subject == theArticle
}
