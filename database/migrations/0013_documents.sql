-- Threads and comments are documents: the JSON of stance analyse, which schema/analyse.schema.json
-- in the folder reports describes, the comments apart from the rest. Columns that are read
-- without the document are stored beside it, before it so that it needn't be read; the others
-- are taken out of it when they are asked for. What were tables are views of the same columns.

DROP VIEW comment_judgements;
DROP VIEW thread_shares;
DROP VIEW author_stances;
DROP VIEW site_stances;
DROP VIEW month_stances;
DROP VIEW evidence;
ALTER TABLE threads RENAME TO old_threads;
ALTER TABLE comments RENAME TO old_comments;

CREATE TABLE threads (
  id                INTEGER PRIMARY KEY,
  input_id          INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
  item              INTEGER NOT NULL,                                                -- place in the input, from 1
  thread            TEXT AS (document ->> '$.thread.id') STORED,                     -- the input's own ID of it
  source            TEXT AS (coalesce(document ->> '$.thread.source', '')) STORED,
  format            TEXT AS (coalesce(document ->> '$.thread.format', '')) STORED,
  title             TEXT AS (document ->> '$.thread.title') STORED,
  url               TEXT AS (document ->> '$.thread.url') STORED,
  site              TEXT AS (document ->> '$.thread.site') STORED,
  dated             TEXT AS (document ->> '$.thread.day') STORED,                    -- YYYY-MM-DD of published, else of the first comment
  comments          INTEGER AS (document ->> '$.summary.comments') STORED,           -- all, removed ones included
  removed           INTEGER AS (document ->> '$.summary.removed') STORED,
  withheld          INTEGER AS (coalesce(document ->> '$.summary.withheld', 0)) STORED,
  labelled          INTEGER AS (coalesce(document ->> '$.summary.labelled', 0)) STORED, -- comments that a person gave the stance
  licence           TEXT AS (document ->> '$.thread.licence'),
  description       TEXT AS (document ->> '$.thread.description'),
  article           TEXT AS (document ->> '$.thread.text'),
  published         TEXT AS (document ->> '$.thread.published'),                     -- as the input writes it
  article_case      TEXT AS (document ->> '$.thread.case'),                          -- given or assumed
  parties_for       TEXT AS (document -> '$.thread.for'),
  parties_against   TEXT AS (document -> '$.thread.against'),
  stated            TEXT AS (document -> '$.thread.stated'),                         -- case, for, against as the input states them
  declared_comments INTEGER AS (document ->> '$.thread.declared_comments'),
  authors           INTEGER AS (document ->> '$.summary.authors'),
  unsure            INTEGER AS (coalesce(document ->> '$.summary.unsure', 0)),
  unknown_authors   INTEGER AS (coalesce(document ->> '$.summary.unknown_authors', 0)), -- comments whose author isn't known
  recurring         TEXT AS (document -> '$.summary.recurring'),                     -- authors of several comments
  doubts            TEXT AS (document -> '$.summary.doubts'),                        -- what limits the reading
  unused            TEXT AS (document -> '$.thread.unused'),                         -- lines of a plain text in no comment
  audit             TEXT AS (document -> '$.summary.audit'),                         -- what corrected the shares
  language_model    TEXT AS (document -> '$.summary.language_model'),                -- what a language model did
  document          TEXT NOT NULL,
  UNIQUE (input_id, item)
) STRICT;

