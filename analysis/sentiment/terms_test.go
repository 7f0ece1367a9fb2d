package sentiment

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"stance/analysis/text"
)

// TestTermsAreTokens holds that every listed term is written as the tokenizer
// splits it; one that isn't could never be found.
func TestTermsAreTokens(t *testing.T) {
	p, err := text.NewParser()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range termLists {
		err := readList(lists, l.file, func(_, name string) error {
			var tokens []string
			joined := name
			if !strings.ContainsFunc(name, func(r rune) bool { return 'a' <= r && r <= 'z' }) {
				joined = strings.ReplaceAll(name, " ", "") // an emoticon
			}
			// The tokenizer splits a contraction only where it is written as one.
			for _, tok := range p.Parse(strings.NewReplacer(" n't", "n't", " '", "'").Replace(joined)).Tokens {
				tokens = append(tokens, tok.Lower)
			}
			if got := strings.Join(tokens, " "); got != name {
				t.Errorf("%s: %q is tokenized as %q", l.file, name, got)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestTermsOnce holds that no list contradicts itself or the other weight list:
// the later line would win silently.
func TestTermsOnce(t *testing.T) {
	for _, group := range [][]string{{"terms/topics.txt", "terms/words.txt"}, {"terms/degrees.txt"}, {"terms/negators.txt"}, {"terms/joints.txt"}} {
		seen := map[string]string{}
		for _, file := range group {
			err := readList(lists, file, func(value, name string) error {
				if before, ok := seen[name]; ok {
					t.Errorf("%s: %q is %s after it was %s", file, name, value, before)
				}
				seen[name] = value
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestMalformedLists(t *testing.T) {
	for _, c := range []struct{ name, file, content, want, reason string }{
		{"weight", "terms/words.txt", "much good", "terms/words.txt:1", "a weight is a number"},
		{"reach", "terms/negators.txt", "# first\n\n1.5 not", "terms/negators.txt:3", "a reach is a whole number, and lines count from 1"},
		{"degree", "terms/degrees.txt", "x very", "terms/degrees.txt:1", "a degree is a number"},
		{"joint", "terms/joints.txt", "hinge but", `unknown joint "hinge"`, "joints are four"},
		{"empty term", "terms/words.txt", "1 good,, bad", "empty term", "a doubled comma hides a slip"},
		{"emoji", "terms/emoji.txt", "x 😀", "terms/emoji.txt:1", "a weight is a number"},
		{"missing", "terms/words.txt", "", "terms/words.txt", "a list that isn't there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := fstest.MapFS{}
			entries, err := fs.ReadDir(lists, "terms")
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				broken["terms/"+e.Name()] = &fstest.MapFile{}
			}
			broken[c.file] = &fstest.MapFile{Data: []byte(c.content)}
			if c.content == "" {
				delete(broken, c.file)
			}
			_, err = loadTerms(broken, nil)
			if err == nil {
				_, err = loadEmoji(broken)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: got error %v, want it to have %q", c.reason, err, c.want)
			}
		})
	}
}
