package main

import (
	"archive/zip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestInstallable serves the module as a proxy does, of the files that git knows, and takes
// it from there: a program of another module that judges a thread, and the command. It builds
// everything anew, so that only make installable asks for it.
func TestInstallable(t *testing.T) {
	if os.Getenv("STANCE_INSTALLABLE") == "" {
		t.Skip("make installable runs it")
	}
	const module, version = "stance.example/stance", "v0.9.1"
	proxy := t.TempDir()
	serveModule(t, filepath.Join(proxy, module, "@v"), module, version)
	goProxy := "file://" + filepath.ToSlash(proxy) + "," + strings.TrimSpace(goTool(t, ".", nil, "env", "GOPROXY"))
	env := []string{"GOPROXY=" + goProxy, "GONOSUMDB=" + module, "GOFLAGS=-modcacherw", "GOMODCACHE=" + filepath.Join(proxy, "cache"), "CGO_ENABLED=0"}
	if cache := strings.TrimSpace(goTool(t, ".", nil, "env", "GOMODCACHE")); cache != "" { // so that other modules are loaded once
		env[0] = "GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(cache) + "/cache/download," + goProxy
	}

	user := t.TempDir()
	goTool(t, user, env, "mod", "init", "user.example/tool")
	writeFile(t, filepath.Join(user, "main.go"), `package main

import (
	"context"
	"fmt"
	"os"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/formats"
)

func main() {
	ctx := context.Background()
	pipeline, err := analysis.New(analysis.Options{})
	if err != nil {
		panic(err)
	}
	for thread, err := range formats.Read(ctx, "in", os.Stdin, formats.Options{}) {
		if err != nil {
			panic(err)
		}
		result, err := pipeline.Analyse(ctx, thread)
		if err != nil {
			panic(err)
		}
		fmt.Println(result.Summary.Judged())
	}
}
`)
	goTool(t, user, env, "get", module+"/analysis@"+version, module+"/corpus/formats@"+version)
	judging := exec.Command("go", "run", ".")
	judging.Dir, judging.Env = user, append(os.Environ(), env...)
	judging.Stdin = strings.NewReader("author,comment\nOla,Who counted?\nIda,Well done.\n")
	if out, err := judging.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "2" {
		t.Errorf("a program that imports it: %v\n%s", err, out)
	}

	bin := t.TempDir()
	goTool(t, bin, append(env, "GOBIN="+bin), "install", module+"/cmd/stance@"+version)
	out, err := exec.Command(filepath.Join(bin, "stance"), "version").CombinedOutput()
	if err != nil || !strings.Contains(string(out), version) {
		t.Errorf("the command that was installed says %v, %s", err, out)
	}
}

// goTool runs the go command in a directory and returns what it prints.
func goTool(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	c := exec.Command("go", args...)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	var errs strings.Builder
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, &errs)
	}
	return string(out)
}

// serveModule lays a version of the module down as a proxy serves it.
func serveModule(t *testing.T, dir, module, version string) {
	t.Helper()
	check(t, os.MkdirAll(dir, 0o755))
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	check(t, err)
	writeFile(t, filepath.Join(dir, "list"), version+"\n")
	writeFile(t, filepath.Join(dir, version+".info"), fmt.Sprintf(`{"Version":%q,"Time":"2026-01-01T00:00:00Z"}`, version))
	writeFile(t, filepath.Join(dir, version+".mod"), string(mod))
	listed := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	listed.Dir = root
	out, err := listed.Output()
	if err != nil {
		t.Skipf("git doesn't list the module's files: %v", err)
	}
	names := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	nested := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasSuffix(name, "/go.mod") })
	f, err := os.Create(filepath.Join(dir, version+".zip"))
	check(t, err)
	defer f.Close()
	z := zip.NewWriter(f)
	for _, name := range names {
		if slices.ContainsFunc(nested, func(mod string) bool { return strings.HasPrefix(name, strings.TrimSuffix(mod, "go.mod")) }) {
			continue // of a module of its own
		}
		content, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) { // removed and not yet so in git
			continue
		}
		check(t, err)
		w, err := z.Create(module + "@" + version + "/" + name)
		check(t, err)
		_, err = w.Write(content)
		check(t, err)
	}
	check(t, z.Close())
}

// writeFile writes a file.
func writeFile(t *testing.T, path, content string) {
	t.Helper()
	check(t, os.WriteFile(path, []byte(content), 0o644))
}
