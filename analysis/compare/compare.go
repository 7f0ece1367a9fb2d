// Package compare sets threads, or groups of threads such as sites and months, against
// each other.
//
// Each thread comes with its shares and their standard errors. What differs between
// threads beyond those errors is estimated (DerSimonian and Laird, Meta-analysis in
// clinical trials, Controlled Clinical Trials 7, 1986), and two things follow from it:
//
//   - Partial pooling: a thread's share is drawn toward that of all threads, the more the
//     less is known of it (see pool.go), so that the extremes of a list aren't simply its
//     smallest threads.
//   - Tests: each thread, or group, against all the others, with the false discovery
//     rate controlled over the whole table.
package compare

import (
	"math"

	"stance.example/stance/analysis/fdr"
	"stance.example/stance/corpus"
)

// Share is an estimate of a share with its standard error; Error must be positive.
type Share struct{ Value, Error float64 }

// Thread is what the package needs to know of a judged thread.
type Thread struct {
	Name     string
	Group    string // "" for none; Groups leaves such threads out
	Comments int    // judged ones
	Shares   [corpus.NumStances]Share
}

// Row is a thread or a group in the comparison.
type Row struct {
	Name              string
	Threads, Comments int
	Cells             [corpus.NumStances]Cell
}

// Cell is the share of a stance in a row.
type Cell struct {
	// Value is the share by the row's own comments; of a group it is the mean of its
	// threads, by what is known of each.
	Value float64
	// Pooled is the share drawn toward that of all rows, and Low and High bound its
	// 95 % interval, in [0, 1].
	Pooled, Low, High float64
	// Difference is Value less the mean of the other rows. P is the two-sided
	// p-value of its being 0, and Q the same adjusted over the table. They are NaN
	// if there is no other row.
	Difference, P, Q float64
}

// Differs reports whether the share differs from that of the other rows, at a false
// discovery rate of fdr.Level over the table.
func (c Cell) Differs() bool { return c.Q <= fdr.Level }

// Comparison is a table of rows that are compared with each other.
type Comparison struct {
	Rows []Row
	// Overall is the share of each stance over the rows, each weighted by what is
	// known of it.
	Overall [corpus.NumStances]Share
	// Between is the standard deviation of the true shares between rows.
	Between [corpus.NumStances]float64
}

// Threads compares threads with each other, in the order given. Those without a judged
// comment are left out.
func Threads(threads []Thread) Comparison {
	var rows []Row
	var shares [][corpus.NumStances]Share
	for _, t := range threads {
		if t.Comments > 0 {
			rows = append(rows, Row{Name: t.Name, Threads: 1, Comments: t.Comments})
			shares = append(shares, t.Shares)
		}
	}
	return compared(rows, shares)
}

// Groups compares the groups of the threads with each other, in the order of their
// first thread. The share of a group is that of its threads, which are taken for a
// sample of those there might be: its error holds how much they differ. A group of one
// thread has no difference of its own to go by; every group is therefore given that of
// all threads about the means of their groups.
func Groups(threads []Thread) Comparison {
	var rows []Row
	var members [][]Thread
	index := map[string]int{}
	for _, t := range threads {
		if t.Group == "" || t.Comments == 0 {
			continue
		}
		g, known := index[t.Group]
		if !known {
			g = len(rows)
			index[t.Group] = g
			rows = append(rows, Row{Name: t.Group})
			members = append(members, nil)
		}
		rows[g].Threads++
		rows[g].Comments += t.Comments
		members[g] = append(members[g], t)
	}
	shares := make([][corpus.NumStances]Share, len(rows))
	for s := range corpus.NumStances {
		groups := make([][]Share, len(members))
		for g, list := range members {
			for _, t := range list {
				groups[g] = append(groups[g], t.Shares[s])
			}
		}
		between := within(groups)
		for g, list := range groups {
			shares[g][s] = averageOf(list, between).share()
		}
	}
	return compared(rows, shares)
}

// compared fills in the cells of the rows.
func compared(rows []Row, shares [][corpus.NumStances]Share) Comparison {
	c := Comparison{Rows: rows}
	var p []float64
	for s := range corpus.NumStances {
		list := make([]Share, len(rows))
		for i := range rows {
			list[i] = shares[i][s]
		}
		pool := newPool(list)
		all := averageOf(list, pool.between)
		c.Overall[s] = all.share()
		c.Between[s] = math.Sqrt(pool.between)
		for i, own := range list {
			rest := Share{math.NaN(), math.NaN()}
			if len(list) > 1 {
				rest = all.without(own, pool.between).share()
			}
			rows[i].Cells[s] = cellOf(own, c.Overall[s], rest, pool)
			p = append(p, rows[i].Cells[s].P)
		}
	}
	q := fdr.Adjust(p)
	for s := range corpus.NumStances {
		for i := range rows {
			rows[i].Cells[s].Q = q[s*len(rows)+i]
		}
	}
	return c
}
