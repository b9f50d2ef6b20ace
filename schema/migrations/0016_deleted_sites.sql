-- Sites that were deleted, so that an id is never given to another. `books` and `shard` say where what was left of it is, until
-- `ended`. `who` deleted it is forgotten after twelve months.
CREATE TABLE deleted_site (
	id TEXT PRIMARY KEY NOT NULL,
	books INTEGER NOT NULL,
	shard INTEGER NOT NULL,
	who TEXT NOT NULL,
	deleted INTEGER NOT NULL,
	ended INTEGER
) WITHOUT ROWID;

-- A published notice goes with its site, and never before.
DROP TRIGGER policy_stays;
CREATE TRIGGER policy_stays BEFORE DELETE ON policy
WHEN NOT EXISTS (SELECT 1 FROM deleted_site WHERE id = OLD.site)
BEGIN
	SELECT RAISE(ABORT, 'a published notice is never deleted');
END;
