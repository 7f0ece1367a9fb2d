package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newTopics(a *cli.App) *cobra.Command {
	var path string
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
			if (path == "") == (len(args) == 0) {
				return cli.Misused(cmd, "takes either files or --db FILE")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&path, "db", "", "the database that stance run has written, in place of files")
	in := flags.AddReading(a, cmd)
	judging := flags.AddJudging(in, cmd)
	judging.Model = flags.AddLanguageModel(a, cmd)
	filter := flags.AddFilter(cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		output, err := cli.Pick(a, cmd, reports.TopicsOutputs())
		if err != nil {
			return err
		}
		pipeline, err := judging.Pipeline(cmd.Context())
		if err != nil {
			return err
		}
		out := bufio.NewWriter(a.Out)
		w := &talk{out: out, options: a.Options(0), output: output, conversation: pipeline.Converse()}
		if path == "" {
			return judging.Write(cmd.Context(), pipeline, files, w, out)
		}
		chosen, err := filter.Chosen()
		if err != nil {
			return err
		}
		if err := flags.CheckDatabase("db", path, false); err != nil {
			return err
		}
		db, err := database.OpenExisting(cmd.Context(), path)
		if err != nil {
			return err
		}
		defer db.Close()
		return cmp.Or(reports.WriteAll(w, db.Results(cmd.Context(), chosen)), out.Flush())
	}
	return cmd
}

// talk is a writer that gathers threads and writes their topics when it is closed.
type talk struct {
	out          io.Writer
	options      reports.Options
	output       reports.OutputOf[*analysis.Topics]
	conversation *analysis.Conversation
}

// Write implements reports.Writer.
func (t *talk) Write(r *analysis.Result) error {
	t.conversation.Add(r)
	return nil
}

// Close implements reports.Writer.
func (t *talk) Close() error {
	if err := t.output.Write(t.out, t.conversation.Topics(), 0, t.options); err != nil {
		return fmt.Errorf("writing the topics: %w", err)
	}
	return nil
}
