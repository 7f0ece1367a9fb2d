package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/chat"
	"stance.example/stance/database"
	"stance.example/stance/reports"
)

// keyVariable is the only place that the key of a server is taken from.
const keyVariable = "STANCE_LLM_KEY"

// languageModel is the engine that a command judges by, and if that is a language model how it
// is asked.
type languageModel struct {
	engine     string
	model      string
	seed       int
	votes      int
	onlyUnsure bool

	url     string
	budget  string
	workers int
	timeout time.Duration
	file    string // of the cache, "" for none
	dryRun  bool

	judge *llm.Judge // once it was asked for
	cache llm.Cache  // that of the command's database; nil stands for the file
	close func() error
}

// engines are the names of the engines.
func engines() []string {
	return []string{analysis.Embedded, analysis.LanguageModel}
}

// addFlags registers the flags that judgements depend on.
func (s *languageModel) addFlags(cmd *cobra.Command) {
	defer heading(cmd, "Language model")()
	flags := cmd.Flags()
	flags.StringVar(&s.engine, "engine", analysis.Embedded, "what judges stance: "+strings.Join(engines(), " or ")+", a language model behind an OpenAI-compatible server (docs/engines.md)")
	flags.StringVar(&s.model, "llm-model", "", "the name of the language model, as its server has it")
	flags.IntVar(&s.seed, "llm-seed", 1, "the seed that is sent to the language model")
	flags.IntVar(&s.votes, "llm-votes", 1, "answers of the language model for each comment: with several, the most frequent counts, and their shares are its probabilities")
	flags.BoolVar(&s.onlyUnsure, "llm-only-unsure", false, "ask the language model only about comments of which the embedded engine is unsure")
}

// addServerFlags registers those of the server, which change no judgement.
func (s *languageModel) addServerFlags(cmd *cobra.Command) {
	defer heading(cmd, "Language model")()
	flags := cmd.Flags()
	flags.StringVar(&s.url, "llm-url", "http://localhost:11434/v1", "the address of the server; its key, if it wants one, is taken from "+keyVariable)
	flags.StringVar(&s.budget, "llm-budget", "", "the most that may be asked, such as 200calls or 50000tokens; what goes beyond is left to the embedded engine")
	flags.IntVar(&s.workers, "llm-workers", 4, "requests under way at the same time")
	flags.DurationVar(&s.timeout, "llm-timeout", 5*time.Minute, "how long a request may take")
}

// addCacheFlags registers those of commands that have no database.
func (s *languageModel) addCacheFlags(cmd *cobra.Command) {
	defer heading(cmd, "Language model")()
	flags := cmd.Flags()
	flags.StringVar(&s.file, "llm-cache", "", "a file (SQLite) that keeps the answers of the language model, made if need be: nothing is asked twice")
	flags.BoolVar(&s.dryRun, "dry-run", false, "only say what the language model would be asked")
}

// addAllFlags registers all of them, for commands that have no database.
func (s *languageModel) addAllFlags(cmd *cobra.Command) {
	s.addFlags(cmd)
	s.addServerFlags(cmd)
	s.addCacheFlags(cmd)
}

// wanted reports whether a language model is to judge.
func (s *languageModel) wanted() bool { return s != nil && s.engine == analysis.LanguageModel }

// check finds what is wrong with the flags.
func (s *languageModel) check(cmd *cobra.Command) error {
	switch s.engine {
	case analysis.Embedded:
		for _, name := range []string{"llm-model", "llm-seed", "llm-votes", "llm-only-unsure", "llm-url", "llm-budget", "llm-workers", "llm-timeout", "llm-cache"} {
			if cmd.Flags().Changed(name) {
				return usageError{fmt.Errorf("--%s is for --engine llm", name)}
			}
		}
		if s.dryRun && cmd.Flags().Lookup("llm-cache") != nil {
			return usageError{errors.New("--dry-run says what --engine llm would ask")}
		}
		return nil
	case analysis.LanguageModel:
	default:
		return choice("engine", s.engine, engines()...)
	}
	switch {
	case s.model == "":
		return usageError{errors.New("--engine llm needs --llm-model NAME")}
	case s.votes < 1:
		return usageError{fmt.Errorf("--llm-votes is %d, but must be at least 1", s.votes)}
	case s.workers < 1:
		return usageError{fmt.Errorf("--llm-workers is %d, but must be at least 1", s.workers)}
	case s.timeout <= 0:
		return usageError{fmt.Errorf("--llm-timeout is %v, but must be above 0", s.timeout)}
	}
	return nil
}

// threads is how many threads are to be judged at the same time, of which there would be
// so many: as many as requests may be under way, and one after the other if there is a
// budget, so that the first threads use it up.
func (s *languageModel) threads(usual int) int {
	switch {
	case !s.wanted():
		return usual
	case s.budget != "":
		return 1
	}
	return max(usual, s.workers)
}

