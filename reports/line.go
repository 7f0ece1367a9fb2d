package reports

import (
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
)

// What tables are made of.
type (
	line   = layout.Line
	table  = layout.Table
	column = layout.Column
)

// speaksFor marks evidence for a decision, and speaksAgainst evidence against it.
const speaksFor, speaksAgainst = layout.Strong, layout.Weak

// stanceMark marks the name of a stance. Red, yellow and blue stay apart for the colour-blind,
// and the name says the same; none is left plain.
func stanceMark(s corpus.Stance) layout.Mark {
	return [corpus.NumStances]layout.Mark{corpus.Skeptical: layout.Red, corpus.Relativist: layout.Yellow, corpus.Supportive: layout.Blue}[s]
}

// excerpt returns the comment as one line with its evidence marked. Where pieces
// of evidence overlap, evidence for the decision hides evidence against it.
func excerpt(comment string, evidence []text.Evidence) line {
	if len(evidence) == 0 {
		return layout.Plain(comment)
	}
	shown, at := clean.LineOffsets(comment)
	l := line{Text: shown, Marks: make([]layout.Mark, len(shown))}
	for _, e := range evidence {
		start, end := at[e.Start], at[e.End]
		for end > start && shown[end-1] == ' ' {
			end--
		}
		for i := start; i < end; i++ {
			if e.Weight >= 0 {
				l.Marks[i] = speaksFor
			} else if l.Marks[i] == layout.Unmarked {
				l.Marks[i] = speaksAgainst
			}
		}
	}
	return l
}

// named is the name of a stance, marked as such.
func named(s corpus.Stance) line { return line{}.Followed(s.String(), stanceMark(s)) }
