package plaintext

import (
	"slices"
	"strings"
)

// family is the way in which a line names an author.
type family uint8

const (
	saysName family = iota // "Ada Weber says:", "Ada Weber a dit :", "Ada Weber wrote on May 3, 2020"
	dateName               // "Ada Weber · 3 hours ago", "ada on Oct 9, 2006"
	byName                 // "Comment by Ada Weber – May 3, 2020"
)

// mark is what an author line or a time line holds.
type mark struct {
	family  family
	name    string // as written, "" if only a time
	replyTo string // the name after "→" or "in reply to"
	posted  string // the time as written
	when    []token
	time    strength
	removed bool // "[dead]"
	costly  bool // "X says:" with an X so unlike a name that only a time behind it can vouch for it
}

// readMark reads a short line as an author line or a time line and returns the
// kind, kindPlain if it's neither.
func readMark(l *line) (kind, mark) {
	all := l.tokens
	if len(all) == 0 || len(all) > 40 {
		return kindPlain, mark{}
	}
	m := mark{removed: strings.Contains(l.folded, "[dead]") || strings.Contains(l.folded, "[flagged]")}
	if m.removed {
		all = cutBrackets(l, all)
	}
	if m.readSays(l, all) {
		return kindOpener, m
	}
	if m.costly {
		return kindPlain, m
	}
	tokens := trimTail(all)
	if at, s := timeAlone(tokens, all); s != notTime {
		m.setTime(l, at, s)
		return kindStamp, m
	}
	if m.readBy(l, tokens) {
		return kindSignature, m
	}
	if m.readDate(l, tokens) || m.readDate(l, all) {
		return kindOpener, m
	}
	return kindPlain, mark{}
}

