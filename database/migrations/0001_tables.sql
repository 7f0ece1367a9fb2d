-- Every id is made from content (see ID in database.go), so that equal inputs and
-- settings give equal rows whenever and in how many runs they were written. Wall-clock
-- times stand in the table runs and nowhere else.

CREATE TABLE settings (
  id       INTEGER PRIMARY KEY,
  program  TEXT NOT NULL,                               -- version of the program
  flags    TEXT NOT NULL CHECK (json_valid(flags)),     -- {"flag": "value"}; files by their SHA-256
  passport TEXT NOT NULL CHECK (json_valid(passport))   -- of the stance model
) STRICT;

CREATE TABLE inputs (
  id          INTEGER PRIMARY KEY,
  path        TEXT    NOT NULL UNIQUE,                  -- as it was given or found
  sha256      TEXT    NOT NULL,                         -- of the content, '' if it couldn't be read
  bytes       INTEGER NOT NULL,
  settings_id INTEGER NOT NULL REFERENCES settings (id),
  state       TEXT    NOT NULL CHECK (state IN ('reading', 'done', 'failed')),
  items       INTEGER NOT NULL,                         -- threads and loose remarks stored so far
  failures    INTEGER NOT NULL,                         -- records that couldn't be read or judged
  reason      TEXT CHECK ((reason IS NOT NULL) = (state = 'failed'))
) STRICT;

CREATE TABLE threads (
  id                INTEGER PRIMARY KEY,
  input_id          INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
  item              INTEGER NOT NULL,                   -- place in the input, from 1
  thread            TEXT,                               -- the input's own ID of it
  source            TEXT    NOT NULL,
  format            TEXT    NOT NULL,
  licence           TEXT,
  title             TEXT,
  description       TEXT,
  article           TEXT,
  url               TEXT,
  site              TEXT,
  published         TEXT,                               -- as the input writes it
  dated             TEXT,                               -- YYYY-MM-DD of published, else of the first comment
  article_case      TEXT,                               -- given or assumed
  parties_for       TEXT CHECK (parties_for IS NULL OR json_valid(parties_for)),
  parties_against   TEXT CHECK (parties_against IS NULL OR json_valid(parties_against)),
  stated            TEXT CHECK (stated IS NULL OR json_valid(stated)),    -- case, for, against as the input states them
  declared_comments INTEGER,
  comments          INTEGER NOT NULL,                   -- all, removed ones included
  authors           INTEGER NOT NULL,
  removed           INTEGER NOT NULL,
  withheld          INTEGER NOT NULL,                   -- too likely wrong to be judged
  unsure            INTEGER NOT NULL,
  unknown_authors   INTEGER NOT NULL,                   -- comments whose author isn't known
  recurring         TEXT CHECK (recurring IS NULL OR json_valid(recurring)), -- authors of several comments
  notes             TEXT CHECK (notes IS NULL OR json_valid(notes)),     -- what limits the reading
  unused            TEXT CHECK (unused IS NULL OR json_valid(unused)),    -- lines of a plain text in no comment
  UNIQUE (input_id, item)
) STRICT;

CREATE TABLE comments (
  thread_id   INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,                         -- in the thread, from 1
  id          TEXT    NOT NULL,                         -- unique within the thread
  parent      TEXT,                                     -- id of the comment answered
  parent_text TEXT,
  author      TEXT,
  posted      TEXT,                                     -- RFC 3339
  posted_as   TEXT,
  votes       INTEGER,
  text        TEXT    NOT NULL,
  removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
  line        INTEGER,
  PRIMARY KEY (thread_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgements (
  thread_id    INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  withheld     INTEGER NOT NULL CHECK (withheld IN (0, 1)), -- too likely wrong to be judged
  stance       TEXT CHECK (stance IN ('skeptical', 'relativist', 'supportive', 'none')),
  p_skeptical  REAL    NOT NULL,
  p_relativist REAL    NOT NULL,
  p_supportive REAL    NOT NULL,
  p_none       REAL    NOT NULL,
  unsure       INTEGER NOT NULL CHECK (unsure IN (0, 1)),
  polarity     TEXT CHECK (polarity IN ('negative', 'neutral', 'positive')),
  valence      REAL CHECK (valence BETWEEN -1 AND 1),
  evidence     TEXT CHECK (evidence IS NULL OR json_valid(evidence)), -- of the stance: start, end, cue, weight
  feeling      TEXT CHECK (feeling IS NULL OR json_valid(feeling)),   -- of the sentiment: the same
  PRIMARY KEY (thread_id, position),
  FOREIGN KEY (thread_id, position) REFERENCES comments (thread_id, position) ON DELETE CASCADE,
  CHECK (withheld = (stance IS NULL) AND withheld = (polarity IS NULL) AND withheld = (valence IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE annotations (
  thread_id INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  stance    TEXT NOT NULL,                              -- as a person wrote it
  sentiment TEXT,
  sarcasm   INTEGER NOT NULL CHECK (sarcasm IN (0, 1)),
  certainty INTEGER,
  PRIMARY KEY (thread_id, position),
  FOREIGN KEY (thread_id, position) REFERENCES comments (thread_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE shares (
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  stance    TEXT    NOT NULL CHECK (stance IN ('skeptical', 'relativist', 'supportive', 'none')),
  count     INTEGER NOT NULL,
  share     REAL,                                       -- NULL where no comment was judged
  low       REAL,
  high      REAL,
  negative  INTEGER NOT NULL,                           -- of count
  neutral   INTEGER NOT NULL,
  positive  INTEGER NOT NULL,
  PRIMARY KEY (thread_id, stance)
) STRICT, WITHOUT ROWID;

CREATE TABLE problems (
  input_id INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
  item     INTEGER NOT NULL,                            -- of the thread it belongs to, or its own
  number   INTEGER NOT NULL,                            -- within the item, from 1
  level    TEXT    NOT NULL CHECK (level IN ('assumption', 'warning', 'failure')),
  file     TEXT    NOT NULL,
  line     INTEGER,
  message  TEXT    NOT NULL,
  PRIMARY KEY (input_id, item, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id          INTEGER PRIMARY KEY,
  settings_id INTEGER NOT NULL,
  started     TEXT    NOT NULL,                         -- RFC 3339, UTC
  ended       TEXT                                      -- NULL for a run that was killed
) STRICT;
