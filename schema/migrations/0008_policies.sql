-- Versions of a notice form a chain: each names the one before it, and of two that follow the same one, one is taken.
ALTER TABLE policy ADD COLUMN follows TEXT;
CREATE UNIQUE INDEX policy_chain ON policy (site, follows);

-- What was published is never changed and never deleted.
CREATE TRIGGER policy_stays_as_it_is BEFORE UPDATE ON policy
BEGIN
	SELECT RAISE(ABORT, 'a published notice is never changed');
END;

CREATE TRIGGER policy_stays BEFORE DELETE ON policy
BEGIN
	SELECT RAISE(ABORT, 'a published notice is never deleted');
END;

-- Loads of the gate file per period that has ended, on sites that count them (setting `coverage`).
CREATE TABLE gate_loads (
	site TEXT NOT NULL,
	period TEXT NOT NULL,
	loads INTEGER NOT NULL,
	PRIMARY KEY (site, period)
) WITHOUT ROWID;
