package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
)

// diagnosis is what doctor finds out about the program and the machine.
type diagnosis struct {
	Version   string       `json:"version"`
	Go        string       `json:"go"`
	Platform  string       `json:"platform"`
	Cores     int          `json:"cores"`       // that judging may use
	Kernels   string       `json:"kernels"`     // the encoder's arithmetic
	Model     string       `json:"model"`       // its hash
	MadeFrom  string       `json:"made_from"`   // the pretrained encoder
	LLMKeySet bool         `json:"llm_key_set"` // whether the environment has a key for a language model
	Files     []fileReport `json:"files,omitempty"`
}

// fileReport is what would be done with a file.
type fileReport struct {
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
}

func newDoctor(a *app) *cobra.Command {
	in := &reading{app: a}
	cmd := &cobra.Command{
		Use:   "doctor [FILE…]",
		Short: "Say what the program is and what it would do with a file, and why",
		Long: `Doctor says which version this is, which model and arithmetic judge on this processor,
and of each file as which form it would be read and why, how many threads and comments
it holds, what they lack, and what is wrong with it. Nothing is judged. It prints text
or, with -o json, JSON. Put what it prints into a report of a fault.`,
		Example: `  stance doctor
  stance doctor examples/streetlights.html`,
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := choice("output", a.output, "text", "json"); err != nil {
				return err
			}
			d, err := diagnose()
			if err != nil {
				return err
			}
			options, err := in.options()
			if err != nil {
				return err
			}
			parser, err := text.NewParser()
			if err != nil {
				return err
			}
			set := source.Open(cmd.Context(), files, a.in, options)
			for f := range set.Files() {
				r := in.examine(cmd.Context(), parser, set, f)
				d.Files = append(d.Files, r)
				a.failed = a.failed || r.Form == ""
			}
			return a.writeDiagnosis(d)
		},
	}
	in.addFormFlags(cmd)
	return cmd
}

func diagnose() (*diagnosis, error) {
	e, err := encoder.Embedded()
	if err != nil {
		return nil, err
	}
	p := e.Passport()
	return &diagnosis{
		Version: version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Cores: runtime.GOMAXPROCS(0), Kernels: e.Kernels(), Model: "sha256:" + e.ID(),
		MadeFrom: p.Base.Name, LLMKeySet: os.Getenv(keyVariable) != "",
	}, nil
}

// examine reads a file and tells what it is.
func (in *reading) examine(ctx context.Context, parser *text.Parser, set *source.Set, f source.File) fileReport {
	r := fileReport{File: f.Path}
	authors, times, replies := false, false, false
	for t, err := range set.Threads(ctx, f) {
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			r.Problems = append(r.Problems, err.Error())
			continue
		}
		if r.Threads++; r.Threads == 1 {
			r.Form, r.Title, r.Because = t.Format, t.Article.Title, in.because(t.Format)
		}
		r.Declared += t.DeclaredComments
		docs := make([]text.Document, len(t.Comments))
		for i := range t.Comments {
			c := &t.Comments[i]
			if c.Removed {
				r.Removed++
				continue
			}
			r.Comments++
			docs[i] = parser.Parse(c.Text)
			authors = authors || c.Author != ""
			times = times || !c.Posted.IsZero() || c.PostedAs != ""
			replies = replies || c.IsReply()
		}
		if l := language.Of(docs); len(l.Others) > 0 {
			r.Foreign, r.Language = r.Foreign+l.Foreign(), l.Others[0].Name
		}
		for i := range t.Problems {
			r.Problems = append(r.Problems, t.Problems[i].Error())
		}
	}
	for _, part := range []struct {
		name string
		has  bool
	}{{"authors", authors}, {"times", times}, {"replies", replies}} {
		if r.Comments > 0 && !part.has {
			r.Missing = append(r.Missing, part.name)
		}
	}
	return r
}

// because tells why a file is read as that form.
func (in *reading) because(form string) string {
	f, err := formats.ByName(form)
	switch {
	case err != nil:
		return "its content is a web page with the marks of that platform"
	case in.format != "":
		return "--format says so"
	case form == formats.Fallback:
		return "its content is that of no other form"
	}
	return "its content is that of: " + f.Title
}

func (a *app) writeDiagnosis(d *diagnosis) error {
	if a.output == "json" {
		return json.NewEncoder(a.out).Encode(d)
	}
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s  %s\n", name, reports.OneLine(fmt.Sprintf(format, args...)))
	}
	line("version", "%s, built by %s for %s", d.Version, d.Go, d.Platform)
	line("engine", "embedded, made from %s, %.19s…", d.MadeFrom, d.Model)
	line("arithmetic", "%s, on up to %s", d.Kernels, reports.Counted(d.Cores, "core"))
	key := "no key in " + keyVariable
	if d.LLMKeySet {
		key = "a key in " + keyVariable
	}
	line("llm", "a language model is asked only with --engine llm; %s", key)
	for i := range d.Files {
		r := &d.Files[i]
		b.WriteByte('\n')
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
	_, err := fmt.Fprint(a.out, b.String())
	return err
}
