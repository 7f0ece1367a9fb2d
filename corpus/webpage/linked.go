package webpage

import (
	"cmp"
	"fmt"

	"stance.example/stance/corpus/internal/markup"
)

// linkedComments returns the comments in the page's JSON-LD, for pages that show them
// only there: objects in the fields comment and suggestedAnswer, which may nest.
func (t *tree) linkedComments() []*item {
	var all []*item
	for _, one := range t.objects {
		is := one["@type"] == "Comment" || one["@type"] == "Answer"
		if found := t.linkedUnder(nil, one, -1, is); len(found) > len(all) {
			all = found
		}
	}
	return all
}

// linkedUnder appends the comments under an object, a reply behind its parent, and the object
// itself if it is one, which answers the item at above.
func (t *tree) linkedUnder(all []*item, object map[string]any, above int, is bool) []*item {
	const most = 100_000
	if len(all) == most {
		return all
	}
	if is {
		all = append(all, t.linkedItem(object, above))
		above = len(all) - 1
	}
	for _, key := range []string{"comment", "comments", "suggestedAnswer", "acceptedAnswer"} {
		for _, one := range asList(object[key]) {
			if m, ok := one.(map[string]any); ok {
				all = t.linkedUnder(all, m, above, true)
			}
		}
	}
	return all
}

func asList(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		return []any{v}
	}
	return nil
}

// linkedItem reads one comment.
func (t *tree) linkedItem(object map[string]any, parent int) *item {
	it := &item{at: -1, depth: -1, above: parent}
	it.Text = markup.HTML(cmp.Or(asText(object["text"]), asText(object["description"])))
	it.PostedAs = cmp.Or(asText(object["datePublished"]), asText(object["dateCreated"]))
	it.Posted = parseTime(it.PostedAs)
	it.Author = asText(object["author"])
	if writers := asList(object["author"]); len(writers) > 0 {
		if first, ok := writers[0].(map[string]any); ok {
			it.Author = asText(first["name"])
		}
	}
	if v, ok := figure(asText(object["upvoteCount"])); ok {
		down, _ := figure(asText(object["downvoteCount"]))
		v -= down
		it.Votes = &v
	}
	it.settle(t.lines)
	return it
}

// asText is a string, or a number as it is printed; "" for anything else.
func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return ""
}
