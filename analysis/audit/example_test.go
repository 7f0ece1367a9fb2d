package audit_test

import (
	"fmt"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
)

// A model gives every comment 80 % for a stance, which is supportive for every fourth
// whatever it says. Twenty of a hundred are labelled.
func ExampleCorrect() {
	comments := make([]audit.Comment, 100)
	for i := range comments {
		c := &comments[i]
		truth := corpus.Supportive
		if i%5 < 2 {
			truth = corpus.Skeptical
		}
		named := truth
		if i%4 == 0 {
			named = corpus.Supportive
		}
		c.Predicted[named] = 0.8
		c.Predicted[corpus.None] = 0.2
		if i >= 40 && i < 60 {
			c.Labelled, c.Label = true, truth
		}
	}
	a, _ := audit.Correct(comments, audit.Tuned, [corpus.NumStances]audit.Expected{})
	for k, s := range a.Shares {
		fmt.Printf("%-10s %.2f [%.2f–%.2f]\n", corpus.Stance(k), s.Share, s.Low, s.High)
	}
	fmt.Printf("%d labels are worth %.0f\n", a.Labelled, a.Effective)
	// Output:
	// skeptical  0.40 [0.28–0.53]
	// relativist 0.00 [0.00–0.08]
	// supportive 0.60 [0.47–0.72]
	// none       0.00 [0.00–0.08]
	// 20 labels are worth 37
}
