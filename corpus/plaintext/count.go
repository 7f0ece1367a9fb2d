package plaintext

import (
	"regexp"
	"strings"
)

// commentNouns are the words by which pages announce comments, singular and
// plural, as regular expressions.
const commentNouns = `comments?|responses?|repl(?:y|ies)|thoughts?|reactions?|reader comments?|user comments?|readers? comments?|` +
	`kommentare?n?|leserkommentare?|antworte?n?|gedanken?|meinung(?:en)?|ergänzung(?:en)?|beiträge|beitrag|reaktion(?:en)?|leserbriefe?|wortmeldung(?:en)?|` +
	`comentarios?|respuestas?|opini[oó]n(?:es)?|pensamientos?|` +
	`commentaires?|réponses?|réflexions?|réactions?|avis|` +
	`commenti|commento|risposte|risposta|pensieri|` +
	`comentários?|respostas?|opiniões|` +
	`reacties?|gedachten?|kommentarer|svar|komentarzy|komentarze|komentarz|odpowiedzi|комментари(?:й|я|ев|и)|отзыв(?:а|ов)?|yorum|コメント|条评论`

const figure = `(\d{1,3}(?:[.,' ]\d{3})+|\d+(?:[.,]\d)?k?|one|eine?n?|un[oae]?|um|een)`

var (
	numberFirst = regexp.MustCompile(`^[^\p{L}\p{N}]*` + figure + `\s*(?:` + commentNouns + `)(?:$|[^\p{L}])(.*)$`)
	numberLast  = regexp.MustCompile(`^[^\p{L}\p{N}]*(?:all |alle |top |reader |user )?(?:` + commentNouns + `)\s*[:(\[|·•-]*\s*(\d[\d.,]*k?)\s*[)\]:»]*$`)
	numberIn    = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])` + figure + `\s*(?:` + commentNouns + `)[^\p{L}\p{N}]*$`)
	titleTail   = regexp.MustCompile(`^(?:on|to|for|about|zu|zum|zur|auf|über|en|sobre|a|al|sur|à|au|su|op|over|sul|em|so far|bisher|hasta|»|>>|>|…|\.\.\.|de lectores|from readers|read them|below)(?:$|[^\p{L}])`)
)

// recentWords mark a sidebar of comments from all over the site.
var recentWords = wordSet("recent latest neueste neue letzte letzten zuletzt recientes últimos ultimos récents derniers recenti ultimi recente recentes últimas meine my")

// announcement is what a count line or heading says.
type announcement struct {
	count   int // 0 if no number
	certain bool
	ok      bool
}

// announces reads a short line as "6 Comments", "20 thoughts on …", "This Post
// Has 80 Comments", "Kommentare (12)" or a bare "Comments".
func announces(l *line) announcement {
	folded := strings.TrimSpace(l.folded)
	for i := range l.tokens {
		if recentWords[l.tokens[i].word] {
			return announcement{}
		}
	}
	if !mayCount(folded) {
		return announcement{}
	}
	if m := numberFirst.FindStringSubmatch(folded); m != nil {
		tail := strings.TrimLeft(m[2], " :.,;()[]{}")
		certain := !strings.ContainsFunc(tail, isWordRune) || titleTail.MatchString(tail)
		return announcement{count: figureOf(m[1]), certain: certain, ok: certain || len(l.tokens) <= 24}
	}
	if m := numberLast.FindStringSubmatch(folded); m != nil {
		return announcement{count: figureOf(m[1]), certain: true, ok: true}
	}
	if m := numberIn.FindStringSubmatch(folded); m != nil && len(l.tokens) <= 24 && m[1][0] <= '9' {
		certain := len(l.tokens) <= 8 && !strings.HasSuffix(folded, ".")
		return announcement{count: figureOf(m[1]), certain: certain, ok: true}
	}
	if isHeading(l.tokens) {
		return announcement{certain: true, ok: true}
	}
	return announcement{}
}

// nounStems are what every one of commentNouns and headings has one of.
var nounStems = strings.Fields("comment respon repl thought reaction kommenta antwort gedank meinung stimmen ergänzung beitr reaktion leserbrief wortmeldung comentario respuesta opini " +
	"pensamiento répons réflexion réaction avis rispost pensieri comentário resposta reactie gedachte svar komentar odpowied комментари отзыв yorum コメント 条评论 评论 " +
	"discussion diskussion conversation interaction activity debatte forum readers say")

// mayCount reports whether a folded line has a word that announces comments. It saves
// the patterns on nearly every line of a page.
func mayCount(folded string) bool {
	for _, stem := range nounStems {
		if strings.Contains(folded, stem) {
			return true
		}
	}
	return false
}

func figureOf(s string) int {
	n, ok := number(strings.NewReplacer("'", "", " ", "").Replace(s))
	if !ok {
		return 1 // "one", "ein", "un"
	}
	return min(n, 1e8)
}

// headings are the bare words over a comment section.
var headings = phraseSet(headingList)

const headingList = `
comments|comment|responses|replies|discussion|the discussion|conversation|the conversation|reader comments|readers' comments|readers comments|user comments|reader interactions|top comments|all comments|community comments|comments section|comment section|your comments|your thoughts|what readers say|reader reactions|activity
kommentare|kommentar|diskussion|leserkommentare|leserbriefe|lesermeinungen|leserstimmen|meinungen|ihre kommentare|eure kommentare|alle kommentare|kommentare zum artikel|kommentare zu diesem artikel|ihre meinung|debatte|reaktionen|antworten|user kommentare|userkommentare|forum
comentarios|opiniones|comentarios de los lectores|comentarios de lectores|los comentarios|vuestros comentarios|tus comentarios|respuestas|todos los comentarios
commentaires|réactions|les commentaires|vos commentaires|vos réactions|les réactions|commentaires des lecteurs|tous les commentaires|réponses
commenti|i commenti|commenti dei lettori|tutti i commenti|comentários|comentários dos leitores|reacties|alle reacties|kommentarer|komentarze|комментарии|コメント|评论
`

// isHeading accepts a bare heading, also with the comment form's title behind
// it on the same line.
func isHeading(tokens []token) bool {
	if headings[key(tokens)] {
		return true
	}
	for n := 1; n <= min(3, len(tokens)-1); n++ {
		if headings[key(tokens[:n])] && phrases[key(tokens[n:])] == endPhrase {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return r > 0x7f || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
