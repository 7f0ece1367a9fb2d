package rated

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name   string
		read   func(io.Reader) ([]Text, error)
		in     string
		want   []Text
		reason string
	}{
		{"groups", GoEmotions, "The tram is late\t1\ta\nThe tram\t2\tb\nA fine tram\t3\tc\n", []Text{
			{"The tram is late", corpus.Negative}, {"The tram", corpus.Neutral}, {"A fine tram", corpus.Positive},
		}, "one group each"},
		{"no single group", GoEmotions, "Well\t1,3\ta\nHm\t0\tb\n", nil, "two groups and the ambiguous one say nothing"},
		{"ratings", Snippets, "1\t-0.5\tSlow.\n2\t0.49\tA tram.\n3\t0.5\tQuick,\tthough.\n", []Text{
			{"Slow.", corpus.Negative}, {"A tram.", corpus.Neutral}, {"Quick,\tthough.", corpus.Positive},
		}, "the bounds belong to the feelings, and a tab may stand in the text"},
		{"comments", Fanchuan, "id,content,support,parody\n1,\"Bravo, as ever\",2,1\n2,Tuesday,0,0\n3,Thanks,1,0\n", []Text{
			{"Bravo, as ever", corpus.Negative}, {"Tuesday", corpus.Neutral}, {"Thanks", corpus.Positive},
		}, "columns by their names"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.read(strings.NewReader(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct {
		name     string
		read     func(io.Reader) ([]Text, error)
		in, want string
	}{
		{"short line", GoEmotions, "a\t1\tx\nb\n", "line 2: 1 fields, want 3"},
		{"no rating", Snippets, "1\thigh\tA tram.\n", `line 1: the rating "high" is no number`},
		{"no column", Fanchuan, "id,content,parody\n", `line 1: no column "support"`},
		{"no header", Fanchuan, "", "reading the header: EOF"},
		{"unknown support", Fanchuan, "content,support,parody\na,0,0\nb,7,0\n", `line 3: unknown support "7"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := c.read(strings.NewReader(c.in)); err == nil || err.Error() != c.want {
				t.Errorf("got error %v, want %q", err, c.want)
			}
		})
	}
}

func TestCollectionsHaveDistinctNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Collections() {
		if seen[c.Name] || c.File == "" || c.Read == nil {
			t.Errorf("collection %q is incomplete or there twice", c.Name)
		}
		seen[c.Name] = true
	}
}
