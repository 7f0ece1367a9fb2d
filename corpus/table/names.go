package table

import (
	"slices"
	"strings"
	"sync"
	"unicode"
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

	subjects = theComment | thePerson | theParent | theArticle
	roots    = aText | aName | anID | aTime | votesFor | votesAgainst | aTitle | anURL | aLead |
		aCase | aStance | aSentiment | aSarcasm | aContext | aSource | aRemoval
)

// nameWords are the words of names by their roles, the most telling of a role first. Words
// joined by "+" are a phrase.
var nameWords = []struct {
	role  role
	words string
}{
	{theComment, "comment comments com reply replies message messages msg tweet response remark answer item entry record content text body review feedback " +
		"kommentar kommentars kommentare kommentarer kommentti kommentin commentaire commentaires comentario comentarios comentário comentários commento " +
		"commenti reactie reacties komentarz komentarza комментарий комментария комментарии сообщения 评论 評論 留言 回复 コメント 댓글"},
	{thePerson, "author user speaker commenter poster commentator writer sender owner profile account creator reviewer member person actor " +
		"contributor participant from by autor auteur autore verfasser forfatter forfattar författare kirjoittaja auteurs autore автор yazar 作者 投稿者 " +
		"nutzer benutzer bruker brukar bruger användare käyttäjä gebruiker usuario usuário utente utilisateur użytkownik kullanıcı 用户 influencer " +
		"posted+by written+by created+by submitted+by sent+by channel kommentator kommentatorin kommentierende verfasserin autorin автора пользователь " +
		"пользователя 用戶 评论者 작성자 사용자 ユーザー"},
	{theParent, "parent in+reply+to reply+to replied+to replying+to response+to responding+to responded+to answer+to is+reply+to in+response+to " +
		"in+reply+to+status ref+comment replied+comment svar+på svar+til svarer+på antwort+auf antwort+an en+réponse+à réponse+à en+respuesta+a respuesta+a " +
		"em+resposta+a resposta+a in+risposta+a risposta+a antwoord+op reactie+op ответ+на в+ответ+на 父 父评论 回复对象 상위"},
	{theArticle, "article story thread submission link post topic discussion conversation container video news page media group " +
		"artikel artikkel artikkelen artikels articolo artículo artigo noticia notícia notizia nyhet sak beitrag nieuws nieuwsbericht artikkeli uutinen " +
		"artykuł artykułu статья статьи новость новости 文章 新闻 新聞 記事 帖子 视频 기사 게시글"},
	{aText, "comment body text content message remark tweet reply comments response opinion post review commentary contents feedback hit+sentence " +
		"sound+bite+text kommentar kommentti commentaire comentario comentário commento reactie opmerking komentarz komentář комментарий коментар yorum " +
		"评论 コメント 댓글 tekst teksti texto texte testo текст innlegg indlæg inlägg viesti nachricht bericht inhalt innhold innehåll mensaje mensagem " +
		"messaggio melding meddelande besked treść 内容 本文 kommentare kommentartext kommentartekst commentaires comentarios commenti reacties " +
		"сообщение kommentarer 评论内容 評論 留言 正文 내용 본문 caption paragraphs"},
	{aName, "name names display+name user+name screen+name full+name username uname displayname login handle nickname nick pseudonym alias navn namn " +
		"nimi naam nombre nome nom имя pseudo brukernavn brugernavn benutzername nutzername anzeige+name användarnamn gebruikersnaam anzeigename 昵称 暱稱 姓名 " +
		"用户名 이름 닉네임 名前"},
	{anID, "id ids uuid guid pk key no identifier identifiant identificador nr nummer номер 编号 번호 番号"},
	{aTime, "created create inserted posted published publish timestamp datetime date time submitted written added at on utc gmt pubdate ts epoch " +
		"unix creation publication taken when sent reg ctime dato datum fecha zeit zeitpunkt hora heure tid tidspunkt tidpunkt aika päivämäärä tijd дата время " +
		"tarih 时间 日期 日時 日付 data uhrzeit erstellt erstellt+am veröffentlicht geschrieben+am publicado publicación publicação publicerad publisert " +
		"skrevet oprettet opprettet klokkeslett klokkeslæt klockslag godzina ora publié publicato pubblicato gepubliceerd 发布 發布 评论时间 投稿日時 작성일 작성일시 등록일 날짜"},
	{votesFor, "votes vote points likes like recommendations recommends recommend upvotes upvote ups thumbs+up thumbsup up+votes up+vote " +
		"pos+votes vote+up votes+up score sympathy favorites favorite favourites favourite diggs digg hearts reactions reaction stemmer stemme likerklikk " +
		"gillar röster tykkäykset gefällt+mir me+gusta mi+piace stimmen голоса j'aime j+aime curtidas vind+ik+leuks zustimmung zustimmungen лайки лайков " +
		"polubienia 点赞 點贊 赞 いいね 공감 좋아요 liked+by claps clap helpful reactors"},
	{votesAgainst, "downvotes downvote down+votes down+vote neg+votes dislikes dislike vote+down votes+down antipathy thumbs+down thumbsdown downs " +
		"ablehnung ablehnungen дизлайки 비공감"},
	{aTitle, "title headline subject heading titel titre titulo título titolo tittel rubrik overskrift otsikko überschrift tytuł заголовок название 标题 標題 " +
		"タイトル 제목"},
	{anURL, "url link uri href permalink lenke länk linkki enlace lien adresse ссылка 链接 鏈接 링크"},
	{aLead, "opening+text description desc snippet abstract lead summary meta"},
	{aCase, "case claim target"},
	{aStance, "stance label"},
	{aSentiment, "sentiment polarity"},
	{aSarcasm, "sarcasm sarcastic irony ironic parody"},
	{aContext, "context ctx"},
	{aSource, "platform dataset ds source"},
	{aRemoval, "removed deleted"},
	{aCount, "count counts num number total n cnt antall antal anzahl zahl nombre numero número aantal liczba кількість количество число 数 數 수"},
	{aFlag, "is has was"},
	{filler, "the of a an full raw original display plain clean cleaned gold html value data metadata node attributes snippet short web net iso info " +
		"details object relationships action actions extract network edge edges core legacy result results model extra direct formatted str first " +
		"public+metrics referenced+tweets de du des del della dello dell l d der die das des von vom do da dos das av af van het la le les el los den det"},
}

