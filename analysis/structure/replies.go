package structure

import (
	"math"
	"math/rand/v2"

	"stance.example/stance/corpus"
)

// Replies is the table of what stands under what. A reply's stance is toward the
// article as its parent's is, so a reply that contradicts a supportive parent is
// skeptical, and opposes it.
type Replies struct {
	// Table counts the replies by stance of the parent (first index) and of the
	// reply (second), where both were judged.
	Table [corpus.NumStances][corpus.NumStances]int
	// Pairs is the sum of Table.
	Pairs int
	// Opposing counts the skeptical replies to a supportive parent and the
	// supportive replies to a skeptical one; Expected is how many there would be if
	// the same replies stood under the same parents at random.
	Opposing int
	Expected float64
	// Assortativity is 1 where every reply takes its parent's stance, 0 where the
	// two have nothing to do with each other, negative where they avoid each
	// other; NaN without pairs or where all pairs are of one stance. Newman, Mixing
	// patterns in networks, Physical Review E 67, 2003, equation 2.
	Assortativity float64
	// P is the probability of a table at least as far from independence as this one
	// if the replies stood at random, and OpposingP that of a number of opposing
	// replies at least as far from Expected; NaN without pairs.
	P, OpposingP float64
}

// The permutation test deals the replies' stances out to the parents anew, which keeps
// how many replies each parent has and how many replies there are of each stance. The
// p-values count the table itself among the permutations, so they are never 0.
const (
	permutations = 999
	seedHigh     = 0x7374616e6365 // "stance" in ASCII
	seedLow      = 2003
)

// replyTable counts replies by the parent's and their own stance.
type replyTable = [corpus.NumStances][corpus.NumStances]int

func repliesOf(comments []Comment) Replies {
	var parents, replies []corpus.Stance
	for _, c := range comments {
		if c.Judged && c.Parent >= 0 && comments[c.Parent].Judged {
			parents = append(parents, comments[c.Parent].Stance)
			replies = append(replies, c.Stance)
		}
	}
	r := Replies{Table: cross(parents, replies), Pairs: len(replies), Assortativity: math.NaN(), P: math.NaN(), OpposingP: math.NaN()}
	if r.Pairs == 0 {
		return r
	}
	m := marginsOf(&r.Table)
	r.Opposing = opposing(&r.Table)
	const k, p = corpus.Skeptical, corpus.Supportive
	r.Expected = float64(m.parents[k]*m.replies[p]+m.parents[p]*m.replies[k]) / float64(r.Pairs)
	r.Assortativity = m.assortativity(&r.Table)
	r.permute(parents, replies, m)
	return r
}

// deal shuffles the replies and returns their table. It is Fisher and Yates's shuffle, in
// which a reply is counted as soon as its place is settled.
func deal(rng *rand.Rand, parents, replies []corpus.Stance) (t replyTable) {
	for i := len(replies) - 1; i > 0; i-- {
		j := rng.Uint32N(uint32(i + 1))
		replies[i], replies[j] = replies[j], replies[i]
		t[parents[i]][replies[i]]++
	}
	t[parents[0]][replies[0]]++
	return t
}

func cross(parents, replies []corpus.Stance) (t replyTable) {
	for i, p := range parents {
		t[p][replies[i]]++
	}
	return t
}

func opposing(t *replyTable) int {
	return t[corpus.Skeptical][corpus.Supportive] + t[corpus.Supportive][corpus.Skeptical]
}

// permute sets the p-values. It shuffles replies.
func (r *Replies) permute(parents, replies []corpus.Stance, m margins) {
	const slack = 1e-9 // tables that are equal but for rounding count as equal
	rng := rand.New(rand.NewPCG(seedHigh, seedLow))
	observed := m.dependence(&r.Table)
	gap := math.Abs(float64(r.Opposing) - r.Expected)
	further, furtherOpposing := 1, 1
	for range permutations {
		t := deal(rng, parents, replies)
		if m.dependence(&t) >= observed-slack {
			further++
		}
		if math.Abs(float64(opposing(&t))-r.Expected) >= gap-slack {
			furtherOpposing++
		}
	}
	r.P = float64(further) / (permutations + 1)
	r.OpposingP = float64(furtherOpposing) / (permutations + 1)
}

// margins are the sums of a table's rows and columns.
type margins struct {
	parents, replies [corpus.NumStances]int
	pairs            int
}

func marginsOf(t *replyTable) (m margins) {
	for i, row := range t {
		for j, n := range row {
			m.parents[i] += n
			m.replies[j] += n
			m.pairs += n
		}
	}
	return m
}

// dependence is Pearson's chi-square over the number of pairs, plus 1: the sum of
// n[i,j]²/(row i · column j).
func (m *margins) dependence(t *replyTable) float64 {
	sum := 0.0
	for i, row := range t {
		for j, n := range row {
			if n > 0 {
				sum += float64(n) * float64(n) / (float64(m.parents[i]) * float64(m.replies[j]))
			}
		}
	}
	return sum
}

func (m *margins) assortativity(t *replyTable) float64 {
	n := float64(m.pairs)
	alike, expected := 0.0, 0.0
	for i := range t {
		alike += float64(t[i][i]) / n
		expected += float64(m.parents[i]) / n * float64(m.replies[i]) / n
	}
	if expected == 1 {
		return math.NaN()
	}
	return (alike - expected) / (1 - expected)
}
