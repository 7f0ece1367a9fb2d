-- Judgements of a language model, which may have no probabilities, and its answers.

DROP VIEW comment_judgements;
DROP VIEW author_stances;
DROP VIEW evidence;

CREATE TABLE judgements_7 (
  thread_id    INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  withheld     INTEGER NOT NULL CHECK (withheld IN (0, 1)), -- too likely wrong to be judged
  stance       TEXT CHECK (stance IN ('skeptical', 'relativist', 'supportive', 'none')),
  p_skeptical  REAL,                                        -- NULL, all four, where nothing tells them
  p_relativist REAL,
  p_supportive REAL,
  p_none       REAL,
  unsure       INTEGER NOT NULL CHECK (unsure IN (0, 1)),
  polarity     TEXT CHECK (polarity IN ('negative', 'neutral', 'positive')),
  valence      REAL CHECK (valence BETWEEN -1 AND 1),
  evidence     TEXT CHECK (evidence IS NULL OR json_valid(evidence)), -- of the stance: start, end, cue, weight
  feeling      TEXT CHECK (feeling IS NULL OR json_valid(feeling)),   -- of the sentiment: the same
  annotated    INTEGER NOT NULL CHECK (annotated IN (0, 1)),          -- stance is the person's
  sarcasm      REAL CHECK (sarcasm BETWEEN 0 AND 1),
  p_negative   REAL,
  p_neutral    REAL,
  p_positive   REAL,
  engine       TEXT CHECK (engine = 'llm'),                           -- NULL for the embedded one
  PRIMARY KEY (thread_id, position),
  FOREIGN KEY (thread_id, position) REFERENCES comments (thread_id, position) ON DELETE CASCADE,
  CHECK (withheld = (stance IS NULL) AND withheld = (polarity IS NULL) AND withheld = (valence IS NULL)),
  CHECK ((p_skeptical IS NULL) = (p_relativist IS NULL) AND (p_skeptical IS NULL) = (p_supportive IS NULL) AND (p_skeptical IS NULL) = (p_none IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO judgements_7
SELECT thread_id, position, withheld, stance, p_skeptical, p_relativist, p_supportive, p_none, unsure, polarity, valence,
  evidence, feeling, annotated, sarcasm, p_negative, p_neutral, p_positive, NULL
FROM judgements;

DROP TABLE judgements;
ALTER TABLE judgements_7 RENAME TO judgements;

ALTER TABLE threads ADD COLUMN language_model TEXT CHECK (language_model IS NULL OR json_valid(language_model)); -- what a language model did

-- Answers of language models, by the hash of what they depend on. They stay when what they
-- were given for is deleted, so that nothing is asked twice.
CREATE TABLE answers (
  key         TEXT    NOT NULL PRIMARY KEY,             -- SHA-256 of content, prompt, model, temperature and seed
  prompt      TEXT    NOT NULL,                         -- version
  model       TEXT    NOT NULL,
  temperature REAL    NOT NULL,
  seed        INTEGER NOT NULL,
  answer      TEXT    NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;

CREATE VIEW comment_judgements AS
SELECT t.id AS thread_id, t.source, t.thread, t.title, t.site, t.dated,
  c.position, c.id, c.parent, c.author, c.posted, c.votes, c.text, c.removed,
  j.withheld, j.annotated, j.engine, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure,
  j.polarity, j.p_negative, j.p_neutral, j.p_positive, j.valence, j.sarcasm
FROM comments c
JOIN threads t ON t.id = c.thread_id
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position;

CREATE VIEW author_stances AS
SELECT c.author, count(DISTINCT c.thread_id) AS threads, count(*) AS comments,
  sum(j.stance = 'skeptical') AS skeptical, sum(j.stance = 'relativist') AS relativist,
  sum(j.stance = 'supportive') AS supportive, sum(j.stance = 'none') AS none,
  sum(j.polarity = 'negative') AS negative, sum(j.polarity = 'neutral') AS neutral,
  sum(j.polarity = 'positive') AS positive, avg(j.valence) AS valence
FROM comments c
JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
WHERE c.author IS NOT NULL AND NOT j.withheld
GROUP BY c.author;

CREATE VIEW evidence AS
SELECT c.thread_id, c.position, c.id, 'stance' AS what,
  CAST(substr(CAST(c.text AS BLOB), 1 + e.value ->> 'start', (e.value ->> 'end') - (e.value ->> 'start')) AS TEXT) AS text,
  e.value ->> 'cue' AS cue, e.value ->> 'weight' AS weight
FROM comments c
JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
JOIN json_each(j.evidence) e
UNION ALL
SELECT c.thread_id, c.position, c.id, 'sentiment',
  CAST(substr(CAST(c.text AS BLOB), 1 + e.value ->> 'start', (e.value ->> 'end') - (e.value ->> 'start')) AS TEXT),
  e.value ->> 'cue', e.value ->> 'weight'
FROM comments c
JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
JOIN json_each(j.feeling) e;
