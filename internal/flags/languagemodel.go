package flags

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/chat"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// KeyVariable is the only place that the key of a server is taken from.
const KeyVariable = "STANCE_LLM_KEY"

// LanguageModel is the engine that a command judges by, and if that is a language model how it
// is asked. Nil stands for the embedded engine.
type LanguageModel struct {
	Cache llm.Cache // that of the command's database; nil stands for the file

	app     *cli.App
	flags   *pflag.FlagSet
	engine  string
	asked   runs.LanguageModel
	url     string
	budget  string
	workers int
	most    int // tokens of an answer
	timeout time.Duration
	file    string // of the cache, "" for none
	dryRun  bool

	judge *llm.Judge // once it was asked for
	close func() error
}

// AddLanguageModel gives a command that has no database the flags of a language model.
func AddLanguageModel(a *cli.App, cmd *cobra.Command) *LanguageModel {
	m := AddModelOfRun(a, cmd)
	defer cli.Heading(cmd, "Language model")()
	flags := cmd.Flags()
	flags.StringVar(&m.file, "llm-cache", "", "a file (SQLite) that keeps the answers of the language model, made if need be: nothing is asked twice")
	flags.BoolVar(&m.dryRun, "dry-run", false, "only say what the language model would be asked")
	return m
}

// AddModelOfRun gives a command those of a language model whose answers are kept in its
// database.
func AddModelOfRun(a *cli.App, cmd *cobra.Command) *LanguageModel {
	defer cli.Heading(cmd, "Language model")()
	flags := cmd.Flags()
	m := &LanguageModel{app: a, flags: flags}
	flags.StringVar(&m.engine, "engine", analysis.Embedded, "what judges stance: "+strings.Join(engines(), " or ")+
		", a language model behind an OpenAI-compatible server (docs/engines.md)")
	flags.StringVar(&m.asked.Name, "llm-model", "", "the name of the language model, as its server has it")
	flags.IntVar(&m.asked.Seed, "llm-seed", 1, "the seed that is sent to the language model")
	flags.IntVar(&m.asked.Votes, "llm-votes", 1, "answers of the language model for each comment: with several, the most frequent counts, and their shares "+
		"are its probabilities")
	flags.BoolVar(&m.asked.OnlyUnsure, "llm-only-unsure", false, "ask the language model only about comments of which the embedded engine is unsure")
	flags.StringVar(&m.url, "llm-url", "http://localhost:11434/v1", "the address of the server; its key, if it wants one, is taken from "+KeyVariable)
	flags.StringVar(&m.budget, "llm-budget", "", "the most that may be asked, such as 200calls or 50000tokens; what goes beyond is left to the embedded engine")
	flags.IntVar(&m.workers, "llm-workers", 4, "requests under way at the same time")
	flags.IntVar(&m.most, "llm-max-tokens", 0, "where an answer is cut off; 0 is what labels need, and a model that thinks first needs some thousands")
	flags.DurationVar(&m.timeout, "llm-timeout", 5*time.Minute, "how long a request may take")
	return m
}

// engines are the names of the engines.
func engines() []string { return []string{analysis.Embedded, analysis.LanguageModel} }

// Wanted reports whether a language model is to judge.
func (m *LanguageModel) Wanted() bool { return m != nil && m.engine == analysis.LanguageModel }

// DryRun reports whether the command only says what would be asked.
func (m *LanguageModel) DryRun() bool { return m != nil && m.dryRun }

// Name is that of the language model, as its server has it.
func (m *LanguageModel) Name() string { return m.asked.Name }

// OnlyUnsure reports whether it is asked only where the embedded engine is unsure.
func (m *LanguageModel) OnlyUnsure() bool { return m.asked.OnlyUnsure }

// settings are what the judgements of a language model depend on, nil where none is wanted.
func (m *LanguageModel) settings() *runs.LanguageModel {
	if !m.Wanted() {
		return nil
	}
	s := m.asked
	s.Prompt = llm.CurrentPrompt().Version
	return &s
}

// Check finds what is wrong with the flags.
func (m *LanguageModel) Check() error {
	switch {
	case m == nil:
		return nil
	case m.engine == analysis.Embedded:
		for _, name := range []string{"llm-model", "llm-seed", "llm-votes", "llm-only-unsure", "llm-url", "llm-budget", "llm-workers", "llm-max-tokens",
			"llm-timeout", "llm-cache"} {
			if m.flags.Changed(name) {
				return cli.Usagef("--%s is for --engine llm", name)
			}
		}
		if m.dryRun {
			return cli.Usagef("--dry-run says what --engine llm would ask")
		}
		return nil
	case m.engine != analysis.LanguageModel:
		return cli.Choice("engine", m.engine, engines()...)
	case m.asked.Name == "":
		return cli.Usagef("--engine llm needs --llm-model NAME")
	case m.timeout <= 0:
		return cli.Usagef("--llm-timeout is %v, but must be above 0", m.timeout)
	}
	return cmp.Or(cli.AtLeast("llm-votes", m.asked.Votes, 1), cli.AtLeast("llm-workers", m.workers, 1), cli.AtLeast("llm-max-tokens", m.most, 0))
}