// open returns the judge that the flags ask for, with its cache open.
func (s *languageModel) open(ctx context.Context, a *app) (*llm.Judge, error) {
	if s.judge != nil {
		return s.judge, nil
	}
	client, err := chat.New(chat.Options{URL: s.url, Model: s.model, Key: strings.TrimSpace(os.Getenv(keyVariable)), Timeout: s.timeout})
	if err != nil {
		return nil, usageError{fmt.Errorf("--llm-url: %w", err)}
	}
	o := llm.Options{Model: s.model, Seed: s.seed, Votes: s.votes, Workers: s.workers}
	if s.budget != "" {
		if o.Budget, err = llm.ParseBudget(s.budget); err != nil {
			return nil, usageError{fmt.Errorf("--llm-budget: %w", err)}
		}
	}
	if s.cache == nil {
		o.Asked = s.shown(a)
		if err := s.openCache(ctx); err != nil {
			return nil, err
		}
	}
	s.judge = llm.New(client, s.cache, o)
	return s.judge, nil
}

// openCache opens the file of the cache. A dry run makes none.
func (s *languageModel) openCache(ctx context.Context) error {
	_, missing := os.Stat(s.file)
	if s.file == "" || s.dryRun && missing != nil {
		s.cache = &llm.Memory{}
		return nil
	}
	if err := checkDatabase("llm-cache", s.file, true); err != nil {
		return err
	}
	db, err := database.Open(ctx, s.file)
	if err != nil {
		return err
	}
	s.cache, s.close = db, db.Close
	return nil
}

// shown shows on a terminal what was asked so far.
func (s *languageModel) shown(a *app) func(llm.Usage) {
	f, ok := a.err.(*os.File)
	if a.quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return func(u llm.Usage) { fmt.Fprintf(f, "\r%s%s", reportOf(&u), clearLine) }
}

// clearLine clears the terminal's line from the cursor on.
const clearLine = "\x1b[K"

// clear takes away what is shown, before something else is printed.
func (s *languageModel) clear(a *app) {
	if s.wanted() && s.judge != nil && s.judge.Options().Asked != nil {
		fmt.Fprint(a.err, "\r"+clearLine)
	}
}

// reportOf is what was asked, in words.
func reportOf(u *llm.Usage) string {
	words := "language model: " + reports.Counted(u.Calls, "call")
	if u.Failed > 0 {
		words += fmt.Sprintf(", %d failed", u.Failed)
	}
	words += fmt.Sprintf("; %s from the cache", reports.Counted(u.Cached, "answer"))
	if tokens := u.PromptTokens + u.AnswerTokens; tokens > 0 {
		words += fmt.Sprintf("; %d tokens sent, %d answered", u.PromptTokens, u.AnswerTokens)
	}
	if u.Alien > 0 {
		words += fmt.Sprintf("; %s refused that nobody asked for", reports.Counted(u.Alien, "answer"))
	}
	return words
}

// report says what was asked and what the server failed at, and closes the cache.
func (s *languageModel) report(a *app) error {
	if !s.wanted() || s.judge == nil {
		return nil
	}
	u := s.judge.Usage()
	if !a.quiet {
		s.clear(a)
		a.say("%s", reportOf(&u))
	}
	if u.Unserved > 0 {
		a.fail("%s left to the embedded engine: %v", reports.Counted(u.Unserved, "comment"), s.judge.Reason())
	}
	if s.close == nil {
		return nil
	}
	return s.close()
}

// estimate prints what judging the threads of the files would ask.
func (s *languageModel) estimate(ctx context.Context, in *reading, pipeline *analysis.Pipeline, files []string) error {
	var total llm.Estimate
	for t, err := range in.threads(ctx, files) {
		if err != nil {
			return err
		}
		e, err := pipeline.Estimate(ctx, t)
		if err != nil {
			return err
		}
		total.Add(e)
	}
	return s.writeEstimate(in.app.out, total)
}

// writeEstimate prints an estimate.
func (s *languageModel) writeEstimate(w io.Writer, e llm.Estimate) error {
	words := fmt.Sprintf("%s of %s: %s", reports.Counted(e.Comments, "comment"), reports.Counted(e.Threads, "thread"), reports.Counted(e.Calls, "call"))
	if e.Cases > 0 {
		words += fmt.Sprintf(", %d of them for the case of an article", e.Cases)
	}
	words += fmt.Sprintf("; about %d tokens to send and %d to be answered, at four bytes a token\n", e.PromptTokens, e.AnswerTokens)
	if e.Cached > 0 {
		words += reports.Counted(e.Cached, "answer") + " in the cache\n"
	}
	if b := s.judge.Options().Budget; !b.Holds(e.Calls, e.PromptTokens+e.AnswerTokens) {
		words += "the budget of " + b.String() + " doesn't reach\n"
	}
	_, err := io.WriteString(w, words)
	return err
}
