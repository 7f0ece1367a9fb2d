-- The probability that a comment means another thing than it says; NULL for a withheld one.

ALTER TABLE judgements ADD COLUMN sarcasm REAL CHECK (sarcasm BETWEEN 0 AND 1);

DROP VIEW comment_judgements;
CREATE VIEW comment_judgements AS
SELECT t.id AS thread_id, t.source, t.thread, t.title, t.site, t.dated,
  c.position, c.id, c.parent, c.author, c.posted, c.votes, c.text, c.removed,
  j.withheld, j.annotated, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure,
  j.polarity, j.valence, j.sarcasm
FROM comments c
JOIN threads t ON t.id = c.thread_id
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position;
