-- The true share to be expected, and its standard deviation; NULL where no comment was judged.

ALTER TABLE shares ADD COLUMN expected REAL;
ALTER TABLE shares ADD COLUMN error REAL;

DROP VIEW thread_shares;
CREATE VIEW thread_shares AS
SELECT t.id AS thread_id, i.path, t.source, t.thread, t.title, t.site, t.dated,
  t.comments - t.removed - t.withheld AS judged, s.stance, s.count, s.share, s.expected, s.error, s.low, s.high
FROM shares s
JOIN threads t ON t.id = s.thread_id
JOIN inputs i ON i.id = t.input_id;
