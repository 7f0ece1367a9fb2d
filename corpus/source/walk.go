package source

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// unread are the endings of files that lie beside saved pages and hold no thread.
// In a directory or archive they are passed over; a file named itself is always
// read.
var unread = []string{
	".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp",
	".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".m4a", ".ogg", ".wav", ".pdf",
	".db", ".sqlite", ".db-wal", ".db-shm", ".db-lock", ".db-journal",
}

// beside are the endings of the folders in which browsers, in the languages they
// speak, save what belongs to a page.
var beside = []string{
	"_files", ".files", "_file", "-dateien", "_dateien", "_fichiers", "_archivos", "_ficheros", "_fitxers", "_arquivos",
	"_bestanden", "-filer", "_pliki", "_soubory", "_tiedostot",
}

// belongs reports whether a folder holds what belongs to a saved page.
func belongs(folder string) bool {
	folder = strings.ToLower(folder)
	return slices.ContainsFunc(beside, func(ending string) bool { return strings.HasSuffix(folder, ending) })
}

// passedOver reports whether a file in a directory or archive is left out by its
// name: it is hidden, holds no thread by its ending, or belongs to a saved page.
func passedOver(name string) bool {
	parts := strings.Split(filepath.ToSlash(name), "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX" || i < len(parts)-1 && belongs(part) {
			return true
		}
	}
	return slices.Contains(unread, strings.ToLower(filepath.Ext(name)))
}

// walk yields the files of the paths: of a directory all that lie in or below it, by
// name, but for those passed over and symbolic links; of a pattern those that match. No
// file comes twice. What isn't there comes with an error, as does a directory without
// any file to read.
func walk(paths []string) iter.Seq[File] {
	return func(yield func(File) bool) {
		seen := map[string]bool{}
		give := func(f File) bool {
			if seen[f.Path] {
				return true
			}
			seen[f.Path] = true
			return yield(f)
		}
		for _, path := range paths {
			if !strings.Contains(path, "://") {
				path = filepath.Clean(path)
			}
			if !walkPath(path, give) {
				return
			}
		}
	}
}

func walkPath(path string, yield func(File) bool) bool {
	if path == StandardInput {
		return yield(File{Path: path})
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if matches, _ := filepath.Glob(path); matches != nil { // sorted
			for _, m := range matches {
				if !walkPath(m, yield) {
					return false
				}
			}
			return true
		}
	}
	switch {
	case err != nil && strings.Contains(path, "://"):
		return yield(File{Path: path, Err: errors.New("is an address, and nothing is fetched: save the page in a browser and read the saved file")})
	case err != nil:
		return yield(File{Path: path, Err: errors.New(Reason(err))})
	case info.IsDir():
		return walkDir(path, yield)
	}
	return yield(File{Path: path, Size: info.Size(), regular: info.Mode().IsRegular()})
}

func walkDir(root string, yield func(File) bool) bool {
	more, empty := true, true
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		below, _ := filepath.Rel(root, path) // path begins with root
		empty = empty && err == nil
		switch {
		case err != nil:
			more = yield(File{Path: path, Err: errors.New(Reason(err))})
		case path != root && entry.IsDir() && passedOver(filepath.Join(below, "x")):
			return fs.SkipDir
		case !entry.Type().IsRegular() || passedOver(below):
			return nil
		default:
			empty = false
			f := File{Path: path, regular: true}
			if info, err := entry.Info(); err != nil {
				f.Err = errors.New(Reason(err))
			} else {
				f.Size = info.Size()
			}
			more = yield(f)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if empty {
		more = yield(File{Path: root, Err: errors.New("a directory in which " + nothing)})
	}
	return more && err == nil
}
