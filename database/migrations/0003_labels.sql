-- Labels that a person gave for a run.

ALTER TABLE judgements ADD COLUMN annotated INTEGER NOT NULL DEFAULT 0 CHECK (annotated IN (0, 1)); -- stance is the person's
ALTER TABLE threads ADD COLUMN audit TEXT CHECK (audit IS NULL OR json_valid(audit));               -- what corrected the shares

DROP VIEW comment_judgements;
CREATE VIEW comment_judgements AS
SELECT t.id AS thread_id, t.source, t.thread, t.title, t.site, t.dated,
  c.position, c.id, c.parent, c.author, c.posted, c.votes, c.text, c.removed,
  j.withheld, j.annotated, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure, j.polarity, j.valence
FROM comments c
JOIN threads t ON t.id = c.thread_id
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position;
