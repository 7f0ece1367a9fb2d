package stance

import (
	"sort"
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

// articleRoles returns the words of an article's names, in lower case, and their
// roles. A word that the article also writes in lower case is no name.
func articleRoles(in *Input) map[string]role {
	roles := map[string]role{}
	common := map[string]bool{}
	for _, d := range []*text.Document{&in.Headline, &in.Article} {
		for i := range d.Tokens {
			if t := &d.Tokens[i]; t.Text == t.Lower {
				common[t.Lower] = true
			}
		}
	}
	note := func(tokens []text.Token, names []text.Entity, least role) {
		for _, e := range names {
			from, to := tokensOf(tokens, e.Span)
			r := max(least, roleOf(tokens, from, to))
			for i := from; i < to; i++ {
				if w := tokens[i].Lower; isWord(&tokens[i]) && !common[w] && !functionWords[w] {
					roles[w] = max(roles[w], r)
				}
			}
		}
	}
	note(in.Headline.Tokens, in.HeadlineNames, headlined)
	note(in.Article.Tokens, in.ArticleNames, mentioned)
	return roles
}

// tokensOf returns the tokens [from, to) that lie within a span.
func tokensOf(tokens []text.Token, s text.Span) (from, to int) {
	from = sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= s.Start })
	to = from
	for to < len(tokens) && tokens[to].End <= s.End {
		to++
	}
	return from, to
}

// roleOf reads the words around the name of tokens [from, to), of its sentence.
func roleOf(tokens []text.Token, from, to int) role {
	if from == to {
		return mentioned
	}
	sentence := tokens[from].Sentence
	for i := to; i < len(tokens) && i < to+roleReach && tokens[i].Sentence == sentence; i++ {
		if reportingVerbs[tokens[i].Lower] {
			return speaker
		}
	}
	for i := from - 1; i >= 0 && i >= from-roleReach && tokens[i].Sentence == sentence; i-- {
		switch {
		case accusingVerbs[tokens[i].Lower]:
			return accused
		case tokens[i].Lower == "according":
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
