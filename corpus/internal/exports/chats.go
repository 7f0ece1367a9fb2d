package exports

import (
	"strings"

	"github.com/parquet-go/jsonlite"
)

// Telegram is the history of a chat that Telegram Desktop exports. A post of a channel in the
// group where it is discussed is an article, with the messages that answer it, or one another.
var Telegram = system{
	shapes: []shape{
		{"messages[].date_unixtime", "messages[].text"}, {"messages[].from_id", "messages[].text"}, {"messages[].text_entities"},
		{"chats.list[].messages"}, {"messages[].type", "messages[].text", "messages[].date"},
	},
	threads:  "chats.list[]",
	comments: "messages[]",
	comment: comment{
		id: "id", parent: "reply_to_message_id", author: "from", posted: "date_unixtime date", votes: "reactions[].count", text: "text",
		skip: "type=service", article: isChannelPost, chained: true,
	},
}.form()

// isChannelPost reports whether a message is a channel's own, and not an answer: in the group
// where readers discuss it, it is what they write under. Administrators who write in the name of
// the group have its ID.
func isChannelPost(v, root *jsonlite.Value) bool {
	from, isChannel := strings.CutPrefix(at("from_id").word(v), "channel")
	return isChannel && from != at("id").word(root) && at("type").word(v) != "service" && at("reply_to_message_id").word(v) == ""
}

// Discord is the channels that DiscordChatExporter writes.
var Discord = system{
	shapes:   []shape{{"guild", "channel", "messages"}, {"messages[].author.discriminator"}, {"messages[].timestamp", "messages[].author.isBot"}},
	comments: "messages[]",
	article:  article{id: "channel.id", title: "channel.name", lead: "channel.topic", site: "guild.name"},
	comment: comment{
		id: "id", parent: "reference.messageId", author: "author.nickname author.name", posted: "timestamp", votes: "reactions[].count", text: "content",
		skip: "type!=Default,Reply,ThreadStarterMessage,ChatInputCommand,ContextMenuCommand,0,19,20,21",
	},
}.form()
