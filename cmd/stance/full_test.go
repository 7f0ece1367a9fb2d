//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// room is a directory with little of it.
type room struct {
	dir string
	// wrap is put before a command line, to run it with little room.
	wrap []string
	// enlarge makes room.
	enlarge func()
}

// rooms are the ways in which room can be wanting. A disk needs the right to mount one.
func rooms() map[string]func(*testing.T, int) room {
	return map[string]func(*testing.T, int) room{
		"disk": func(t *testing.T, kB int) room {
			r := room{dir: t.TempDir()}
			size := func(kB int) string { return fmt.Sprintf("size=%dk", kB) }
			if err := syscall.Mount("none", r.dir, "tmpfs", 0, size(kB)); err != nil {
				t.Skipf("a small disk can't be mounted here: %v", err)
			}
			t.Cleanup(func() { check(t, syscall.Unmount(r.dir, syscall.MNT_DETACH)) })
			r.enlarge = func() { check(t, syscall.Mount("none", r.dir, "tmpfs", syscall.MS_REMOUNT, size(100*kB))) }
			return r
		},
		"file size": func(t *testing.T, kB int) room {
			r := room{dir: t.TempDir(), wrap: []string{"sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$@"`, 2*kB), "sh"}} // of half a kB
			r.enlarge = func() {}
			return r
		},
	}
}

// say runs a command line of the program, behind others that it needs, and returns its
// status and what it printed.
func say(t *testing.T, wrap []string, args ...string) (status int, out string) {
	t.Helper()
	line := append(append(append([]string{}, wrap...), "stance"), args...)
	printed, err := exec.Command(line[0], line[1:]...).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), string(printed)
	}
	check(t, err)
	return 0, string(printed)
}

// A run that finds no room says so and keeps what it stored. When there is room, the same
// command ends with the rows of an undisturbed run.
func TestNoRoomForRows(t *testing.T) {
	long(t)
	dir := saved(t)
	undisturbed := filepath.Join(t.TempDir(), "undisturbed.db")
	execStance(t, statusFailed, "run", dir, "--db", undisturbed)
	want := strings.Split(dump(t, undisturbed), "\n")
	for name, make := range rooms() {
		for _, kB := range []int{40, 440} {
			t.Run(fmt.Sprint(name, kB), func(t *testing.T) {
				r := make(t, kB)
				path := filepath.Join(r.dir, "results.db")
				status, out := say(t, r.wrap, "run", dir, "--db", path, "--batch", "20")
				if status != statusFailed || !strings.Contains(out, path+": there is no room") {
					t.Fatalf("status %d: %s", status, out)
				}
				inputs, _ := whole(t, path)
				if inputs == 0 && kB > 40 {
					t.Errorf("nothing was kept: %s", out)
				}
				t.Logf("%d inputs kept: %s", inputs, out)
				r.enlarge()
				execStance(t, statusFailed, "run", dir, "--db", path)
				if diff := cmp.Diff(want, strings.Split(dump(t, path), "\n")); diff != "" {
					t.Errorf("undisturbed (-) and resumed (+) differ:\n%s", diff)
				}
			})
		}
	}
}

// An export that finds no room says so, and leaves what was there.
func TestNoRoomForExports(t *testing.T) {
	long(t)
	scratch := t.TempDir()
	db, many := filepath.Join(scratch, "results.db"), filepath.Join(scratch, "many.jsonl")
	writeSynthetic(t, many, 0, 30, 50)
	execStance(t, statusDone, "run", many, "--db", db)
	for name, make := range rooms() {
		t.Run(name, func(t *testing.T) {
			r := make(t, 40) // of which readers of the database need 32 to share
			for _, form := range []string{"csv", "jsonl", "parquet"} {
				path := filepath.Join(r.dir, "comments."+form)
				check(t, os.WriteFile(path, []byte("old"), 0o644))
				status, out := say(t, r.wrap, "report", "--db", db, "--export", path)
				if status != statusFailed || !strings.Contains(out, "no space left") && !strings.Contains(out, "file too large") {
					t.Errorf("%s: status %d: %s", form, status, out)
				}
				if old, err := os.ReadFile(path); err != nil || string(old) != "old" {
					t.Errorf("%s: what was there is now %.20q, %v", form, old, err)
				}
			}
			if left, err := os.ReadDir(r.dir); err != nil || len(left) != 3 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
	t.Run("standard output", func(t *testing.T) {
		if status, out := say(t, []string{"sh", "-c", `exec "$@" >/dev/full`, "sh"}, "report", "--db", db); status != statusFailed ||
			!strings.Contains(out, "no space left") {
			t.Errorf("status %d: %s", status, out)
		}
	})
}
