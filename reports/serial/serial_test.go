package serial

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

func TestRounded(t *testing.T) {
	for in, want := range map[float64]string{0.666666: "0.6667", -0.00001: "0", 1: "1", -0.42: "-0.42"} {
		if got, _ := json.Marshal(Rounded(in)); string(got) != want {
			t.Errorf("Rounded(%v) = %s, want %s", in, got, want)
		}
	}
}

// stay are the fields of a result that don't come back.
var stay = []string{"Examination", "Sample", "Problems"}

// fill gives every field that v leads to a value other than its zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *time.Time:
			*x = time.Date(2024, 3, 4, 5, 6, 7, 8, time.UTC)
			return
		case *evaluate.Confusion:
			*x = *evaluate.NewConfusion(corpus.NumStances)
			x.Add(1, 2)
			return
		}
		for i := range v.NumField() {
			if !slices.Contains(stay, v.Type().Field(i).Name) {
				fill(v.Field(i))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Float64:
		v.SetFloat(1 / math.Pi)
	default:
		panic(v.Kind())
	}
}

// TestEveryFieldComesBack: whatever field a thread, a comment or a judgement is given, it is in
// the document and comes back, so that a database keeps it.
func TestEveryFieldComesBack(t *testing.T) {
	want := &analysis.Result{}
	fill(reflect.ValueOf(want).Elem())
	b, err := Marshal(Of(want, nil))
	if err != nil {
		t.Fatal(err)
	}
	var d Result
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	got, err := d.Result()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of (-) and back (+) differ:\n%s", diff)
	}
}
