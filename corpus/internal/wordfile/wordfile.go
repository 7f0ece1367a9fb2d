// Package wordfile reads the words that a package holds as data in its folder words, a file
// for each language.
//
// A row is a section, a colon and phrases in lower case, set apart by bars. A section may
// have several rows, in one file and in many. Rows that begin with # are remarks.
package wordfile

import (
	"embed"
	"path"
	"strings"
)

// Each calls use with every row of the files, which are in the order of their names: the
// language by the name of its file, as "de", the section and its phrases. The files are a
// part of the program, so it panics if they can't be read.
func Each(files embed.FS, use func(language, section string, phrases []string)) {
	const folder = "words"
	entries, err := files.ReadDir(folder)
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		content, err := files.ReadFile(path.Join(folder, entry.Name()))
		if err != nil {
			panic(err)
		}
		language := strings.TrimSuffix(entry.Name(), path.Ext(entry.Name()))
		for row := range strings.Lines(string(content)) {
			section, phrases, ok := strings.Cut(strings.TrimSpace(row), ": ")
			if ok && !strings.HasPrefix(section, "#") {
				use(language, section, strings.Split(phrases, "|"))
			}
		}
	}
}

// Sections returns the phrases of all languages by their section.
func Sections(files embed.FS) map[string][]string {
	all := map[string][]string{}
	Each(files, func(_, section string, phrases []string) { all[section] = append(all[section], phrases...) })
	return all
}
