-- How long sealed statistics are kept; the nightly work deletes what is older.
ALTER TABLE site ADD COLUMN retention_months INTEGER NOT NULL DEFAULT 25;