// cutBrackets removes a final "[dead]" or "[flagged]".
func cutBrackets(l *line, tokens []token) []token {
	at := strings.LastIndexByte(l.clean, '[')
	for at >= 0 && len(tokens) > 0 && tokens[len(tokens)-1].start >= at {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

func (m *mark) setTime(l *line, tokens []token, s strength) {
	m.when, m.time = tokens, s
	m.posted = l.clean[tokens[0].start:tokens[len(tokens)-1].end]
}

// timeAlone returns the tokens of a line that is a time, between buttons or
// after a post number at most.
func timeAlone(tokens, all []token) ([]token, strength) {
	if s := isTime(tokens); s != notTime {
		return trimConnectors(tokens), s
	}
	if s := isTime(all); s != notTime {
		return trimConnectors(all), s
	}
	for n := min(3, len(tokens)-1); n > 1; n-- { // "Posted by", with the name in another element
		if byPhrases[key(tokens[:n])] {
			if s := isTime(tokens[n:]); s != notTime {
				return trimConnectors(tokens[n:]), s
			}
		}
	}
	for i := 0; i < len(tokens); {
		n, _ := longestPhraseAt(tokens[i:])
		if n == 0 && (tokens[i].isMark() || i > 0 && tokens[i-1].word == "#") {
			n = 1
		}
		if n == 0 {
			return nil, notTime
		}
		i += n
		if i < len(tokens) {
			if s := isTime(tokens[i:]); s != notTime {
				return trimConnectors(tokens[i:]), s
			}
		}
	}
	return nil, notTime
}

// trimConnectors removes the punctuation and "on", "am", "le" around a time.
func trimConnectors(tokens []token) []token {
	for len(tokens) > 1 && (tokens[0].class == 'c' || tokens[0].class == 'p') && tokens[0].word != "le" {
		tokens = tokens[1:]
	}
	for len(tokens) > 1 && tokens[len(tokens)-1].isMark() {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

// sayVerbs stand between an author and a colon, an ellipsis or a time.
var sayVerbs = phraseSet(sayVerbList)

const sayVerbList = `
says|said|wrote|writes|commented|comments|replied|replies|responded|posted|asks|adds|has written|has commented
sagt|sagte|schrieb|schreibt|meint|meinte|kommentiert|kommentierte|antwortet|antwortete|hat gesagt|hat geschrieben|hat kommentiert
dijo|dice|escribió|escribe|comentó|comenta|respondió|responde|opina|opinó|ha dicho|ha escrito|ha comentado
dit|a dit|écrit|a écrit|commente|a commenté|répond|a répondu|réagit|déclare|a réagi
scrive|scrisse|ha scritto|dice|disse|ha detto|commenta|ha commentato|risponde|ha risposto
diz|disse|escreveu|escreve|comentou|respondeu
zegt|zei|schreef|schrijft|reageerde|reageert|säger|skriver|skrev|sade|siger|sier|mówi|pisze|napisał|napisała|komentuje
говорит|пишет|написал|написала|сказал|сказала|комментирует
`

// readSays reads "X says:", "X says: May 3, 2020 at 5 pm", "X wrote…" and the
// mail form "On May 3, 2020, X wrote:".
func (m *mark) readSays(l *line, tokens []token) bool {
	for i := len(tokens) - 1; i > 0; i-- {
		n := verbBefore(tokens[:i])
		if n == 0 {
			continue
		}
		colon := tokens[i].word == ":" || tokens[i].word == "…" || tokens[i].word == "."
		if !colon {
			continue
		}
		after := tokens[i:]
		for len(after) > 0 && strings.Contains(":.…", after[0].word) {
			after = after[1:]
		}
		if len(after) > 0 {
			rest := trimTail(after)
			if s := isTime(rest); len(rest) > 0 && s == notTime || tokens[i].word == "." {
				return false
			} else if len(rest) > 0 {
				m.setTime(l, trimConnectors(rest), s)
			}
		}
		return m.setName(l, tokens[:i-n], saysName)
	}
	return false
}

// verbBefore returns the number of tokens of the verb of saying at the end of
// tokens, 0 if there is none.
func verbBefore(tokens []token) int {
	for n := min(2, len(tokens)); n > 0; n-- {
		if sayVerbs[key(tokens[len(tokens)-n:])] && !tokens[len(tokens)-n].isMark() {
			return n
		}
	}
	return 0
}

// setName stores the author before a verb or a time. A time in front ("On May
// 3, 2020 Ada wrote:") is taken out of it.
func (m *mark) setName(l *line, tokens []token, f family) bool {
	m.family = f
	if at := timePrefix.FindStringIndex(classes(tokens)); at != nil && at[1] < len(tokens) && m.time == notTime {
		m.setTime(l, trimConnectors(tokens[:at[1]]), strongTime)
		tokens = tokens[at[1]:]
		for len(tokens) > 0 && tokens[0].isMark() {
			tokens = tokens[1:]
		}
	}
	if len(tokens) == 0 {
		return f == saysName && m.time == notTime
	}
	m.name, m.replyTo = splitReply(l.clean[tokens[0].start:tokens[len(tokens)-1].end])
	m.name = stripMail(m.name)
	// A line that begins with a picture is an author's whatever the name looks like.
	if f == saysName && !l.avatar && nameCost(m.name) > mostNameCost {
		m.costly = true
		return false
	}
	return true
}

// mostNameCost is what the name before a verb of saying may cost.
const mostNameCost = 3.2

// byPhrases open a line that signs a comment.
var byPhrases = phraseSet("comment by|comment from|posted by|submitted by|written by|comment posted by|kommentar von|kommentar verfasst von|geschrieben von|verfasst von|gepostet von|erstellt von|eingetragen von|veröffentlicht von|eintrag von|comentario de|comentario por|escrito por|publicado por|enviado por|commentaire de|commentaire par|commentaire n # posté par|posté par|écrit par|publié par|rédigé par|commento di|scritto da|inviato da|pubblicato da|postato da|comentário de|comentário por|enviado por|reactie van|geplaatst door|geschreven door|postado por|publicado por|escrito por|reactie door|gepost door|komentarz od|napisany przez|napisane przez|dodany przez|dodał|skrivet av|kommentar av")

// commentWords stand before the word before an author: "Kommentar von".
var commentWords = wordSet("comment kommentar comentario commentaire commento comentário reactie komentarz")

// byWords stand before an author.
var byWords = wordSet("by von par por di da door przez od av from author autor auteur autore")

// isBy reports whether a token at the start of an author line is none of the name.
// "Di" and "Da" begin names too.
func isBy(l *line, t *token) bool {
	return byWords[t.word] && (len(t.word) > 2 || t.word == "by" || l.clean[t.start:t.end] == t.word)
}

// readBy reads "Comment by X – time", "#3 Kommentar von X" and "Posté par X le …".
func (m *mark) readBy(l *line, tokens []token) bool {
	from := 0
	for from < len(tokens) && (tokens[from].isMark() || tokens[from].isNumber()) {
		from++
	}
	for n := min(5, len(tokens)-from-1); n > 1; n-- {
		if !byPhrases[key(tokens[from:from+n])] && (n != 2 || !commentWords[tokens[from].word] || !byWords[tokens[from+1].word]) {
			continue
		}
		rest := tokens[from+n:]
		for len(rest) > 0 && rest[0].word == ":" {
			rest = rest[1:]
		}
		if at, s := endsInTime(rest); s != notTime {
			m.setTime(l, trimConnectors(rest[at:]), s)
			rest = rest[:at]
		}
		rest = trimNameTail(rest)
		return len(rest) > 0 && m.setName(l, rest, byName) && nameCost(m.name) < 2.5
	}
	return false
}

// readDate reads an author and a time on one line.
func (m *mark) readDate(l *line, tokens []token) bool {
	at, s := endsInTime(tokens)
	if s == notTime || at == 0 {
		return false
	}
	name := trimNameTail(tokens[:at])
	for len(name) > 1 && (strings.Contains("—–-|·•", name[0].word) || isBy(l, &name[0])) {
		name = name[1:]
	}
	if len(name) == 0 {
		return false
	}
	between := l.clean[name[len(name)-1].end:tokens[at].start]
	f := dateName
	if n := verbBefore(name); n > 0 && n < len(name) {
		f, name = saysName, trimNameTail(name[:len(name)-n])
		if len(name) == 0 {
			return false
		}
	}
	limit := 1.9
	if !hasFigure(tokens[at:]) {
		// "now" and "yesterday" end sentences too.
		if endsSentence(l.clean) {
			return false
		}
		limit = 0.8
	}
	if s == weakTime {
		// A clock time ends many sentences; only a glued or pointed one counts.
		if between != "" && !strings.ContainsAny(between, "|·•—–-,@") {
			return false
		}
		limit = 0.8
	}
	m.setTime(l, trimConnectors(tokens[at:]), s)
	if !m.setName(l, name, f) || nameCost(firstPart(m.name)) > limit {
		*m = mark{removed: m.removed}
		return false
	}
	return true
}

// hasFigure reports whether a time holds a number.
func hasFigure(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.isNumber() })
}

// trimNameTail removes what stands between a name and a time: punctuation,
// prepositions, badges, votes.
func trimNameTail(tokens []token) []token {
	for {
		before := len(tokens)
		tokens = trimTail(tokens)
		for len(tokens) > 1 {
			last := tokens[len(tokens)-1]
			if !betweenWords[last.word] {
				break
			}
			tokens = tokens[:len(tokens)-1]
		}
		if len(tokens) == before {
			return tokens
		}
	}
}

var betweenWords = wordSet("on at am um le el il em op w dniu dnia dn on, at, den der the posted, den @ | · • — – - , : ( » «")

// replyArrows stand between an author and the one who is answered.
var replyArrows = []string{" → ", " ➝ ", " ➔ ", " ▸ ", " ► ", " > ", " -> ", " » ", " in reply to ", " replying to ", " replied to ", " als antwort auf ", " antwortet auf ", " antwortete auf ", " en respuesta a ", " en réponse à ", " in risposta a ", " em resposta a "}

// splitReply cuts "Ada → Bo" into the author and the one answered.
func splitReply(name string) (author, replyTo string) {
	folded := fold(name)
	for _, arrow := range replyArrows {
		if i := strings.Index(folded, arrow); i > 0 && len(folded) == len(name) {
			return strings.TrimSpace(name[:i]), strings.Trim(name[i+len(arrow):], " :")
		}
	}
	return name, ""
}

// firstPart returns the name without the place some sites put after it.
func firstPart(name string) string {
	const longestPlace = 30
	if i := strings.Index(name, ", "); i > 0 && len(name)-i < longestPlace {
		return name[:i]
	}
	return name
}

// stripMail removes the e-mail addresses that some text browsers put before a
// name for its picture.
func stripMail(name string) string {
	first, rest, ok := strings.Cut(name, " ")
	if ok && strings.Count(first, "@") > 1 && strings.Contains(first, ".") {
		return strings.TrimSpace(rest)
	}
	return name
}
