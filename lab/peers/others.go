package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jonreiter/govader"
)

// vaderLoop makes this program loop over the comments of files with govader.
const vaderLoop = "vader-loop"

func loopVADER(files []string) error {
	comments, err := readComments(files)
	if err != nil {
		return err
	}
	analyser := govader.NewSentimentIntensityAnalyzer()
	positive := 0
	for _, c := range comments {
		if analyser.PolarityScores(c).Compound >= 0.05 {
			positive++
		}
	}
	_, err = fmt.Println(positive, "of", len(comments))
	return err
}

// readComments returns the texts of the comments of files of JSON lines.
func readComments(files []string) ([]string, error) {
	var comments []string
	err := eachComment(files, func(text, _ string) { comments = append(comments, text) })
	return comments, err
}

func eachComment(files []string, use func(text, stance string)) error {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		for d := json.NewDecoder(f); ; {
			var thread struct {
				Comments []struct{ Text, Stance string }
			}
			if err := d.Decode(&thread); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			for _, c := range thread.Comments {
				use(c.Text, c.Stance)
			}
		}
	}
	return nil
}

// fastText trains a model on the news threads and returns the command that applies it
// to the comments, one a line.
func fastText(data, dir string, comments []string) peer {
	p := peer{name: "fasttext predict"}
	program, err := exec.LookPath("fasttext")
	if err != nil {
		p.why = "fasttext is not installed"
		return p
	}
	var examples, lines strings.Builder
	err = eachComment([]string{filepath.Join(data, "news", "threads-train.jsonl")}, func(text, stance string) {
		fmt.Fprintf(&examples, "__label__%s %s\n", stance, oneLine(text))
	})
	for _, c := range comments {
		lines.WriteString(oneLine(c) + "\n")
	}
	training, model, input := filepath.Join(dir, "train.txt"), filepath.Join(dir, "model"), filepath.Join(dir, "comments.txt")
	if err := errors.Join(err, os.WriteFile(training, []byte(examples.String()), 0o600), os.WriteFile(input, []byte(lines.String()), 0o600)); err != nil {
		p.why = err.Error()
		return p
	}
	// Word pairs make it use its buckets.
	if message, err := exec.Command(program, "supervised", "-input", training, "-output", model, "-wordNgrams", "2", "-thread", "1").CombinedOutput(); err != nil {
		p.why = fmt.Sprintf("training it failed: %v: %.100s", err, oneLine(string(message)))
		return p
	}
	p.args = []string{program, "predict", model + ".bin", input}
	return p
}
