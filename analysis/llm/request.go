package llm

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"stance.example/stance/corpus"
)

// How much of a thread goes into a request, in bytes. A batch with the prompt and its
// answer stays below 4,096 tokens, which is all that some local servers read by
// default, unless a single comment is long.
const (
	mostArticle   = 6000 // to state the case
	mostBeginning = 1500 // of the article, beside comments, and of a case that was given
	mostText      = 4000 // of a comment
	mostParent    = 500
	mostCase      = 400 // that a model states
	batchComments = 10
	batchBytes    = 4000 // of comments and parents
)

// data is a text of strangers. In JSON it can end neither its string nor, on servers
// that look for them there, the turn: the marks of all chat templates have < or [.
type data string

// MarshalJSON escapes the characters of such marks besides what JSON asks for.
func (d data) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(string(d)) // escapes <, > and & too
	return bytes.ReplaceAll(b, []byte("["), []byte(`\u005b`)), err
}

// The material of a request.
type (
	material struct {
		Article  article   `json:"article"`
		Case     data      `json:"case,omitempty"`
		For      []data    `json:"parties_whose_case_it_is,omitempty"`
		Against  []data    `json:"parties_accused,omitempty"`
		Comments []comment `json:"comments,omitempty"`
	}
	article struct {
		Title       data `json:"title,omitempty"`
		Description data `json:"description,omitempty"`
		Text        data `json:"text,omitempty"`
		Cut         bool `json:"cut,omitempty"`
	}
	comment struct {
		ID     string `json:"id,omitempty"`
		Parent data   `json:"parent,omitempty"`
		Text   data   `json:"text"`
		Cut    bool   `json:"cut,omitempty"`
	}
)

func newArticle(a *corpus.Article, most int) article {
	description, cutFirst := excerpt(a.Description, most)
	text, cut := excerpt(a.Text, most-len(description))
	title, cutTitle := excerpt(a.Title, most)
	return article{data(title), data(description), data(text), cut || cutFirst || cutTitle}
}

// excerpt returns the beginning of a text, at most so many bytes of whole characters.
func excerpt(s string, most int) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) <= most {
		return s, false
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most], true
}

// scene is what all requests about a thread have in common.
type scene struct {
	thread *corpus.Thread
	above  []int
	common material
}

// newScene prepares a thread. The case is what stance is taken toward.
func newScene(t *corpus.Thread, claim string) *scene {
	s := &scene{thread: t, above: corpus.Parents(t.Comments)}
	claim, _ = excerpt(claim, mostBeginning)
	s.common = material{Article: newArticle(&t.Article, mostBeginning), Case: data(claim), For: listed(t.Article.For), Against: listed(t.Article.Against)}
	return s
}

func listed(names []string) []data {
	var list []data
	for _, n := range names {
		list = append(list, data(n))
	}
	return list
}

// comment is a comment as it is sent. The names of its author and of others aren't.
func (s *scene) comment(i int) comment {
	parent := s.thread.Comments[i].ParentText
	if k := s.above[i]; k >= 0 && !s.thread.Comments[k].Removed {
		parent = s.thread.Comments[k].Text
	}
	parent, cutParent := excerpt(parent, mostParent)
	text, cut := excerpt(s.thread.Comments[i].Text, mostText)
	return comment{Parent: data(parent), Text: data(text), Cut: cut || cutParent}
}

// item is a content to be labelled, the comments that have it and the votes on it.
type item struct {
	content  comment
	comments []int
	// The votes, each with the key of its answer.
	keys   []string
	labels []label
	states []State
}

// items returns the contents of the wanted comments, in their order.
func (s *scene) items(wanted []int) []*item {
	var list []*item
	index := map[comment]*item{}
	for _, i := range wanted {
		c := s.comment(i)
		known := index[c]
		if known == nil {
			known = &item{content: c}
			index[c] = known
			list = append(list, known)
		}
		known.comments = append(known.comments, i)
	}
	return list
}

