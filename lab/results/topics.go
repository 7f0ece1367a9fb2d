package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"unicode"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/text"
	"stance.example/stance/analysis/topics"
	"stance.example/stance/analysis/vectors"
	"stance.example/stance/corpus"
)

// told is a text with the topic that its source gives it.
type told struct {
	text, topic string
}

// mixture is how texts of several topics are mixed.
type mixture struct {
	name, file, topic string // topic is what a topic is in the file
	topics, each      int
}

// mixtures are the sets whose texts carry a topic.
var mixtures = []mixture{
	{"arc", "public/arc.jsonl", "question debated", 8, 40},
	{"vaccinelies", "public/vaccinelies.jsonl", "claim of one theme", 8, 40},
	{"news, train", "news/threads-train.jsonl", "article", 10, 30},
	{"news, more", "news/threads-more.jsonl", "article", 10, 30},
	{"whataboutism", "public/whataboutism.jsonl", "film discussed", 10, 30},
	{"belief", "public/belief.jsonl", "claim", 8, 40},
	{"reddit", "unlabelled/reddit-threads.jsonl", "target", 5, 80},
}

// topicDraws are the mixtures drawn of each set, topicStarts those of k-means.
const (
	topicDraws  = 6
	topicStarts = 8
)

// groupings are ways to group texts: their names, and their groups of so many.
var groupings = []string{"words, k known", "encoder, k known", "encoder and words, k known", "topics"}

// topicsSection measures how the topics found agree with those that the sources give.
func topicsSection(ctx context.Context, w io.Writer, from folders) error {
	fmt.Fprintf(w, `
## Topics

Texts of several topics are mixed, %d times for each set, without anything that tells the topic, and grouped anew. NMI and ARI compare the
groups with the topics: 1 is the same grouping, and an ARI of 0 is that of chance. *Words* are tf–idf vectors, *encoder* those that the stance is
judged by, about their mean, both in groups by k-means (the best of %d beginnings) that are told how many topics there
are; *topics* is what the program does, which finds the number itself, and counts what it puts in no topic as a group of its
own. Short remarks under an article say little of what it is about, which bounds every way in the lower rows.

| set | a topic is a | texts |`, topicDraws, topicStarts)
	for _, g := range groupings {
		fmt.Fprintf(w, " %s: NMI | ARI |", g)
	}
	fmt.Fprintf(w, " found, of |\n|---|---|--:|%s--:|\n", repeat("--:|", 2*len(groupings)))
	e, err := encoder.Embedded()
	if err != nil {
		return err
	}
	parser, err := text.NewParser()
	if err != nil {
		return err
	}
	for _, m := range mixtures {
		all, err := readTold(filepath.Join(from.data, m.file))
		if err != nil {
			return err
		}
		if err := m.row(ctx, w, e, parser, all); err != nil {
			return err
		}
	}
	return nil
}

func repeat(s string, n int) (out string) {
	for range n {
		out += s
	}
	return out
}

// row measures one set.
func (m *mixture) row(ctx context.Context, w io.Writer, e *encoder.Encoder, parser *text.Parser, all []told) error {
	var agreed [][2]average
	var found average
	agreed = make([][2]average, len(groupings))
	texts, kinds := 0, 0
	for draw := range uint64(topicDraws) {
		mixed := m.draw(all, rand.New(rand.NewPCG(draw, 77)))
		t := &corpus.Thread{}
		var truth []int
		topicOf := map[string]int{}
		var lexicon text.Lexicon
		var weights vectors.Weights
		comments := make([]topics.Comment, len(mixed))
		for i := range mixed {
			t.Comments = append(t.Comments, corpus.Comment{ID: fmt.Sprint(i), Text: mixed[i].text})
			if _, known := topicOf[mixed[i].topic]; !known {
				topicOf[mixed[i].topic] = len(topicOf)
			}
			truth = append(truth, topicOf[mixed[i].topic])
			doc := parser.Parse(mixed[i].text)
			var words []string
			for _, token := range doc.Tokens {
				if first := []rune(token.Lower)[0]; unicode.IsLetter(first) {
					words = append(words, token.Lower)
				}
			}
			comments[i].Words = lexicon.Numbers(words...)
			weights.Add(comments[i].Words)
		}
		encoded, err := e.Encode(ctx, t)
		if err != nil {
			return err
		}
		byWord, byMeaning := unitWords(comments, &weights, len(lexicon.Words)), unitRows(vectors.Centred(encoded))
		texts, kinds = len(mixed), len(topicOf)
		for g, got := range [][]int{
			plainMeans(byWord, kinds), plainMeans(byMeaning, kinds), plainMeans(unitRows(joined(byWord, byMeaning)), kinds),
			groupsOf(topics.Find(comments, lexicon.Words), len(comments), &found),
		} {
			nmi, ari := agreement(truth, got)
			agreed[g][0].add(nmi)
			agreed[g][1].add(ari)
		}
	}
	fmt.Fprintf(w, "| %s | %s | %d |", m.name, m.topic, texts)
	for g := range agreed {
		fmt.Fprintf(w, " %.2f | %.2f |", agreed[g][0].mean(), agreed[g][1].mean())
	}
	_, err := fmt.Fprintf(w, " %.1f of %d |\n", found.mean(), kinds)
	return err
}

