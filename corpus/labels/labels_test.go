package labels

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
)

func TestRead(t *testing.T) {
	given := func(comment string, s corpus.Stance, line int) Label {
		return Label{Comment: comment, State: Given, Stance: s, File: "f", Line: line}
	}
	negative := corpus.Negative
	for _, c := range []struct {
		name, text string
		want       []Label
		problems   []string
	}{
		{"the least a file needs", "id,stance\n7,skeptical\n8,none\n",
			[]Label{given("7", corpus.Skeptical, 2), given("8", corpus.None, 3)}, nil},
		{"every column, in another order and case", "Annotator,Stance,ID,Thread,Probability\nmb,supportive,7,t1,0.25\n",
			[]Label{{Thread: "t1", Comment: "7", State: Given, Stance: corpus.Supportive, Probability: 0.25, Annotator: "mb", File: "f", Line: 2}}, nil},
		{"columns of other programs are ignored", "text,id,stance\n\"two\nlines\",7,Relativist\n,8,none\n",
			[]Label{given("7", corpus.Relativist, 2), given("8", corpus.None, 4)}, nil},
		{"as a European spreadsheet saves it, with a mark and semicolons", "\ufeffid;stance\r\n7;skeptical\r\n",
			[]Label{given("7", corpus.Skeptical, 2)}, nil},
		{"a sample in work: open and skipped", "id,stance\n7,\n8,skip\n",
			[]Label{{Comment: "7", File: "f", Line: 2}, {Comment: "8", State: Skipped, File: "f", Line: 3}}, nil},
		{"sentiments, and how comments were drawn", "id,stance,sentiment,drawn\n7,none,Negative,random\n8,,,suggested\n9,none,sad,\n10,none,,by hand\n",
			[]Label{
				{Comment: "7", State: Given, Stance: corpus.None, Sentiment: &negative, File: "f", Line: 2},
				{Comment: "8", Suggested: true, File: "f", Line: 3},
			}, []string{
				`f:4: comment "9": unknown polarity "sad": want negative, neutral or positive`,
				`f:5: comment "10": drawn is "by hand", but must be random, corpus or suggested`,
			}},
		{"a file that was cut within a row", "id,stance,row\n7,none,1/3\n8,skept",
			[]Label{given("7", corpus.None, 2)}, []string{"f:3: the file was cut within this row; what stood behind it is lost"}},
		{"a file that was cut within its last cell", "id,stance,row\n7,none,1/13\n8,none,2/1",
			[]Label{given("7", corpus.None, 2), given("8", corpus.None, 3)},
			[]string{"f:3: of the 13 rows that the file was written with 2 are there: " +
				"it was cut or edited; without the column row it is taken as it is"}},
		{"a file that was cut between rows", "id,stance,row\n7,none,1/2\n",
			[]Label{given("7", corpus.None, 2)},
			[]string{"f:2: of the 2 rows that the file was written with 1 are there: " +
				"it was cut or edited; without the column row it is taken as it is"}},
		{"rows that somebody added", "id,stance,row\n7,none,1/1\n8,none,\n",
			[]Label{given("7", corpus.None, 2), given("8", corpus.None, 3)}, nil},
		{"JSON lines, numbers as IDs", `{"id":7,"stance":"none","probability":0.5}` + "\n\n" + `{"thread":"t","id":"8","stance":"skeptical","annotator":"mb"}`,
			[]Label{
				{Comment: "7", State: Given, Stance: corpus.None, Probability: 0.5, File: "f", Line: 1},
				{Thread: "t", Comment: "8", State: Given, Stance: corpus.Skeptical, Annotator: "mb", File: "f", Line: 3},
			}, nil},
		{"annotated threads", `{"thread":"t","comments":[{"id":"1","text":"No.","stance":"skeptical"},{"id":"2","text":"Hm."}]}`,
			[]Label{{Thread: "t", Comment: "1", State: Given, Stance: corpus.Skeptical, File: "f", Line: 1}}, nil},
		{"judged threads aren't labels", `{"thread":{},"comments":[{"id":"1","text":"No.","stance":"skeptical","probabilities":{"skeptical":1}}]}`, nil, nil},
		{"nor are those of a language model", `{"thread":{},"comments":[{"id":"1","text":"No.","stance":"skeptical","engine":"llm"}]}`, nil, nil},
		{"bad rows are said and the others kept", "id,stance,probability\n7,neutral,\n,none,\n8,none,1.5\n9,none,NaN\n10,none,1\n",
			[]Label{{Comment: "10", State: Given, Stance: corpus.None, Probability: 1, File: "f", Line: 6}},
			[]string{
				`f:2: comment "7": unknown stance "neutral": want skeptical, relativist, supportive or none`,
				`f:3: a label without the ID of a comment`,
				`f:4: comment "8": the probability is "1.5", but must be above 0 and at most 1`,
				`f:5: comment "9": the probability is "NaN", but must be above 0 and at most 1`,
			}},
		{"a stray quotation mark", "id,stance\n\"7\"x,none\n8,none\n",
			[]Label{given("8", corpus.None, 3)},
			[]string{`f:2: row left out: extraneous or missing " in quoted-field`}},
		{"another table", "name,opinion\na,b\n", nil, []string{`f:1: a file of labels needs the columns id and stance, this one has ["name" "opinion"]`}},
		{"broken JSON", "{\"id\":\"7\",\"stance\":\"none\"}\n{\"id\":\n", []Label{given("7", corpus.None, 1)},
			[]string{"f:2: line left out: unexpected end of JSON input"}},
		{"JSON of another shape", "{\"id\":[1]}\n", nil, []string{"f:1: line left out: json: cannot unmarshal array into Go struct field .id of type string"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems, err := Read("f", strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.problems, messages(problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func messages(problems []corpus.Problem) []string {
	var list []string
	for i := range problems {
		list = append(list, problems[i].Error())
	}
	return list
}

func TestReadRefusesWhatIsNoText(t *testing.T) {
	for _, text := range []string{"", "  \n", "\x89PNG\r\n\x1a\n\x00\x00"} {
		if got, _, err := Read("f", strings.NewReader(text)); err == nil {
			t.Errorf("%q: read %v, want an error", text, got)
		}
	}
}

// FuzzWrite holds that what is written is read back, whatever the IDs are.
func FuzzWrite(f *testing.F) {
	f.Add("t1", "c1", "mb", uint8(2), 0.5)
	f.Add("", "=1+1", "'", uint8(1), 1.0)
	f.Add("'=x", "a\r\nb", "\"", uint8(5), 1e-9)
	f.Add("\x00\x1b[2J\ufeff", `"quoted"`, "\"\\u0007\"", uint8(2), 0.5)
	f.Add("\ufffd", "\xff\u0085", "\ufeff", uint8(0), 1.0)
	f.Fuzz(func(t *testing.T, thread, comment, annotator string, kind uint8, probability float64) {
		if comment == "" || !(probability > 0 && probability <= 1) {
			t.Skip()
		}
		want := Label{Thread: thread, Comment: comment, Annotator: annotator, Probability: probability, State: State(kind % 3), Suggested: kind%5 == 0}
		if p := corpus.Polarity(kind % 4); p < corpus.NumPolarities {
			want.Sentiment = &p
		}
		if want.State == Given {
			want.Stance = corpus.Stance(kind / 3 % corpus.NumStances)
		}
		var b bytes.Buffer
		if err := Write(&b, []Label{want}); err != nil {
			t.Fatal(err)
		}
		got, problems, err := Read("f", &b)
		if err != nil || len(problems) > 0 || len(got) != 1 {
			t.Fatalf("%q: %v %v %v", b.String(), got, problems, err)
		}
		got[0].File, got[0].Line = "", 0
		if !cmp.Equal(got[0], want) {
			t.Errorf("wrote %+v, read %+v", want, got[0])
		}
	})
}
