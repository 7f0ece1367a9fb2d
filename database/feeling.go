package database

import (
	"database/sql"
	"math"

	"stance.example/stance/analysis/actors"
	"stance.example/stance/corpus"
)

// feelingJSON is what some comments feel, as a column holds it.
type feelingJSON struct {
	Comments int     `json:"comments"`
	Valence  float64 `json:"valence"`
}

// actors writes what readers of a thread feel toward whom.
func (w writer) actors(thread int64, all []actors.Actor) error {
	for i, a := range all {
		stances := map[string]feelingJSON{} // JSON sorts the keys
		for s, f := range a.Stance {
			if f.Comments > 0 {
				stances[corpus.Stance(s).String()] = feelingJSON{f.Comments, f.Valence}
			}
		}
		if _, err := w.s.actor.ExecContext(w.ctx, thread, i+1, a.Name, list(a.Variants), word(a.Side.String()),
			a.All.Comments, ratio(a.All.Valence), encoded(stances)); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) actors() error {
	return r.each(`SELECT name, variants, side, comments, valence, stances FROM actors WHERE thread_id = ? ORDER BY number`, r.actor, r.id)
}

func (r *reader) actor(row *sql.Rows) error {
	var a actors.Actor
	var side string
	var variants, stances []byte
	if err := row.Scan(&a.Name, &variants, orEmpty(&side), &a.All.Comments, orNaN(&a.All.Valence), &stances); err != nil {
		return err
	}
	stored := map[string]feelingJSON{}
	if err := decode(stances, &stored); err != nil {
		return err
	}
	if err := decode(variants, &a.Variants); err != nil {
		return err
	}
	for _, known := range []actors.Side{actors.For, actors.Against} {
		if known.String() == side {
			a.Side = known
		}
	}
	for s := range a.Stance {
		a.Stance[s] = actors.Feeling{Valence: math.NaN()}
		if f, some := stored[corpus.Stance(s).String()]; some {
			a.Stance[s] = actors.Feeling{Comments: f.Comments, Valence: f.Valence}
		}
	}
	r.result.Actors = append(r.result.Actors, a)
	return nil
}

// polarityColumns are the probabilities, NULL where the engine has none.
func polarityColumns(p [corpus.NumPolarities]float64) (columns [corpus.NumPolarities]any) {
	if p == [corpus.NumPolarities]float64{} {
		return columns
	}
	for i := range p {
		columns[i] = p[i]
	}
	return columns
}
