-- The words of comments, to search in. Triggers keep them in step with the comments.

-- searched numbers the threads, since the index wants numbers that grow: a comment is at
-- number * 16777216 + position.
CREATE TABLE searched (
  number    INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL UNIQUE REFERENCES threads (id) ON DELETE CASCADE
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");

INSERT INTO searched (thread_id) SELECT t.id FROM threads t JOIN inputs i ON i.id = t.input_id ORDER BY i.path, t.item;
INSERT INTO words (rowid, text)
SELECT s.number * 16777216 + c.position, c.text FROM searched s JOIN comments c ON c.thread_id = s.thread_id
WHERE NOT c.removed ORDER BY s.number, c.position;

CREATE TRIGGER thread_searched AFTER INSERT ON threads BEGIN
  INSERT INTO searched (thread_id) VALUES (new.id);
END;

CREATE TRIGGER comment_searched AFTER INSERT ON comments WHEN NOT new.removed BEGIN
  INSERT INTO words (rowid, text) SELECT number * 16777216 + new.position, new.text FROM searched WHERE thread_id = new.thread_id;
END;

CREATE TRIGGER thread_unsearched AFTER DELETE ON searched BEGIN
  DELETE FROM words WHERE rowid BETWEEN old.number * 16777216 AND old.number * 16777216 + 16777215;
END;
