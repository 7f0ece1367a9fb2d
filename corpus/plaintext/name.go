package plaintext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameCost says how unlike a name some clean text is: 0 for a sure handle, 0.1
// for "Ada Weber", above 2 for a sentence. It judges the form only; that a
// line recurs, is mentioned with @ or stands before a time is weighed elsewhere.
func nameCost(s string) float64 {
	words := strings.Fields(s)
	if len(words) == 0 {
		return 4
	}
	runes := utf8.RuneCountInString(s)
	if runes > 90 || strings.Contains(s, "://") || strings.Contains(s, "www.") {
		return 5
	}
	cost := max(0, float64(runes-32)/20) + endCost(s, words)
	if len(words) == 1 {
		return cost + wordCost(words[0])
	}
	cost += 0.1
	if interjections[strings.Trim(fold(s), ".!?… ")] {
		cost += 2
	}
	cost += max(0, 0.4*float64(len(words)-4))
	for i, word := range words {
		cost += partCost(word, i == 0)
	}
	if strings.ContainsAny(strings.TrimRight(s, ","), ",;") {
		cost += 0.5
	}
	return cost
}

// endCost weighs the mark that ends the text. Sentences end with one, names
// only after an initial or an abbreviation.
func endCost(s string, words []string) float64 {
	last, _ := utf8.DecodeLastRuneInString(s)
	switch last {
	case '.':
		if n := utf8.RuneCountInString(words[len(words)-1]); n <= 3 {
			return 0.1
		}
		return 1.2
	case '!', '?', '…', ',', ';', '"', '”', '»':
		return 1.4
	case ':':
		return 0.4
	}
	return 0
}

// wordCost weighs a name of one word.
func wordCost(word string) float64 {
	folded := strings.Trim(fold(word), ".!?…")
	switch {
	case interjections[folded]:
		return 2
	case strings.HasPrefix(word, "@") && len(word) > 1:
		return 0
	case functionWords[folded]:
		return 1.5
	}
	letters, digits, joints := 0, 0, 0
	for _, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case r == '_' || r == '-':
			joints++
		}
	}
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case letters == 0:
		return 1.2
	case digits > 0 || joints > 0:
		return 0.05
	case unicode.IsUpper(first):
		return 0.15
	}
	return 0.35
}

// partCost weighs one word of several.
func partCost(word string, first bool) float64 {
	folded := strings.Trim(fold(word), ".,!?…:;\"“”()'")
	if nameParticles[folded] {
		return 0.05
	}
	if functionWords[folded] {
		if first {
			return 0.6
		}
		return 0.7
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "\"“„(@'#"))
	switch {
	case unicode.IsUpper(r), unicode.IsDigit(r):
		return 0
	case unicode.IsLetter(r):
		if unicode.IsLower(r) {
			return 0.35
		}
		return 0.1 // scripts without capitals
	}
	return 0.15
}

// textCost says how unlike a comment's text some clean text is: 0 for a
// sentence, 0.8 for what might as well be a name or the word of a menu.
func textCost(s string) float64 {
	words := strings.Fields(s)
	if len(s) > shortLine || len(words) >= 7 {
		return 0
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?…", last) || interjections[strings.Trim(fold(s), ".!?… ")] {
		return 0.05
	}
	known := 0
	for _, w := range words {
		if functionWords[strings.Trim(fold(w), ".,!?…:;\"“”()'")] {
			known++
		}
	}
	switch {
	case !strings.ContainsFunc(s, unicode.IsLetter):
		return 0.15 // emoji, figures
	case known >= 2 || strings.ContainsAny(s, ",;") || strings.Contains(s, "://"):
		return 0.1
	case known == 1:
		return 0.25
	case len(words) >= 4:
		return 0.3
	}
	return 0.65
}

func wordSet(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for word := range strings.FieldsSeq(list) {
			set[word] = true
		}
	}
	return set
}

// phraseSet makes a set of the phrases in a list, separated by bars or line breaks.
func phraseSet(list string) map[string]bool {
	set := map[string]bool{}
	for row := range strings.Lines(list) {
		for text := range strings.SplitSeq(strings.TrimSpace(row), "|") {
			if text != "" {
				set[text] = true
			}
		}
	}
	return set
}

// nameParticles stand in names in small letters.
var nameParticles = wordSet("de del della di da do dos das la le van von vom zu den der ter ten bin ibn al el y e und of jr sr dr mr mrs ms prof st mac mc d' l'")

