package exports

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// URS is what the Universal Reddit Scraper writes: the post with a tree of comments
// or, before 2021, objects of comments by their IDs, flat or in each other, with the
// fields named in words ("Parent ID", "Upvotes"). Its times have no zone.
var URS = Form{
	shapes: []shape{
		{"data.submission_metadata", "data.comments"},
		{"*[].Parent ID", "*[].Text"},
		{"*[][].Parent ID", "*[][].Text"},
	},
	read: whole(addURS),
}

type ursFile struct {
	Data struct {
		Submission *struct {
			Author      word   `json:"author"`
			Created     word   `json:"created_utc"`
			NumComments count  `json:"num_comments"`
			Permalink   string `json:"permalink"`
			Selftext    string `json:"selftext"`
			Subreddit   string `json:"subreddit"`
			Title       string `json:"title"`
		} `json:"submission_metadata"`
		Comments []ursComment `json:"comments"`
	} `json:"data"`
	worded []ursWorded
}

type ursComment struct {
	Author   word         `json:"author"`
	Body     *string      `json:"body"`
	Created  word         `json:"created_utc"`
	ID       word         `json:"id"`
	LinkID   word         `json:"link_id"`
	ParentID word         `json:"parent_id"`
	Score    count        `json:"score"`
	Replies  []ursComment `json:"replies"`
}

// ursWorded is a comment of the old form.
type ursWorded struct {
	ID      word    `json:"Comment ID"`
	Parent  word    `json:"Parent ID"`
	Author  word    `json:"Author"`
	Created word    `json:"Date Created"`
	Upvotes count   `json:"Upvotes"`
	Text    *string `json:"Text"`
}

// UnmarshalJSON takes both forms.
func (f *ursFile) UnmarshalJSON(b []byte) error {
	type plain ursFile
	if err := json.Unmarshal(b, (*plain)(f)); err != nil || f.Data.Submission != nil {
		return err
	}
	return f.collect(json.NewDecoder(bytes.NewReader(b)))
}

// collect takes all comments of the old form in the order of the file.
func (f *ursFile) collect(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	fields := map[string]any{}
	open, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	for d.More() {
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			switch key {
			case "Comment ID", "Parent ID", "Author", "Date Created", "Upvotes", "Text":
				var v any
				if err := d.Decode(&v); err != nil {
					return err
				}
				fields[key.(string)] = v
				continue
			}
		}
		if err := f.collect(d); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if fields["Parent ID"] == nil {
		return nil
	}
	again, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	var c ursWorded
	f.worded = append(f.worded, c)
	return json.Unmarshal(again, &f.worded[len(f.worded)-1])
}

func addURS(f *ursFile, b *book) {
	if s := f.Data.Submission; s != nil {
		parts := strings.Split(s.Permalink, "/")
		id := ""
		if len(parts) > 4 {
			id = parts[4] // /r/NAME/comments/ID/…
		} else if len(f.Data.Comments) > 0 {
			id = strings.TrimPrefix(string(f.Data.Comments[0].LinkID), "t3_")
		}
		p := b.page(id)
		p.DeclaredComments = s.NumComments.value()
		p.Article = corpus.Article{
			Title: s.Title, Text: RedditText(b.texts.note(s.Selftext)), URL: "https://www.reddit.com" + s.Permalink,
			Site: "reddit.com/r/" + s.Subreddit, Published: date(monthFirst(s.Created)),
		}
		b.addURS(p, f.Data.Comments)
		return
	}
	thread := ""
	for i := range f.worded {
		if parent := string(f.worded[i].Parent); strings.HasPrefix(parent, "t3_") {
			thread = strings.TrimPrefix(parent, "t3_")
			break
		}
	}
	p := b.page(thread)
	for _, w := range f.worded {
		b.addURSComment(p, &ursComment{Author: w.Author, Body: w.Text, Created: w.Created, ID: w.ID, ParentID: w.Parent, Score: w.Upvotes})
	}
}

func (b *book) addURS(p *page, comments []ursComment) {
	for i := range comments {
		b.addURSComment(p, &comments[i])
		b.addURS(p, comments[i].Replies)
	}
}

// monthFirst is a time as the scraper writes it: "05-01-2024 10:00:00" is the first of May.
func monthFirst(written word) time.Time {
	t, _ := scalar.MonthFirst.Time(string(written))
	return t
}

func (b *book) addURSComment(p *page, u *ursComment) {
	c := corpus.Comment{
		ID: string(u.ID), Parent: redditParent(u.ParentID), Author: strings.TrimPrefix(string(u.Author), "u/"), Votes: u.Score.n,
		Removed: u.Body == nil,
	}
	c.Posted = monthFirst(u.Created)
	c.PostedAs = string(u.Created)
	if u.Body != nil {
		c.Text = RedditText(b.texts.note(*u.Body))
	}
	b.add(p, c)
}
