package plaintext

import (
	"strconv"
	"time"
)

// span is a unit of time as calendars count it.
type span struct {
	years, months, days int
	length              time.Duration
}

// spans are the units by the words that relative times are told in.
var spans = buildSpans(map[span]string{
	{length: time.Second}: "second seconds sec secs s sekunde sekunden segundo segundos seconde secondes secondi",
	{length: time.Minute}: "minute minutes min mins m minuten minuto minutos minuti minuut",
	{length: time.Hour}:   "hour hours hr hrs h stunde stunden std hora horas heure heures ora ore uur",
	{days: 1}:             "day days d tag tage tagen día días dia dias jour jours j giorno giorni dag dagen",
	{days: 7}:             "week weeks wk wks w woche wochen semana semanas semaine semaines settimana settimane weken",
	{months: 1}:           "month months mo mos monat monate monaten mes meses mois mese mesi mês maand maanden",
	{years: 1}:            "year years yr yrs y jahr jahre jahren año años an ans année années anno anni ano anos jaar",
})

func buildSpans(lists map[span]string) map[string]span {
	all := map[string]span{}
	for unit, list := range lists {
		for word := range wordSet(list) {
			all[word] = unit
		}
	}
	return all
}

// Before returns the moment that a relative time such as "2 hours ago" or "vor einem
// Tag" means, counted back from at. It is zero for anything else.
func Before(at time.Time, s string) time.Time {
	l := newLine(s)
	if isTime(l.tokens) == notTime {
		return time.Time{}
	}
	n := 0
	for i := range l.tokens {
		t := &l.tokens[i]
		switch {
		case t.class == 'N':
			n, _ = strconv.Atoi(t.word)
		case (t.class == 'Q' || t.class == 'q') && n == 0:
			n = 1    // "a", "einem"
			continue // "an" is a year in French
		}
		if unit, ok := spans[t.word]; ok && n > 0 && n < 10_000 {
			return at.AddDate(-n*unit.years, -n*unit.months, -n*unit.days).Add(-time.Duration(n) * unit.length)
		}
	}
	return time.Time{}
}
