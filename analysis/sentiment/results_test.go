package sentiment_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"stance/analysis/evaluate"
	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
)

// sharedData is the data beside the project, from this directory.
const sharedData = "../../../shared/data"

// example is a text with the polarity that people gave it.
type example struct {
	doc   text.Document
	truth corpus.Polarity
}

// labelledSet is a set of annotated texts and the way to read it.
type labelledSet struct {
	name, file string
	read       func(r io.Reader, add func(src string, truth corpus.Polarity)) error
}

var labelledSets = []labelledSet{
	{"news comments", "news/threads-train.jsonl", readThreads},
	{"goemotions dev", "sentiment/goemotions/group-dev.tsv", readGoEmotions},
	{"fanchuan Reddit val", "sentiment/fanchuan/Reddit-Trump/comments_val.csv", readFanchuan},
	{"fanchuan Tiktok val", "sentiment/fanchuan/Tiktok-Trump/comments_val.csv", readFanchuan},
	{"tweets ±0.5", "sentiment/vader/tweets_GroundTruth.txt", readRated},
	{"products ±0.5", "sentiment/vader/amazonReviewSnippets_GroundTruth.txt", readRated},
	{"films ±0.5", "sentiment/vader/movieReviewSnippets_GroundTruth.txt", readRated},
}

// TestResults logs precision, recall and F1 of every engine on the annotated
// sets, and holds what the default engine is for: on readers' comments it is to be
// better than VADER and to call fewer of them positive that aren't. The lists under
// terms were drawn up with the news comments and the training part of GoEmotions in
// view, so the figures on news flatter the default engine somewhat.
func TestResults(t *testing.T) {
	engines := openAll(t)
	figures := map[string]map[string]*evaluate.Confusion{}
	for _, set := range labelledSets {
		examples := load(t, set)
		t.Logf("%s: %d texts", set.name, len(examples))
		figures[set.name] = map[string]*evaluate.Confusion{}
		for _, e := range sentiment.Engines() {
			c := evaluate.NewConfusion(corpus.NumPolarities)
			for i := range examples {
				c.Add(int(examples[i].truth), int(engines[e.Name].Measure(&examples[i].doc).Polarity))
			}
			t.Log(row(e.Name, c))
			figures[set.name][e.Name] = c
		}
	}
	for _, set := range []string{"news comments", "goemotions dev"} {
		ours, vaders := figures[set]["lexicon"], figures[set]["vader"]
		if ours.MacroF1() <= vaders.MacroF1() {
			t.Errorf("%s: macro-F1 of lexicon is %.3f, of vader %.3f", set, ours.MacroF1(), vaders.MacroF1())
		}
		if positive := int(corpus.Positive); ours.Precision(positive) <= vaders.Precision(positive) {
			t.Errorf("%s: precision of positive is %.3f, of vader %.3f", set, ours.Precision(positive), vaders.Precision(positive))
		}
	}
}

// row formats one engine's figures: macro-F1, then precision, recall and F1 of
// negative, neutral and positive, then the positive share given and true.
func row(engine string, c *evaluate.Confusion) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-9s macro-F1 %.3f ", engine, c.MacroF1())
	for p := range corpus.NumPolarities {
		fmt.Fprintf(&b, " %.2f/%.2f/%.3f", c.Precision(p), c.Recall(p), c.F1(p))
	}
	n, positive := float64(c.Total()), int(corpus.Positive)
	fmt.Fprintf(&b, "  positive %.3f of %.3f", float64(c.Predicted(positive))/n, float64(c.Support(positive))/n)
	return b.String()
}

func openAll(t testing.TB) map[string]sentiment.Engine {
	t.Helper()
	engines := map[string]sentiment.Engine{}
	for _, e := range sentiment.Engines() {
		engine, err := e.New()
		if err != nil {
			t.Fatal(err)
		}
		engines[e.Name] = engine
	}
	return engines
}

func load(t testing.TB, set labelledSet) []example {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedData, set.file))
	if err != nil {
		t.Skipf("the annotated data isn't here: %v", err)
	}
	defer f.Close()
	p := newParser(t)
	var examples []example
	err = set.read(f, func(src string, truth corpus.Polarity) {
		examples = append(examples, example{p.Parse(src), truth})
	})
	if err != nil {
		t.Fatalf("%s: %v", set.file, err)
	}
	return examples
}

func newParser(t testing.TB) *text.Parser {
	t.Helper()
	p, err := text.NewParser()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func readThreads(r io.Reader, add func(string, corpus.Polarity)) error {
	d := json.NewDecoder(r)
	for {
		var thread struct {
			Comments []struct{ Text, Sentiment string }
		}
		if err := d.Decode(&thread); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		for _, c := range thread.Comments {
			p, err := corpus.ParsePolarity(c.Sentiment)
			if err != nil {
				return err
			}
			add(c.Text, p)
		}
	}
}

// readGoEmotions takes the texts with one group label that isn't "ambiguous".
func readGoEmotions(r io.Reader, add func(string, corpus.Polarity)) error {
	groups := map[string]corpus.Polarity{"1": corpus.Negative, "2": corpus.Neutral, "3": corpus.Positive}
	s := bufio.NewScanner(r)
	for s.Scan() {
		fields := strings.Split(s.Text(), "\t")
		if p, ok := groups[fields[1]]; ok {
			add(fields[0], p)
		}
	}
	return s.Err()
}

func readFanchuan(r io.Reader, add func(string, corpus.Polarity)) error {
	labels := map[string]corpus.Polarity{"0": corpus.Neutral, "1": corpus.Positive, "2": corpus.Negative}
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return err
	}
	for _, row := range rows[1:] {
		if p, ok := labels[row[7]]; ok {
			add(row[6], p)
		}
	}
	return nil
}

// readRated cuts the mean of the raters, from -4 to 4, at ±0.5.
func readRated(r io.Reader, add func(string, corpus.Polarity)) error {
	s := bufio.NewScanner(r)
	for s.Scan() {
		fields := strings.SplitN(s.Text(), "\t", 3)
		mean, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return err
		}
		switch {
		case mean <= -0.5:
			add(fields[2], corpus.Negative)
		case mean >= 0.5:
			add(fields[2], corpus.Positive)
		default:
			add(fields[2], corpus.Neutral)
		}
	}
	return s.Err()
}
