//go:build unix

package database_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"stance.example/stance/database"
)

// nobody is a user who owns nothing.
const nobody = 65534

// asReader names, in the environment, the file that TestReader reads.
const asReader = "STANCE_TEST_READS"

// TestReadersNeedNoRightToWrite reads a file as a user who may write neither the file nor, in
// one case, beside it, and finds nothing left there.
func TestReadersNeedNoRightToWrite(t *testing.T) {
	for name, folder := range map[string]os.FileMode{"read-only folder": 0o555, "open folder": 0o777} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, os.Chmod(filepath.Dir(dir), 0o755))
			path := filepath.Join(dir, "results.db")
			db, in := open(t, path), database.Input{Path: "bridge.html"}
			run := begin(t, db, settings("x"))
			must(t, run.Start(in, database.Standing{}), run.Thread(in, 1, full()), run.Done(in), run.Finish(noon), run.Close(), db.Close())
			must(t, os.Remove(path+"-lock"), os.Chmod(path, 0o444))
			cmd := reader(t, path)
			must(t, os.Chmod(dir, folder))
			t.Cleanup(func() { os.Chmod(dir, 0o755) })
			if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestReader ") {
				t.Fatalf("%v: %s", err, out)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
				t.Errorf("left: %v, %v", left, err)
			}
		})
	}
}

// reader is this program as TestReader alone, by a user without rights.
func reader(t *testing.T, path string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	dir := t.TempDir()
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	own := filepath.Join(dir, "reader") // the folder of the program may be closed to others
	from, err := os.Open(program)
	must(t, err)
	defer from.Close()
	to, err := os.OpenFile(own, os.O_CREATE|os.O_WRONLY, 0o755)
	must(t, err)
	_, err = io.Copy(to, from)
	must(t, err, to.Close())
	cmd := exec.Command(own, "-test.v", "-test.run", "^TestReader$")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asReader+"="+path)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

func TestReader(t *testing.T) {
	path := os.Getenv(asReader)
	if path == "" {
		t.Skip("it runs as the process of TestReadersNeedNoRightToWrite")
	}
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
		f.Close()
		t.Fatal("the file may be written")
	}
	db, err := database.OpenExisting(context.Background(), path)
	must(t, err)
	defer db.Close()
	o, err := db.Overview(context.Background(), database.Filter{})
	must(t, err)
	if all := results(t, db, database.Filter{}); len(all) != 1 || len(o.Threads) != 1 {
		t.Errorf("read %d threads, outlined %d", len(all), len(o.Threads))
	}
}
