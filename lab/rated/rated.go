// Package rated reads published collections of single texts whose feeling people
// rated, on which sentiment is measured.
//
// [Collections] lists them with the place of their files in the data folder; every
// form has one function from bytes to texts. Texts by themselves have no article and
// no thread, which sets them apart from annotated threads.
package rated

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"stance.example/stance/corpus"
)

// Text is a text with the feeling that people found in it.
type Text struct {
	Text     string
	Polarity corpus.Polarity
}

// Collection is one file of rated texts.
type Collection struct {
	// Name is lower case; collections of one origin begin with the same word.
	Name string
	// File is the path within the data folder.
	File string
	// Read decodes the file. An error names the line.
	Read func(r io.Reader) ([]Text, error)
}

// Collections lists the files. No model of the program was trained on any.
func Collections() []Collection {
	return []Collection{
		{"goemotions dev", "sentiment/goemotions/group-dev.tsv", GoEmotions},
		{"tweets", "sentiment/vader/tweets_GroundTruth.txt", Snippets},
		{"products", "sentiment/vader/amazonReviewSnippets_GroundTruth.txt", Snippets},
		{"films", "sentiment/vader/movieReviewSnippets_GroundTruth.txt", Snippets},
		{"reddit-trump val", "sentiment/fanchuan/Reddit-Trump/comments_val.csv", Fanchuan},
		{"tiktok-trump val", "sentiment/fanchuan/Tiktok-Trump/comments_val.csv", Fanchuan},
		{"campuslife val", "sentiment/fanchuan/CampusLife/comments_val.csv", Fanchuan},
	}
}

// GoEmotions reads the grouped form of GoEmotions (Demszky and others 2020): text,
// groups and an ID, separated by tabs. Texts of several groups, or of the ambiguous
// one, are left out.
func GoEmotions(r io.Reader) ([]Text, error) {
	groups := map[string]corpus.Polarity{"1": corpus.Negative, "2": corpus.Neutral, "3": corpus.Positive}
	var texts []Text
	err := eachLine(r, 3, func(fields []string) error {
		if p, ok := groups[fields[1]]; ok {
			texts = append(texts, Text{Text: fields[0], Polarity: p})
		}
		return nil
	})
	return texts, err
}

// Snippets reads the rated snippets that came with VADER (Hutto and Gilbert 2014):
// an ID, the mean of twenty raters from -4 to 4, and the text, separated by tabs. The
// mean is cut at ±0.5.
func Snippets(r io.Reader) ([]Text, error) {
	const bound = 0.5
	var texts []Text
	err := eachLine(r, 3, func(fields []string) error {
		mean, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return fmt.Errorf("the rating %q is no number", fields[1])
		}
		t := Text{Text: fields[2], Polarity: corpus.Neutral}
		switch {
		case mean <= -bound:
			t.Polarity = corpus.Negative
		case mean >= bound:
			t.Polarity = corpus.Positive
		}
		texts = append(texts, t)
		return nil
	})
	return texts, err
}

// eachLine calls use with the tab-separated fields of every line, which must be that
// many; tabs in the last field are its own.
func eachLine(r io.Reader, fields int, use func(fields []string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		parts := strings.SplitN(s.Text(), "\t", fields)
		if len(parts) != fields {
			return fmt.Errorf("line %d: %d fields, want %d", n, len(parts), fields)
		}
		if err := use(parts); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	return nil
}

// Fanchuan reads the comments of FanChuan (arXiv 2502.16503), CSV with a header whose
// columns content and support it uses: support is 0 neutral, 1 positive, 2 negative.
func Fanchuan(r io.Reader) ([]Text, error) {
	support := map[string]corpus.Polarity{"0": corpus.Neutral, "1": corpus.Positive, "2": corpus.Negative}
	rows := csv.NewReader(r)
	header, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the header: %w", err)
	}
	column := map[string]int{}
	for i, name := range header {
		column[name] = i
	}
	for _, name := range []string{"content", "support"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("line 1: no column %q", name)
		}
	}
	var texts []Text
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return texts, nil
		}
		if err != nil {
			return nil, err
		}
		p, ok := support[row[column["support"]]]
		if !ok {
			line, _ := rows.FieldPos(column["support"])
			return nil, fmt.Errorf("line %d: unknown support %q", line, row[column["support"]])
		}
		texts = append(texts, Text{Text: row[column["content"]], Polarity: p})
	}
}
