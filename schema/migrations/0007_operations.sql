-- Periods whose figures another tool counted: closed like our own, marked for good. A table of its own, because nearly all closings are not.
CREATE TABLE imported (
	site TEXT NOT NULL,
	period TEXT NOT NULL,
	source TEXT NOT NULL,
	PRIMARY KEY (site, period)
) WITHOUT ROWID;

-- Scheduled work that failed: one row a site, step and subject (a period, for closings). Raised when it fails a second time.
CREATE TABLE alert (
	site TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	failures INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	raised INTEGER,
	told INTEGER,
	ended INTEGER,
	PRIMARY KEY (site, kind, subject)
) WITHOUT ROWID;

-- Requests of collectors that were refused: how many of each kind on a day (UTC), over all sites. Nothing of the request.
CREATE TABLE refusal (
	day TEXT NOT NULL,
	kind TEXT NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (day, kind)
) WITHOUT ROWID;
