// Package jsonl reads and writes the program's own form of a thread: JSON lines,
// one thread an object, one object a line.
//
// A line holds the article and its comments:
//
//	{"thread":"t1","source":"town-forum","title":"…","text":"…","case":"…","for":["…"],"against":["…"],
//	 "comments":[{"id":"1","author":"…","posted":"2024-05-01T10:00:00Z","text":"…","stance":"skeptical"},
//	             {"id":"2","parent":"1","text":"…","votes":3}]}
//
// (here broken into several). Every field but "comments" and a comment's "text"
// may be left out, and unknown ones are ignored. The fields of the thread are
// thread (its ID), source, format, licence, title, description, text, url, site,
// published, case, for, against, declared_comments and comments; those of a
// comment are id, parent, parent_text, reply (of an unknown parent), author, posted (RFC 3339), posted_as,
// votes, text, removed and, if a person annotated it, stance, sentiment, sarcasm
// and certainty.
//
// Read also takes what is close to it:
//
//   - an article as an object of its own, {"article":{"id":…,"title":…,"text":…,
//     "target":…},"comments":[…]}, where the target is the case;
//   - the objects that "stance analyse -o json" prints. The stance there is the
//     program's judgement, not a person's annotation, and is not read;
//   - a file that is one object over several lines, several of those, or an array.
//
// The lines of the input that were not used, and a reader's problems, are not
// part of the form.
package jsonl

import "stance.example/stance/corpus/internal/gather"

// MaxLine is the longest line read, in bytes, and the longest object of a file
// that isn't in lines, unless Options say otherwise. A longer one is a failure of its
// own.
const MaxLine = 64 << 20

// MaxHeld is the memory, in bytes, that a thread may take before its comments so far are given out
// and the rest is taken as another thread, unless Options say otherwise.
const MaxHeld = gather.MaxHeld
