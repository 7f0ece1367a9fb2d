package gather

// posts are the items that have the titles or addresses which tell threads apart, where the others name such an
// item as what they answer: the posts of forums and questions, with their answers anywhere in the file.
type posts struct {
	keys             map[string]string // of the threads that they began, by their IDs
	answers, without int               // items without a title or address that name one of these, and that don't
}

// begin notes the item that begins a thread of a key.
func (s *posts) begin(p *Thread, it *Item, key string) {
	if id := it.Comment.ID; id != "" && it.Comment.Parent == "" && (it.Article.Title != "" || it.Article.URL != "") {
		if s.keys == nil {
			s.keys = map[string]string{}
		}
		s.keys[id], p.post = key, id
	}
}

// answered returns the key of the thread whose post an item without a title or address names, if there is one.
func (s *posts) answered(it *Item) (key string, ok bool) {
	if key, ok = s.keys[it.Comment.Parent]; ok {
		s.answers++
	} else {
		s.without++
	}
	return key, ok
}

// tell reports whether the items without titles are answers to posts, all of several.
func (s *posts) tell() bool { return s.answers > 1 && s.without == 0 }

// takePost takes the post that the comments of the thread answer for its article, unless that has a text.
func (p *Thread) takePost() {
	if p.Article.Text != "" || p.contexts != nil || len(p.Comments) < 2 || p.Comments[0].ID != p.post {
		return
	}
	for i := range p.Comments[1:] {
		if p.Comments[1+i].Parent != p.post {
			return
		}
	}
	p.open(&p.Comments[0])
	p.Comments, p.numbers = p.Comments[1:], p.numbers[1:]
}
