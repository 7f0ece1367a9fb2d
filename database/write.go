package database

import (
	"fmt"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/serial"
)

// Thread stores a judged thread, which is item number item of the input, from 1.
func (r *Run) Thread(in Input, item int, result *analysis.Result) error {
	return r.locked(func() error { return r.thread(in, item, result) })
}

func (r *Run) thread(in Input, item int, result *analysis.Result) error {
	d := serial.Of(result, nil)
	comments := d.Comments
	d.Comments, d.Problems, d.Examination = nil, nil, nil
	document, err := serial.Marshal(d)
	if err != nil {
		return err
	}
	id := Key(in, item)
	if err := r.write(`INSERT INTO threads (id, input_id, item, document) VALUES (?, ?, ?, ?)`, id, idOf(in.Path), item, string(document)); err != nil {
		return err
	}
	for i := range comments {
		if document, err = serial.Marshal(&comments[i]); err != nil {
			return fmt.Errorf("comment %s: %w", comments[i].ID, err)
		}
		if _, err := r.comment.ExecContext(r.ctx, id, i+1, string(document)); err != nil {
			return err
		}
	}
	return r.stored(in, item, result.Thread.Problems, len(comments)+1)
}

// Problem stores a remark that belongs to no thread as an item of the input.
func (r *Run) Problem(in Input, item int, p corpus.Problem) error {
	return r.locked(func() error { return r.stored(in, item, []corpus.Problem{p}, 1) })
}

// stored stores the problems of an item and that the input has got so far.
func (r *Run) stored(in Input, item int, problems []corpus.Problem, rows int) error {
	id, failures := idOf(in.Path), 0
	for i, p := range problems {
		if p.Level == corpus.Failure {
			failures++
		}
		if err := r.write(`INSERT INTO problems (input_id, item, number, level, file, line, message) VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?)`,
			id, item, i+1, levelNames[p.Level], p.File, p.Line, p.Message); err != nil {
			return err
		}
	}
	if err := r.write(`UPDATE inputs SET items = ?, failures = failures + ? WHERE id = ?`, item, failures, id); err != nil {
		return err
	}
	return r.wrote(rows + len(problems))
}

var levelNames = [...]string{corpus.Assumption: "assumption", corpus.Warning: "warning", corpus.Failure: "failure"}
