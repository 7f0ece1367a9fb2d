// Package files writes whole files, and tells them apart by their hashes.
package files

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
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
