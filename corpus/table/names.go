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
	if last > 0 && parts[0] == "id" {
		parts = slices.Concat(parts[1:], parts[:1])
	}
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
	// A trailing zone or "at" belongs to the time before it: of several words the most telling counts.
	if head > 0 && roleOf(c.tokens[head])&aText != 0 && roleOf(c.tokens[head-1]) == aTime {
		head--
	}
	best := head
	for head > 0 && roleOf(c.tokens[head]) == aTime && roleOf(c.tokens[head-1])&aTime != 0 {
		if head--; order(c.tokens[head], aTime) <= order(c.tokens[best], aTime) {
			best = head
		}
	}
	return best
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
	case !before && r&aText != 0 && head&aTime != 0: // "published time text"
	case r&(aCount|aFlag|filler) != 0:
		c.count, c.flag = c.count || r&aCount != 0, c.flag || r&aFlag != 0
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

// rule says what names tell of some subjects by some roots. Of several that fit the first counts.
type rule struct {
	root      role   // one of these, 0 for a name that has none
	need, not role   // subjects that the name must have, all of them, or must not
	head      string // the section in which the head must stand
	has       string // … or any of the words, or none where it begins with "!"
	field     Field
	from      base // where its rank counts from
	rank      int
}

// base is where the rank of a field counts from.
type base uint8

const (
	byHead  base = iota // the place of the head among the words for the root
	byPlace             // the same, once
	byName              // the place of the word for the article
	fixed               // nothing
	byWhom              // the place of the word for the person
)

// verdicts are the roots of what people or programs decided, or of votes, with their fields.
var verdicts = map[role]Field{
	votesFor: Votes, votesAgainst: Against, aStance: Stance, aSentiment: Sentiment, aSarcasm: Sarcasm, aContext: Context, aSource: Source, aRemoval: Removed,
}

const aVerdict = votesFor | votesAgainst | aStance | aSentiment | aSarcasm | aContext | aSource | aRemoval

var rules = []rule{
	{need: theParent, not: thePerson, field: Parent, from: fixed, rank: 4},
	{need: thePerson | theArticle, has: "post", field: Author, from: fixed, rank: 60},
	{need: thePerson | theComment, field: Author, from: fixed, rank: 1},
	{need: thePerson, not: theArticle | theParent, field: Author, from: byWhom, rank: 2},
	{need: theArticle, not: thePerson, head: "thread", field: Thread, from: byName, rank: 1},

	{root: aName, need: thePerson, not: theParent, field: Author, from: fixed},
	{root: aName, not: theParent | theArticle, field: Author, rank: 6},
	{root: aName, need: theArticle, not: thePerson, head: "called", field: Title, rank: 20}, // "post username" is that of whoever wrote it

	{root: anID, need: thePerson | theComment, field: Author, from: fixed, rank: personID},
	{root: anID, need: thePerson, not: theParent | theArticle, has: "!row", field: Author, rank: personID},
	{root: anID, need: theParent, not: thePerson, field: Parent},
	{root: anID, need: theArticle, not: thePerson, field: Thread, from: byName},
	{root: anID, need: theComment, has: "networked", field: ID, from: fixed, rank: 30}, // mostly that of the post
	{root: anID, need: theComment, field: ID, from: fixed},
	{root: anID, not: subjects, has: "networked", field: ID, rank: 30},
	{root: anID, not: subjects, has: "!row", field: ID},

	{root: aTime, need: theArticle, not: thePerson | theParent, has: "!loose", field: Published},
	{root: aTime, need: theComment, not: thePerson | theParent, field: Time, rank: -20},
	{root: aTime, not: thePerson | theParent, field: Time},

	{root: aTitle, need: thePerson, has: "channel", field: Author, rank: 30},
	{root: aTitle, need: theArticle, not: thePerson, field: Title},
	{root: aTitle, not: subjects, field: Title, rank: 5},

	{root: anURL, need: theArticle, not: thePerson, field: URL},
	{root: anURL, not: subjects, field: URL, rank: 10},

	{root: aText, need: theParent, not: thePerson, field: ParentText},
	{root: aText, need: theArticle, not: thePerson, field: ArticleText},
	{root: aText, need: thePerson | theArticle, field: Text, from: byPlace, rank: 12},
	{root: aText, need: thePerson | theComment, field: Text, from: byPlace, rank: 12},
	{root: aText, need: thePerson, not: theParent, field: Text, rank: 18},
	{root: aText, need: theComment, field: Text, from: byPlace},
	{root: aText, not: subjects, field: Text, rank: 6},

	{root: aLead, not: thePerson | theParent | theComment, field: Description},
	{root: aCase, not: thePerson | theParent, field: Case},
	{root: aVerdict, not: thePerson | theParent | theArticle},
}

// qualifiers are the words that bring a column forward or put it back: the whole text before what was made of
// it, a time in UTC before that of the site's own zone, votes for before those for and against.
var qualifiers = []struct {
	field   Field
	section string
	rank    int
}{
	{Text, "whole", -2}, {Text, "altered", 1}, {Text, "coded", 2}, {Time, "exact", -20}, {Title, "filler", 1},
	{Votes, "sum", 60}, {Against, "sum", 60},
}

// fits reports whether a rule is one for the name.
func (c *composition) fits(r *rule) bool {
	whose := c.subject
	if c.person {
		whose |= thePerson
	}
	section, without := strings.CutPrefix(r.has, "!")
	return (r.root == c.root || r.root&c.root != 0) && whose&r.need == r.need && whose&r.not == 0 &&
		(r.head == "" || lists(r.head, c.head)) && (section == "" || c.has(section) != without)
}

// meaning is the field that the subject and the root are.
func (c *composition) meaning() (meaning, bool) {
	if c.flag && c.root&(aRemoval|aSarcasm) == 0 && c.subject != theParent {
		return meaning{}, false
	}
	at := slices.IndexFunc(rules, func(r rule) bool { return c.fits(&r) })
	if at < 0 {
		return meaning{}, false
	}
	r := &rules[at]
	m := meaning{field: r.field, rank: r.rank, strong: c.subject == theArticle && !c.has("loose")}
	if r.root == aVerdict {
		m.field = verdicts[c.root]
	}
	switch r.from {
	case byHead:
		m.rank += 2*order(c.head, c.root) + 3
		if c.subject&theComment != 0 {
			m.rank -= 3
		}
	case byPlace:
		m.rank += order(c.head, c.root)
	case byName:
		m.rank += 2 * c.articleOrder()
	case byWhom:
		m.rank += 3 * order(c.head, thePerson)
	}
	for _, q := range qualifiers {
		if q.field == m.field {
			m.rank += q.rank * count(c.tokens, anyOf(q.section))
		}
	}
	return m, true
}

// count is how many are such.
func count(all []string, is func(string) bool) int {
	n := 0
	for _, one := range all {
		if is(one) {
			n++
		}
	}
	return n
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
