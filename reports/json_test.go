package reports

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/serial"
)

func compiled(t *testing.T, schema string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	report, err := jsonschema.UnmarshalJSON(strings.NewReader(overviewSchema)) // to which others refer
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("urn:stance:schema:report", report); err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, line string) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	return s.Validate(doc)
}

func TestSchemaHoldsForGoldens(t *testing.T) {
	s := compiled(t, Schema())
	for name, r := range fixtures() {
		if err := validate(t, s, write(t, "json", Options{}, r)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaHoldsForRandomResults also holds that a document is one line, and that
// comments and evidence come back as they went in.
func TestSchemaHoldsForRandomResults(t *testing.T) {
	s := compiled(t, Schema())
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		r := randomResult(rng)
		line := write(t, "json", Options{}, r)
		if err := validate(t, s, line); err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		if strings.Count(line, "\n") != 1 {
			t.Fatalf("not one line: %q", line)
		}
		if i := strings.IndexFunc(line, func(c rune) bool { return c != '\n' && clean.Disruptive(c) }); i >= 0 {
			t.Fatalf("a raw control character at byte %d of %q", i, line)
		}
		var back struct{ Comments []struct{ Text string } }
		if err := json.Unmarshal([]byte(line), &back); err != nil {
			t.Fatal(err)
		}
		for i, c := range back.Comments {
			if c.Text != strings.ToValidUTF8(r.Thread.Comments[i].Text, "\uFFFD") {
				t.Fatalf("comment %q came back as %q", r.Thread.Comments[i].Text, c.Text)
			}
		}
	}
}

// TestSchemaRefuses changes a valid document in one place each.
func TestSchemaRefuses(t *testing.T) {
	valid := write(t, "json", Options{}, library())
	cases := []struct{ name, reason, old, new string }{
		{"unknown field", "a misspelt field must not pass", `"format":`, `"formt":`},
		{"unknown stance", "the labels are four", `"stance":"none"`, `"stance":"neutral"`},
		{"null", "absent fields are left out", `"title":"Night opening for the city library: why it is worth the money"`, `"title":null`},
		{"probability above 1", "probabilities are in [0, 1]", `"supportive":0.9,`, `"supportive":9,`},
		{"judged without valence", "a judgement is whole", `"valence":0.52,`, ``},
		{"removed and judged", "a removed comment has no judgement", `"text":"Is the lift repaired?"`, `"text":"","removed":true`},
		{"neither removed nor judged", "every other comment has one", `"text":"","removed":true`, `"text":""`},
		{"not a time", "posted is a time", `2024-05-02T19:30:00+02:00`, `2 May`},
		{"interval without share", "the ratios come together", `"share":0.211,`, ``},
	}
	s := compiled(t, Schema())
	for _, c := range cases {
		changed := strings.Replace(valid, c.old, c.new, 1)
		if changed == valid {
			t.Errorf("%s: nothing to change", c.name)
		} else if err := validate(t, s, changed); err == nil {
			t.Errorf("%s (%s): accepted", c.name, c.reason)
		}
	}
}

// TestSchemaIsDocumented: every property says what it is, itself or by reference.
func TestSchemaIsDocumented(t *testing.T) {
	for _, name := range []string{"analyse", "report", "breakdown", "agreement"} {
		t.Run(name, func(t *testing.T) { documented(t, schemaNamed(t, name)) })
	}
}

// schemaNamed is one of the schemas in the folder of that name.
func schemaNamed(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile("schema/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func documented(t *testing.T, schema string) {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(schema), &doc); err != nil {
		t.Fatal(err)
	}
	defs := doc["$defs"].(map[string]any)
	trivial := map[string]bool{"#/$defs/ratio": true, "#/$defs/counted": true}
	var walk func(path string, node any)
	walk = func(path string, node any) {
		object, ok := node.(map[string]any)
		if !ok {
			return
		}
		for key, child := range object {
			properties, ok := child.(map[string]any)
			if key != "properties" || !ok {
				walk(path+"/"+key, child)
				continue
			}
			for name, property := range properties {
				p := property.(map[string]any)
				ref, _ := p["$ref"].(string)
				target, _ := defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
				enumerated := strings.HasSuffix(path, "/probabilities") || name == "count" && path == "/$defs/counted"
				if p["description"] == nil && (target == nil || target["description"] == nil) && !enumerated && !trivial[ref] {
					t.Errorf("%s/%s has no description", path, name)
				}
				walk(path+"/"+name, p)
			}
		}
	}
	walk("", doc)
}

// TestUndefinedRatios: a thread of removed comments has counts and no shares.
func TestUndefinedRatios(t *testing.T) {
	r := result(ferry().Thread, nil, reliability())
	r.Thread.Comments = nil
	line := write(t, "json", Options{}, r)
	if strings.Contains(line, "NaN") || !strings.Contains(line, `"skeptical":{"count":0,"negative":0,`) {
		t.Errorf("ratios of nothing: %s", line)
	}
	if err := validate(t, compiled(t, Schema()), line); err != nil {
		t.Error(err)
	}
}

// TestErrors: what can't be written is an error that says what was being done.
func TestErrors(t *testing.T) {
	for _, output := range Outputs() {
		w := output.New(broken{}, Options{})
		err := w.Write(ferry())
		if err == nil {
			err = w.Close()
		}
		if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "writing") {
			t.Errorf("%s on a broken pipe: %v", output.Name, err)
		}
	}
	r := ferry()
	r.Judgements[0].Valence = math.NaN()
	var b bytes.Buffer
	if err := newJSON(&b, Options{}).Write(r); err == nil || !strings.Contains(err.Error(), "ferry.txt") {
		t.Errorf("a valence that isn't a number: %v", err)
	}
	if b.Len() > 0 {
		t.Errorf("half a document was written: %s", b.String())
	}
}

var errBroken = errors.New("broken pipe")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func BenchmarkOutputs(b *testing.B) {
	rng := rand.New(rand.NewPCG(2, 2))
	big := &analysis.Result{Thread: ferry().Thread, Summary: ferry().Summary}
	big.Thread.Comments = nil
	for range 1000 {
		c := randomComment(rng, len(big.Thread.Comments))
		big.Thread.Comments = append(big.Thread.Comments, c)
		big.Judgements = append(big.Judgements, randomJudgement(rng, &c))
	}
	for _, output := range Outputs() {
		b.Run(output.Name, func(b *testing.B) {
			for b.Loop() {
				var out bytes.Buffer
				if err := output.New(&out, Options{}).Write(big); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// doubters is an engine to which whoever doubts is skeptical and anybody else supportive.
type doubters struct{}

func (doubters) Judge(_ context.Context, t *corpus.Thread, _ engine.Ask) ([]engine.Decision, error) {
	list := make([]engine.Decision, len(t.Comments))
	for i, c := range t.Comments {
		list[i].Stance = corpus.Supportive
		if strings.Contains(c.Text, "doubt") {
			list[i].Stance = corpus.Skeptical
		}
		list[i].Probabilities[list[i].Stance] = 1
	}
	return list, nil
}

// Reliability lets the shares be looked at closely.
func (doubters) Reliability() (r aggregate.Reliability) {
	for k := range r.Spread {
		r.Spread[k], r.Prior[k] = 0.1, 0.25
		for given := range r.Confusion[k] {
			r.Confusion[k][given] = 0.1
		}
		r.Confusion[k][k] = 0.7
	}
	return r
}

// TestSchemaHoldsForTheCloserLook has a thread with replies, copies and all that a
// closer look finds.
func TestSchemaHoldsForTheCloserLook(t *testing.T) {
	p, err := analysis.New(analysis.Options{Engine: doubters{}, Examine: analysis.AllParts})
	if err != nil {
		t.Fatal(err)
	}
	thread := &corpus.Thread{Article: corpus.Article{Title: "Harbour to be dredged"}}
	for i := range 60 {
		c := corpus.Comment{ID: fmt.Sprint("c", i), Author: fmt.Sprint("reader ", i%40), Text: "I doubt every number here, where is the proof of any of it?"}
		if i%3 == 0 {
			c.Text = fmt.Sprint("I agree, well done, finally somebody dredges the old harbour, remark ", i)
		}
		if i > 9 {
			c.Parent = fmt.Sprint("c", i-9)
		}
		thread.Comments = append(thread.Comments, c)
	}
	r, err := p.Analyse(t.Context(), thread)
	if err != nil {
		t.Fatal(err)
	}
	line := write(t, "json", Options{}, r)
	if err := validate(t, compiled(t, Schema()), line); err != nil {
		t.Error(err)
	}
	for _, field := range []string{`"replies"`, `"sensitivity"`, `"word"`, `"copies":`, `"typical":`} {
		if !strings.Contains(line, field) {
			t.Errorf("the document lacks %s", field)
		}
	}
	for _, title := range []string{"Replies by the stance of what they answer", "What they talk about", "copies of earlier ones"} {
		if out := write(t, "text", Options{Width: 100}, r); !strings.Contains(out, title) {
			t.Errorf("the tables lack %q:\n%s", title, out)
		}
	}
}

// TestResultsComeBack: the document of a result, through JSON, is the result again.
func TestResultsComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	all := fixtures()
	for i := range 50 {
		r := randomResult(rng)
		for k := range r.Thread.Comments {
			c := &r.Thread.Comments[k]
			c.Text = strings.ToValidUTF8(c.Text, "\uFFFD")
		}
		all[fmt.Sprint("random ", i)] = r
	}
	for name, want := range all {
		b, err := serial.Marshal(serial.Of(want, nil))
		if err != nil {
			t.Fatal(err)
		}
		var d serial.Result
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatal(err)
		}
		got, err := d.Result()
		if err != nil {
			t.Fatal(err)
		}
		got.Examination, got.Thread.Problems = want.Examination, want.Thread.Problems
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: of (-) and back (+) differ:\n%s", name, diff)
		}
	}
}
