-- Releases to partners: what was promised beforehand. `terms` never change; a release that has ended stays, because its figures were public.
CREATE TABLE release (
	id TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	name TEXT NOT NULL,
	audience TEXT NOT NULL,
	grain TEXT NOT NULL,
	starts TEXT NOT NULL,
	terms TEXT NOT NULL,
	rho REAL NOT NULL,
	frames TEXT NOT NULL,
	webhook TEXT,
	created INTEGER NOT NULL,
	ended INTEGER
) WITHOUT ROWID;
CREATE INDEX release_site ON release (site);

-- What signs embedded views and messages of a release; never part of a backup, made when it is first needed.
CREATE TABLE release_secret (
	release TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	secret TEXT NOT NULL
) WITHOUT ROWID;

-- One row a release and period: the budget spent, and whether its figures may be read. A draft is what a crash may leave behind.
CREATE TABLE release_ledger (
	site TEXT NOT NULL,
	release TEXT NOT NULL,
	period TEXT NOT NULL,
	attempt TEXT NOT NULL,
	state TEXT NOT NULL,
	rho REAL NOT NULL,
	delta REAL NOT NULL,
	sample INTEGER NOT NULL,
	drawn INTEGER NOT NULL,
	told INTEGER,
	PRIMARY KEY (site, release, period)
) WITHOUT ROWID;

-- Drawn figures, noise included: all of a group in one row. Nothing else is ever shown to partners.
CREATE TABLE released_cell (
	site TEXT NOT NULL,
	release TEXT NOT NULL,
	period TEXT NOT NULL,
	kind TEXT NOT NULL,
	attempt TEXT NOT NULL,
	sigma2 INTEGER NOT NULL,
	cells TEXT NOT NULL,
	PRIMARY KEY (site, release, period, kind)
) WITHOUT ROWID;