// Threads is how many threads are to be judged at the same time, of which there would be so
// many: as many as requests may be under way, and one after the other if there is a budget, so
// that the first threads use it up.
func (m *LanguageModel) Threads(usual int) int {
	switch {
	case !m.Wanted():
		return usual
	case m.budget != "":
		return 1
	}
	return max(usual, m.workers)
}

// Open returns the judge that the flags ask for, with its cache open.
func (m *LanguageModel) Open(ctx context.Context) (*llm.Judge, error) {
	if m.judge != nil {
		return m.judge, nil
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	client, err := chat.New(chat.Options{URL: m.url, Model: m.asked.Name, Key: strings.TrimSpace(os.Getenv(KeyVariable)), Timeout: m.timeout})
	if err != nil {
		return nil, cli.Usagef("--llm-url: %w", err)
	}
	o := llm.Options{Model: m.asked.Name, Seed: m.asked.Seed, Votes: m.asked.Votes, Workers: m.workers, MaxTokens: m.most}
	if m.budget != "" {
		if o.Budget, err = llm.ParseBudget(m.budget); err != nil {
			return nil, cli.Usagef("--llm-budget: %w", err)
		}
	}
	if m.Cache == nil {
		o.Asked = m.shown()
		if err := m.openCache(ctx); err != nil {
			return nil, err
		}
	}
	m.judge = llm.New(client, m.Cache, o)
	return m.judge, nil
}

// openCache opens the file of the cache. A dry run makes none.
func (m *LanguageModel) openCache(ctx context.Context) error {
	_, missing := os.Stat(m.file)
	if m.file == "" || m.dryRun && missing != nil {
		m.Cache = &llm.Memory{}
		return nil
	}
	if err := CheckDatabase("llm-cache", m.file, true); err != nil {
		return err
	}
	db, err := database.Open(ctx, m.file)
	if err != nil {
		return err
	}
	m.Cache, m.close = db, db.Close
	return nil
}

// shown shows on a terminal what was asked so far.
func (m *LanguageModel) shown() func(llm.Usage) {
	f, isTerminal := cli.Terminal(m.app.Err)
	if m.app.Quiet || !isTerminal {
		return nil
	}
	return func(u llm.Usage) { fmt.Fprintf(f, "\r%s%s", reports.Asked(&u), clearLine) }
}

// clearLine clears the terminal's line from the cursor on.
const clearLine = "\x1b[K"

// Clear takes away what is shown, before something else is printed.
func (m *LanguageModel) Clear() {
	if m.Wanted() && m.judge != nil && m.judge.Options().Asked != nil {
		fmt.Fprint(m.app.Err, "\r"+clearLine)
	}
}

// Calls is how many requests were answered.
func (m *LanguageModel) Calls() int { return m.judge.Usage().Calls }

// Report says what was asked and what the server failed at, and closes the cache.
func (m *LanguageModel) Report() error {
	if !m.Wanted() || m.judge == nil {
		return nil
	}
	u := m.judge.Usage()
	if !m.app.Quiet {
		m.Clear()
		m.app.Say("%s", reports.Asked(&u))
	}
	if u.Unserved > 0 {
		m.app.Fail("%s left to the embedded engine: %v", reports.Counted(u.Unserved, "comment"), m.judge.Reason())
	}
	if m.close == nil {
		return nil
	}
	return m.close()
}

// Estimate prints what judging the threads of the files would ask.
func (m *LanguageModel) Estimate(ctx context.Context, r *Reading, pipeline *analysis.Pipeline, files []string) error {
	var total llm.Estimate
	for t, err := range r.Threads(ctx, files) {
		if err != nil {
			return err
		}
		e, err := pipeline.Estimate(ctx, t)
		if err != nil {
			return err
		}
		total.Add(e)
	}
	return m.WriteEstimate(total)
}

// WriteEstimate prints an estimate.
func (m *LanguageModel) WriteEstimate(e llm.Estimate) error {
	return reports.Estimate(m.app.Out, e, m.judge.Options().Budget)
}
