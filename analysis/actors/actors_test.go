package actors_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// lean is a stand-in for a sentiment engine: good words less bad ones.
func lean(words string) float64 {
	words = strings.ToLower(words)
	return float64(strings.Count(words, "good") - strings.Count(words, "bad"))
}

// measure measures the actors of the comments by lean.
// said is a comment with its stance.
type said struct {
	text   string
	stance corpus.Stance
}

func measure(t *testing.T, article *corpus.Article, names []text.Entity, comments []said) []actors.Actor {
	t.Helper()
	parser, err := text.NewParser()
	if err != nil {
		t.Fatal(err)
	}
	cast := actors.NewCast(article, names)
	var list []actors.Comment
	for _, c := range comments {
		doc := parser.Parse(c.text)
		named := actors.Comment{Stance: c.stance, Mentions: cast.Mentions(&doc)}
		for _, m := range named.Mentions {
			named.Valences = append(named.Valences, lean(m.Words.In(c.text)))
		}
		list = append(list, named)
	}
	return cast.Feelings(list)
}

func all(stance corpus.Stance, texts ...string) []said {
	var comments []said
	for _, src := range texts {
		comments = append(comments, said{src, stance})
	}
	return comments
}

func entities(names ...string) []text.Entity {
	var list []text.Entity
	for _, n := range names {
		list = append(list, text.Entity{Text: n})
	}
	return list
}

func TestMeasure(t *testing.T) {
	for _, c := range []struct {
		name     string
		names    []text.Entity
		comments []string
		want     string
		reason   string
	}{
		{"variants", entities("Nora Lind", "Lind"), []string{"Nora Lind is good", "Lind is bad", "so bad, Lind"}, "Nora Lind=Lind 3 -0.33",
			"a surname is its bearer"},
		{"longer name later", entities("Lind", "Nora Lind"), []string{"Lind is good", "Lind is good", "Lind is good"}, "Nora Lind=Lind 3 +1.00",
			"the longest form is the name"},
		{"two bearers", entities("Nora Lind", "Olaf Lind", "Lind"), []string{"Lind is bad", "Lind is bad", "Lind is bad"}, "Lind= 3 -1.00",
			"a surname of two is neither's"},
		{"too few", entities("Nora Lind"), []string{"Nora Lind is good", "Nora Lind is bad"}, "", "two comments are no table"},
		{"once a comment", entities("Lindholm"), []string{"Lindholm is bad. Lindholm is bad.", "Lindholm is good", "Lindholm"}, "Lindholm= 3 +0.00",
			"a comment counts once, with the mean of its mentions"},
		{"clauses", entities("Lindholm", "Bergstad"), []string{"Lindholm is good but Bergstad is bad", "Lindholm is good, Bergstad bad",
			"Lindholm was good and Bergstad was bad"}, "Lindholm= 3 +1.00;Bergstad= 3 -1.00", "the words of another clause are about the other"},
		{"capital", entities("US"), []string{"The US is good", "they told us it is bad", "US good", "US good"}, "US= 3 +1.00", "a short name needs its capital"},
		{"quotation", entities("Lindholm"), []string{"> Lindholm is bad\nLindholm is good", "Lindholm is good", "Lindholm is good"}, "Lindholm= 3 +1.00",
			"quoted lines are another's words"},
		{"possessive", entities("the Harbour Board’s"), []string{"Harbour Board's plan is bad", "the Harbour Board is bad", "harbour board bad"},
			"the Harbour Board’s= 3 -1.00", "article and possessive don't matter"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := measure(t, &corpus.Article{}, c.names, all(corpus.None, c.comments...))
			var lines []string
			for _, a := range got {
				lines = append(lines, a.Name+"="+strings.Join(a.Variants, ",")+" "+show(a.All))
			}
			if g := strings.Join(lines, ";"); g != c.want {
				t.Errorf("%s: got %q, want %q", c.reason, g, c.want)
			}
		})
	}
}

func show(f actors.Feeling) string {
	if f.Comments == 0 {
		return "0 –"
	}
	return fmt.Sprintf("%d %+.2f", f.Comments, f.Valence)
}

func TestMeasureByStanceAndSide(t *testing.T) {
	article := &corpus.Article{For: []string{"the Harbour Board"}, Against: []string{"smugglers"}}
	comments := append(all(corpus.Skeptical, "The Harbour Board is bad", "Bad Harbour Board"),
		all(corpus.Supportive, "Good for the Harbour Board", "Smugglers are bad", "Bad, bad smugglers", "smugglers")...)
	var got []string
	for _, a := range measure(t, article, nil, comments) {
		got = append(got, fmt.Sprintf("%s (%s): %s, skeptical %s, supportive %s", a.Name, a.Side, show(a.All), show(a.Stance[corpus.Skeptical]),
			show(a.Stance[corpus.Supportive])))
		if !math.IsNaN(a.Stance[corpus.None].Valence) {
			t.Errorf("%s has a valence where no comment is", a.Name)
		}
	}
	want := []string{
		"the Harbour Board (for): 3 -0.33, skeptical 2 -1.00, supportive 1 +1.00",
		"smugglers (against): 3 -1.00, skeptical 0 –, supportive 3 -1.00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
