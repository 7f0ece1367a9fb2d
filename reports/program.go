package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus/formats"
)

// Program is a version of the program and the passport of the model in it.
type Program struct {
	Version string            `json:"version"`
	Model   *encoder.Passport `json:"model"`
}

// Version writes the version of the program, and what its model was made of.
func Version(w io.Writer, program Program, _ Options) error {
	var b strings.Builder
	p := program.Model
	fmt.Fprintf(&b, "stance %s\nmodel: made from %s (%s), licence %s\n", program.Version, p.Base.Name, p.Base.Package, p.Base.Licence)
	if p.Base.Notice != "" {
		fmt.Fprintf(&b, "  %s\n", p.Base.Notice)
	}
	for _, s := range p.Sources {
		fmt.Fprintf(&b, "trained on %s, %d examples", s.Name, s.Examples)
		if s.Terms != "" {
			fmt.Fprintf(&b, ", %s", s.Terms)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// VersionJSON writes the same and the whole passport as JSON.
func VersionJSON(w io.Writer, program Program) error { return json.NewEncoder(w).Encode(program) }

// Forms writes what the saved forms are and what each carries.
func Forms(w io.Writer, all []formats.Format, _ Options) error {
	width := 0
	for _, f := range all {
		width = max(width, len(f.Name))
	}
	for _, f := range all {
		if _, err := fmt.Fprintf(w, "%-*s  %s\n%-*s  carries %s\n", width, f.Name, f.Title, width, "", f.Carries); err != nil {
			return err
		}
	}
	return nil
}

// FormsJSON writes the same as JSON, one form a line.
func FormsJSON(w io.Writer, all []formats.Format) error {
	out := json.NewEncoder(w)
	for _, f := range all {
		if err := out.Encode(struct {
			Name    string   `json:"name"`
			Title   string   `json:"title"`
			Carries []string `json:"carries"`
		}{f.Name, f.Title, f.Carries.Names()}); err != nil {
			return err
		}
	}
	return nil
}

// Penalty is which penalty a model was trained with, of which.
func Penalty(v *encoder.Validation) string {
	var list []string
	for _, p := range v.Tried {
		list = append(list, fmt.Sprintf("%g (macro-F1 %.3f)", p.Strength, p.MacroF1))
	}
	return fmt.Sprintf("penalty %g, the best of %s", v.Penalty.Strength, strings.Join(list, ", "))
}
