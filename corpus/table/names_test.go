package table

import (
	"slices"
	"strings"
	"testing"
)

// A name is read by its words, in any spelling and combination.
func TestComposed(t *testing.T) {
	const none = Field(NumFields)
	for name, want := range map[string]Field{
		"comment": Text, "Comment Text": Text, "commentbody": Text, "com_text": Text, "full_text": Text, "textOriginal": Text, "body": Text, "message": Text,
		"raw_message": Text, "tweet": Text, "content": Text, "reply_text": Text, "user_comment": Text, "Kommentar": Text, "text of comment": Text,
		"author": Author, "comment_author_name": Author, "authorDisplayName": Author, "user.login": Author, "from.name": Author, "from_name": Author,
		"owner_username": Author,
		"ownerUsername":  Author, "profileName": Author, "screenname": Author, "userProfile.displayName": Author, "name": Author, "posted by": Author,
		"author_id": Author, "postedBy": Author, "commenter": Author, "name of " +
			"commenter": Author, "author.name": Author, "author.steamid": Author, "relationships.author.data.id": Author,
		"Name (click to view)": Author,
		"created_utc":          Time, "createdAt": Time, "comment_date_gmt": Time, "date": Time, "publishedAt": Time, "post_time": Time, "com_created": Time,
		"unixtimestamp": Time,
		"isoDateTime":   Time, "written_at": Time, "date of comment": Time, "insertedAt": Time, "regTime": Time, "Date (UTC)": Time,
		"id": ID, "comment_id": ID, "commentId": ID, "cid": ID, "message_id": ID, "content_uuid": ID, "commentNo": ID,
		"parent_id": Parent, "parentCommentId": Parent, "in_reply_to_id": Parent, "inreplyto": Parent, "isReplyTo": Parent, "replyToCommentId": Parent,
		"reply_to":             Parent,
		"responseTo.commentId": Parent, "comment_parent": Parent, "parentCommentNo": Parent, "rid": Parent,
		"parent_text": ParentText, "parentCommentBody": ParentText,
		"likes": Votes, "likeCount": Votes, "likes_count": Votes, "num_likes": Votes, "numRecommends": Votes, "score": Votes, "upVotes": Votes, "likes.count": Votes,
		"total_likes": Votes, "diggCount": Votes, "comment_like_count": Votes, "reactions": Votes, "actionCounts.reaction.total": Votes,
		"dislikes": Against, "downvotes": Against, "vote_down": Against, "thumbsDown": Against,
		"article_id": Thread, "link_id": Thread, "post_id_fb": Thread, "comment_post_ID": Thread, "videoId": Thread, "conversation_id": Thread, "thread": Thread,
		"article_title": Title, "postTitle": Title, "headline": Title, "metadata.title": Title,
		"Article URL": URL, "postUrl": URL, "facebookUrl": URL, "url": URL, "link": URL,
		"articletext": ArticleText, "selftext": ArticleText, "post_text": ArticleText, "article published": Published,
		"stance_label": Stance, "is_deleted": Removed, "gold stance": Stance, "snippet": Description, "target": Case,

		"comments_count": none, "replyCount": none, "repliesCount": none, "num_comments": none, "isReply": Reply,
		"has_replies": none, "authorChannelUrl": none, "profileUrl": none,
		"author_created_at": none, "in_reply_to_user_id": none, "isReplyToName": none, "commentUrl": none, "source_url": none, "harbour_comment": none,
		"article_author": none, "no": none, "topic.guid": Thread, "Bridges " +
			"(all)": none, "author_likes": none, "user_url": none, "publication_id": none, "rating": none, "edited_at": none, "threadingDepth": none,
		"severe_toxicity": none, "": none, "authorChannelSubscriberCount": none,
	} {
		m, ok := composed(name)
		if got := m.field; ok != (want != none) || ok && got != want {
			if !ok {
				got = none
			}
			t.Errorf("%q is %v, want %v", name, got, want)
		}
	}
}

// The files of words have only sections that something asks for, and phrases that a name can have.
func TestWords(t *testing.T) {
	asked := append(roleSections[:],
		"thread", "answer", "of", "whose", "small", "loose", "called", "row", "channel", "post", "sum", "networked", "exact", "whole", "altered", "coded", "gains",
		"total", "position", "negative", "neutral", "positive", "network", "replies", "wrapper", "header", "rows", "posts",
		"comments-only", "of-several", "state", "gone", "no-comment", "program")
	for section, phrases := range known().sections {
		if !slices.Contains(asked, section) {
			t.Errorf("nothing asks for section %q", section)
		}
		for phrase := range phrases {
			if phrase != strings.ToLower(phrase) || phrase != strings.Join(strings.Fields(phrase), " ") || phrase == "" {
				t.Errorf("%s: %q can't be met", section, phrase)
			}
		}
	}
	for _, section := range asked {
		if len(known().sections[section]) == 0 {
			t.Errorf("no file has section %q", section)
		}
	}
}