// draw mixes texts of topics chosen at random.
func (m *mixture) draw(all []told, random *rand.Rand) []told {
	by := map[string][]int{}
	var names []string
	for i, t := range all {
		if by[t.topic] = append(by[t.topic], i); len(by[t.topic]) == m.each {
			names = append(names, t.topic)
		}
	}
	slices.Sort(names)
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var mixed []told
	for _, name := range names[:min(m.topics, len(names))] {
		for _, k := range random.Perm(len(by[name]))[:m.each] {
			mixed = append(mixed, all[by[name][k]])
		}
	}
	random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return mixed
}

// readTold reads the texts of a set: a thread of comments a line, or a text a line.
func readTold(path string) ([]told, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []told
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var line struct {
			Thread, Group, Text, Orig string
			Article                   struct{ Target string }
			Comments                  []struct{ Text string }
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, c := range line.Comments {
			list = append(list, told{text: c.Text, topic: cmp.Or(line.Thread, line.Article.Target)})
		}
		// A text that isn't about its claim has no topic, nor one of which only the site is known.
		if line.Comments == nil && line.Orig != "Not Relevant" && line.Group != "twitter" {
			list = append(list, told{text: line.Text, topic: line.Group})
		}
	}
	return list, lines.Err()
}

// groupsOf gives each comment the number of its topic, and adds how many there are.
func groupsOf(list []topics.Topic, n int, found *average) []int {
	groups := make([]int, n)
	for g, t := range list {
		for _, i := range t.Members {
			groups[i] = g + 1
		}
	}
	found.add(float64(len(list)))
	return groups
}

func unitWords(comments []topics.Comment, weights *vectors.Weights, width int) [][]float64 {
	rows := make([][]float64, len(comments))
	for i := range comments {
		rows[i] = make([]float64, width)
		for _, w := range weights.Of(nil, comments[i].Words) {
			rows[i][w.ID] = w.Weight
		}
	}
	return rows
}

func unitRows(rows [][]float64) [][]float64 {
	for _, x := range rows {
		if length := math.Sqrt(vectors.Dot(x, x)); length > 0 {
			for k := range x {
				x[k] /= length
			}
		}
	}
	return rows
}

func joined(a, b [][]float64) [][]float64 {
	rows := make([][]float64, len(a))
	for i := range a {
		rows[i] = slices.Concat(a[i], b[i])
	}
	return rows
}

// plainMeans groups rows of unit length by k-means.
func plainMeans(rows [][]float64, k int) (best []int) {
	most := math.Inf(-1)
	for start := range uint64(topicStarts) {
		random := rand.New(rand.NewPCG(start, 1))
		centers := [][]float64{slices.Clone(rows[random.IntN(len(rows))])}
		for len(centers) < k { // k-means++
			far, sum := make([]float64, len(rows)), 0.0
			for i, x := range rows {
				_, cosine := nearestRow(x, centers)
				far[i] = max(0, 1-cosine)
				sum += far[i]
			}
			chosen, left := 0, random.Float64()*sum
			for i := 0; i < len(far) && left > 0; i++ {
				chosen, left = i, left-far[i]
			}
			centers = append(centers, slices.Clone(rows[chosen]))
		}
		groups, sum := make([]int, len(rows)), 0.0
		for step, moved := 0, true; step < 30 && moved; step++ {
			moved = false
			sums := make([][]float64, k)
			for c := range sums {
				sums[c] = make([]float64, len(rows[0]))
			}
			sum = 0
			for i, x := range rows {
				c, cosine := nearestRow(x, centers)
				moved = moved || step == 0 || groups[i] != c
				groups[i] = c
				sum += cosine
				for d, v := range x {
					sums[c][d] += v
				}
			}
			centers = unitRows(sums)
		}
		if sum > most {
			best, most = groups, sum
		}
	}
	return best
}

func nearestRow(x []float64, centers [][]float64) (center int, cosine float64) {
	cosine = math.Inf(-1)
	for c := range centers {
		if d := vectors.Dot(x, centers[c]); d > cosine {
			center, cosine = c, d
		}
	}
	return center, cosine
}

// agreement compares two groupings: the normalised mutual information, over the mean of the entropies,
// and the adjusted Rand index (Hubert and Arabie, Comparing partitions, Journal of
// Classification 2, 1985).
func agreement(truth, got []int) (nmi, ari float64) {
	a, b, both := map[int]float64{}, map[int]float64{}, map[[2]int]float64{}
	for i := range truth {
		a[truth[i]]++
		b[got[i]]++
		both[[2]int{truth[i], got[i]}]++
	}
	n := float64(len(truth))
	pairs := func(x float64) float64 { return x * (x - 1) / 2 }
	var mutual, entropy, pairsA, pairsB, pairsBoth float64
	for _, part := range []struct {
		counts map[int]float64
		pairs  *float64
	}{{a, &pairsA}, {b, &pairsB}} {
		for _, x := range part.counts {
			entropy -= x / n * math.Log(x/n) / 2
			*part.pairs += pairs(x)
		}
	}
	for cell, x := range both {
		mutual += x / n * math.Log(x*n/(a[cell[0]]*b[cell[1]]))
		pairsBoth += pairs(x)
	}
	chance := pairsA * pairsB / pairs(n)
	return mutual / entropy, (pairsBoth - chance) / ((pairsA+pairsB)/2 - chance)
}
