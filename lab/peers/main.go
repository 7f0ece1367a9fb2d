// Peers times the stance command against other programs on the same comments, whole
// processes in turn, and prints what it measured as Markdown. "make bench-peers" runs
// it. It installs nothing: a peer that isn't there is named as missing.
//
//	peers STANCE DATA
//
// STANCE is the built command and DATA the folder of data beside the project. The peers
// are
//
//   - wc -w over the same files, which only counts words;
//   - fasttext predict (Debian's package fasttext) over the comments' text, with a model
//     trained just before by fasttext supervised with its default of two million
//     buckets; it gives one label a comment and nothing else;
//   - a loop that gives every comment VADER's sentiment by its Go port, govader.
//
// Stance itself reads the files, judges stance and sentiment of every comment with
// evidence, sums up the threads and prints its tables.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// runs is how often each command is timed, after one that is not counted.
const runs = 7

// run returns the exit status: 0 done, 1 failed, 2 usage.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) > 1 && args[0] == vaderLoop {
		if err := loopVADER(args[1:]); err != nil {
			fmt.Fprintln(stderr, "peers:", err)
			return 1
		}
		return 0
	}
	if len(args) != 2 {
		fmt.Fprintln(stderr, "usage: peers STANCE DATA")
		return 2
	}
	if err := compare(args[0], args[1], stdout); err != nil {
		fmt.Fprintln(stderr, "peers:", err)
		return 1
	}
	return 0
}

// peer is a command to time.
type peer struct {
	name string
	args []string // the command line; none if it is missing
	why  string   // it is missing
}

func compare(stance, data string, out io.Writer) error {
	files, err := filepath.Glob(filepath.Join(data, "unlabelled", "*.jsonl"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no unlabelled threads in %s", data)
	}
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	comments, err := readComments(files)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	peers := []peer{
		{name: "stance analyse", args: append([]string{stance, "analyse", "--color", "never"}, files...)},
		{name: "wc -w", args: append([]string{"wc", "-w"}, files...)},
		fastText(data, dir, comments),
		{name: "govader loop", args: append([]string{self, vaderLoop}, files...)},
	}
	times, err := timeAll(peers)
	if err != nil {
		return err
	}
	return report(out, peers, times, comments)
}

// timeAll times the peers that are there in turn, so that a machine that slows down
// slows all of them down.
func timeAll(peers []peer) ([][]time.Duration, error) {
	times := make([][]time.Duration, len(peers))
	for round := range runs + 1 {
		for i, p := range peers {
			if len(p.args) == 0 {
				continue
			}
			cmd := exec.Command(p.args[0], p.args[1:]...)
			start := time.Now()
			if message, err := cmd.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("%s: %w: %.200s", p.name, err, message)
			}
			if round > 0 {
				times[i] = append(times[i], time.Since(start))
			}
		}
	}
	return times, nil
}

func report(out io.Writer, peers []peer, times [][]time.Duration, comments []string) error {
	w := bufio.NewWriter(out)
	bytes := 0
	for _, c := range comments {
		bytes += len(c)
	}
	fmt.Fprintf(w, "# Speed against peers\n\nMade by `make bench-peers`; don't edit. %d comments, %.1f MB of text, %d processors, %s; wall-clock seconds "+
		"of whole\nprocesses, %d runs of each in turn after one to warm up.\n\n", len(comments), float64(bytes)/1e6, runtime.NumCPU(), runtime.Version(), runs)
	fmt.Fprint(w, "| command | least | median | most | stance takes |\n|---|--:|--:|--:|--:|\n")
	own := median(times[0])
	for i, p := range peers {
		if len(p.args) == 0 {
			fmt.Fprintf(w, "| %s | – | – | – | not measured: %s |\n", p.name, p.why)
			continue
		}
		m := median(times[i])
		fmt.Fprintf(w, "| %s | %.3f | %.3f | %.3f | %.2f × |\n", p.name, slices.Min(times[i]).Seconds(), m.Seconds(), slices.Max(times[i]).Seconds(),
			own.Seconds()/m.Seconds())
	}
	return w.Flush()
}

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

// oneLine is a text on one line, as fasttext reads it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
