package table

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
)

// newGatherer returns a gatherer for the rows of a table with these columns.
func newGatherer(file string, line int, c *columns, o Options, limit int, yield func(*corpus.Thread, error) bool) *gather.Gatherer {
	return gather.New(gather.Options{
		File: file, Limit: limit, Numbered: !c.has(ID), Articles: o.Articles,
		Split: gather.Split{
			IDs: c.has(Thread), URL: c.has(URL), Title: c.has(Title),
			SureURL: c.strong[URL], SureTitle: c.strong[Title],
		},
		Remarks: []corpus.Problem{{File: file, Line: line, Level: corpus.Assumption, Message: c.String()}},
	}, yield)
}

// item returns what a row tells, and the memory its cells take. The item is used again.
func (c *columns) item(line int, row []string, o Options) (*gather.Item, int) {
	cell := func(f Field) string { return strings.TrimSpace(c.cell(row, f)) }
	it := &c.scratch
	gone, _ := c.state(row)
	*it = gather.Item{
		Thread: cell(Thread), Source: prose(cell(Source)), Context: html.UnescapeString(cell(Context)),
		Article: corpus.Article{
			Title: prose(cell(Title)), Description: prose(cell(Description)), Text: prose(cell(ArticleText)), Case: prose(cell(Case)),
			URL: cell(URL), Published: scalar.Published(cell(Published)),
		},
		Comment: corpus.Comment{
			ID: cell(ID), Parent: cell(Parent), ParentText: c.cell(row, ParentText), Author: cell(Author),
			PostedAs: cell(Time), Line: line, Text: c.text(row, o), Removed: gone || truth(cell(Removed)), Reply: truth(cell(Reply)),
		},
		Opens: true, Titled: c.titled && scalar.Absent(cell(Text)) && scalar.Absent(cell(Parent)), ByName: c.has(Parent) && c.byName(),
	}
	if clock := c.clock(row); clock != "" {
		it.Comment.PostedAs += " " + clock
	}
	it.Comment.Votes, it.OddVotes = c.votes(row)
	it.Comment.Annotation, it.OddFeeling = c.annotation(row)
	size := 0
	for _, s := range row {
		size += len(s)
	}
	return it, size
}

// clockTime is a time of day without a date.
var clockTime = regexp.MustCompile(`(?i)^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?$`)

// clock is the time of day of a row whose date has none, from a further column of times.
func (c *columns) clock(row []string) string {
	if len(c.also[Time]) == 0 || strings.Contains(c.cell(row, Time), ":") {
		return ""
	}
	for _, at := range c.also[Time] {
		if cell := strings.TrimSpace(row[min(at, len(row)-1)]); clockTime.MatchString(cell) {
			return cell
		}
	}
	return ""
}

// prose is a cell about the article, as exports of web sites write it: with entities, and
// with the tags of its site.
func prose(cell string) string {
	cell = html.UnescapeString(cell)
	if IsHTML(cell) {
		return markup.HTML(cell)
	}
	return cell
}

// text is the text of a row's comment.
func (c *columns) text(row []string, o Options) string {
	text := c.cell(row, Text)
	switch {
	case o.Markup != nil:
		return o.Markup(text)
	case strings.HasPrefix(text, `{"text":`):
		return runs(text)
	case IsHTML(text):
		return markup.HTML(text)
	case markup.IsBBCode(text):
		return markup.BBCode(text)
	case c.entities:
		return html.UnescapeString(text)
	}
	return text
}

// runs is the text of a cell that holds its runs as objects of JSON.
func runs(cell string) string {
	var all []struct{ Text string }
	if json.Unmarshal([]byte("["+cell+"]"), &all) != nil {
		return cell
	}
	var b strings.Builder
	for _, run := range all {
		b.WriteString(run.Text)
	}
	return b.String()
}

var (
	// entity is a character as HTML writes it, and literal one that HTML would have so.
	entity  = regexp.MustCompile(`&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#0?34|#x2F|#8\d{3});`)
	literal = regexp.MustCompile(`[<>]|&(?:[^#a-zA-Z]|$)`)
)

// escaped reports whether texts are HTML, those without tags too: they hold entities, and nothing that would
// have to be one.
func escaped(texts []string) bool {
	plain := func(text string) bool { return !IsHTML(text) && literal.MatchString(text) }
	return slices.ContainsFunc(texts, entity.MatchString) && !slices.ContainsFunc(texts, plain)
}

// escapes reports whether line breaks in texts are written as databases do: a backslash and a letter, with
// few other backslashes beside.
func escapes(texts []string) bool {
	breaks, others := 0, 0
	for _, text := range texts {
		breaks += len(writtenBreak.FindAllString(text, -1))
		others += strings.Count(knownEscapes.Replace(text), `\`)
	}
	return breaks > 0 && 9*others <= breaks
}

// writtenBreak is one, knownEscapes takes out what is written like it, and unescaper reads it.
var (
	writtenBreak = regexp.MustCompile(`[^\s\\]\\n`)
	knownEscapes = strings.NewReplacer(`\\`, "", `\r`, "", `\n`, "", `\t`, "", `\"`, "", `\'`, "", `\N`, "")
	unescaper    = strings.NewReplacer(`\\`, `\`, `\r`, "", `\n`, "\n", `\t`, "\t")
)

// byName reports whether the parents may be the names of their authors: the column's name
// doesn't say that they are IDs.
func (c *columns) byName() bool {
	parts := nameParts(c.names[c.at[Parent]])
	return !slices.Contains(parts, "id") && !strings.HasSuffix(parts[len(parts)-1], "id")
}

// votes is the net number of votes of a row, or the cell that isn't a number.
func (c *columns) votes(row []string) (votes *int, odd string) {
	written := strings.TrimSpace(c.cell(row, Votes))
	if scalar.Absent(written) {
		return nil, ""
	}
	n, ok := scalar.Count(written)
	if !ok {
		return nil, written
	}
	if against, ok := scalar.Count(c.cell(row, Against)); ok && oneSided(c.names[c.at[Votes]]) {
		n -= against
	}
	return &n, ""
}

// oneSided reports whether a column of votes counts only those for a comment.
func oneSided(name string) bool {
	return slices.ContainsFunc(nameTokens(name), anyOf("gains"))
}

// annotation is what people decided about a row's comment, nil if nobody did, and the
// sentiment that is none of the usual three.
func (c *columns) annotation(row []string) (a *corpus.Annotation, odd string) {
	cell := func(f Field) string { return strings.TrimSpace(c.cell(row, f)) }
	found := corpus.Annotation{Label: cell(Stance), Sentiment: cell(Sentiment), Sarcasm: truth(cell(Sarcasm))}
	if found.Label != "" {
		found.Label = corpus.StanceLabel(found.Label)
	}
	if found.Sentiment != "" {
		known := false
		if found.Sentiment, known = c.feeling(found.Sentiment); !known {
			odd = found.Sentiment
		}
	}
	if found == (corpus.Annotation{}) {
		return nil, odd
	}
	return &found, odd
}

func truth(cell string) bool {
	value, _ := scalar.Truth(cell)
	return value
}

// htmlTag is a tag that sites leave in the texts they export, and that nobody types.
var htmlTag = regexp.MustCompile(`(?i)<(?:br ?/?|p|/(?:p|a|b|i|em|strong|blockquote|span|div|li))>`)

// IsHTML reports whether a cell holds the markup of its site: a line break, or the end of
// an element.
func IsHTML(text string) bool { return strings.Contains(text, "<") && htmlTag.MatchString(text) }
