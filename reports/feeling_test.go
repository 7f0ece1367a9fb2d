package reports_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

// TestActorsAreHostileToo holds that names of the article, which strangers write too,
// come out clean, and that a stance without a comment has a dash.
func TestActorsAreHostileToo(t *testing.T) {
	nobody := actors.Feeling{Valence: math.NaN()}
	a := actors.Actor{Name: "Port\x1b[31m|Board", Side: actors.For, All: actors.Feeling{Comments: 3, Valence: -0.5}}
	a.Stance = [corpus.NumStances]actors.Feeling{{Comments: 3, Valence: -0.5}, nobody, nobody, nobody}
	r := &analysis.Result{Thread: &corpus.Thread{}, Actors: []actors.Actor{a}}
	for _, o := range reports.Outputs() {
		if o.Name != "text" && o.Name != "markdown" && o.Name != "json" {
			continue
		}
		var b bytes.Buffer
		w := o.New(&b, reports.Options{})
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		if strings.Contains(out, "\x1b") {
			t.Errorf("%s: an escape came through", o.Name)
		}
		if o.Name == "json" {
			if !strings.Contains(out, `"all":{"comments":3,"valence":-0.5},"stance":{"skeptical":{"comments":3,"valence":-0.5}}`) {
				t.Errorf("json: %s", out)
			}
		} else if !strings.Contains(out, "0.50 (3)") || !strings.Contains(out, "–") {
			t.Errorf("%s: the row is not there:\n%s", o.Name, out)
		}
	}
}