// oddNames are the names of known exports that say nothing by their words.
var oddNames = map[string]Field{"commentcounter": ID, "cid": ID, "selftext": ArticleText, "fullname": Author, "pid": Parent, "rid": Parent, "rpid": ID}

type nameWord struct {
	role  role
	order [32]uint8 // the place in the list of a role, by its bit
}

// nameVocabulary is the words by themselves, the parts of a phrase joined by a space.
var nameVocabulary = sync.OnceValue(func() map[string]*nameWord {
	all := map[string]*nameWord{}
	for _, row := range nameWords {
		for order, word := range strings.Fields(row.words) {
			word = strings.ReplaceAll(word, "+", " ")
			for _, part := range append(strings.Fields(word), word) {
				if all[part] == nil {
					all[part] = &nameWord{} // a part of a phrase says nothing by itself
				}
			}
			all[word].role |= row.role
			all[word].order[bit(row.role)] = uint8(order)
		}
	}
	return all
})

func bit(r role) int {
	n := 0
	for r >>= 1; r != 0; r >>= 1 {
		n++
	}
	return n
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
	if n := len(parts); n > 1 && slices.Contains(networks, parts[n-1]) {
		parts = parts[:n-1]
	}
	return parts
}

var networks = []string{"fb", "facebook", "ig", "instagram", "tw", "twitter", "yt", "youtube", "reddit", "tiktok", "vk"}

