package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stance/analysis"
	"stance/analysis/sentiment"
)

// judging is how threads are judged: the flags that every command has that judges
// comments, and the pipeline they ask for.
type judging struct {
	sentiment string // the name of a sentiment engine
}

// addFlags registers the flags of judging.
func (j *judging) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&j.sentiment, "sentiment-engine", sentiment.Default, "what measures sentiment: "+strings.Join(engineNames(), ", "))
}

// pipeline returns the pipeline that the flags ask for. A wrong flag is a usage
// error, found before any model is loaded.
func (j *judging) pipeline() (*analysis.Pipeline, error) {
	if err := knownEngine(j.sentiment); err != nil {
		return nil, err
	}
	return analysis.New(analysis.Options{SentimentEngine: j.sentiment})
}

func knownEngine(name string) error {
	for _, known := range engineNames() {
		if name == known {
			return nil
		}
	}
	return usageError{fmt.Errorf("unknown sentiment engine %q: want one of %s", name, strings.Join(engineNames(), ", "))}
}

func engineNames() []string {
	var names []string
	for _, e := range sentiment.Engines() {
		names = append(names, e.Name)
	}
	return names
}
