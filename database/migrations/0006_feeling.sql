-- What readers feel toward those the article names, what the user's own ratings did, and
-- the probabilities of the polarities, NULL where the engine has none.

CREATE TABLE actors (
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  number    INTEGER NOT NULL,                                                 -- from 1, those that most comments name first
  name      TEXT    NOT NULL,
  variants  TEXT CHECK (variants IS NULL OR json_valid(variants)),            -- other forms of the name
  side      TEXT CHECK (side IN ('for', 'against')),                          -- of the article's case, NULL if it states none
  comments  INTEGER NOT NULL,                                                 -- that name the actor
  valence   REAL CHECK (valence BETWEEN -1 AND 1),                            -- mean over them of the words about the actor
  stances   TEXT    NOT NULL CHECK (json_valid(stances)),                     -- comments and valence by the stance of the comment
  PRIMARY KEY (thread_id, number)
) STRICT, WITHOUT ROWID;

ALTER TABLE threads ADD COLUMN lexicon TEXT CHECK (lexicon IS NULL OR json_valid(lexicon)); -- terms rated, comments that hold one

ALTER TABLE judgements ADD COLUMN p_negative REAL;
ALTER TABLE judgements ADD COLUMN p_neutral REAL;
ALTER TABLE judgements ADD COLUMN p_positive REAL;

DROP VIEW comment_judgements;
CREATE VIEW comment_judgements AS
SELECT t.id AS thread_id, t.source, t.thread, t.title, t.site, t.dated,
  c.position, c.id, c.parent, c.author, c.posted, c.votes, c.text, c.removed,
  j.withheld, j.annotated, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure,
  j.polarity, j.p_negative, j.p_neutral, j.p_positive, j.valence, j.sarcasm
FROM comments c
JOIN threads t ON t.id = c.thread_id
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position;
