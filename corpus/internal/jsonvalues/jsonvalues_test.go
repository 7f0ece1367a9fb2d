package jsonvalues_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/jsonvalues"
)

// Every value comes with its line, however the file is laid out, and nothing behind the
// first is passed over.
func TestEach(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"a line each", "{\"a\":1}\n\n[2]\n", []string{`1 {"a":1}`, "3 [2]"}},
		{"several on a line", `{"a":"}{"}{"b":2} {"c":3}` + "\n{}", []string{`1 {"a":"}{"}`, `1 {"b":2}`, `1 {"c":3}`, "2 {}"}},
		{"something behind one", "{} x\n{}", []string{"1 {} x", "2 {}"}},
		{"over several lines", "{\n\"a\":1}\n{}", []string{"1 {\n\"a\":1}", "3 {}"}},
		{"an array", "[{},\n{}]", []string{"1 {}", "2 {}"}},
		{"values behind an array", "[{}]\n{}", []string{"1 {}", "2 {}"}},
		{"something behind an array", "[{}]\nx", []string{"1 {}",
			"1! not valid JSON after this: invalid character 'x' looking for beginning of value: the rest is not read"}},
		{"a bracket behind an array", "[{}]]", []string{"1 {}",
			"1! not valid JSON after this: invalid character ']' looking for beginning of value: the rest is not read"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			_, err := jsonvalues.Each(strings.NewReader(tt.in), jsonvalues.Options{Max: 1 << 20}, jsonvalues.Sink{
				Value: func(line int, value []byte) bool { got = append(got, fmt.Sprintf("%d %s", line, value)); return true },
				Fail: func(p *corpus.Problem) bool {
					got = append(got, fmt.Sprintf("%d! %s", p.Line, p.Message))
					return true
				},
			})
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("(-want +got):\n%s%v", diff, err)
			}
		})
	}
}