// ofWords are those that stand between what a column holds and whose it is.
var ofWords = map[string]bool{
	"of": true, "de": true, "du": true, "des": true, "del": true, "della": true, "dello": true, "dell": true, "d": true, "do": true, "da": true,
	"dos": true, "das": true, "der": true, "von": true, "vom": true, "av": true, "af": true, "van": true,
}

// ofWhom are words that say by themselves whose something is, behind it.
var ofWhom = map[string]bool{
	"комментария": true, "автора": true, "пользователя": true, "сообщения": true, "статьи": true, "новости": true, "komentarza": true, "artykułu": true,
}

// nameTokens are the known words and phrases of a name, nil if there is one that isn't
// known. What stands behind "of", in any language, is put first.
func nameTokens(name string) []string {
	known := nameVocabulary()
	var parts []string
	for i, part := range nameParts(name) {
		if i == 0 && slices.Contains(networks, part) {
			parts = append(parts, "network")
			continue
		}
		if known[part] != nil {
			parts = append(parts, part)
			continue
		}
		cut := segment(part)
		if cut == nil {
			return nil
		}
		parts = append(parts, cut...)
	}
	parts = reordered(parts)
	var tokens []string
	for i := 0; i < len(parts); {
		n := 1
		for k := min(4, len(parts)-i); k > 1; k-- {
			if known[strings.Join(parts[i:i+k], " ")] != nil {
				n = k
				break
			}
		}
		token := strings.Join(parts[i:i+n], " ")
		if known[token].role == 0 {
			return nil
		}
		tokens = append(tokens, token)
		i += n
	}
	return tokens
}

