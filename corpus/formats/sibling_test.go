package formats_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// The same thread of Hacker News as its page shows it and as an interface gives it
// has the same comments. They were saved years apart: an author has another name, and
// the page shows late replies to old comments at the top.
func TestSiblings(t *testing.T) {
	page := told(saved(t, "hn-html/HNAPI-2-news_ycombinator_com_item_id_1.html"))
	export := told(saved(t, "hn-algolia-json/HNAPI-1-hn_algolia_com_api_v1_items_1.json"))
	late, renamed := 0, map[string]string{}
	for id, c := range page {
		other, there := export[id]
		if !there {
			t.Errorf("comment %s is only on the page", id)
			continue
		}
		if c.Parent == "" && other.Parent != "" {
			late++
			other.Parent = ""
		}
		if known, met := renamed[c.Author]; met && known != other.Author {
			t.Errorf("%s is both %s and %s", c.Author, known, other.Author)
		}
		renamed[c.Author], other.Author = other.Author, c.Author
		if diff := cmp.Diff(c, other); diff != "" {
			t.Errorf("%s (-page +export):\n%s", id, diff)
		}
	}
	if len(page) != len(export) || len(page) != 19 || late != 2 {
		t.Errorf("%d comments on the page, %d in the export, %d late", len(page), len(export), late)
	}
}

func saved(t *testing.T, name string) *corpus.Thread {
	content, err := os.ReadFile(filepath.Join("../../../shared/data/formats", filepath.FromSlash(name)))
	if err != nil {
		t.Skip("needs the saved files beside the project: ", err)
	}
	threads, failures := read(name, string(content), formats.Options{})
	if len(threads) != 1 || failures != nil {
		t.Fatalf("%s: %d threads, %q", name, len(threads), failures)
	}
	return threads[0]
}

// comment is what every form must tell of a comment.
type comment struct{ Author, Parent, Text string }

// told returns the comments that weren't removed, by their IDs.
func told(th *corpus.Thread) map[string]comment {
	comments := map[string]comment{}
	for i := range th.Comments {
		if c := &th.Comments[i]; !c.Removed {
			comments[c.ID] = comment{c.Author, c.Parent, strings.Join(strings.Fields(c.Text), " ")}
		}
	}
	return comments
}
