package table_test

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/table"
)

// outline writes threads as "title url: id<parent author hour votes text; …".
func outline(threads []*corpus.Thread) string {
	var all []string
	for _, th := range threads {
		var b strings.Builder
		if head := strings.TrimSpace(th.Article.Title + " " + th.Article.URL); head != "" {
			b.WriteString(head + ": ")
		}
		for i, c := range th.Comments {
			if i > 0 {
				b.WriteString("; ")
			}
			b.WriteString(c.ID)
			if c.Parent != "" {
				b.WriteString("<" + c.Parent)
			}
			if c.Author != "" {
				b.WriteString(" " + c.Author)
			}
			if !c.Posted.IsZero() {
				b.WriteString(c.Posted.Format(" 2T15"))
			}
			if c.Votes != nil {
				fmt.Fprintf(&b, " +%d", *c.Votes)
			}
			b.WriteString(" " + c.Text)
		}
		all = append(all, b.String())
	}
	return strings.Join(all, " | ")
}

// Of several columns for a field the values tell which it is.
func TestSettledColumns(t *testing.T) {
	tests := []struct{ name, why, in, want string }{
		{"the owner's answer", "beside the comment it is no comment, nor its time the comment's",
			"reviewId,content,score,thumbsUpCount,at,replyContent,reply_date\n71,Too dear.,3,9,2024-03-05 08:00,Sorry!,2024-03-06 08:00\n72,Fine.,4,1,2024-03-05 " +
				"09:00,,\n",
			"71 5T08 +9 Too dear.; 72 5T09 +1 Fine."},
		{"the ID of the post", "is that of the comment where parents are such", "post_id,parent_post_id,author,text\n801,,Ola,Why?\n802,801,Kari,So.\n",
			"801 Ola Why?; 802<801 Kari So."},
		{"the thread beside it", "stays the thread's", "Thread Id,Post ID,Parent Post ID,Author,Full Text\nt1,801,,Ola,Why?\nt1,802,801,Kari,So.\n",
			"801 Ola Why?; 802<801 Kari So."},
		{"the post that all comments answer", "is none of their IDs, though the parents are it",
			"id,link_id,parent_id,author,body\nc101,t3_55,t3_55,Ola,Why?\nc102,t3_55,t3_55,Kari,So.\nc103,t3_55,t3_55,Eli,No.\n",
			"c101 Ola Why?; c102 Kari So.; c103 Eli No."},
		{"a thread that is a branch", "of comments and their replies, under a post",
			"id,thread_id,body,author,post_id\n9001,5550,Why?,Ola,5550\n9002,9001,So.,Kari,5550\n9003,5550,No.,Eli,5550\n", "9001 Ola Why?; 9002<9001 Kari So.; 9003 " +
				"Eli No."},
		{"a reply's ID that is the parent's", "zero for none", "cid,reply_id,text\n7101,0,Why?\n7102,7101,So.\n7103,0,No.\n", "7101 Why?; 7102<7101 So.; 7103 No."},
		{"when it was fetched", "is not when it was written", "username,comment,commentDate,timestamp\nola,Why?,2024-03-05T08:00:00Z,2024-05-01T07:00:00Z\n",
			"c1 ola 5T08 Why?"},
		{"a time that can't be read", "gives way to one that can", "author,createdAt,createdAtFormatted,text\nola,x20240305,2024-03-05 08:00:00 UTC,Why?\n",
			"c1 ola 5T08 Why?"},
		{"in the site's zone and in UTC", "UTC is the same everywhere",
			"comment_author,comment_date,comment_date_gmt,comment_content\nOla,2024-03-05 09:00:00,2024-03-05 08:00:00,Why?\n", "c1 Ola 5T08 Why?"},
		{"votes that are empty", "a cell gives way to the next that has one", "author,likes,score,text\nola,,4,Why?\nkari,,5,So.\n",
			"c1 ola +4 Why?; c2 kari +5 So."},
		{"a path and an address", "the whole one", "text,url,href\nWhy?,/mill,https://town.example/mill\nSo.,/mill,https://town.example/mill\n",
			"https://town.example/mill: c1 Why?; c2 So."},
		{"the article by its title", "a column of the article alone", "article,author,text\nThe mill is sold,Ola,Why?\nThe mill is sold,Kari,So.\n",
			"The mill is sold: c1 Ola Why?; c2 Kari So."},
		{"entities without tags", "as interfaces escape texts", "author,text\nOla,&quot;Heritage&quot; &amp; rubble\nKari,So.<br>No.\n",
			`c1 Ola "Heritage" & rubble; c2 Kari So.` + "\nNo."},
		{"entities that somebody typed", "beside what HTML would have escaped", "author,text\nOla,write &lt; for <\nKari,R & B\n",
			"c1 Ola write &lt; for <; c2 Kari R & B"},
		{"groups of columns", "joined cells of a spreadsheet, across and down",
			"Article,,Comment,,\nTitle,Link,Name,Text,Likes\nThe mill,https://town.example/m,Ola,Why?,3\n,,Kari,So.,4\nTotal,,,,7\n", "The mill " +
				"https://town.example/m: c1 Ola +3 Why?; c2 Kari +4 So."},
		{"the address before the header", "of the page that was exported",
			"Post URL: https://town.example/p/7,,\nTotal: 2,,\nName,Date,Comment\nOla,2024-03-05 08:00,Why?\n",
			"https://town.example/p/7: c1 Ola 5T08 Why?"},
		{"rows without a comment", "seeds of a collection, sums", "id,message,created_time,from.name\n777,,,\n1,Why?,2024-03-05T08:00:00+0000,Ola\n",
			"1 Ola 5T08 Why?"},
		{"a row that was removed", "keeps its place without an author", "id,author,time,text,removed\n1,Ola,2024-03-05 08:00,Why?,\n2,,,,true\n",
			"1 Ola 5T08 Why?; 2 "},
		{"a row of sums", "in words, but a comment may begin so too", "id,author,time,text\n1,Ola,2024-03-05 08:00,Why?\n2,Kari,,Total nonsense.\n" +
			",,,Total: 2 comments\n", "1 Ola 5T08 Why?; 2 Kari Total nonsense."},
		{"the row of a post", "which alone has a title, and no text", "title,url,text,by,id,parent\nThe mill,https://town.example/m,,ola,8999,\n" +
			",,Why?,kari,9001,8999\n,,So.,ola,9002,9001\n", "The mill https://town.example/m: 9001 kari Why?; 9002<9001 ola So."},
		{"excerpts", "stand behind the text", "Author,Date,Opening Text,Hit Sentence\nOla,2024-03-05 08:00,Why is the mill sold?,Why is the\n" +
			"Kari,2024-03-06 08:00,So.,So.\n", "c1 Ola 5T08 Why is the mill sold?; c2 Kari 6T08 So."},
		{"the time of a visit", "none of the comments', which are told as so long ago", "fullName,comment,commentDate,timestamp\n" +
			"Ola,Why?,2d,2024-03-07T08:00:00Z\n" +
			"Kari,So.,1d,2024-03-07T08:00:01Z\n", "c1 Ola Why?; c2 Kari So."},
		{"the time of posting", "before that of the record", "user_posted,comment,timestamp,date_posted\nOla,Why?,2024-04-01T08:00:00Z,2024-03-05T08:00:00Z\n",
			"c1 Ola 5T08 Why?"},
		{"an ID of an ID", "is one", "id_id,author,text\n11,Ola,Why?\n12,Kari,So.\n", "11 Ola Why?; 12 Kari So."},
		{"IDs named from the front", "as if from the back", "ID_Post,ID_Parent_Post,ID_Article,ID_User,Body\n11,,1,o7,Why?\n12,11.0,1,k8,So.\n",
			"11 o7 Why?; 12<11 k8 So."},
		{"numbers of a column with gaps", "on one side only", "id,parent_id,text\n11.0,,Why?\n12.0,11,So.\n", "11.0 Why?; 12.0<11.0 So."},
		{"posts in a topic", "which have titles of their own, and the markup of forums", "post_id,topic_id,username,post_subject,post_text\n" +
			"11,7,Ola,The mill,Why [b]sold[/b]?\n" +
			"12,7,Kari,Re: The mill,\"[quote=\"\"Ola\"\"]Why?[/quote]\nSo.\"\n", "The mill: 11 Ola Why sold?; 12 Kari > Why?\n\nSo."},
		{"runs of a text", "as objects of JSON", "Comment ID,Comment Text\n11,\"{\"\"text\"\":\"\"Why? \"\"},{\"\"text\"\":\"\"When?\"\"}\"\n", "11 Why? When?"},
		{"links from other sites", "are no comments, and spam is none that is shown", "comment_ID,comment_author,comment_content,comment_approved,comment_type\n" +
			"11,Ola,Why?,1,comment\n" +
			"12,Mill blog,[...] sold [...],1,pingback\n13,Buy,Cheap.,spam,comment\n", "11 Ola Why?; 13 Buy Cheap."},
		{"answered comments", "are told by their IDs, whatever the name", "id,text,reply_to_comment\n11,Why?,\n12,So.,11\n", "11 Why?; 12<11 So."},
		{"a time as text", "among words written together", "cid,comment,publishedTimeText,replyToCid\nUg1,Why?,5 March 2024 08:00,\n" +
			"Ug1.a,So.,6 March 2024 08:00,Ug1\n", "Ug1 5T08 Why?; Ug1.a<Ug1 6T08 So."},
		{"numbers of posts", "by which they answer each other", "id,topic_id,post_number,username,cooked,reply_to_post_number\n501,7,1,Ola,<p>Why?</p>,\n" +
			"502,7,2,Kari,<p>So.</p>,1\n", "1 Ola Why?; 2<1 Kari So."},
		{"posts removed", "rows of comments have titles too, so one without a text is a comment",
			"title,text,author,id\nThe mill,,ola,9000\nThe mill,So.,kari,9001\n", "The mill: 9000 ola ; 9001 kari So."},
		{"numbers of replies", "which begin with that of what they answer", ",Name (click to view),Date,Likes,Comment\n1,Ola,2024-03-05 08:00,3,Why?\n" +
			"1-1,Kari,2024-03-05 09:00,0,So.\n2,Eli,2024-03-06 08:00,1,No.\n", "1 Ola 5T08 +3 Why?; 1-1<1 Kari 5T09 +0 So.; 2 Eli 6T08 +1 No."},
		{"numbers named as IDs", "also below replies", "comment_id,author,text\n1,Ola,Why?\n1-1,Kari,So.\n1-1-1,Eli,No.\n",
			"1 Ola Why?; 1-1<1 Kari So.; 1-1-1<1-1 Eli No."},
		{"replies without numbers", "below what they answer", ",,Name,Date,Comment\n1,,Ola,2024-03-05 08:00,Why?\n,1,Kari,2024-03-05 09:00,So.\n" +
			",2,Eli,2024-03-05 10:00,No.\n2,,Ola,2024-03-06 08:00,Well.\n", "c1 Ola 5T08 Why?; c2<c1 Kari 5T09 So.; c3<c1 Eli 5T10 No.; c4 Ola 6T08 Well."},
		{"line breaks as databases write them", "a backslash and a letter", "id\tauthor\ttext\n1\tOla\tWhy?\\nAnd when?\n2\tKari\tSo.\n",
			"1 Ola Why?\nAnd when?; 2 Kari So."},
		{"backslashes that somebody typed", "of a folder", "id\tauthor\ttext\n1\tOla\tIt is in C:\\news or \\n or D:\\mill\\plan\n",
			"1 Ola It is in C:\\news or \\n or D:\\mill\\plan"},
		{"R", "names of rows that have none themselves", "\"author\" \"text\" \"likes\"\n\"1\" \"Ola\" \"Why is it \"\"sold\"\"?\" 3\n" +
			"\"2\" \"Kari\" \"So.\" 0\n", `c1 Ola +3 Why is it "sold"?; c2 Kari +0 So.`},
		{"R with tabs", "names of rows that have none themselves", "author\ttext\tlikes\n1\tOla\tWhy?\t3\n2\tKari\tSo.\t0\n",
			`c1 Ola +3 Why?; c2 Kari +0 So.`},
		{"German", "as people name columns", "Nr.;Artikel;Kommentator;Datum;Uhrzeit;Kommentar;Zustimmung;Antwort auf Nr.\n11;Die alte Mühle;Ola;05.03.2024;08:15;" +
			"Warum?;7;\n12;Die alte Mühle;Kari;06.03.2024;09:15;Darum.;2;11\n",
			"Die alte Mühle: 11 Ola 5T08 +7 Warum?; 12<11 Kari 6T09 +2 Darum."},
		{"French", "with what it is of", "Identifiant;Pseudo;Date de publication;Texte du commentaire;Nombre de likes;En réponse à;Titre de l'article\n11;Ola;" +
			"05/03/2024 08:15;Pourquoi?;7;;Le moulin\n12;Kari;26/03/2024 09:15;Non.;2;11;Le moulin\n",
			"Le moulin: 11 Ola 5T08 +7 Pourquoi?; 12<11 Kari 26T09 +2 Non."},
		{"Spanish", "a name and no number", "Nombre,Fecha,Comentario,Me gusta,Título de la noticia\nOla,2024-03-05 08:15,Por qué?,7,El molino\n",
			"El molino: c1 Ola 5T08 +7 Por qué?"},
		{"Russian", "with its declensions", "Номер,Автор,Дата,Текст комментария,Лайки,Ответ на\n11,Ола,2024-03-05 08:15,Почему?,7,\n12,Кари,2024-03-06 09:15,Так.," +
			"2,11\n", "11 Ола 5T08 +7 Почему?; 12<11 Кари 6T09 +2 Так."},
		{"Chinese", "words written together", "id,评论内容,用户昵称,评论时间,点赞数,父评论id\n901,为什么?,Ola,2024-03-05 08:15,7,\n902,不,Kari,2024-03-06 09:15,2,901\n",
			"901 Ola 5T08 +7 为什么?; 902<901 Kari 6T09 +2 不"},
		{"Korean", "words written together", "번호,작성자,작성일,댓글,공감수,기사제목\n901,Ola,2024-03-05 08:15,왜?,7,방앗간\n", "방앗간: 901 Ola 5T08 +7 왜?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read(t, tt.in, table.Options{})
			if got := outline(threads); got != tt.want || failures != nil {
				t.Errorf("%s:\n got %s\nwant %s\n%v", tt.why, got, tt.want, failures)
			}
		})
	}
}

