-- The share is the expected one; what was counted is the count. Databases of before the
-- expected share keep the counted one, moved into its interval.

DROP VIEW thread_shares;
UPDATE shares SET share = coalesce(expected, min(max(share, low), high), share), error = coalesce(error, max(high - share, share - low) / 1.96);
UPDATE shares SET low = min(low, share), high = max(high, share);
ALTER TABLE shares DROP COLUMN expected;

ALTER TABLE threads ADD COLUMN labelled INTEGER NOT NULL DEFAULT 0; -- comments that a person gave the stance
UPDATE threads SET labelled = (SELECT count(*) FROM judgements j WHERE j.thread_id = threads.id AND j.annotated);

CREATE VIEW thread_shares AS
SELECT t.id AS thread_id, i.path, t.source, t.thread, t.title, t.url, t.site, t.dated,
  t.comments - t.removed - t.withheld AS judged, t.labelled, s.stance, s.count, s.share, s.low, s.high, s.error
FROM shares s
JOIN threads t ON t.id = s.thread_id
JOIN inputs i ON i.id = t.input_id;

DROP VIEW site_stances;
CREATE VIEW site_stances AS
SELECT coalesce(t.site, '') AS site, count(DISTINCT t.id) AS threads, sum(s.count) AS judged,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'skeptical') / sum(s.count) AS skeptical_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'relativist') / sum(s.count) AS relativist_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'supportive') / sum(s.count) AS supportive_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'none') / sum(s.count) AS none_share,
  sum(s.negative) AS negative, sum(s.neutral) AS neutral, sum(s.positive) AS positive
FROM threads t JOIN shares s ON s.thread_id = t.id
GROUP BY coalesce(t.site, '');

DROP VIEW month_stances;
CREATE VIEW month_stances AS
SELECT coalesce(substr(t.dated, 1, 7), '') AS month, count(DISTINCT t.id) AS threads, sum(s.count) AS judged,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'skeptical') / sum(s.count) AS skeptical_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'relativist') / sum(s.count) AS relativist_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'supportive') / sum(s.count) AS supportive_share,
  sum((t.comments - t.removed - t.withheld) * s.share) FILTER (WHERE s.stance = 'none') / sum(s.count) AS none_share,
  sum(s.negative) AS negative, sum(s.neutral) AS neutral, sum(s.positive) AS positive
FROM threads t JOIN shares s ON s.thread_id = t.id
GROUP BY coalesce(substr(t.dated, 1, 7), '');
