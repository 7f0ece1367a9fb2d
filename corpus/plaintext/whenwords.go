package plaintext

import "strings"

// timeVocabulary lists the words of times per class letter, in English,
// German, Spanish, French, Italian, Portuguese, Dutch, Swedish, Danish, Polish
// and Russian. Months stand apart in monthNames.
const timeVocabulary = `
W monday tuesday wednesday thursday friday saturday sunday tue tues wed weds thu thur thurs fri sun
W montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag di mi do fr sa so
W lunes martes miércoles jueves viernes sábado domingo lun mié jue vie sáb dom
W lundi mardi mercredi jeudi vendredi samedi dimanche mer jeu ven sam dim
W lunedì martedì mercoledì giovedì venerdì gio
W segunda terça quarta quinta sexta feira seg ter qua qui sex
W maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
W poniedziałek wtorek środa czwartek piątek sobota niedziela
w mon mo sat
U second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks wk wks month months year years yr yrs s m h d y mos
U sekunde sekunden minuten stunde stunden std tag tage tagen woche wochen monat monate monaten jahr jahre jahren
U segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses año años
U seconde secondes heure heures jour jours semaine semaines mois an ans année années j
U secondi minuti ora ore giorno giorni settimana settimane mese mesi anno anni
U mês ano anos
U seconden minuut uur dag dagen weken maand maanden jaar
U timme timmar dagar vecka veckor månad månader år time timer dage uge uger måned måneder dager
U sekund minut minuty godzin godziny godzinę godz dni dzień tygodnie tydzień tygodni miesiące miesiąc miesięcy lata rok lat
U секунд минут минуты минуту час часа часов день дня дней неделю недели недель месяц месяца месяцев год года лет
G ago geleden atrás fa siden sedan temu назад zuvor before
B vor hace há för
Q an one few several about over almost less than circa etwa ca wenigen einer einem einen eine ein un una une unas unos algunos quelques alcuni alcune pochi um uma een ett en et nearly around moins de más
R today yesterday heute gestern vorgestern hoy ayer hier aujourd'hui oggi ieri hoje ontem vandaag gisteren idag igår dziś dzisiaj wczoraj сегодня вчера today's
O just now moments recently gerade eben soeben jetzt ahora mismo maintenant adesso agora zojuist nu только что teraz
E edited bearbeitet geändert editado edited: modifié modificato bewerkt redigerad updated edytowany изменено
Z utc gmt est edt cst cdt pst pdt mst bst cet cest mez mesz aest
P pm
p am
c on at le el der den dem the of del des las la il alle o às em op om kl klo uhr à st nd rd th er º ° ª e og och i r г v в dnia dniu dn du vom dne alle
c date datum fecha data dato zeit
c posted published updated: submitted written added geschrieben veröffentlicht verfasst eingetragen publicado publié posté rédigé enviado escrito scritto inviato pubblicato postado geplaatst geschreven opublikowano dodano napisano wysłany erstellt
q a
`

// monthNames lists the names of the months and their short forms.
var monthNames = [12]string{
	"january jan januar jänner enero ene janvier janv gennaio gen janeiro januari stycznia styczeń января январь",
	"february feb februar febrero février févr fév febbraio fevereiro fev februari lutego luty февраля",
	"march mar märz mär mrz marzo mars março maart mrt marca marts марта",
	"april apr abril abr avril avr aprile kwietnia апреля",
	"may mai mayo maggio mag maio mei maja maj мая",
	"june jun juni junio juin giugno giu junho czerwca июня",
	"july jul juli julio juillet juil luglio lug julho lipca июля",
	"august aug agosto ago août agosto augustus augusti sierpnia августа",
	"september sep sept septiembre septembre settembre set setembro września сентября",
	"october oct oktober okt octubre octobre ottobre ott outubro out października октября",
	"november nov noviembre novembre novembro listopada ноября",
	"december dec dezember dez diciembre dic décembre déc dicembre dezembro grudnia декабря",
}

// timeWords maps a folded word to its class letter. "ago" is both a month and
// the English particle; the grammar needs the particle far more often.
var timeWords = buildTimeWords()

func buildTimeWords() map[string]byte {
	words := make(map[string]byte, 600)
	for _, names := range monthNames {
		for _, name := range strings.Fields(names) {
			words[name] = 'M'
		}
	}
	for row := range strings.Lines(timeVocabulary) {
		fields := strings.Fields(row)
		if len(fields) == 0 {
			continue
		}
		for _, word := range fields[1:] {
			words[word] = fields[0][0]
		}
	}
	// "mar" and "mer" are both a weekday and a month; "de" stands between day and month.
	words["mar"] = 'm'
	words["de"] = 'c'
	words["um"] = 'q'
	return words
}

// monthOf returns 1 to 12, or 0 if the folded word names no month.
func monthOf(word string) int {
	word = strings.TrimSuffix(word, ".")
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if name == word {
				return i + 1
			}
		}
	}
	return 0
}
