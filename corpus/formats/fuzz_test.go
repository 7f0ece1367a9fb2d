package formats_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"maps"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/jsonl"
)

// largestSeed is the longest file that is changed, in bytes: more slows the search down.
const largestSeed = 20_000

// FuzzRead holds what check does of any bytes.
func FuzzRead(f *testing.F) {
	for _, content := range fixtures(f) {
		if len(content) < largestSeed {
			f.Add(content)
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) { check(t, in) })
}

var mutants = flag.Int("mutants", 500, "how many changed files TestMutants reads")

// TestMutants changes the fixtures of all forms and holds what check does of them.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("reads thousands of broken samples")
	}
	all := fixtures(t)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(name string) bool { return len(all[name]) > largestSeed || len(all[name]) == 0 })
	random := rand.New(rand.NewPCG(1, 2))
	for i := range *mutants {
		name := names[i%len(names)]
		in := reshaped(random, all[name])
		if in == nil || i%4 == 0 {
			in = mutant(random, all[name])
		}
		if !t.Run(fmt.Sprintf("%d of %s", i, name), func(t *testing.T) { check(t, in) }) {
			t.Logf("%q", in)
		}
	}
}

// mutant returns the content with one to four changes: bytes turned, left out, doubled, put
// elsewhere, or the end cut off.
func mutant(random *rand.Rand, content []byte) []byte {
	b := bytes.Clone(content)
	for range 1 + random.IntN(4) {
		if len(b) < 2 {
			break
		}
		from := random.IntN(len(b) - 1)
		to := min(len(b), from+1+random.IntN(60))
		switch random.IntN(6) {
		case 0:
			b[from] ^= 1 << random.IntN(8)
		case 1:
			b = slices.Delete(b, from, to)
		case 2:
			b = slices.Insert(b, from, b[from:to]...)
		case 3:
			const marks = "{}[]\",:<>&\\0\n"
			b[from] = marks[random.IntN(len(marks))]
		case 4:
			piece := bytes.Clone(b[from:to])
			b = slices.Insert(b, random.IntN(len(b)), piece...)
		case 5:
			if random.IntN(4) == 0 {
				b = b[:to]
			}
		}
	}
	return b
}

// jsonOf is the values of JSON one after the other, nil for anything else.
func jsonOf(content []byte) []any {
	var values []any
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber()
	for {
		var v any
		switch err := d.Decode(&v); {
		case err == io.EOF:
			return values
		case err != nil:
			return nil
		}
		values = append(values, v)
	}
}

// reshaped returns JSON with one to three changes in each tree: a field left out, renamed or given
// a value of another kind, an element doubled. It is nil for what isn't JSON.
func reshaped(random *rand.Rand, content []byte) []byte {
	var out bytes.Buffer
	for _, v := range jsonOf(content) {
		for range 1 + random.IntN(3) {
			v = reshape(random, v)
		}
		b, err := json.Marshal(v)
		if err != nil {
			return nil
		}
		out.Write(append(b, '\n'))
	}
	return out.Bytes()
}

// reshape changes something in a value.
func reshape(random *rand.Rand, v any) any {
	const stay = 4 // one in so many changes is made at a level, the others below it
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return v
		}
		names := slices.Sorted(maps.Keys(v))
		name := names[random.IntN(len(names))]
		switch kind := random.IntN(3 * stay); kind {
		case 0:
			delete(v, name)
		case 1:
			v[name+"x"] = v[name]
			delete(v, name)
		case 2:
			v[name] = []any{nil, json.Number("0"), "", "words of somebody", true, []any{}, map[string]any{}, []any{v[name]},
				map[string]any{"text": v[name]}}[random.IntN(9)]
		default:
			v[name] = reshape(random, v[name])
		}
	case []any:
		if len(v) == 0 {
			return v
		}
		i := random.IntN(len(v))
		if random.IntN(stay) == 0 {
			return slices.Insert(v, i, v[i])
		}
		v[i] = reshape(random, v[i])
	}
	return v
}

