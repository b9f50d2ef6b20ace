-- Sites and what they promise. WITHOUT ROWID: one billed row per write, and the primary key is the order of reading.
CREATE TABLE site (
	id TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	origins TEXT NOT NULL,
	time_zone TEXT NOT NULL,
	grain TEXT NOT NULL,
	k INTEGER NOT NULL,
	created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE policy (
	site TEXT NOT NULL,
	version TEXT NOT NULL,
	notice TEXT NOT NULL,
	material INTEGER NOT NULL,
	published INTEGER NOT NULL,
	PRIMARY KEY (site, version)
) WITHOUT ROWID;

-- Access: only hashes of keys, sign-in links and logins are kept.
CREATE TABLE access_key (
	hash TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	role TEXT NOT NULL,
	name TEXT NOT NULL,
	created INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sign_in (
	hash TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	expires INTEGER NOT NULL,
	used INTEGER
) WITHOUT ROWID;

CREATE TABLE login (
	hash TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;

-- Closed books: sealed statistics only.
CREATE TABLE cell (
	site TEXT NOT NULL,
	tree TEXT NOT NULL,
	period TEXT NOT NULL,
	key TEXT NOT NULL,
	devices INTEGER NOT NULL,
	tally TEXT NOT NULL,
	PRIMARY KEY (site, tree, period, key)
) WITHOUT ROWID;

CREATE TABLE closing (
	site TEXT NOT NULL,
	period TEXT NOT NULL,
	covers_from TEXT NOT NULL,
	k INTEGER NOT NULL,
	sample INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	PRIMARY KEY (site, period)
) WITHOUT ROWID;
