-- A reply whose parent isn't in the thread is one all the same.
ALTER TABLE comments ADD COLUMN reply INTEGER NOT NULL DEFAULT 0;
