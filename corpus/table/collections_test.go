package table_test

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus/table"
)

// Tables with the columns of known collections and exports, in our own words.
func TestCollections(t *testing.T) {
	tests := []struct{ name, articles, in, want string }{
		{
			"New York Times on Kaggle",
			"abstract,articleID,articleWordCount,byline,documentType,headline,keywords,multimedia,newDesk,printPage,pubDate,sectionName,snippet,source," +
				"typeOfMaterial,webURL\n" +
				",58a1,640,By ANNA RIEL,article,A Bridge Too Wide,[],1,Metro,0,2017-04-01 00:15:41,Unknown,The county wants six lanes.,Paper,News," +
				"https://paper.example/bridge\n",
			"approveDate,articleID,commentBody,commentID,createDate,depth,editorsSelection,inReplyTo,parentID,parentUserDisplayName,recommendations,userDisplayName," +
				"userLocation,userTitle\n" +
				"1491245186,58a1,Six lanes for whom?<br/><br/>I walk.,22022598.0,1491237000.0,1.0,False,0,0.0,,7.0,Wanda,Ohio,\n" +
				"1491245190,58a1,For the lorries.,22022600.0,1491237100.0,2.0,False,22022598.0,22022598.0,Wanda,0.0,Bert,Ohio,\n",
			"58a1 | A Bridge Too Wide | https://paper.example/bridge | The county wants six lanes.\n" +
				"22022598.0 Wanda 2017-04-03 7: Six lanes for whom?/I walk.\n22022600.0 to 22022598.0 Bert 2017-04-03 0: For the lorries.\n",
		},
		{
			"SFU Opinion and Comments Corpus",
			"article_id,title,article_url,author,published_date,ncomments,ntop_level_comments,article_text\n" +
				"11842,Close the quay,https://globe.example/11842,Nell Ash,2012-03-01 EST,3,2,<p>The quay is rotten.</p>\n",
			"article_id,comment_counter,comment_author,timestamp,comment_text,TotalVotes,posVotes,negVotes\n" +
				"11842,source1_11842_0,oldhand,20120301,It has been rotten for years.,5,4,1\n" +
				"11842,source1_11842_0_0,\"pier, jr\",20120302,And who pays?,3,3,0\n" +
				"11842,source1_11842_0_0_0,oldhand,20120302,\"You do, twice.\",1,0,1\n" +
				"11842,source1_11842_1,Mim,20120303,Leave it.,0,0,0\n",
			"11842 | Close the quay | https://globe.example/11842 | The quay is rotten.\n" +
				"source1_11842_0 oldhand 2012-03-01 3: It has been rotten for years.\nsource1_11842_0_0 to source1_11842_0 pier, jr 2012-03-02 3: And who pays?\n" +
				"source1_11842_0_0_0 to source1_11842_0_0 oldhand 2012-03-02 -1: You do, twice.\nsource1_11842_1 Mim 2012-03-03 0: Leave it.\n",
		},
		{
			"4CAT, Reddit", "",
			"id,thread_id,timestamp,body,subject,author,author_flair,post_flair,domain,url,subreddit,parent,score,unix_timestamp\n" +
				"x9k2a,x9k2a,2022-09-09 10:00:00,They close it in May.,The ferry stops,harbourmaster,,,self.coast,https://www.reddit.com/r/coast/x9k2a,coast,,40," +
				"1662717600\n" +
				"inp01,x9k2a,2022-09-09 11:00:00,Who asked the island?,,gull,,,,,coast,x9k2a,12,1662721200\n" +
				"inp02,x9k2a,2022-09-09 12:00:00,Nobody ever does.,,tern,,,,,coast,inp01,3,1662724800\n",
			"x9k2a | The ferry stops | https://www.reddit.com/r/coast/x9k2a | They close it in May.\n" +
				"inp01 gull 2022-09-09 12: Who asked the island?\ninp02 to inp01 tern 2022-09-09 3: Nobody ever does.\n",
		},
		{
			"4CAT, imageboard", "",
			"thread_id,id,timestamp,subject,body,author,country_code\n" +
				"482001,482001,2021-01-02 03:04:05,Ferry thread,It is late again.,Anonymous,NO\n" +
				"482001,482007,2021-01-02 03:05:05,,It was never on time.,Anonymous,SE\n",
			"482001 | Ferry thread |  | It is late again.\n482007 Anonymous 2021-01-02 –: It was never on time.\n",
		},
		{
			"Facebook page by Netvizz", "",
			"position\tpost_id\tpost_by\tpost_text\tpost_published\tcomment_id\tcomment_by\tis_reply\tcomment_message\tcomment_published\tcomment_like_count\n" +
				"1_1\t77_1\tpage\tMarket moves on Monday\t2015-05-01T10:00:00+0000\t1_5\ta1\t0\tToo far to walk.\t2015-05-01T11:00:00+0000\t4\n" +
				"1_2\t77_1\tpage\tMarket moves on Monday\t2015-05-01T10:00:00+0000\t1_6\tb2\t1\tTake the tram.\t2015-05-01T11:30:00+0000\t0\n",
			"77_1 |  |  | Market moves on Monday\n1_5 a1 2015-05-01 4: Too far to walk.\n1_6 b2 2015-05-01 0: Take the tram.\n",
		},
		{
			"Facebook post by Rfacebook", "",
			"from_id,from_name,message,created_time,likes_count,comments_count,id\n" +
				"11,Ada Weir,Not my bridge.,2016-02-01T09:00:00+0000,2,1,900_1\n12,Bo Lind,Mine neither.,2016-02-01T09:05:00+0000,0,0,900_2\n",
			" |  |  | \n900_1 Ada Weir 2016-02-01 2: Not my bridge.\n900_2 Bo Lind 2016-02-01 0: Mine neither.\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var o table.Options
			if tt.articles != "" {
				if !table.DetectArticles([]byte(tt.articles), o) {
					t.Fatal("the articles are not recognised")
				}
				o.Articles = table.ReadArticles(strings.NewReader(tt.articles), o)
			}
			if !table.Detect([]byte(tt.in), o) || table.DetectArticles([]byte(tt.in), o) {
				t.Error("not recognised as a table of comments")
			}
			var got strings.Builder
			for th, err := range table.Read("in", strings.NewReader(tt.in), o) {
				if err != nil {
					t.Fatal(err)
				}
				a := &th.Article
				fmt.Fprintf(&got, "%s | %s | %s | %s\n", th.ID, a.Title, a.URL, a.Description+a.Text)
				for i := range th.Comments {
					c := &th.Comments[i]
					got.WriteString(c.ID)
					if c.Parent != "" {
						got.WriteString(" to " + c.Parent)
					}
					votes := "–"
					if c.Votes != nil {
						votes = fmt.Sprint(*c.Votes)
					}
					fmt.Fprintf(&got, " %s %s %s: %s\n", c.Author, c.Posted.Format("2006-01-02"), votes, strings.ReplaceAll(c.Text, "\n\n", "/"))
				}
			}
			if got.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got.String(), tt.want)
			}
		})
	}
}
