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
	for _, v := range t.data {
		for _, one := range members(v, 0) {
			if found := t.linkedUnder(one); len(found) > len(all) {
				all = found
			}
		}
	}
	return all
}

// linkedUnder lists the comments under an object, a reply behind its parent.
func (t *tree) linkedUnder(object map[string]any) []*item {
	type open struct {
		object map[string]any
		parent int
	}
	const most = 100_000
	var all []*item
	stack := []open{{object, -1}}
	for top := true; len(stack) > 0 && len(all) < most; top = false {
		o := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		me := o.parent
		if isLinkedComment(o.object) || !top {
			all = append(all, t.linkedItem(o.object, o.parent))
			me = len(all) - 1
		}
		var inner []open
		for _, key := range []string{"comment", "comments", "suggestedAnswer", "acceptedAnswer"} {
			for _, one := range asList(o.object[key]) {
				if m, ok := one.(map[string]any); ok {
					inner = append(inner, open{m, me})
				}
			}
		}
		for i := len(inner) - 1; i >= 0; i-- {
			stack = append(stack, inner[i])
		}
	}
	return all
}

func isLinkedComment(object map[string]any) bool {
	return object["@type"] == "Comment" || object["@type"] == "Answer"
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
	it.text = markup.HTML(cmp.Or(asText(object["text"]), asText(object["description"])))
	it.as = cmp.Or(asText(object["datePublished"]), asText(object["dateCreated"]))
	it.posted = parseTime(it.as)
	if a, ok := first(asList(object["author"])).(map[string]any); ok {
		it.author = asText(a["name"])
	} else {
		it.author = asText(object["author"])
	}
	if v, ok := figure(asText(object["upvoteCount"])); ok {
		if down, ok := figure(asText(object["downvoteCount"])); ok {
			v -= down
		}
		it.votes = &v
	}
	it.settle(t.lines)
	return it
}

func first(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
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
