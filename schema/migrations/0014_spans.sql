-- Sums of the closed periods of usual ranges: derived, and made anew at will (worker/closing/spans.ts).
CREATE TABLE span (
	site TEXT NOT NULL,
	name TEXT NOT NULL,
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	changes INTEGER NOT NULL,
	version INTEGER NOT NULL,
	made TEXT NOT NULL,
	PRIMARY KEY (site, name)
) WITHOUT ROWID;

CREATE TABLE span_cell (
	site TEXT NOT NULL,
	tree TEXT NOT NULL,
	made TEXT NOT NULL,
	half INTEGER NOT NULL,
	part INTEGER NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (site, tree, made, half, part)
) WITHOUT ROWID;
