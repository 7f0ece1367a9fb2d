package language_test

import (
	"os"
	"strings"
	"testing"

	"stance.example/stance/analysis/language"
)

func of(t testing.TB, comments []string) language.Languages {
	t.Helper()
	l, err := language.Of(t.Context(), comments)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestOf(t *testing.T) {
	for _, c := range []struct {
		want     string
		comments []string
	}{
		{"", []string{
			"The ferry was late again and nobody told us what had happened to it.",
			"Utter nonsense. Show me one single receipt, then maybe I will believe you.",
			"Great reporting, thank you! Looking forward to part two next week.",
			"Typical city hall, always late, always expensive, never sorry.",
		}},
		{"German", []string{
			"Die Fähre kam schon wieder zu spät, und niemand hat uns gesagt, was eigentlich los war.",
		}},
		{"French", []string{
			"Le bac est encore arrivé en retard et personne ne nous a expliqué ce qui se passait.",
		}},
		{"Italian", []string{
			"Il traghetto è arrivato di nuovo in ritardo e nessuno ci ha spiegato che cosa fosse successo.",
		}},
		{"Polish", []string{
			"Prom znowu się spóźnił i nikt nam nie powiedział, co się właściwie stało z tym silnikiem.",
		}},
		{"Japanese", []string{"フェリーがまた遅れたのに、誰も何が起きたのか説明してくれませんでした。"}},
		{"Chinese", []string{"渡轮又晚点了，却没有人告诉我们到底发生了什么事情，真是让人失望。"}},
		{"Spanish", []string{
			"El transbordador llegó tarde otra vez y nadie nos quiso explicar lo que había pasado.",
			"No me creo nada de lo que dice el ayuntamiento, siempre prometen lo mismo antes de las elecciones.",
			"¿Y qué pasa con el autobús? Lleva años sin funcionar los domingos y nadie escribe sobre eso.",
		}},
		{"Dutch", []string{
			"De veerboot was alweer te laat en niemand heeft ons verteld wat er eigenlijk gebeurd is.",
			"Ik geloof er helemaal niets van, de gemeente belooft dit al jaren en er verandert nooit iets.",
			"En de bus dan? Die rijdt op zondag al lang niet meer, daar schrijft niemand een woord over.",
		}},
		{"Russian", []string{
			"Паром снова опоздал, и никто не объяснил нам, что случилось и когда придёт следующий рейс.",
			"Я не верю ни одному слову этой статьи, нам каждый год обещают одно и то же перед выборами.",
			"А что с автобусом? Он уже давно не ходит по воскресеньям, и об этом никто ничего не пишет.",
		}},
	} {
		l := of(t, c.comments)
		if c.want == "" {
			if l.Told != len(c.comments) || len(l.Others) > 0 {
				t.Errorf("%+v, want %d in English", l, len(c.comments))
			}
			continue
		}
		// One of three may be too near to a neighbour, as Russian is to Macedonian.
		if len(l.Others) != 1 || l.Others[0].Name != c.want || l.Told != l.Foreign() || 2*l.Told <= len(c.comments) {
			t.Errorf("%+v, want %d in %s", l, len(c.comments), c.want)
		}
	}
}

// TestTwentyLanguages holds that a thread of fifteen short comments is told in each of twenty
// languages, nearly all of its comments are, and so is each of them among English ones.
func TestTwentyLanguages(t *testing.T) {
	for name, comments := range shortComments(t) {
		l := of(t, comments)
		if l.Others == nil || l.Others[0].Name != name || l.Foreign() < 14 {
			t.Errorf("%s: %+v", name, l.Others)
		}
	}
}

// shortComments reads testdata/short.txt.
func shortComments(t *testing.T) map[string][]string {
	t.Helper()
	content, err := os.ReadFile("testdata/short.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, part := range strings.Split(string(content), "== ")[1:] {
		name, lines, _ := strings.Cut(strings.TrimSpace(part), "\n")
		all[name] = strings.Split(lines, "\n")
	}
	if len(all) != 20 {
		t.Fatalf("%d languages, want 20", len(all))
	}
	return all
}

func TestWhatCantBeTold(t *testing.T) {
	if l := of(t, []string{"", "12 345", "lol", "12 345 678 901 234 567 890 123 456 789 012 345 678"}); l.Told != 0 || len(l.Others) != 0 {
		t.Errorf("%+v, want no language told", l)
	}
}

// TestLongComments: what tells a short comment's language tells a long one's, and that of
// many together.
func TestLongComments(t *testing.T) {
	const words = "Die Fähre kam schon wieder zu spät, und niemand hat uns gesagt, was los war. Wer zahlt das eigentlich alles? " +
		"Im letzten Jahr versprach der Bürgermeister ein zweites Schiff, davon ist bis heute nichts zu sehen. "
	long := make([]string, 70)
	for i := range long {
		long[i] = strings.Repeat(words, 1+i)
	}
	if l := of(t, long); l.Told != 70 || l.Foreign() != 70 || l.Others[0].Name != "German" {
		t.Errorf("%+v, want 70 comments in German", l)
	}
}

// TestManyAreSampled holds the time of a thread in another language: a part is
// compared, and stands for the others.
func TestManyAreSampled(t *testing.T) {
	comments := make([]string, 1000)
	for i := range comments {
		comments[i] = "Die Fähre kam schon wieder zu spät, und niemand hat uns gesagt, was eigentlich los war."
	}
	if l := of(t, comments); l.Told != 1000 || l.Foreign() != 1000 {
		t.Errorf("%+v, want 1000 comments in German", l)
	}
}

func BenchmarkOf(b *testing.B) {
	for name, comment := range map[string]string{
		"english": "The ferry was late again and nobody told us what had happened to it.",
		"german":  "Die Fähre kam schon wieder zu spät, und niemand hat uns gesagt, was eigentlich los war.",
	} {
		comments := make([]string, 1000)
		for i := range comments {
			comments[i] = comment
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				of(b, comments)
			}
		})
	}
}
