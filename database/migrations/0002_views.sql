-- What most questions ask for; each is documented in docs/database.md.

CREATE VIEW comment_judgements AS
SELECT t.id AS thread_id, t.source, t.thread, t.title, t.site, t.dated,
  c.position, c.id, c.parent, c.author, c.posted, c.votes, c.text, c.removed,
  j.withheld, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure, j.polarity, j.valence
FROM comments c
JOIN threads t ON t.id = c.thread_id
LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position;

CREATE VIEW thread_shares AS
SELECT t.id AS thread_id, i.path, t.source, t.thread, t.title, t.site, t.dated,
  t.comments - t.removed - t.withheld AS judged, s.stance, s.count, s.share, s.low, s.high
FROM shares s
JOIN threads t ON t.id = s.thread_id
JOIN inputs i ON i.id = t.input_id;

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

CREATE VIEW site_stances AS
SELECT coalesce(t.site, '') AS site, count(DISTINCT t.id) AS threads, sum(s.count) AS judged,
  sum(s.count) FILTER (WHERE s.stance = 'skeptical') AS skeptical,
  sum(s.count) FILTER (WHERE s.stance = 'relativist') AS relativist,
  sum(s.count) FILTER (WHERE s.stance = 'supportive') AS supportive,
  sum(s.count) FILTER (WHERE s.stance = 'none') AS none,
  sum(s.negative) AS negative, sum(s.neutral) AS neutral, sum(s.positive) AS positive
FROM threads t JOIN shares s ON s.thread_id = t.id
GROUP BY coalesce(t.site, '');

CREATE VIEW month_stances AS
SELECT coalesce(substr(t.dated, 1, 7), '') AS month, count(DISTINCT t.id) AS threads, sum(s.count) AS judged,
  sum(s.count) FILTER (WHERE s.stance = 'skeptical') AS skeptical,
  sum(s.count) FILTER (WHERE s.stance = 'relativist') AS relativist,
  sum(s.count) FILTER (WHERE s.stance = 'supportive') AS supportive,
  sum(s.count) FILTER (WHERE s.stance = 'none') AS none,
  sum(s.negative) AS negative, sum(s.neutral) AS neutral, sum(s.positive) AS positive
FROM threads t JOIN shares s ON s.thread_id = t.id
GROUP BY coalesce(substr(t.dated, 1, 7), '');

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

CREATE VIEW failures AS
SELECT path, path AS file, NULL AS line, reason AS message FROM inputs WHERE state = 'failed'
UNION ALL
SELECT i.path, p.file, p.line, p.message FROM problems p JOIN inputs i ON i.id = p.input_id WHERE p.level = 'failure';
