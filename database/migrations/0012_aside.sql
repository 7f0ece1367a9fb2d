-- Why the comments of an author are not counted; NULL where they are.
ALTER TABLE comments ADD COLUMN aside TEXT CHECK (aside IN ('staff', 'excluded'));
