// Package doctor finds out what the program is and what it would do with a file, and why.
package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/language"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
)

// Diagnosis is what doctor finds out about the program and the machine.
type Diagnosis struct {
	Version   string `json:"version"`
	Go        string `json:"go"`
	Platform  string `json:"platform"`
	Cores     int    `json:"cores"`       // that judging may use
	Kernels   string `json:"kernels"`     // the encoder's arithmetic
	Model     string `json:"model"`       // its hash
	MadeFrom  string `json:"made_from"`   // the pretrained encoder
	LLMKeySet bool   `json:"llm_key_set"` // whether the environment has a key for a language model
	Files     []File `json:"files,omitempty"`
}

// File is what would be done with a file.
type File struct {
	File     string   `json:"file"`
	Form     string   `json:"form,omitempty"` // its saved form, "" if it can't be read
	Because  string   `json:"because,omitempty"`
	Threads  int      `json:"threads"`
	Title    string   `json:"title,omitempty"` // of the first thread
	Comments int      `json:"comments"`        // that would be judged
	Removed  int      `json:"removed,omitempty"`
	Foreign  int      `json:"foreign,omitempty"`  // comments in other languages than English
	Language string   `json:"language,omitempty"` // that of most of these
	Declared int      `json:"declared,omitempty"` // comments that the page announces
	Missing  []string `json:"missing,omitempty"`  // what no comment has: authors, times, replies
	Problems []string `json:"problems,omitempty"`

	authors, times, replies bool // whether a comment has any
}

// Diagnose tells what a version of the program is, and whether the environment has a key for a
// language model.
func Diagnose(version string, key bool) (*Diagnosis, error) {
	e, err := encoder.Embedded()
	if err != nil {
		return nil, err
	}
	return &Diagnosis{
		Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Cores: runtime.GOMAXPROCS(0), Kernels: e.Kernels(), Model: "sha256:" + e.ID(),
		MadeFrom: e.Passport().Base.Name, LLMKeySet: key,
	}, nil
}

// Examine adds what the files of the set are.
func (d *Diagnosis) Examine(ctx context.Context, set *source.Set, o formats.Options) error {
	for f := range set.Files() {
		r := File{File: f.Path}
		for t, err := range set.Threads(ctx, f) {
			if ctx.Err() != nil {
				break
			}
			if err != nil {
				r.Problems = append(r.Problems, err.Error())
				continue
			}
			if r.Threads++; r.Threads == 1 {
				r.Form, r.Title, r.Because = t.Format, t.Article.Title, because(t.Format, o)
			}
			r.add(ctx, t)
		}
		for _, part := range []struct {
			name string
			has  bool
		}{{"authors", r.authors}, {"times", r.times}, {"replies", r.replies}} {
			if r.Comments > 0 && !part.has {
				r.Missing = append(r.Missing, part.name)
			}
		}
		d.Files = append(d.Files, r)
	}
	return nil
}

// Unread reports whether a file is none that can be read.
func (d *Diagnosis) Unread() bool {
	for i := range d.Files {
		if d.Files[i].Form == "" {
			return true
		}
	}
	return false
}

// add counts a thread.
func (r *File) add(ctx context.Context, t *corpus.Thread) {
	r.Declared += t.DeclaredComments
	texts := make([]string, len(t.Comments))
	for i := range t.Comments {
		c := &t.Comments[i]
		if c.Removed {
			r.Removed++
			continue
		}
		r.Comments++
		texts[i] = c.Text
		r.authors = r.authors || c.Author != ""
		r.times = r.times || !c.Posted.IsZero() || c.PostedAs != ""
		r.replies = r.replies || c.IsReply()
	}
	if l, err := language.Of(ctx, texts); err == nil && len(l.Others) > 0 {
		r.Foreign, r.Language = r.Foreign+l.Foreign(), l.Others[0].Name
	}
	for i := range t.Problems {
		r.Problems = append(r.Problems, t.Problems[i].Error())
	}
}

// because tells why a file is read as that form.
func because(form string, o formats.Options) string {
	f, err := formats.ByName(form)
	switch {
	case err != nil:
		return "its content is a web page with the marks of that platform"
	case o.Format != "":
		return "--format says so"
	case form == formats.Fallback:
		return "its content is that of no other form"
	}
	return "its content is that of: " + f.Title
}

// JSON writes the diagnosis as JSON.
func (d *Diagnosis) JSON(w io.Writer) error { return json.NewEncoder(w).Encode(d) }

// Text writes the diagnosis as text, with the name of the environment's variable for a key.
func (d *Diagnosis) Text(w io.Writer, variable string) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s  %s\n", name, reports.OneLine(fmt.Sprintf(format, args...)))
	}
	line("version", "%s, built by %s for %s", d.Version, d.Go, d.Platform)
	line("engine", "embedded, made from %s, %.19s…", d.MadeFrom, d.Model)
	line("arithmetic", "%s, on up to %s", d.Kernels, reports.Counted(d.Cores, "core"))
	key := "no key in " + variable
	if d.LLMKeySet {
		key = "a key in " + variable
	}
	line("llm", "a language model is asked only with --engine llm; %s", key)
	for i := range d.Files {
		b.WriteByte('\n')
		d.Files[i].write(line)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *File) write(line func(name, format string, args ...any)) {
	line("file", "%s", r.File)
	if r.Form == "" {
		line("form", "none that can be read")
	} else {
		line("form", "%s, because %s", r.Form, r.Because)
		line("holds", "%s, %s to judge, %d removed", reports.Counted(r.Threads, "thread"), reports.Counted(r.Comments, "comment"), r.Removed)
		line("title", "%s", r.Title)
	}
	if r.Declared > 0 {
		line("announced", "%s", reports.Counted(r.Declared, "comment"))
	}
	if r.Foreign > 0 {
		line("languages", "%s in other languages than English, most in %s; not judged without --any-language", reports.Counted(r.Foreign, "comment"), r.Language)
	}
	if len(r.Missing) > 0 {
		line("without", "%s", strings.Join(r.Missing, ", "))
	}
	for _, p := range r.Problems {
		line("noted", "%s", p)
	}
}