// check holds that bytes are read or refused as some form; that IDs are unique, parents there
// and texts valid; that no text under a name for texts is lost without a word; and that memory
// is in proportion.
func check(t *testing.T, in []byte) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	out, said := shown(t, in)
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > fixedCost+mostAllocated*uint64(len(in)) {
		t.Errorf("%d bytes of input: %d MB asked for", len(in), spent>>20)
	}
	if said {
		return
	}
	all := letters(out)
	for _, text := range texts(in) {
		if !strings.Contains(all, letters(text)) && !strings.Contains(all, letters(markup.HTML(text))) {
			t.Errorf("lost without a word: %q", text)
		}
	}
}

// shown is the threads in an input as the program's own lines, and whether anything is said of them.
func shown(t *testing.T, in []byte) (lines string, said bool) {
	var out bytes.Buffer
	w := jsonl.NewWriter(&out)
	for th, err := range formats.Read(t.Context(), "in", bytes.NewReader(in), formats.Options{}) {
		var p *corpus.Problem
		switch {
		case (th == nil) == (err == nil):
			t.Fatal("neither or both of a thread and an error")
		case err != nil && !errors.As(err, &p):
			t.Fatal("an error of the input, which has none: ", err)
		case err != nil:
			said = true
			continue
		}
		said = said || len(th.Problems) > 0 || len(th.Unused) > 0 || slices.ContainsFunc(th.Comments, func(c corpus.Comment) bool { return c.Removed })
		promises(t, th)
		if err := w.Write(th); err != nil {
			t.Fatal(err)
		}
	}
	return out.String(), said
}

// promises holds those of the types.
func promises(t *testing.T, th *corpus.Thread) {
	ids := map[string]bool{}
	for i := range th.Comments {
		c := &th.Comments[i]
		if c.ID == "" || ids[c.ID] {
			t.Errorf("ID %q twice or missing", c.ID)
		}
		ids[c.ID] = true
		if !utf8.ValidString(c.Text) || !utf8.ValidString(c.Author) {
			t.Errorf("%s: invalid text %q by %q", c.ID, c.Text, c.Author)
		}
	}
	for i := range th.Comments {
		if c := &th.Comments[i]; c.Parent != "" && (!ids[c.Parent] || c.Parent == c.ID) {
			t.Errorf("%s: the parent %q isn't there", c.ID, c.Parent)
		}
	}
}

// textNames are the names of fields that hold what somebody wrote.
var textNames = map[string]bool{
	"text": true, "body": true, "message": true, "content": true, "comment": true, "commentBody": true, "body_html": true, "rawContent": true, "full_text": true,
	"com": true, "cooked": true,
}

// texts returns the texts in an input that is JSON by its start: the strings under the names for
// texts, of objects that aren't parts of a text.
func texts(in []byte) []string {
	var all []string
	for _, v := range jsonOf(in) { // what is broken is said, which is held elsewhere
		collect(v, &all)
	}
	return all
}

func collect(v any, all *[]string) {
	const shortest = 6 // letters of a text that is looked for, which has more than one word
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(e, all)
		}
	case map[string]any:
		for name, e := range v {
			if s, ok := e.(string); ok && textNames[name] && len(letters(s)) >= shortest && strings.Contains(s, " ") {
				*all = append(*all, s)
			}
			if name != "raw" { // the same once more, as it was typed
				collect(e, all)
			}
		}
	}
}

// tag is what markup writes around words, and VK before a name.
var tag = regexp.MustCompile(`<[^<>]*>|\\[nrtu]|\[(?:id|club)\d+\|`)

// letters returns the letters of a text that may be HTML.
func letters(s string) string {
	s = html.UnescapeString(tag.ReplaceAllString(html.UnescapeString(s), ""))
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) || r > unicode.MaxASCII {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
