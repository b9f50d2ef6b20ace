-- Somebody who can sign in. The e-mail address only where Cloudflare Access signs people in by it.
CREATE TABLE account (
	id TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	email TEXT,
	created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX account_email ON account (email);

-- What an account may see; `release` is empty but for partners. Read on every request, so that deleting a row takes effect at once.
CREATE TABLE account_right (
	account TEXT NOT NULL,
	site TEXT NOT NULL,
	role TEXT NOT NULL,
	release TEXT NOT NULL DEFAULT '',
	granted INTEGER NOT NULL,
	PRIMARY KEY (account, site, role, release)
) WITHOUT ROWID;
CREATE INDEX account_right_site ON account_right (site);

-- A link that lets one person in, once. Only hashes, here and below.
CREATE TABLE invitation (
	hash TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	role TEXT NOT NULL,
	release TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL,
	email TEXT,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE passkey (
	id TEXT PRIMARY KEY NOT NULL,
	account TEXT NOT NULL,
	name TEXT NOT NULL,
	public_key TEXT NOT NULL,
	algorithm INTEGER NOT NULL,
	counter INTEGER NOT NULL,
	created INTEGER NOT NULL,
	seen TEXT
) WITHOUT ROWID;

CREATE TABLE recovery_code (
	hash TEXT PRIMARY KEY NOT NULL,
	account TEXT NOT NULL
) WITHOUT ROWID;

-- What a passkey has to sign; empty `account` where it is to sign somebody in.
CREATE TABLE challenge (
	hash TEXT PRIMARY KEY NOT NULL,
	account TEXT NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;

-- Who was let in, who looked, who took figures out. Kept for 12 months.
CREATE TABLE access_log (
	site TEXT NOT NULL,
	day TEXT NOT NULL,
	id TEXT NOT NULL,
	at INTEGER NOT NULL,
	who TEXT NOT NULL,
	what TEXT NOT NULL,
	about TEXT NOT NULL,
	PRIMARY KEY (site, day, id)
) WITHOUT ROWID;

ALTER TABLE access_key ADD COLUMN release TEXT NOT NULL DEFAULT '';
ALTER TABLE access_key ADD COLUMN seen TEXT;

-- A login is an account's. Who had opened a site's sign-in link becomes that site's owner, and stays signed in.
CREATE TABLE login_of_account (
	hash TEXT PRIMARY KEY NOT NULL,
	account TEXT NOT NULL,
	how TEXT NOT NULL,
	browser TEXT NOT NULL,
	created INTEGER NOT NULL,
	seen TEXT NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO account (id, name, created) SELECT 'owner:' || id, 'owner', created FROM site;
INSERT INTO account_right (account, site, role, granted) SELECT 'owner:' || id, id, 'owner', created FROM site;
INSERT INTO login_of_account (hash, account, how, browser, created, seen, expires)
	SELECT hash, 'owner:' || site, 'link', '', expires - 2592000000, date((expires - 2592000000) / 1000, 'unixepoch'), expires FROM login;
DROP TABLE login;
ALTER TABLE login_of_account RENAME TO login;
