-- Who is told about a site by e-mail or webhook, and what. E-mail addresses are here only once they are confirmed, and go with the row.
CREATE TABLE subscription (
	id TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	way TEXT NOT NULL,
	address TEXT NOT NULL,
	summary TEXT NOT NULL,
	alerts INTEGER NOT NULL,
	language TEXT NOT NULL,
	origin TEXT NOT NULL,
	created INTEGER NOT NULL,
	summarised TEXT NOT NULL DEFAULT '',
	sent INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX subscription_address ON subscription (site, way, address);

-- Asked for, and not confirmed: deleted when it is, or when it is too old. Only the hash of the link's secret.
CREATE TABLE subscription_request (
	hash TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	address TEXT NOT NULL,
	summary TEXT NOT NULL,
	alerts INTEGER NOT NULL,
	language TEXT NOT NULL,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;

-- What signs links for leaving and messages to webhooks.
CREATE TABLE subscription_secret (
	subscription TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	secret TEXT NOT NULL
) WITHOUT ROWID;

-- Messages that are not taken yet; `due` is null where sending was given up.
CREATE TABLE outgoing (
	subscription TEXT NOT NULL,
	message TEXT NOT NULL,
	site TEXT NOT NULL,
	content TEXT NOT NULL,
	made INTEGER NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	due INTEGER,
	failure TEXT,
	PRIMARY KEY (subscription, message)
) WITHOUT ROWID;
CREATE INDEX outgoing_site ON outgoing (site);

-- How a site's alerts are judged, and up to which closed period they have been.
CREATE TABLE alert_watch (
	site TEXT PRIMARY KEY NOT NULL,
	limits TEXT NOT NULL DEFAULT '{}',
	judged TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- What is wrong on a site, or was; the finding holds the figures that were compared.
CREATE TABLE site_alert (
	site TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	raised INTEGER NOT NULL,
	ended INTEGER,
	finding TEXT NOT NULL,
	PRIMARY KEY (site, kind, subject)
) WITHOUT ROWID;
