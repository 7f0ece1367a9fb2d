-- Users rate no terms any more.

ALTER TABLE threads DROP COLUMN lexicon;