CREATE TABLE comments (
  thread_id    INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  position     INTEGER NOT NULL,                                                     -- in the thread, from 1
  author       TEXT AS (document ->> 'author') STORED,
  parent       TEXT AS (document ->> 'parent') STORED,                               -- id of the comment answered
  reply        INTEGER AS (coalesce(document ->> 'reply', 0)) STORED,                -- 1 if it answers one that isn't in the thread
  stance       TEXT AS (document ->> 'stance') STORED,                               -- NULL for one that isn't judged
  polarity     TEXT AS (iif(document ->> 'stance' IS NULL, NULL, document ->> 'polarity')) STORED,
  engine       TEXT AS (nullif(document ->> 'engine', 'embedded')) STORED,
  annotated    INTEGER AS (coalesce(document ->> 'annotated', 0)) STORED,            -- stance is a person's
  id           TEXT AS (document ->> 'id'),                                          -- unique within the thread
  parent_text  TEXT AS (document ->> 'parent_text'),
  posted       TEXT AS (document ->> 'posted'),                                      -- RFC 3339
  posted_as    TEXT AS (document ->> 'posted_as'),
  votes        INTEGER AS (document ->> 'votes'),
  text         TEXT AS (document ->> 'text'),
  line         INTEGER AS (document ->> 'line'),
  language     TEXT AS (document ->> 'language'),                                    -- NULL for English
  removed      INTEGER AS (coalesce(document ->> 'removed', 0)),
  aside        TEXT AS (document ->> 'aside'),                                       -- why it isn't counted
  withheld     INTEGER AS (iif(document ->> 'removed' OR document ->> 'aside' IS NOT NULL, NULL, document ->> 'stance' IS NULL)),
  document     TEXT NOT NULL,
  PRIMARY KEY (thread_id, position)
) STRICT;

-- What threads and authors are summed up from.
CREATE INDEX comments_counted ON comments (thread_id, author, stance, polarity, engine, annotated, reply, parent);

WITH stances (place, name) AS (VALUES (0, 'skeptical'), (1, 'relativist'), (2, 'supportive'), (3, 'none'))
INSERT INTO threads (id, input_id, item, document)
SELECT t.id, t.input_id, t.item, json_patch('{}', json_object(
  'thread', json_object(
    'id', t.thread, 'source', t.source, 'format', t.format, 'licence', t.licence, 'title', t.title, 'description', t.description,
    'url', t.url, 'site', t.site, 'published', t.published, 'day', t.dated, 'text', t.article, 'declared_comments', t.declared_comments,
    'case', t.article_case, 'case_by', iif(t.language_model ->> 'stated_case', 'llm', NULL),
    'for', json(t.parties_for), 'against', json(t.parties_against), 'stated', json(t.stated), 'unused', json(t.unused)),
  'summary', json_object(
    'comments', t.comments, 'authors', t.authors, 'unknown_authors', t.unknown_authors, 'removed', t.removed, 'withheld', t.withheld,
    'unsure', t.unsure, 'labelled', t.labelled,
    'stance', json((SELECT json_group_object(s.stance, json_object('count', s.count, 'share', s.share, 'low', s.low, 'high', s.high, 'error', s.error,
      'negative', s.negative, 'neutral', s.neutral, 'positive', s.positive)) FROM shares s WHERE s.thread_id = t.id)),
    'polarity', json((SELECT json_object('negative', json_object('count', sum(s.negative)), 'neutral', json_object('count', sum(s.neutral)),
      'positive', json_object('count', sum(s.positive))) FROM shares s WHERE s.thread_id = t.id)),
    'recurring', json(t.recurring), 'doubts', json(t.doubts), 'language_model', json(json_remove(t.language_model, '$.stated_case')),
    'audit', json(iif(t.audit IS NULL, NULL, json_object(
      'comments', t.audit ->> 'comments', 'labelled', t.audit ->> 'labelled', 'weight', t.audit ->> 'lambda', 'effective', t.audit ->> 'effective',
      'sample', iif(t.audit ->> 'unequal', 'weighted', iif(t.audit ->> 'stated', 'uniform', 'assumed')),
      'confusion', json((SELECT json_group_object(r.name, json((SELECT json_group_object(c.name, t.audit ->> ('$.confusion[' || r.place || '][' || c.place || ']'))
        FROM stances c))) FROM stances r)))))),
  'actors', json((SELECT json_group_array(json_patch('{}', json_object('name', a.name, 'variants', json(a.variants), 'side', a.side,
    'all', json_object('comments', a.comments, 'valence', a.valence), 'stance', json(a.stances))) ORDER BY a.number) FROM actors a WHERE a.thread_id = t.id))))
FROM old_threads t;

