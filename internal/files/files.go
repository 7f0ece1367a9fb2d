// Package files reads and writes whole files, and tells them apart by their hashes.
package files

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Replace writes a file beside the path and renames it, so that a failure leaves what was
// there.
func Replace(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // without effect once it has its new name
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return cmp.Or(f.Chmod(0o644), f.Close(), os.Rename(f.Name(), path))
}

// Digest is the SHA-256 of a file, in hexadecimal.
func Digest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Lines reads a list, one entry a line. Empty lines are skipped.
func Lines(r io.Reader, name string) ([]string, error) {
	var list []string
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if line := strings.TrimRight(lines.Text(), "\r"); line != "" {
			list = append(list, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the list %s: %w", name, err)
	}
	return list, nil
}
