package stance

import (
	"strings"

	"stance/analysis/text"
)

// role is what a name does in the article. Whom a comment attacks tells its
// stance only together with it: an attack on the party that makes the case doubts
// the case, one on the party it accuses supports it.
type role uint8

const (
	mentioned   role = iota // named in the text, in no role that could be told
	headlined               // named in the headline
	speaker                 // says, reports or claims something there
	accused                 // is accused, blamed or opposed there
	thirdPerson             // not named: he, she, they
	numRoles
)

// roleSet is a set of roles.
type roleSet uint8

// roleReach is how many words before or after a name are read for its role.
const roleReach = 3

// articleRoles finds the names of an article, word by word in lower case, and their
// roles. A word is a name if it stands capitalised within a sentence and never in
// lower case. It looks at the headline and the beginning of the text, where a
// report says who says what of whom.
func articleRoles(headline, article *text.Document) map[string]role {
	const reach = 400 // words; later ones add few names and much noise
	body := article.Tokens[:min(len(article.Tokens), reach)]
	common := map[string]bool{}
	for _, tokens := range [][]text.Token{headline.Tokens, body} {
		for i := range tokens {
			if t := &tokens[i]; t.Text == t.Lower {
				common[t.Lower] = true
			}
		}
	}
	roles := map[string]role{}
	note := func(tokens []text.Token, least role) {
		for i := range tokens {
			t := &tokens[i]
			if !isName(tokens, i) || common[t.Lower] || functionWords[t.Lower] {
				continue
			}
			roles[t.Lower] = max(roles[t.Lower], least, roleAt(tokens, i))
		}
	}
	note(headline.Tokens, headlined)
	note(body, mentioned)
	return roles
}

// isName reports whether token i is capitalised, more than one letter long, and
// not merely the first word of its sentence (unless it is all capitals).
func isName(tokens []text.Token, i int) bool {
	t := &tokens[i]
	if len(t.Text) < 2 || t.Text[0] < 'A' || t.Text[0] > 'Z' {
		return false
	}
	first := i == 0 || tokens[i-1].Sentence != t.Sentence
	return !first || isUpper(t.Text) || strings.Contains(t.Text, ".")
}

// roleAt reads the words around token i of its own sentence.
func roleAt(tokens []text.Token, i int) role {
	for k := i + 1; k < len(tokens) && k <= i+roleReach && tokens[k].Sentence == tokens[i].Sentence; k++ {
		if reportingVerbs[tokens[k].Lower] {
			return speaker
		}
	}
	for k := i - 1; k >= 0 && k >= i-roleReach && tokens[k].Sentence == tokens[i].Sentence; k-- {
		switch {
		case accusingVerbs[tokens[k].Lower]:
			return accused
		case tokens[k].Lower == "according":
			return speaker
		}
	}
	return mentioned
}

var reportingVerbs = wordSet(`say says said note notes noted claim claims claimed announce announces announced announcement
	report reports reported warn warns warned argue argues argued tell tells told state states stated statement
	indicate indicates indicated call calls called urge urges urged propose proposes proposed vow vows vowed
	declare declares declared insist insists insisted suggest suggests suggested reveal reveals revealed`)

var accusingVerbs = wordSet(`accuse accuses accused accusing blame blames blamed blaming against slam slams slammed
	criticize criticizes criticized criticise criticises criticised condemn condemns condemned sue sues sued
	charge charges charged attack attacks attacked target targets targeted expose exposes exposed oppose opposes opposed
	by from denounce denounces denounced fight fights fought defy defies ban bans banned`)

var functionWords = wordSet(`the a an and or but of in on at to for with by from as is are was were be been has have had
	do does did will would can could should may might must not no its it this that these those he she they we you i his
	her their our your my what who why how when where which if than then there here after before over under about into
	out up down new first last more most how just only all any some one two`)

// wordSet makes a set of the words in s.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}
