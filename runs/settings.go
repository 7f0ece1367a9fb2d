package runs

import (
	"encoding/json"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/database"
)

// Settings are all that the judgements of a run depend on besides its inputs: threads that
// were judged under equal settings are not judged again. Files are named by the hashes of
// their contents, so that a new version of one is another setting.
type Settings struct {
	Program  string           `json:"-"` // its version
	Passport encoder.Passport `json:"-"` // of the model

	Model   string  `json:"model"` // the hash of its file, or of the weights of the embedded one
	Reading Reading `json:"reading"`
	Judging Judging `json:"judging"`

	// LanguageModel is nil where the encoder judges alone.
	LanguageModel *LanguageModel `json:"language_model,omitempty"`
	// Stated is the hash of the project file, which states what no text says.
	Stated string `json:"stated,omitempty"`
}

// Reading is how the inputs are read.
type Reading struct {
	Format   string   `json:"format,omitempty"`   // "" where it is recognised
	Columns  []string `json:"columns,omitempty"`  // of tables: FIELD=COLUMN
	Encoding string   `json:"encoding,omitempty"` // of the texts, "" where it is told by them
	Largest  int64    `json:"largest,omitempty"`  // page or piece of an export, in bytes; 0 for the usual
}

// Judging is how threads are judged, whatever judges them.
type Judging struct {
	Sentiment   string   `json:"sentiment,omitempty"` // what measures it, "" for the engine that judges stance
	MaxError    float64  `json:"max_error,omitempty"` // the expected error above which a judgement is withheld, 0 for none
	Language    string   `json:"language,omitempty"`  // of all comments, "" where each one's is told
	AnyLanguage bool     `json:"any_language,omitempty"`
	Case        string   `json:"case,omitempty"`
	For         []string `json:"for,omitempty"`
	Against     []string `json:"against,omitempty"`
	Staff       []string `json:"staff,omitempty"`
	Excluded    []string `json:"excluded,omitempty"`
	Labels      string   `json:"labels,omitempty"` // the hash of their file
}

// LanguageModel is what is asked, and how.
type LanguageModel struct {
	Name       string `json:"name"`
	Seed       int    `json:"seed"`
	Votes      int    `json:"votes"`
	OnlyUnsure bool   `json:"only_unsure,omitempty"`
	Prompt     string `json:"prompt"` // its version
}

// Key is what a database keeps of the settings and compares: two of equal keys judge an
// input alike.
func (s *Settings) Key() (database.Settings, error) {
	key, err := json.Marshal(s)
	return database.Settings{Program: s.Program, Key: key, Passport: s.Passport}, err
}