// batched cuts a list of items into those of a request each.
func batched(items []*item, most int) [][]*item {
	var batches [][]*item
	size := 0
	for _, it := range items {
		bytes := len(it.content.Parent) + len(it.content.Text)
		last := len(batches) - 1
		if last < 0 || len(batches[last]) >= most || size+bytes > batchBytes {
			batches = append(batches, nil)
			last, size = last+1, 0
		}
		batches[last] = append(batches[last], it)
		size += bytes
	}
	return batches
}

// draw is how an answer is drawn from the model.
type draw struct {
	temperature float64
	seed        int
}

// key is the hash of all that an answer depends on.
func (j *Judge) key(d draw, m material) string {
	return hex.EncodeToString(hashOf(struct {
		Prompt, Model string
		Temperature   float64
		Seed          int
		Material      material
	}{j.prompt.Version, j.options.Model, d.temperature, d.seed, m}))
}

// commentKey is that of the label of one comment.
func (j *Judge) commentKey(d draw, s *scene, c comment) string {
	m := s.common
	m.Comments = []comment{c}
	return j.key(d, m)
}

func hashOf(v any) []byte {
	sum := sha256.Sum256(encoded(v))
	return sum[:]
}

// encoded is the value as JSON. The values of this package always encode.
func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// caseRequest asks for the case of an article.
func (j *Judge) caseRequest(d draw, m material) *Request {
	return &Request{
		System: j.prompt.Case, User: string(encoded(m)),
		Name: "case", Schema: caseSchema, Temperature: d.temperature, Seed: d.seed, MaxTokens: j.maxTokens(1),
	}
}

var caseSchema = json.RawMessage(`{"type":"object","properties":{"case":{"type":"string"}},"required":["case"],"additionalProperties":false}`)

// idLength is the number of letters of an id. One in 2^50 is guessed.
const idLength = 10

// commentRequest asks for the labels of a batch and returns the ids of its items. An id
// hangs on every byte of the request, so that no text in it can hold one of them.
func (j *Judge) commentRequest(d draw, s *scene, batch []*item) (*Request, []string) {
	m := s.common
	for _, it := range batch {
		m.Comments = append(m.Comments, it.content)
	}
	whole := j.key(d, m)
	ids := make([]string, len(batch))
	for i := range batch {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", whole, i))
		ids[i] = strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:idLength]
		m.Comments[i].ID = ids[i]
	}
	return &Request{
		System: j.prompt.Comments, User: string(encoded(m)),
		Name: "labels", Schema: labelSchema(ids), Temperature: d.temperature, Seed: d.seed, MaxTokens: j.maxTokens(len(batch)),
	}, ids
}

// labelSchema is the schema of the answers for those ids.
func labelSchema(ids []string) json.RawMessage {
	var stances, polarities []string
	for s := range corpus.Stance(corpus.NumStances) {
		stances = append(stances, s.String())
	}
	for p := range corpus.Polarity(corpus.NumPolarities) {
		polarities = append(polarities, p.String())
	}
	type object map[string]any
	return encoded(object{
		"type": "object", "additionalProperties": false, "required": []string{"answers"},
		"properties": object{"answers": object{
			"type": "array", "minItems": len(ids), "maxItems": len(ids),
			"items": object{
				"type": "object", "additionalProperties": false, "required": []string{"id", "stance", "sentiment", "quote"},
				"properties": object{
					"id":        object{"type": "string", "enum": ids},
					"stance":    object{"type": "string", "enum": stances},
					"sentiment": object{"type": "string", "enum": polarities},
					"quote":     object{"type": "string"},
				},
			},
		}},
	})
}

// Of texts of English and JSON a token has about four bytes. An answer with its id,
// labels and quote takes some 60 tokens, as tokenizers cut ids into many.
const (
	bytesPerToken = 4
	answerTokens  = 60
)

// maxTokens is where a completion of so many answers is cut off: none that is of use needs
// more than thrice what is usual, and some for what stands around them.
func (j *Judge) maxTokens(answers int) int {
	return cmp.Or(j.options.MaxTokens, 3*answerTokens*(answers+1))
}

// size is about how many tokens a request takes and its answer.
func (r *Request) size(answers int) (prompt, answer int) {
	return (len(r.System) + len(r.User)) / bytesPerToken, answers * answerTokens
}
