// Package corpus holds the domain types of a saved comment thread: the article,
// the comments readers wrote under it, and what people annotated.
//
// The steps from a file to a thread are:
//
//  1. charset turns the bytes into valid UTF-8 and refuses binary files.
//  2. formats, the one visible list of saved forms, recognises the form by its
//     content.
//  3. The reader of that form (plaintext, jsonl, table, …) yields threads.
//
// Two rules hold for every reader. The text of a comment is never rewritten: it
// is what the reader of the page wrote, as valid UTF-8, with the form's markup
// removed once. And nothing is lost silently: a record that can't be read
// becomes a [Problem] with file and line, reading goes on, and a guess is stated
// as an assumption.
//
// The package imports nothing of the module and neither opens files nor prints.
//
// # Stability
//
// Versions are tags. From v1 on the types of this package, of formats, source, labels and
// jsonl keep to semantic versioning; until then a minor version may change them, and the
// change log says so. The readers of single forms and what they are made of (archive,
// charset, exports, markup, plaintext, table, webarchive, webpage, …) are parts of formats:
// they may change with any version, and take no context: formats.Read ends them.
package corpus
