// Command reliability fits how a model's probabilities tell the shares of a thread that
// it hasn't seen, from the predictions that calibrate.py writes of comments left out of
// training. It reads them from standard input and prints the JSON that export.py puts
// into the model file.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// leastKnown is the number of labelled comments from which a thread is learned from: fewer
// than where threads abound, for only a few sources are left out. The fit knows how far
// the shares of so few comments are off by chance.
const leastKnown = 8

func main() {
	r, err := fit(os.Stdin)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(r)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "reliability:", err)
		os.Exit(1)
	}
}

// prediction is a line of the input.
type prediction struct {
	Thread, Stance, Truth string
	Probabilities         [corpus.NumStances]float64
}

func fit(in io.Reader) (aggregate.Reliability, error) {
	at := map[string]int{}
	var known []aggregate.Known
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		var p prediction
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return aggregate.Reliability{}, fmt.Errorf("line %d: %w", n, err)
		}
		stance, err := corpus.ParseStance(p.Stance)
		if err != nil {
			return aggregate.Reliability{}, fmt.Errorf("line %d: %w", n, err)
		}
		truth, err := corpus.ParseStance(p.Truth)
		if err != nil {
			return aggregate.Reliability{}, fmt.Errorf("line %d: %w", n, err)
		}
		k, ok := at[p.Thread]
		if !ok {
			k = len(known)
			at[p.Thread] = k
			known = append(known, aggregate.Known{})
		}
		o := aggregate.Observation{Branch: len(known[k].Observations), Stance: stance, Probabilities: p.Probabilities}
		known[k].Observations = append(known[k].Observations, o)
		known[k].Truth = append(known[k].Truth, truth)
	}
	if err := lines.Err(); err != nil {
		return aggregate.Reliability{}, err
	}
	enough := known[:0]
	for _, k := range known {
		if len(k.Truth) >= leastKnown {
			enough = append(enough, k)
		}
	}
	if len(enough) == 0 {
		return aggregate.Reliability{}, fmt.Errorf("no thread has %d comments", leastKnown)
	}
	return aggregate.FitReliability(enough).Widened(enough), nil
}
