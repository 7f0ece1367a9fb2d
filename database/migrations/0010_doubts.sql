-- What limits the reading is kept as values and worded when it is shown. The sentences of
-- older versions can't be turned back into values.

ALTER TABLE threads RENAME COLUMN notes TO doubts;
UPDATE threads SET doubts = NULL;
