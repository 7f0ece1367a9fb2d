package table

import (
	"fmt"
	"strings"
)

// Field is what a column of a table may hold.
//
// Context is what the comment was written under, without saying whether that is
// the article or another comment: it is the title of the article if all comments of
// the thread have the same, otherwise the text of the parent.
type Field uint8

// The fields, in the order in which columns are looked for.
const (
	Text Field = iota
	Author
	Time
	ID
	Parent
	ParentText
	Votes
	Thread
	Title
	URL
	Description
	ArticleText
	Case
	Stance
	Sentiment
	Sarcasm
	Context
	Source    // the collection that a thread is from
	Removed   // whether the comment was taken away
	Against   // votes against it, where Votes are those for it
	NumFields = 20
)

var fieldNames = [NumFields]string{
	"text", "author", "time", "id", "parent", "parent_text", "votes", "thread",
	"title", "url", "description", "article_text", "case", "stance", "sentiment", "sarcasm", "context", "source", "removed", "votes_against",
}

// String returns the lower-case English name.
func (f Field) String() string {
	if int(f) < len(fieldNames) {
		return fieldNames[f]
	}
	return fmt.Sprintf("Field(%d)", uint8(f))
}

// ParseField returns the field of that lower-case name.
func ParseField(name string) (Field, error) {
	for i, n := range fieldNames {
		if n == name {
			return Field(i), nil
		}
	}
	return 0, fmt.Errorf("unknown field %q: want one of %s", name, strings.Join(fieldNames[:], ", "))
}

// usualNames lists the names under which exports are known to have each field,
// the most telling first: a table that has both "comment_id" and "id" means the
// comment's by the first. They are written as normal gives them.
var usualNames = [NumFields][]string{
	Text: {
		"commenttext", "commentbody", "commentcontent", "commentmessage", "comment", "body", "text",
		"content", "message", "textoriginal", "textdisplay", "fulltext", "commentraw", "rawmessage", "reply", "tweet", "tweettext", "comments",
	},
	Author: {
		"commentauthor", "commentauthorname", "authorname", "author", "authordisplayname", "userdisplayname", "displayname",
		"commenter", "commentername", "username", "screenname", "user", "name", "nickname", "nick", "handle", "from", "fromname",
		"commentuser", "commentusername", "commentby", "postedby", "channeltitle", "authorid", "userid", "commentauthorid", "commentuserid",
	},
	Time: {
		"commentcreated", "commentcreatedat", "commentdate", "commenttime", "commenttimestamp", "commentpublished", "commentpublishedat", "createdat", "created", "createdate",
		"createddate", "createdtime", "createdutc", "posted", "postedat", "postedon", "posttime", "publishedat", "timestamp", "datetime",
		"date", "time", "published", "pubdate", "publisheddate", "submitted", "dategmt", "unixtimestamp",
	},
	ID:     {"commentcounter", "commentid", "cid", "id", "replyid", "messageid", "tweetid"},
	Parent: {"parentcommentid", "parentid", "parent", "inreplyto", "inreplytoid", "inreplytocommentid", "replyto", "replytoid", "commentparent", "commentparentid"},
	ParentText: {
		"parenttext", "parentcontent", "parentbody", "parentcommenttext", "parentcommentbody", "parentmessage", "parentcomment", "inreplytotext",
	},
	Votes: {
		"votes", "netvotes", "score", "commentscore", "points", "commentvotes", "likes", "likecount", "likescount", "commentlikes", "commentlikecount",
		"recommendations", "recommends", "upvotes", "posvotes", "ups", "thumbsup", "favoritecount", "favouritecount", "favouritescount", "reactions",
	},
	Thread: {
		"threadid", "thread", "articleid", "storyid", "submissionid", "submission", "linkid", "postid", "topicid", "discussionid",
		"conversationid", "videoid", "newsid", "article", "group", "groupid",
	},
	Title: {
		"articletitle", "threadtitle", "posttitle", "submissiontitle", "linktitle", "videotitle", "storytitle", "headline", "articleheadline",
		"title", "shorttitle", "subject",
	},
	URL:         {"articleurl", "threadurl", "posturl", "pageurl", "storyurl", "videourl", "articlelink", "url", "link", "weburl"},
	ArticleText: {"articletext", "articlebody", "articlecontent", "posttext", "selftext", "submissiontext"},
	Description: {"description", "desc", "articledescription", "snippet", "abstract", "lead", "summary", "meta"},
	Case:        {"case", "claim", "target"},
	Stance:      {"stance", "stancelabel", "commentstance", "label", "goldstance"},
	Sentiment:   {"sentiment", "sentimentlabel", "commentsentiment"},
	Sarcasm:     {"sarcasm", "sarcastic", "irony", "ironic", "parody"},
	Context:     {"context", "ctx"},
	Source:      {"platform", "dataset", "ds", "source"},
	Against:     {"downvotes", "negvotes", "dislikes", "dislikecount", "thumbsdown", "downs"},
	Removed:     {"removed", "isremoved", "deleted", "isdeleted", "commentdeleted"},
}
