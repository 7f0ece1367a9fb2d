package table

import "strings"

// Apollo, with which programs of pages load what they show, keeps it in a cache of objects by their kinds and IDs,
// "Comment:7", which name each other: {"__ref": "User:3"} or, in old versions, {"type": "id", "id": "User:3"}.

// refers returns the key of the object that a reference stands for, "" for anything else.
func (n *node) refers() string {
	key := n.field("__ref")
	if kind := n.field("type"); key == nil && kind != nil && kind.text == "id" {
		key = n.field("id")
	}
	if key == nil {
		return ""
	}
	return key.text
}

// typeName is the kind of an object in a cache, "" if it has none.
func (n *node) typeName() string {
	if name := n.field("__typename"); n.kind == '{' && name != nil {
		return name.text
	}
	return ""
}

// isCache reports whether an object is a cache.
func (n *node) isCache() bool {
	for i, key := range n.keys {
		if kind := n.kids[i].typeName(); kind != "" && strings.HasPrefix(key, kind+":") {
			return true
		}
	}
	return false
}

// unfold makes lists of the objects in a cache, by their kinds. Of what an object names it has the words; what
// stands in a list of an object of the same kind answers it.
func (n *node) unfold() {
	c := cache{objects: map[string]*node{}, above: map[string]string{}}
	for i, key := range n.keys {
		c.objects[key] = &n.kids[i]
	}
	lists := node{kind: '{'}
	for i, key := range n.keys {
		c.resolve(&n.kids[i], key)
	}
	for i, key := range n.keys {
		object := n.kids[i]
		kind := object.typeName()
		if kind == "" || !strings.HasPrefix(key, kind+":") {
			lists.keys, lists.kids = append(lists.keys, key), append(lists.kids, object)
			continue
		}
		if up := c.above[key]; up != "" {
			object.keys, object.kids = append(object.keys, "parent_id"), append(object.kids, node{kind: '"', text: up})
		}
		list := lists.field(kind)
		if list == nil {
			lists.keys, lists.kids = append(lists.keys, kind), append(lists.kids, node{kind: '['})
			list = &lists.kids[len(lists.kids)-1]
		}
		list.kids = append(list.kids, object)
	}
	*n = lists
}

// cache is one whose references are being resolved.
type cache struct {
	objects map[string]*node
	above   map[string]string // the IDs of the objects that others answer, by the keys of these
}

// resolve puts the words of the objects in place of the references in a value, which belongs to the object of a key.
// Of lists of references only what they say of answers is kept.
func (c *cache) resolve(n *node, owner string) {
	for i := range n.keys {
		n.keys[i], _, _ = strings.Cut(n.keys[i], "(") // with what was asked for: "replies({\"first\":10})"
	}
	kids := n.kids[:0:0]
	for i := range n.kids {
		kid := n.kids[i]
		key := kid.refers()
		if key == "" {
			c.resolve(&kid, owner)
		} else if n.kind == '[' || n.keys[i] == "node" {
			c.answers(key, owner)
			kid = node{kind: 'n'}
		} else {
			kid = c.objects[key].words()
		}
		if n.kind != '[' || kid.kind != 'n' {
			kids = append(kids, kid)
		}
	}
	n.kids = kids
}

// answers notes that an object stands in a list of another, whose ID is its parent's if both are of a kind.
func (c *cache) answers(key, owner string) {
	of, up := c.objects[key], c.objects[owner]
	if of == nil || up == nil || of.typeName() != up.typeName() {
		return
	}
	if id := up.field("id"); id != nil {
		c.above[key] = id.text
	}
}

// words are the fields of an object that are scalars.
func (n *node) words() node {
	only := node{kind: '{'}
	if n == nil {
		return only
	}
	for i, key := range n.keys {
		if kid := n.kids[i]; kid.kind == '"' || kid.kind == '0' {
			only.keys, only.kids = append(only.keys, key), append(only.kids, kid)
		}
	}
	return only
}
