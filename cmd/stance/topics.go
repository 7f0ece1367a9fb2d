package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/database"
	"stance.example/stance/reports"
)

func newTopics(a *app) *cobra.Command {
	in := &reading{app: a}
	judging := &judging{llm: &languageModel{}}
	var filter filterFlags
	var db string
	cmd := &cobra.Command{
		Use:   "topics PATH… | --db FILE",
		Short: "Say what the comments of threads are about",
		Long: `Topics groups the comments of one thread or of many by their words and prints for each
group the words that set it apart, its size, the stances among its comments with
intervals, its most typical comment and, where comments have times, how its part
moved. It prints text, html, markdown, json or csv.

With --db it takes the threads that stance run has judged, and filters choose them.`,
		Example: `  stance topics examples
  stance topics --db results.db --since 2024-01-01`,
		Args: func(cmd *cobra.Command, args []string) error {
			if (db == "") == (len(args) == 0) {
				return misused(cmd, "takes either files or --db FILE")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := judging.llm.check(cmd); err != nil {
				return err
			}
			w := &talk{app: a}
			for _, o := range reports.TopicsOutputs() {
				if o.Name == a.output {
					w.output = o
				}
			}
			pipeline, err := judging.pipeline(cmd.Context(), a)
			if err != nil {
				return err
			}
			if judging.llm.dryRun {
				return judging.llm.estimate(cmd.Context(), in, pipeline, files)
			}
			w.conversation = pipeline.Converse()
			out := bufio.NewWriter(a.out)
			w.out = out
			if db == "" {
				return judging.writeJudged(cmd.Context(), in, pipeline, files, w, out)
			}
			chosen, err := filter.filter()
			if err != nil {
				return err
			}
			if err := checkDatabase("db", db, false); err != nil {
				return err
			}
			stored, err := database.OpenExisting(cmd.Context(), db)
			if err != nil {
				return err
			}
			defer stored.Close()
			return cmp.Or(writeResults(w, stored.Results(cmd.Context(), chosen)), out.Flush())
		},
	}
	cmd.Flags().StringVar(&db, "db", "", "the database that stance run has written, in place of files")
	in.addFlags(cmd)
	judging.addFlags(cmd)
	judging.llm.addAllFlags(cmd)
	filter.addFlags(cmd)
	return cmd
}

// talk is a writer that gathers threads and writes their topics when it is closed.
type talk struct {
	app          *app
	out          io.Writer
	output       reports.TopicsOutput
	conversation *analysis.Conversation
}

// Write implements reports.Writer.
func (t *talk) Write(r *analysis.Result) error {
	t.conversation.Add(r)
	return nil
}

// Close implements reports.Writer.
func (t *talk) Close() error {
	if err := t.output.Write(t.out, t.conversation.Topics(), t.app.reportOptions(0)); err != nil {
		return fmt.Errorf("writing the topics: %w", err)
	}
	return nil
}