INSERT INTO comments (thread_id, position, document)
SELECT c.thread_id, c.position, json_patch('{}', json_object(
  'id', c.id, 'parent', c.parent, 'parent_text', c.parent_text, 'reply', json(iif(c.reply, 'true', NULL)), 'author', c.author,
  'posted', c.posted, 'posted_as', c.posted_as, 'votes', c.votes, 'line', c.line, 'text', c.text,
  'removed', json(iif(c.removed, 'true', NULL)), 'aside', c.aside,
  'annotation', json(iif(a.stance IS NULL, NULL, json_object('stance', a.stance, 'sentiment', a.sentiment,
    'sarcasm', json(iif(a.sarcasm, 'true', NULL)), 'certainty', a.certainty))),
  'stance', j.stance,
  'probabilities', json(iif(j.p_none IS NULL, NULL, json_object('skeptical', j.p_skeptical, 'relativist', j.p_relativist, 'supportive', j.p_supportive, 'none', j.p_none))),
  'engine', j.engine, 'unsure', json(iif(j.unsure, 'true', iif(j.unsure = 0, 'false', NULL))),
  'withheld', json(iif(j.withheld, 'true', NULL)), 'annotated', json(iif(j.annotated, 'true', NULL)),
  'polarity', iif(j.withheld, 'neutral', j.polarity), 'valence', iif(j.withheld, 0, j.valence),
  'polarity_probabilities', json(iif(j.p_neutral IS NULL, NULL, json_object('negative', j.p_negative, 'neutral', j.p_neutral, 'positive', j.p_positive))),
  'sarcasm', j.sarcasm,
  'feeling', json(iif(j.feeling IS NULL, NULL, (SELECT json_group_array(json_patch(e.value, json_object('text',
    CAST(substr(CAST(c.text AS BLOB), 1 + (e.value ->> 'start'), (e.value ->> 'end') - (e.value ->> 'start')) AS TEXT))) ORDER BY e.key) FROM json_each(j.feeling) e))),
  'evidence', json(iif(j.evidence IS NULL, NULL, (SELECT json_group_array(json_patch(e.value, json_object('text',
    CAST(substr(CAST(c.text AS BLOB), 1 + (e.value ->> 'start'), (e.value ->> 'end') - (e.value ->> 'start')) AS TEXT))) ORDER BY e.key) FROM json_each(j.evidence) e)))))
FROM old_comments c
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
LEFT JOIN annotations a ON a.thread_id = c.thread_id AND a.position = c.position;

DROP TABLE judgements;
DROP TABLE annotations;
DROP TABLE shares;
DROP TABLE actors;
DROP TABLE old_comments;
DROP TABLE old_threads;

CREATE VIEW judgements AS
SELECT thread_id, position, withheld, stance, document ->> '$.probabilities.skeptical' AS p_skeptical, document ->> '$.probabilities.relativist' AS p_relativist,
  document ->> '$.probabilities.supportive' AS p_supportive, document ->> '$.probabilities.none' AS p_none, coalesce(document ->> 'unsure', 0) AS unsure,
  polarity, iif(withheld, NULL, document ->> 'valence') AS valence, document -> 'evidence' AS evidence, document -> 'feeling' AS feeling,
  annotated, iif(withheld, NULL, coalesce(document ->> 'sarcasm', 0)) AS sarcasm,
  iif(withheld, NULL, document ->> '$.polarity_probabilities.negative') AS p_negative, iif(withheld, NULL, document ->> '$.polarity_probabilities.neutral') AS p_neutral,
  iif(withheld, NULL, document ->> '$.polarity_probabilities.positive') AS p_positive, engine
FROM comments WHERE withheld IS NOT NULL;

CREATE VIEW annotations AS
SELECT thread_id, position, document ->> '$.annotation.stance' AS stance, document ->> '$.annotation.sentiment' AS sentiment,
  coalesce(document ->> '$.annotation.sarcasm', 0) AS sarcasm, document ->> '$.annotation.certainty' AS certainty
FROM comments WHERE document -> 'annotation' IS NOT NULL;

CREATE VIEW shares AS
SELECT t.id AS thread_id, s.key AS stance, s.value ->> 'count' AS count, s.value ->> 'share' AS share, s.value ->> 'low' AS low, s.value ->> 'high' AS high,
  s.value ->> 'negative' AS negative, s.value ->> 'neutral' AS neutral, s.value ->> 'positive' AS positive, s.value ->> 'error' AS error
FROM threads t JOIN json_each(t.document, '$.summary.stance') s;

