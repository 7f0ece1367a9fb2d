package jsonl

import (
	"bytes"
	"encoding/json"
	"strings"
)

// The names of the form's fields, and of those of the program's output.
var (
	threadNames = nameSet("thread article comments source format licence title url site published case case_by for against description text " +
		"declared_comments summary problems")
	commentOwn = nameSet("id parent parent_text reply author posted posted_as votes text removed stance sentiment sarcasm certainty " +
		"probabilities engine unsure polarity valence evidence")
)

func nameSet(list string) map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(list) {
		names[name] = true
	}
	return names
}

// Detect reports whether the JSON that begins with head, cut anywhere, is threads in this
// form: its first object has comments with a text, or has only fields of the form. It also
// returns the fields of the comments that the form doesn't have.
func Detect(head []byte) (foreign []string, ok bool) {
	d := json.NewDecoder(bytes.NewReader(head))
	start, err := d.Token()
	if err == nil && start == json.Delim('[') {
		start, err = d.Token()
	}
	if err != nil || start != json.Delim('{') {
		return nil, false
	}
	o := object{own: true}
	for d.More() {
		t, err := d.Token()
		name, isName := t.(string)
		if err != nil || !isName {
			break
		}
		o.add(name)
		if name == "comments" {
			names, some, found := fields(d)
			if found {
				return names, true
			}
			o.own = o.own && !some
			continue
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			break
		}
	}
	return nil, o.isThread()
}

// object is what the names of an object's fields tell.
type object struct {
	own, any                  bool // the form has all of them; there are any
	id, title, text, comments bool
}

// add takes in the name of a field.
func (o *object) add(name string) {
	o.any = true
	o.own = o.own && (threadNames[name] || name == "id")
	o.id, o.title, o.text, o.comments = o.id || name == "id", o.title || name == "title", o.text || name == "text", o.comments || name == "comments"
}

// isThread reports whether an object with none of the form's comments is a thread: an ID is one's only
// beside a title, and a text beside that or comments.
func (o *object) isThread() bool {
	return o.own && o.any && (!o.id || o.title) && (o.title || o.comments || !o.text)
}

// fields reads the comments, and returns the names of their fields that aren't the form's. It is false if there is no element with a text or a mark that it was
// removed, and says if there is any.
func fields(d *json.Decoder) (foreign []string, some, ok bool) {
	t, err := d.Token()
	if err != nil || t != json.Delim('[') {
		return nil, t != nil, false
	}
	for d.More() {
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			break
		}
		some = true
		var own map[string]json.RawMessage
		if json.Unmarshal(value, &own) != nil {
			continue
		}
		_, text := own["text"]
		_, removed := own["removed"]
		ok = ok || text || removed
		for name := range own {
			if !commentOwn[name] {
				foreign = append(foreign, name)
			}
		}
	}
	d.Token() // the closing bracket; without it the head ends here
	return foreign, some, ok
}