// reordered puts first whose something is.
func reordered(parts []string) []string {
	last := len(parts) - 1
	if at := slices.IndexFunc(parts, func(part string) bool { return ofWords[part] }); at > 0 && at < last {
		of := parts[:at]
		if w := nameVocabulary()[of[0]]; len(of) == 1 && w.role&aCount != 0 {
			of = []string{"count"} // "nombre", which is a name in Spanish
		}
		return slices.Concat(parts[at+1:], of)
	}
	if last > 0 && ofWhom[parts[last]] {
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
			if best[start] == nil || nameVocabulary()[word[start:end]] == nil || best[end] != nil && len(best[start])+1 >= len(best[end]) {
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
	if f, ok := oddNames[strings.Join(nameParts(name), "")]; ok {
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
		w := nameVocabulary()[part]
		if w == nil || slices.Contains([]string{"by", "from", "at", "on"}, part) {
			continue
		}
		switch {
		case w.role&theParent != 0:
			return Parent, true
		case w.role&thePerson != 0 && w.role&filler == 0:
			return Author, true
		case w.role == aTime:
			return Time, true
		case w.role&votesFor != 0:
			return Votes, true
		case w.role == aRemoval:
			return Removed, true
		}
	}
	return 0, false
}

// answers reports whether words begin with a phrase for what a comment answers.
func answers(words []string) bool {
	for n := 2; n <= min(3, len(words)); n++ {
		if w := nameVocabulary()[strings.Join(words[:n], " ")]; w != nil && w.role&theParent != 0 {
			return true
		}
	}
	return false
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
	channel bool
	answer  bool   // what is told may be an answer's to the comment
	head    string // the word that says what is told
	root    role   // … and as what, 0 if only a subject is named
	count   bool
	flag    bool
	fillers int
}

// read tells subjects and root apart. It returns false if they don't go together.
func (c *composition) read() bool {
	known := nameVocabulary()
	head := c.headAt()
	if head < 0 {
		return false
	}
	for i, token := range c.tokens {
		if i != head && !c.take(token, known[c.tokens[head]], i < head) {
			return false
		}
	}
	if c.head = c.tokens[head]; c.head == "network" {
		return false
	}
	if w := known[c.head]; w.role&roots != 0 {
		c.root = c.pick(w.role & roots)
	} else if w.role&thePerson != 0 {
		c.person = true
	} else if c.subject != theParent {
		c.subject = w.role & subjects
	}
	return !c.count || c.root&(votesFor|votesAgainst) != 0
}

// headAt is the place of the head among the words, -1 for none.
func (c *composition) headAt() int {
	known := nameVocabulary()
	head := len(c.tokens) - 1
	for head >= 0 && known[c.tokens[head]].role&(roots|subjects) == 0 {
		head--
	}
	// A trailing zone or "at" belongs to the time before it.
	for head > 0 && known[c.tokens[head]].role == aTime && known[c.tokens[head-1]].role&aTime != 0 {
		head--
	}
	return head
}

// take takes in a word beside the head, before or behind it. It returns false if they don't go together.
func (c *composition) take(token string, head *nameWord, before bool) bool {
	w := nameVocabulary()[token]
	switch {
	case w.role&subjects != 0 && before:
		switch {
		case w.role&thePerson != 0:
			c.person = true
			c.channel = c.channel || token == "channel"
		case w.role&theArticle != 0 && c.subject != theParent:
			c.subject = theArticle
		case c.subject != theParent:
			c.subject = w.role & subjects
			c.answer = c.answer || answerWords[token]
		}
	case w.role&(aCount|aFlag) != 0:
		c.count, c.flag = c.count || w.role&aCount != 0, c.flag || w.role&aFlag != 0
	case w.role&filler != 0:
		c.fillers++
	default:
		return w.role&head.role&roots != 0
	}
	return true
}

// answerWords are those for a comment that may be one to the comment of the row.
var answerWords = map[string]bool{"reply": true, "replies": true, "response": true, "answer": true}

// pick chooses what a word with several meanings tells: "link" is an address, and "snippet"
// the lead, unless something stands behind them.
func (c *composition) pick(r role) role {
	for _, one := range []role{aText, anURL, aLead, aTitle} {
		if r&one != 0 {
			return one
		}
	}
	return r
}

// order is the place of the head among the words for the same.
func (c *composition) order(r role) int { return int(nameVocabulary()[c.head].order[bit(r)]) }

// meaning is the field that the subject and the root are.
func (c *composition) meaning() (meaning, bool) {
	if c.flag && c.root&(aRemoval|aSarcasm) == 0 && c.subject != theParent {
		return meaning{}, false
	}
	m := meaning{rank: 2*c.order(max(c.root, 1)) + 3, strong: c.strong()}
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

// strong reports whether the name can mean nothing but the article.
func (c *composition) strong() bool {
	return c.subject == theArticle && !slices.Contains(c.tokens, "post") && !slices.Contains(c.tokens, "link")
}

// as is a meaning with its field.
func (m meaning) as(f Field) (meaning, bool) {
	m.field = f
	return m, true
}

// name is a name of somebody's name, or of the article's.
func (c *composition) name(m meaning) (meaning, bool) {
	article := c.subject == theArticle
	switch {
	case c.subject == theParent:
		return meaning{}, false
	case article && !c.person && (c.head == "name" || c.head == "names"):
		m.rank += 20
		return m.as(Title)
	case article && !c.person:
		return meaning{}, false // "post username" is that of whoever wrote it
	case c.person:
		m.rank = 0
	default:
		m.rank += 6
	}
	return m.as(Author)
}

// id is a name of an identifier.
func (c *composition) id(m meaning) (meaning, bool) {
	parent, article := c.subject == theParent, c.subject == theArticle
	if c.subject&theComment != 0 {
		m.rank = 0
	}
	switch {
	case c.person && (parent || article), c.head == "no" && c.subject == 0:
		return meaning{}, false
	case c.person:
		m.rank += personID
		return m.as(Author)
	case parent:
		return m.as(Parent)
	case article:
		m.rank = 2 * c.articleOrder()
		return m.as(Thread)
	}
	if slices.Contains(c.tokens, "network") {
		m.rank += 30 // mostly that of the post
	}
	return m.as(ID)
}

// time is a name of a time.
func (c *composition) time(m meaning) (meaning, bool) {
	switch {
	case c.person || c.subject == theParent:
		return meaning{}, false
	case m.strong:
		return m.as(Published)
	}
	if c.subject == theComment {
		m.rank -= 20
	}
	if slices.Contains(c.tokens, "iso") {
		m.rank -= 20
	}
	if c.head == "gmt" || slices.Contains(c.tokens, "gmt") {
		m.rank -= 20 // the others are of the site's own zone
	}
	return m.as(Time)
}

// title is a name of a title; that of a channel is its author's.
func (c *composition) title(m meaning) (meaning, bool) {
	switch {
	case c.channel:
		m.rank += 30
		return m.as(Author)
	case c.person || c.subject != 0 && c.subject != theArticle:
		return meaning{}, false
	case c.subject == 0:
		m.rank += 5
	}
	m.rank += c.fillers
	return m.as(Title)
}

// url is a name of an address.
func (c *composition) url(m meaning) (meaning, bool) {
	if c.person || c.subject != 0 && c.subject != theArticle {
		return meaning{}, false
	}
	if c.subject == 0 {
		m.rank += 10
	}
	return m.as(URL)
}

// threadWords are those for articles by which threads are named.
var threadWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields("thread article story submission discussion conversation group artikel artikkel artikkelen artículo articulo artigo " +
		"noticia notícia notizia nyhet beitrag nieuwsbericht artikkeli uutinen artykuł статья новость 文章 新闻 新聞 記事 기사") {
		words[word] = true
	}
	return words
})

// bare is a name without a root.
func (c *composition) bare(m meaning) (meaning, bool) {
	switch {
	case c.subject == theParent:
		m.field, m.rank = Parent, 4
		return m, !c.person
	case c.subject == theArticle && c.person && !slices.Contains(c.tokens, "post"):
		return m, false
	case c.person && c.subject&theComment != 0:
		m.field, m.rank = Author, 1
	case c.person && c.subject == theArticle:
		m.field, m.rank = Author, 60
	case c.person:
		m.field = Author
		m.rank = 2 + 3*int(nameVocabulary()[c.head].order[bit(thePerson)])
	case c.subject == theArticle && threadWords()[c.head]:
		m.field = Thread
		m.rank = 2*c.articleOrder() + 1
	default:
		return m, false
	}
	return m, true
}

// articleOrder is the place of the word for the article that was named.
func (c *composition) articleOrder() int {
	order := 0
	for _, token := range c.tokens {
		if w := nameVocabulary()[token]; w.role&theArticle != 0 {
			order = int(w.order[bit(theArticle)])
		}
	}
	return order
}

// text is a name of a text.
func (c *composition) text(m meaning) (meaning, bool) {
	switch {
	case c.subject == theParent && !c.person:
		m.field = ParentText
		return m, true
	case c.subject == theParent:
		return m, false
	case c.subject == theArticle && !c.person:
		m.field = ArticleText
		return m, true
	}
	m.field = Text
	m.rank += 6
	if c.subject != 0 {
		m.rank = c.order(aText)
	}
	for _, token := range c.tokens {
		switch token {
		case "full":
			m.rank -= 2
		case "display", "original", "clean", "cleaned", "short":
			m.rank++
		case "raw", "html":
			m.rank += 2
		}
	}
	if c.person {
		m.rank += 12
	}
	return m, true
}

// judged is a name of votes, of what people or programs decided, or of the collection.
func (c *composition) judged(m meaning) (meaning, bool) {
	if c.person || c.subject == theParent || c.subject == theArticle && c.root&(aCase|aLead) == 0 {
		return m, false
	}
	for r, f := range map[role]Field{
		votesFor: Votes, votesAgainst: Against, aLead: Description, aCase: Case, aStance: Stance, aSentiment: Sentiment,
		aSarcasm: Sarcasm, aContext: Context, aSource: Source, aRemoval: Removed,
	} {
		if c.root == r {
			m.field = f
		}
	}
	if slices.Contains(c.tokens, "total") {
		m.rank += 60 // those for and against
	}
	return m, !(c.root == aLead && c.subject != 0 && c.subject != theArticle)
}
