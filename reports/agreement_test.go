package reports

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/reports/serial"
)

// annotated are labels of three annotators, of whom the third gave few. The names and texts
// of what they differ on are hostile.
func annotated() *audit.Agreement {
	var annotators [3][]labels.Label
	for i := range 24 {
		for k := range annotators {
			l := labels.Label{Thread: "t\x1b[2J", Comment: fmt.Sprint(i), State: labels.Given, Stance: corpus.Stance((i + i*k/9) % 4)}
			if k == 2 && i > 3 {
				l.State = labels.Skipped
			}
			annotators[k] = append(annotators[k], l)
		}
	}
	a := audit.Agree(annotators[:])
	thread := &corpus.Thread{Article: corpus.Article{Title: "<b>Mill\x1b[2J"}, Comments: []corpus.Comment{
		{ID: "p", Text: "asked\u202e <i>"}, {ID: "c", Parent: "p", Text: "\x1b]0;t\x07 <script>no</script>\nsecond line"},
	}}
	a.Disputed[0].Place = &audit.Place{Thread: thread, Index: 1}
	return a
}

// TestAgreementOutputs: every output has the same figures, and nothing that strangers wrote
// acts on what shows it.
func TestAgreementOutputs(t *testing.T) {
	a := annotated()
	for _, out := range AgreementOutputs() {
		var w bytes.Buffer
		if err := out.Write(&w, Annotators{a, []string{"<ann>", "b\x1bn", "cy"}}, 2, Options{}); err != nil {
			t.Fatal(err)
		}
		got := w.String()
		for _, c := range []string{"\x1b", "\x07", "\u202e", "<script>no", "<i>"} {
			if strings.Contains(got, c) && !((out.Name == "text" || out.Name == "json") && c[0] == '<') {
				t.Errorf("%s: %q came through:\n%s", out.Name, c, got)
			}
		}
		want := []string{ratio(a.Alpha.Value), ratio(a.Alpha.Low), ratio(a.Labels[1].Alpha.High), percent(a.Labels[2].Shared), "second line"}
		if out.Name == "json" {
			want = []string{fmt.Sprintf(`"alpha":{"value":%v,"low":%v`, serial.Rounded(a.Alpha.Value), serial.Rounded(a.Alpha.Low)), `second line`}
		}
		for _, s := range want {
			if !strings.Contains(got, s) {
				t.Errorf("%s lacks %q:\n%s", out.Name, s, got)
			}
		}
	}
}

func TestAgreementSchema(t *testing.T) {
	s := compiled(t, schemaNamed(t, "agreement"))
	two := audit.Agree([][]labels.Label{{{Comment: "1", State: labels.Given}}, {{Comment: "1", State: labels.Given, Stance: corpus.None}}})
	for name, a := range map[string]*audit.Agreement{"of three": annotated(), "of two": two, "of nothing": audit.Agree(make([][]labels.Label, 2))} {
		var w bytes.Buffer
		if err := Print(AgreementOutputs(), "json", &w, Annotators{a, []string{"a", "b", "c"}[:a.Annotators]}, 0, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := validate(t, s, w.String()); err != nil {
			t.Errorf("%s: %v in %s", name, err, &w)
		}
		for old, wrong := range map[string]string{`"labels":`: `"label":`, `"comments":`: `"comments":-1`, `"id":"`: `"id":1,"x":"`} {
			if changed := strings.Replace(w.String(), old, wrong, 1); changed != w.String() && validate(t, s, changed) == nil {
				t.Errorf("the schema admits %s", changed)
			}
		}
	}
}
