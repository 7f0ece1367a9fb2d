package labelling

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// File is a file of labels that several sessions, in one process or in many, change at
// the same time. It is safe for concurrent use.
//
// While a session is open a hidden file lies beside it, .NAME.lock. Its lock orders the
// changes, and it holds which comments the sessions have at hand.
type File struct {
	path string
	mu   sync.Mutex // a lock of the system doesn't part the goroutines of a process
}

// Open returns the file of that path, which need not exist yet.
func Open(path string) *File { return &File{path: path} }

// Path is that of the file.
func (f *File) Path() string { return f.path }

// Read returns the rows of the file and what is wrong with it. The error wraps
// fs.ErrNotExist if there is no file.
func (f *File) Read() ([]labels.Label, []corpus.Problem, error) {
	in, err := os.Open(f.path)
	if err != nil {
		return nil, nil, f.reason(err)
	}
	defer in.Close()
	rows, problems, err := labels.Read(f.path, in)
	return rows, problems, f.reason(err)
}

// reason names the file and takes off what package os puts before a reason.
func (f *File) reason(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &path):
		return fmt.Errorf("%s: %w", f.path, path.Err)
	case errors.As(err, &link):
		return fmt.Errorf("%s: %w", f.path, link.Err)
	}
	return err
}

// Draw adds the rows to the file, which it makes if need be, unless it has rows that are
// mine. It returns those that are mine then.
func (f *File) Draw(mine func(*labels.Label) bool, rows []labels.Label) ([]labels.Label, error) {
	var has []labels.Label
	err := f.change(func(d *desk) error {
		if has = filtered(d.rows, mine); len(has) == 0 {
			d.rows, d.changed = append(d.rows, rows...), true
			has = rows
		}
		return nil
	})
	return has, err
}

// add adds rows of comments that the file doesn't have.
func (f *File) add(rows []labels.Label) error {
	return f.change(func(d *desk) error {
		for i := range rows {
			if find(d.rows, keyOf(&rows[i])) < 0 {
				d.rows, d.changed = append(d.rows, rows[i]), true
			}
		}
		return nil
	})
}

// filtered are the rows that are mine.
func filtered(rows []labels.Label, mine func(*labels.Label) bool) []labels.Label {
	var list []labels.Label
	for i := range rows {
		if mine(&rows[i]) {
			list = append(list, rows[i])
		}
	}
	return list
}

// Change calls edit with the rows and writes what it returns; the rows as they are cost
// no writing. No session changes the file meanwhile.
func (f *File) Change(edit func(rows []labels.Label) ([]labels.Label, bool, error)) error {
	return f.change(func(d *desk) (err error) {
		d.rows, d.changed, err = edit(d.rows)
		return err
	})
}

// claim is a comment that a session has at hand.
type claim struct {
	Session string    `json:"session"`
	Thread  string    `json:"thread"`
	Comment string    `json:"comment"`
	Since   time.Time `json:"since"`
}

// claimed is how long a comment is kept for a session that gave no key.
const claimed = 20 * time.Minute

// desk is what lies before a session while the others wait.
type desk struct {
	rows    []labels.Label
	changed bool // the rows are to be written
	claims  []claim
}

// taken reports whether another session has the comment at hand.
func (d *desk) taken(l *labels.Label, session string) bool {
	for _, c := range d.claims {
		if c.Session != session && c.Thread == l.Thread && c.Comment == l.Comment && time.Since(c.Since) < claimed {
			return true
		}
	}
	return false
}

// claim puts the comment into the session's hands, or with nil takes its comment away.
func (d *desk) claim(session string, l *labels.Label) {
	kept := d.claims[:0]
	for _, c := range d.claims {
		if c.Session != session && time.Since(c.Since) < claimed {
			kept = append(kept, c)
		}
	}
	if d.claims = kept; l != nil {
		d.claims = append(d.claims, claim{session, l.Thread, l.Comment, time.Now()})
	}
}

// change lets use see and change the rows and the claims, alone.
func (f *File) change(use func(*desk) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	lock, err := f.lock()
	if err != nil {
		return f.reason(err)
	}
	defer lock.Unlock()
	var d desk
	var problems []corpus.Problem
	d.rows, problems, err = f.Read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case len(problems) > 0:
		return &problems[0] // writing the file again would lose the row
	}
	before, err := os.ReadFile(lock.Path())
	if err != nil {
		return f.reason(err)
	}
	_ = json.Unmarshal(before, &d.claims) // what can't be read claims nothing
	if err := use(&d); err != nil {
		return err
	}
	if d.changed {
		if err := f.write(d.rows); err != nil {
			return err
		}
	}
	if len(d.claims) == 0 {
		return f.reason(os.Remove(lock.Path())) // lock looks whether it holds the file that is there
	}
	after, err := json.Marshal(d.claims)
	if err != nil {
		return err
	}
	return f.reason(os.WriteFile(lock.Path(), after, 0o600))
}

// lock waits for the lock. One that was taken away while this session waited locks
// nothing, and the next is tried.
func (f *File) lock() (*flock.Flock, error) {
	path := filepath.Join(filepath.Dir(f.path), "."+filepath.Base(f.path)+".lock")
	for {
		lock := flock.New(path)
		if err := lock.Lock(); err != nil {
			return nil, err
		}
		held, err := lock.Stat()
		there, missing := os.Stat(path)
		if err == nil && missing == nil && os.SameFile(held, there) {
			return lock, nil
		}
		if err := lock.Unlock(); err != nil {
			return nil, err
		}
	}
}

// write writes the rows beside the file and puts them in its place, so that at any
// time the file is either as it was or as it should be, even if the power fails.
func (f *File) write(rows []labels.Label) error {
	out, err := os.CreateTemp(filepath.Dir(f.path), "."+filepath.Base(f.path)+".*")
	if err != nil {
		return f.reason(err)
	}
	defer os.Remove(out.Name()) // without effect once it has its new name
	err = written(out, rows)
	if closing := out.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(out.Name(), f.path)
	}
	return f.reason(err)
}

// written writes the rows and sees them safely stored.
func written(out *os.File, rows []labels.Label) error {
	var w io.Writer = out
	if err := labels.Write(w, rows); err != nil {
		return err
	}
	if err := out.Chmod(0o644); err != nil {
		return err
	}
	return out.Sync()
}

// Enlarge adds to the rows that are mine those of a larger uniform sample that aren't
// among them, and gives all of them its probability. It fails if they are no part of it.
func (f *File) Enlarge(mine func(*labels.Label) bool, larger []labels.Label) error {
	return f.change(func(d *desk) error {
		has := map[key]bool{}
		for i := range d.rows {
			if mine(&d.rows[i]) && !d.rows[i].Suggested {
				has[keyOf(&d.rows[i])] = true
			}
		}
		var added []labels.Label
		drawn := map[key]bool{}
		for i := range larger {
			drawn[keyOf(&larger[i])] = true
			if !has[keyOf(&larger[i])] {
				added = append(added, larger[i])
			}
		}
		if len(has)+len(added) != len(larger) {
			return fmt.Errorf("%s: the sample was drawn in another way and can't be made larger", f.path)
		}
		for i := range d.rows {
			if drawn[keyOf(&d.rows[i])] {
				d.rows[i].Probability = larger[0].Probability
			}
		}
		d.rows, d.changed = append(d.rows, added...), true
		return nil
	})
}