// The object that is the comment is the one to which those around it add nothing.
func TestInnerRecords(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"wrapped by one that has an ID of its own", `[{"entry":"e1","item":{"content":{"result":{"rest_id":"11","core":{"user":{"legacy":{"screen_name":"ola"}}},` +
			`"legacy":{"full_text":"Why?","created_at":"2024-03-05T08:00:00Z","id_str":"11","user_id_str":"5"}}}}},` +
			`{"entry":"e2","item":{"content":{"result":{"rest_id":"12","core":{"user":{"legacy":{"screen_name":"kari"}}},` +
			`"legacy":{"full_text":"So.","created_at":"2024-03-05T09:00:00Z","id_str":"12","in_reply_to_status_id_str":"11","user_id_str":"6"}}}}}]`,
			"11 ola 5T08 Why?; 12<11 kari 5T09 So."},
		{"with a title of its own in an article", `{"post":{"title":"The mill","responses":{"posts":[{"id":"11","title":"Why","creator":{"name":"Ola"},` +
			`"content":{"paragraphs":[{"type":"P","text":"Why?"}]}}]}}}`,
			"The mill: 11 Ola Why?"},
		{"who voted", `[{"nick":"Ola","comment":"Why?","like":["u1","u2"]},{"nick":"Kari","comment":"So.","like":[]}]`, "c1 Ola +2 Why?; c2 Kari So."},
		{"what it answers", `[{"id":"11","text":"Why?","author":{"name":"Ola"}},{"id":"12","text":"So.","author":{"name":"Kari"},"ref_comment":{"id":"11",` +
			`"text":"Why?"}}]`, "11 Ola Why?; 12<11 Kari So."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var threads []*corpus.Thread
			for th, err := range table.ReadRecords("in", strings.NewReader(tt.in), table.Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				threads = append(threads, th)
			}
			if got := outline(threads); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// What a table's columns tell of its rows beside what they hold is said once.
func TestToldOfRows(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"posts", "Page Name,Post Created,Followers at Posting,Total Interactions,Likes,Comments,URL,Message,Overperforming Score (weighted by nothing)\n" +
			"Town,2024-03-05 08:00:00 CET,812,40,30,4,https://town.example/p/1,The mill is sold.,1.2\n",
			`in:1: the columns "Followers at Posting", "Total Interactions", "Overperforming Score (weighted by nothing)" are those of an export of posts: ` +
				"each row is read as a comment, but is a post"},
		{"replies to nobody", "position\tcomment_id\tcomment_by\tis_reply\tcomment_message\n1_1\t1_5\ta1\t0\tToo far.\n1_2\t1_6\tb2\t1\tTake the tram.\n" +
			"1_3\t1_7\ta1\t1\tI do.\n", `in:3: 2 replies don't say what they answer, so their parents stay unknown: the first is "1_6"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			threads, failures := read(t, tt.in, table.Options{})
			var got []string
			for _, p := range threads[0].Problems {
				if p.Level == corpus.Warning {
					got = append(got, p.Error())
				}
			}
			if len(got) != 1 || got[0] != tt.want || failures != nil {
				t.Errorf("got %q %q\nwant %q", got, failures, tt.want)
			}
		})
	}
}