// functionWords are frequent in sentences and rare in names.
var functionWords = wordSet(
	"the a an is are was were be been am i you he she it we they me him us them my your his her its our their this that these those what who which when where why how not no if then than so as at by for from in into on onto with without about and or but because just very too also only can could will would should may might must do does did have has had there here all some any more most much many good great nice please isn't don't can't it's that's i'm i've you're they're won't doesn't didn't get got make says said to",
	"der die das ein eine einen einem einer ist sind war waren sein bin bist ich du er sie es wir ihr mich dich uns euch mein dein unser dieser diese dieses was wer wie wo wann warum nicht kein keine wenn dann als so an auf aus bei durch für in mit nach ohne über um unter vor zum zur auch nur noch schon sehr aber oder denn doch mal hat haben hatte wird werden wurde kann können muss müssen soll sollte will wollen dass man hier da alle mehr sich im am",
	"los las un una unos unas es son era eran ser soy eres yo tú él ella nosotros ellos me te se mi tu su que qué quien cómo cuando donde por para con sin sobre entre no ni si sí como más muy también pero porque ya lo le les esto eso esta este esa ese hay todo todos al estoy está están",
	"les un une est sont était suis es je tu il elle on nous vous ils me te se mon ton son ma ta sa mes tes ses ce cet cette ces qui que quoi comment quand où pourquoi ne pas plus très trop aussi mais ou donc car pour par avec sans sur dans en au aux du des c'est n'est d'un j'ai tout tous bien même ça",
	"il lo gli uno sono era io lui lei noi voi loro mi ti si che chi come dove perché non più molto anche ma o per con senza su tra fra nel nella alla questo questa quello tutto ci ha ho",
	"os um uma são não mais muito também mas porque para por com sem na em que eu ele ela nós eles isso isto este tudo foi está",
	"het een is zijn was ik jij hij zij wij jullie niet geen en maar of want als dat dit die wat wie hoe waar waarom met voor naar op uit ook nog wel heel veel te er",
)

// interjections are one-line comments that have the form of a name.
var interjections = phraseSet(interjectionList)

const interjectionList = `
amen|agreed|absolutely|exactly|indeed|this|first|second|same|same here|ditto|true|so true|very true|well said|well put|well done|good one|good point|great point|good article|great article|nice article|great post|nice post|thanks|thank you|thx|ty|lol|lmao|rofl|haha|hahaha|wow|omg|wtf|yes|yep|yeah|yup|no|nope|nah|ok|okay|sure|right|wrong|false|nonsense|rubbish|bullshit|bs|lies|liar|fake|fake news|propaganda|really|seriously|why|what|how|who|bravo|cool|nice|great|awesome|amazing|excellent|perfect|brilliant|beautiful|love it|love this|hear hear|spot on|congratulations|congrats|rip|sad|shame|shameful|disgusting|pathetic|ridiculous|unbelievable|incredible|interesting|boring|whatever|good|bad|hello|hi|bump|following|never|always|maybe|of course|no way|no comment|no thanks|good luck|good riddance|about time|who cares|what a joke|joke|clowns|idiots|morons|me too|i agree|not true|source|citation needed|trolls|troll|wonderful|fantastic|finally|enough|disgrace|disgraceful|terrible|horrible|garbage|trash|clickbait|freedom
danke|vielen dank|dankeschön|genau|genau so|stimmt|richtig|ganz richtig|falsch|ja|nein|doch|eben|quatsch|unsinn|blödsinn|lüge|lügen|lügenpresse|super|toll|klasse|prima|bravo|schön|sehr gut|gut so|gut|schlecht|unglaublich|unfassbar|traurig|schade|peinlich|wahnsinn|wow|ach so|naja|na ja|aha|soso|endlich|respekt|danke schön|guter artikel|toller artikel|guter beitrag|sehr schön|volle zustimmung|zustimmung|so ist es|echt|schande|frechheit|warum|wieso|wer|niemals
gracias|muchas gracias|claro|exacto|exactamente|así es|sí|si|no|bravo|vale|totalmente|cierto|muy cierto|verdad|mentira|mentiras|mentiroso|vergüenza|qué vergüenza|increíble|excelente|muy bien|bien dicho|bien|mal|genial|perfecto|jaja|jajaja|amén|felicidades|saludos|de acuerdo|totalmente de acuerdo|por fin|nunca|siempre|payasos|ladrones|corruptos|viva|basta
merci|merci beaucoup|oui|non|si|exact|exactement|tout à fait|bravo|vrai|faux|mensonge|mensonges|honte|la honte|quelle honte|incroyable|excellent|super|génial|parfait|bien dit|bien vu|d'accord|mdr|ptdr|lol|enfin|jamais|voilà|pareil|ridicule|n'importe quoi|félicitations
grazie|sì|no|esatto|bravo|brava|bravi|vero|falso|vergogna|incredibile|ottimo|perfetto|giusto|mai|ciao|complimenti|obrigado|obrigada|sim|não|verdade|mentira|vergonha|parabéns|concordo|kkk|kkkk|bedankt|dank je|ja|nee|precies|klopt|inderdaad|onzin|eens|helemaal eens|mee eens|schande|tack|nej|precis|tak|nie|dokładnie|zgadzam się|dziękuję|brawo|да|нет|спасибо|точно|бред
`