CREATE VIEW actors AS
SELECT t.id AS thread_id, a.key + 1 AS number, a.value ->> 'name' AS name, a.value -> 'variants' AS variants, a.value ->> 'side' AS side,
  a.value ->> '$.all.comments' AS comments, a.value ->> '$.all.valence' AS valence, a.value -> 'stance' AS stances
FROM threads t JOIN json_each(t.document, '$.actors') a;

CREATE VIEW comment_judgements AS
SELECT t.id AS thread_id, t.source, t.thread, t.title, t.site, t.dated,
  c.position, c.id, c.parent, c.author, c.posted, c.votes, c.text, c.removed,
  j.withheld, j.annotated, j.engine, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure,
  j.polarity, j.p_negative, j.p_neutral, j.p_positive, j.valence, j.sarcasm
FROM comments c
JOIN threads t ON t.id = c.thread_id
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position;

CREATE VIEW thread_shares AS
SELECT t.id AS thread_id, i.path, t.source, t.thread, t.title, t.url, t.site, t.dated,
  t.comments - t.removed - t.withheld AS judged, t.labelled, s.stance, s.count, s.share, s.low, s.high, s.error
FROM shares s
JOIN threads t ON t.id = s.thread_id
JOIN inputs i ON i.id = t.input_id;

CREATE VIEW author_stances AS
SELECT author, count(DISTINCT thread_id) AS threads, count(*) AS comments,
  sum(stance = 'skeptical') AS skeptical, sum(stance = 'relativist') AS relativist,
  sum(stance = 'supportive') AS supportive, sum(stance = 'none') AS none,
  sum(polarity = 'negative') AS negative, sum(polarity = 'neutral') AS neutral,
  sum(polarity = 'positive') AS positive, avg(document ->> 'valence') AS valence
FROM comments
WHERE author IS NOT NULL AND stance IS NOT NULL
GROUP BY author;

CREATE VIEW site_stances AS
SELECT coalesce(t.site, '') AS site, count(DISTINCT t.id) AS threads, sum(s.count) AS judged,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'skeptical') / sum(s.count) AS skeptical_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'relativist') / sum(s.count) AS relativist_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'supportive') / sum(s.count) AS supportive_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'none') / sum(s.count) AS none_share,
  sum(s.negative) AS negative, sum(s.neutral) AS neutral, sum(s.positive) AS positive
FROM threads t JOIN shares s ON s.thread_id = t.id
GROUP BY coalesce(t.site, '');

CREATE VIEW month_stances AS
SELECT coalesce(substr(t.dated, 1, 7), '') AS month, count(DISTINCT t.id) AS threads, sum(s.count) AS judged,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'skeptical') / sum(s.count) AS skeptical_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'relativist') / sum(s.count) AS relativist_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'supportive') / sum(s.count) AS supportive_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'none') / sum(s.count) AS none_share,
  sum(s.negative) AS negative, sum(s.neutral) AS neutral, sum(s.positive) AS positive
FROM threads t JOIN shares s ON s.thread_id = t.id
GROUP BY coalesce(substr(t.dated, 1, 7), '');

CREATE VIEW evidence AS
SELECT c.thread_id, c.position, c.id, w.value AS what, e.value ->> 'text' AS text, e.value ->> 'cue' AS cue, e.value ->> 'weight' AS weight
FROM comments c
JOIN json_each('{"evidence": "stance", "feeling": "sentiment"}') w
JOIN json_each(c.document, '$.' || w.key) e
WHERE c.withheld IS NOT NULL;

-- searched numbers the threads, since the index wants numbers that grow: a comment is at
-- number * 16777216 + position.
CREATE TABLE searched (
  number    INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL UNIQUE -- of threads; gone after its comments
) STRICT;

-- The words of comments, to search in. Triggers keep them in step with the comments, in ways
-- that SQLite has had since 3.38.
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 2");

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

CREATE TRIGGER comment_unsearched BEFORE DELETE ON comments WHEN NOT old.removed BEGIN
  INSERT INTO words (words, rowid, text)
  SELECT 'delete', number * 16777216 + old.position, old.text FROM searched WHERE thread_id = old.thread_id;
END;

CREATE TRIGGER thread_unsearched AFTER DELETE ON threads BEGIN
  DELETE FROM searched WHERE thread_id = old.id;
END;
